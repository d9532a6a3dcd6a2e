"""Whom refunds are taken from, and when they count: of receipts for several contracts, of contracts, of both."""

import pytest

from salescli.services.commission.closing import close_period
from tests.unit.services.crediting import computed, crediting, earned
from tests.unit.store_support import load

RULES = ("recompute", "at-refund-date", "original-rate", "{by-age: [from 0 days: 100%]}")
RATE = "  sales: {{type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: {rule}}}\n"
TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: month
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 10%, from 500: 20%]
    refunds: {rule}
"""
SPECIAL = TIERS + "    special_rates: {{position: counts}}\n"


def contracts(context, first="王芳", second="王芳"):
    load(context.store, "contract", [{"number": "C1", "owner": first}, {"number": "C2", "owner": second}])


def received(context, number="R1", date="2026-01-05", amount="1000", contract="C1", **more):
    row = {"number": number, "date": date, "amount": amount, "contract": contract, **more}
    load(context.store, "receipt", [row], feed=number)


def allocated(context, first="400", second="600"):
    received(context, contract=None)
    rows = [("C1", first), ("C2", second)]
    load(context.store, "allocation", [{"receipt": "R1", "contract": name, "amount": one} for name, one in rows])


def refunded(context, amount, number="T1", date="2026-02-10", **named):
    load(context.store, "refund", [{"number": number, "date": date, "amount": amount, **named}], feed=number)


def posted(context, *months):
    """What each month posts, one after the other, to everybody who has anything."""
    found = []
    for month in months:
        done = computed(context, month)
        found.append({one.payee.name: str(one.result.earned) for one in done.computed if one.result.earned})
        close_period(context, context.parse_period(month))
    return found


# --- a receipt for several contracts ------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_a_refund_of_an_allocated_receipt_takes_back_what_it_paid(tmp_path, rule):
    with crediting(tmp_path, RATE.format(rule=rule)) as context:
        contracts(context)
        allocated(context)
        refunded(context, "1000", receipt="R1")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "100.00"}, {"王芳": "-100.00"}]


@pytest.mark.parametrize("rule", RULES)
def test_it_goes_to_the_people_of_each_contract(tmp_path, rule):
    with crediting(tmp_path, RATE.format(rule=rule)) as context:
        contracts(context, "王芳", "赵磊")
        load(
            context.store,
            "credit-split",
            [{"contract": "C2", "person": name, "share": "50%"} for name in ("赵磊", "李娜")],
        )
        allocated(context)
        refunded(context, "500", receipt="R1")
        refunded(context, "500", "T2", "2026-02-11", receipt="R1")
        everything = {"王芳": "40.00", "赵磊": "30.00", "李娜": "30.00"}
        back = {name: f"-{amount}" for name, amount in everything.items()}
        assert posted(context, "2026-01", "2026-02") == [everything, back]


@pytest.mark.parametrize("rule", RULES)
def test_a_refund_that_names_the_contract_too_is_that_contracts(tmp_path, rule):
    with crediting(tmp_path, RATE.format(rule=rule)) as context:
        contracts(context, "王芳", "赵磊")
        allocated(context)
        refunded(context, "400", receipt="R1", contract="C1")
        refunded(context, "600", "T2", "2026-02-11", receipt="R1")
        assert posted(context, "2026-01", "2026-02")[1] == {"王芳": "-40.00", "赵磊": "-60.00"}


def test_a_split_of_the_receipt_itself_holds_for_its_refund(tmp_path):
    with crediting(tmp_path, RATE.format(rule="recompute")) as context:
        contracts(context)
        allocated(context)
        rows = [{"receipt": "R1", "person": name, "share": share} for name, share in (("赵磊", "25%"), ("李娜", "75%"))]
        load(context.store, "credit-split", rows)
        refunded(context, "1000", receipt="R1")
        first, second = posted(context, "2026-01", "2026-02")
        assert first == {"赵磊": "25.00", "李娜": "75.00"}
        assert second == {"赵磊": "-25.00", "李娜": "-75.00"}


def test_only_the_part_that_a_component_pays_on_comes_back(tmp_path):
    with crediting(
        tmp_path, RATE.format(rule="recompute").replace("rate: 10%", "rate: 10%, only: {contract: C1}")
    ) as context:
        contracts(context)
        allocated(context)
        refunded(context, "500", receipt="R1")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "40.00"}, {"王芳": "-20.00"}]


# --- a refund that names only its contract ------------------------------------------------------------------------


@pytest.mark.parametrize("named", [{"receipt": "R1"}, {"contract": "C1"}, {"receipt": "R1", "contract": "C1"}])
def test_a_refund_counts_on_the_day_of_the_receipt_that_it_undoes(tmp_path, named):
    with crediting(tmp_path, TIERS.format(rule="recompute")) as context:
        contracts(context)
        received(context)
        refunded(context, "400", **named)
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "150.00"}, {"王芳": "-80.00"}], "600 earns 70"


def test_at_the_refunds_own_date_it_stays_there(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="at-refund-date")) as context:
        contracts(context)
        received(context)
        refunded(context, "400", contract="C1")
        assert posted(context, "2026-01", "2026-02")[1] == {"王芳": "-40.00"}


def test_the_latest_receipts_go_back_first(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="recompute")) as context:
        contracts(context)
        received(context, "R1", "2026-01-05", "1000")
        received(context, "R2", "2026-02-05", "700")
        received(context, "R3", "2026-03-20", "900")
        refunded(context, "800", date="2026-03-10", contract="C1")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "150.00"}, {"王芳": "90.00"}]
        done = computed(context, "2026-03")
        (mine,) = [one for one in done.computed if one.payee.name == "王芳"]
        lines = [(str(one.date), one.undoes, str(one.amount)) for one in mine.inputs.lines if one.kind == "refund"]
        assert lines == [("2026-01-05", "R1", "-100.00"), ("2026-02-05", "R2", "-700.00")]
        assert {one.source for one in mine.inputs.lines if one.key == "T1"} == {"f.xlsx!Sheet1!2"}, "its own row"
        assert earned(context, "2026-03") == {"王芳": "130.00"}, "R3 came in after it"
        assert str(mine.result.earned) == "20.00", "130 less all 90 of February and 20 of January"


def test_what_was_refunded_already_is_not_undone_again(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="recompute")) as context:
        contracts(context)
        received(context, "R1", "2026-01-05", "1000")
        received(context, "R2", "2026-02-05", "700")
        refunded(context, "600", "T1", "2026-03-01", receipt="R2")
        refunded(context, "300", "T2", "2026-03-02", contract="C1")
        posted(context, "2026-01", "2026-02")
        assert posted(context, "2026-03") == [{"王芳": "-130.00"}], "90 of February, 40 of January: 200 of R1"


def test_what_undoes_nothing_counts_on_its_own_day(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="recompute")) as context:
        contracts(context)
        received(context, amount="100")
        refunded(context, "250", contract="C1")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "10.00"}, {"王芳": "-25.00"}]
        assert earned(context, "2026-02") == {"王芳": "-15.00"}, "150 of it in February itself"


def test_a_receipt_counts_with_what_is_allocated_to_the_contract(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="recompute")) as context:
        contracts(context, "王芳", "赵磊")
        allocated(context, "400", "600")
        refunded(context, "500", contract="C1")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "40.00", "赵磊": "70.00"}, {"王芳": "-50.00"}]
        assert earned(context, "2026-02") == {"王芳": "-10.00"}


def test_the_owner_of_the_receipt_has_its_refund(tmp_path):
    with crediting(tmp_path, RATE.format(rule="recompute")) as context:
        contracts(context)
        received(context, owner="赵磊")
        refunded(context, "400", contract="C1")
        assert posted(context, "2026-01", "2026-02") == [{"赵磊": "100.00"}, {"赵磊": "-40.00"}]


@pytest.mark.parametrize("named", [{"receipt": "R1"}, {"contract": "C1"}])
def test_the_special_rate_of_the_receipt_is_taken_back(tmp_path, named):
    with crediting(tmp_path, SPECIAL.format(rule="recompute")) as context:
        contracts(context)
        row = {"person": "王芳", "from": "2026-01-01", "through": "2026-01-31", "contract": "C1", "rate": "1%"}
        load(context.store, "special-rate", [{**row, "approved_by": "x", "reason": "y"}])
        received(context)
        refunded(context, "400", **named)
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "10.00"}, {"王芳": "-4.00"}]


@pytest.mark.parametrize("named", [{"receipt": "R1"}, {"contract": "C1"}])
def test_a_refund_is_converted_as_the_receipt_that_it_undoes(tmp_path, named):
    exchange = "exchange: {rates: daily, on: receipt-date, if_missing: stop}\n"
    with crediting(tmp_path, RATE.format(rule="recompute"), exchange) as context:
        contracts(context)
        rates = [
            {"base": "USD", "quote": "CNY", "date": day, "rate": rate}
            for day, rate in (("2026-01-05", "7"), ("2026-02-10", "8"))
        ]
        load(context.store, "fx-rate", rates)
        received(context, currency="USD")
        refunded(context, "400", currency="USD", **named)
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "700.00"}, {"王芳": "-280.00"}]


def test_a_refund_in_another_currency_undoes_no_receipt(tmp_path):
    exchange = "exchange: {rates: daily, on: receipt-date, if_missing: stop}\n"
    with crediting(tmp_path, RATE.format(rule="recompute"), exchange) as context:
        contracts(context)
        load(context.store, "fx-rate", [{"base": "USD", "quote": "CNY", "date": "2026-02-10", "rate": "8"}])
        received(context)
        refunded(context, "10", currency="USD", contract="C1")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "100.00"}, {"王芳": "-8.00"}]
        assert earned(context, "2026-02") == {"王芳": "-8.00"}


def test_a_day_asked_later_or_earlier_gives_the_same_refunds(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="recompute")) as context:
        contracts(context)
        received(context)
        refunded(context, "400", contract="C1")
        refunded(context, "300", "T2", "2026-03-10", contract="C1")
        assert posted(context, "2026-01", "2026-02", "2026-03") == [
            {"王芳": "150.00"}, {"王芳": "-80.00"}, {"王芳": "-40.00"},
        ]  # fmt: skip


@pytest.mark.parametrize("rules", [("recompute", "original-rate"), ("original-rate", "recompute"),
                                   ("recompute", "at-refund-date"), ("at-refund-date", "recompute")])  # fmt: skip
@pytest.mark.parametrize("named", [{"receipt": "R1"}, {"contract": "C1"}])
def test_a_refund_follows_the_rule_of_what_it_undoes_where_the_rule_has_changed(tmp_path, rules, named):
    first, second = rules
    with crediting(tmp_path, RATE.format(rule=first)) as context:
        contracts(context)
        received(context)
        received(context, "R3", "2026-03-02", "500", contract="C2")
        assert posted(context, "2026-01", "2026-02") == [{"王芳": "100.00"}, {}]
        path = context.workspace.config / "plans" / "trial.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(f"refunds: {first}", f"refunds: {second}"), "utf-8")
        refunded(context, "400", date="2026-03-10", **named)
        refunded(context, "70", "T2", "2026-03-11", contract="C2")
        assert posted(context, "2026-03") == [{"王芳": "3.00"}], "50 less 7 and 40, each once"
