"""What comes in after a last day: the leaver's part, and the rest with the successor, the manager or the house."""

from decimal import Decimal

import pytest

from salescli.core.commission.explain_data import explain_data
from salescli.services.commission.checking import check_period
from salescli.services.commission.statements import statement_rows
from tests.unit.services.crediting import computed, crediting, earned, seat
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"
TEAM = """  team:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: gross}
    rate: 1%
    refunds: recompute
"""
LEAVERS = """leavers:
  receipts_after_last_day: {own_share: %s, for_days: %d, rest_to: %s}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""


def leave(context, last="2026-03-31", owner=(("2025-01-01", "王芳"),), **contract):
    """王芳 leaves; 赵磊 was above her; her contract is held by whoever `owner` says, from a day on."""
    load(context.store, "person", [{"number": "1", "name": "王芳", "left": last}], feed="leaving")
    above = [seat("王芳", "2026-01-01", manager="赵磊"), seat("赵磊", "2026-01-01", manager="李娜")]
    load(context.store, "assignment", above, feed="moves")
    load(context.store, "customer", [{"name": "甲公司", "owner": "王芳"}])
    load(context.store, "contract", [{"number": "C1", "owner": "王芳", "customer": "甲公司", **contract}])
    receipts = [
        {"number": "R1", "date": "2026-03-31", "contract": "C1", "amount": "1000"},
        {"number": "R2", "date": "2026-04-01", "contract": "C1", "amount": "1000", "owner": "王芳"},
        {"number": "R3", "date": "2026-04-30", "contract": "C1", "amount": "333.33", "owner": "王芳"},
        {"number": "R4", "date": "2026-05-01", "contract": "C1", "amount": "200", "owner": "王芳"},
    ]
    load(context.store, "receipt", receipts)


def hand_over(context, owner, day):
    """Somebody else holds the contract from a day on."""
    load(context.store, "contract", [{"number": "C1", "owner": owner}], feed="contract", dated=day)


@pytest.mark.parametrize(
    ("rest_to", "april", "may"),
    [
        ("manager", {"王芳": "66.67", "赵磊": "66.67"}, {"赵磊": "20.00"}),
        ("house", {"王芳": "66.67"}, {}),
        ("successor", {"王芳": "66.67", "李娜": "66.67"}, {"李娜": "20.00"}),
    ],
)
def test_the_rest_goes_where_the_plan_says(tmp_path, rest_to, april, may):
    with crediting(tmp_path, SALES, LEAVERS % ("50%", 30, rest_to)) as context:
        leave(context)
        hand_over(context, "李娜", "2026-04-01")
        assert earned(context, "2026-03") == {"王芳": "100.00"}
        assert earned(context, "2026-04") == april
        assert earned(context, "2026-05") == may, "the 30 days are over"


def test_nothing_is_lost_or_doubled(tmp_path):
    with crediting(tmp_path, SALES, LEAVERS % ("33%", 30, "manager")) as context:
        leave(context)
        done = computed(context, "2026-04")
        lines = {}
        for one in done.computed:
            for line in one.inputs.lines:
                lines.setdefault(line.key, {})[one.payee.name] = line
        assert lines["R2"]["赵磊"].pay_credit == Decimal("670.0000")
        assert lines["R3"]["赵磊"].pay_credit == Decimal("333.33") * Decimal("0.67")
        assert lines["R2"]["赵磊"].share == Decimal("0.67")
        kept = {one.payee.name: one.result.component("sales").position_after for one in done.computed}
        assert sum(kept.values()) == Decimal("2333.33"), kept


def test_without_a_successor_the_rest_is_the_houses(tmp_path):
    with crediting(tmp_path, SALES, LEAVERS % ("50%", 30, "successor")) as context:
        leave(context)
        assert earned(context, "2026-04") == {"王芳": "66.67"}
        checked = str(check_period(context, context.parse_period("2026-04")))
        assert "R2 在其离开方案后,没有接手人或经理" in checked
        assert "R1 在其离开方案后" not in checked and "R4 在其离开方案后" not in checked


def test_whoever_takes_over_later_has_it(tmp_path):
    with crediting(tmp_path, SALES, LEAVERS % ("0%", 0, "successor")) as context:
        leave(context)
        hand_over(context, "李娜", "2026-06-15")
        assert earned(context, "2026-04") == {"李娜": "133.33"}


def test_a_manager_who_has_left_too_is_followed_upwards(tmp_path):
    with crediting(tmp_path, SALES, LEAVERS % ("50%", 30, "manager")) as context:
        leave(context)
        load(context.store, "person", [{"number": "2", "name": "赵磊", "left": "2026-04-15"}], feed="leaving-too")
        assert earned(context, "2026-04") == {"王芳": "66.67", "赵磊": "50.00", "李娜": "16.67"}


def test_the_rest_rolls_up_with_the_one_who_takes_it(tmp_path):
    both = (("总监", TEAM),)
    with crediting(tmp_path, SALES, LEAVERS % ("50%", 30, "manager"), others=both) as context:
        leave(context)
        load(context.store, "assignment", [seat("李娜", "2026-01-01", "总监")], feed="promoted")
        assert earned(context, "2026-04") == {"王芳": "66.67", "赵磊": "66.67"}
        assert earned(context, "2026-04", "trial-总监") == {"李娜": "6.67"}


def test_whoever_only_moved_keeps_what_is_theirs(tmp_path):
    other = (("经理", SALES),)
    with crediting(tmp_path, SALES, LEAVERS % ("50%", 30, "manager"), others=other) as context:
        load(context.store, "assignment", [seat("王芳", "2026-04-01", "经理", manager="赵磊")], feed="moved")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-04-10", "owner": "王芳", "amount": "1000"}])
        assert earned(context, "2026-04", "trial-经理") == {"王芳": "100.00"}
        assert "赵磊" not in earned(context, "2026-04")


@pytest.mark.parametrize("rule", ["at-refund-date", "original-rate", "recompute"])
def test_whoever_takes_over_does_not_pay_back_what_they_never_had(tmp_path, rule):
    with crediting(tmp_path, SALES.replace("recompute", rule), LEAVERS % ("50%", 30, "manager")) as context:
        leave(context)
        load(context.store, "refund", [{"number": "T1", "date": "2026-04-20", "receipt": "R1", "amount": "1000"}])
        load(context.store, "refund", [{"number": "T2", "date": "2026-04-21", "receipt": "R2", "amount": "1000"}])
        # R1 is of March; of R2 the half goes back
        assert earned(context, "2026-04")["赵磊"] == "16.67"


WEIGHED = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 10%
    refunds: recompute
    credit_factors:
      - {days_since: contract.signed, table: [from 0: 0.9], without: 1.0}
"""


def test_what_came_in_after_a_last_day_is_said_before_its_factors(tmp_path):
    with crediting(tmp_path, WEIGHED, LEAVERS % ("50%", 60, "house")) as context:
        leave(context, signed="2026-01-01")
        (one,) = (each for each in computed(context, "2026-05").computed if each.payee.name == "王芳")
        (note,) = (each for each in one.result.components[0].notes if each.name == "rest-after-leaving")
        assert note.parts == (("amount", Decimal("766.665")),)


def test_a_statement_shows_the_leavers_part_of_a_receipt(tmp_path):
    """Amount × share is the credit: the other half is on the statement of whoever took over."""
    with crediting(tmp_path, SALES, LEAVERS % ("50%", 30, "house")) as context:
        leave(context)
        (one,) = (each for each in computed(context, "2026-04").computed if each.payee.name == "王芳")
        row = next(each for each in statement_rows(one) if each.key == "R2")
        assert (row.amount, row.share, row.credit) == (Decimal(1000), Decimal("0.5"), Decimal(500))
        data = explain_data(one.plan.require(), one.result, one.inputs, str)
        credit = next(each for each in data["components"][0]["credits"] if each["key"] == "R2")
        assert Decimal(credit["pay_credit"]) == 500
