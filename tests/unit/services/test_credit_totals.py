"""Where all credits of a month go: the parts always come to the whole."""

from decimal import Decimal

from salescli.services.commission.credit_totals import total_credits
from salescli.services.commission.running import compute_period, read_plans
from tests.unit.services.crediting import crediting, seat
from tests.unit.store_support import load

SALES = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}
"""
PART = "  {}: {{type: rate, pays_on: {}, credit: own, only: {{region: {}}}, rate: 10%, refunds: recompute}}\n"
SOME = (
    PART.format("north", "receipts-gross", "[华东, 华北]")
    + PART.format("east", "receipts", "华东")
    + PART.format("south", "receipts", "华南")
)
LEAVERS = """leavers:
  receipts_after_last_day: {own_share: 50%, for_days: 30, rest_to: house}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""


def totals(context, month="2026-01"):
    (one,) = total_credits(context, read_plans(context), context.parse_period(month))
    assert one.whole == one.house + one.no_plan + one.no_component + one.paid
    found = {name: getattr(one, name) for name in ("whole", "house", "no_plan", "no_component", "several", "overlay")}
    return {name: int(amount) for name, amount in found.items() if amount}


def receipt(number, amount, owner=None, day="2026-01-10", **more):
    return {"number": number, "date": day, "amount": str(amount), **({"owner": owner} if owner else {}), **more}


def test_conditions_that_meet_are_counted_once(tmp_path):
    with crediting(tmp_path, SOME) as context:
        rows = [
            receipt("R1", 100, "王芳", region="华东"),  # north and east
            receipt("R2", 20, "王芳", region="华北"),  # north
            receipt("R3", 3, "王芳", region="华南"),  # south
            receipt("R4", 7, "王芳", region="西北"),  # nothing
            receipt("R5", 11),  # nobody's
        ]
        load(context.store, "receipt", rows)
        assert totals(context) == {"whole": 141, "house": 11, "no_component": 7, "several": 100}


def test_people_without_a_plan_and_shares_of_the_house(tmp_path):
    with crediting(tmp_path, SALES, others=(("顾问", SALES),)) as context:
        load(context.store, "assignment", [seat("李娜", "2026-01-01", "文员")], feed="moved")
        load(context.store, "assignment", [seat("赵磊", "2026-01-15", "顾问")], feed="moved-too")
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        load(
            context.store,
            "credit-split",
            [
                {"contract": "C1", "person": "王芳", "share": "60%"},
                {"contract": "C1", "person": "赵磊", "share": "80%", "kind": "overlay"},
            ],
        )
        rows = [
            receipt("R1", 1000, contract="C1"),
            receipt("R2", 50, "李娜"),
            receipt("R3", 5, "赵磊"),
            receipt("R4", 9, "赵磊", "2026-01-20"),
        ]
        load(context.store, "receipt", rows)
        assert totals(context) == {"whole": 1064, "house": 400, "no_plan": 50, "overlay": 800}


def test_what_a_leaver_leaves_to_the_house_is_the_houses(tmp_path):
    with crediting(tmp_path, SALES, LEAVERS) as context:
        load(context.store, "person", [{"number": "1", "name": "王芳", "left": "2026-01-15"}], feed="leaving")
        rows = [receipt("R1", 100, "王芳"), receipt("R2", 10, "王芳", "2026-01-20")]
        load(context.store, "receipt", rows)
        assert totals(context) == {"whole": 110, "house": 5}


def test_two_components_without_conditions_pay_everything_twice(tmp_path):
    twice = SALES + SALES.replace("sales:", "again:")
    with crediting(tmp_path, twice) as context:
        load(context.store, "receipt", [receipt("R1", 100, "王芳"), receipt("R2", 10, "赵磊")])
        load(context.store, "refund", [{"number": "T1", "date": "2026-01-20", "receipt": "R1", "amount": "30"}])
        assert totals(context) == {"whole": 80, "several": 80}
        assert isinstance(total_credits(context, read_plans(context), context.parse_period("2026-01"))[0].paid, Decimal)


MANAGER = """  override:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: OWN, base: gross}
    rate: 1%
    refunds: recompute
"""


def test_what_reaches_a_manager_through_the_teams_credit_is_not_nobodys(tmp_path):
    """What a leaver leaves goes to the manager, whose override counts own credits: it pays there."""
    to_manager = LEAVERS.replace("house", "manager")
    for own, found in (("counted", {"whole": 100}), ("left-out", {"whole": 100, "no_component": 50})):
        plans = (("经理", MANAGER.replace("OWN", own)),)
        with crediting(tmp_path / own, SALES, to_manager, others=plans) as context:
            rows = [seat("李娜", "2025-01-01", "经理"), seat("王芳", "2025-01-01", manager="李娜")]
            load(context.store, "assignment", rows, feed="led")
            load(context.store, "person", [{"number": "1", "name": "王芳", "left": "2026-01-05"}], feed="left")
            load(context.store, "receipt", [receipt("R1", 100, "王芳", "2026-01-10")])
            assert totals(context) == found
            run = compute_period(context, context.parse_period("2026-01"), with_lines=True)
            (manager,) = [one for one in run.computed if one.payee.name == "李娜"]
            assert (manager.result.earned > 0) == (own == "counted")
