"""Refunds that take back the pay of their receipts, over records."""

from tests.unit.services.crediting import computed, crediting, earned
from tests.unit.store_support import load

TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 3%, from 1000: 5%]
    refunds: {rule}
"""


def given(context):
    load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
    rows = [
        {"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"},
        {"number": "R2", "date": "2026-02-10", "contract": "C1", "amount": "400"},
    ]
    load(context.store, "receipt", rows)


def test_a_refund_takes_back_what_its_receipt_was_paid(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="original-rate")) as context:
        given(context)
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-05", "receipt": "R1", "amount": "500"}])
        assert earned(context, "2026-02") == {"王芳": "20.00"}
        assert earned(context, "2026-03") == {"王芳": "-15.00"}
        (one,) = [each for each in computed(context, "2026-03").computed if each.result.earned]
        (component,) = one.result.components
        assert str(component.position_after) == "900"
        (step,) = [each for each in component.steps if each.name == "take-back"]
        assert (step.part("key"), step.part("pay"), step.part("refunded"), step.part("receipt")) == (
            "T1", 30, 500, 1000,
        )  # fmt: skip
        assert step.source == "f.xlsx!Sheet1!2"


def test_a_refund_of_a_contract_takes_the_latest_receipts_first(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="original-rate")) as context:
        given(context)
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-05", "contract": "C1", "amount": "500"}])
        assert earned(context, "2026-03") == {"王芳": "-23.00"}, "all 20 of R2, and 3 % of 100 of R1"


def test_the_share_by_age(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="{by-age: [from 0 days: 100%, from 30 days: 50%]}")) as context:
        given(context)
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-05", "contract": "C1", "amount": "500"}])
        assert earned(context, "2026-03") == {"王芳": "-21.50"}, "R2 is 23 days old, R1 54"


def test_a_refund_goes_to_the_people_and_shares_of_what_it_refunds(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="original-rate")) as context:
        given(context)
        rows = [
            {"contract": "C1", "person": "王芳", "share": "60%"},
            {"contract": "C1", "person": "赵磊", "share": "40%"},
        ]
        load(context.store, "credit-split", rows)
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-05", "receipt": "R1", "amount": "1000"}])
        assert earned(context, "2026-01") == {"王芳": "18.00", "赵磊": "12.00"}
        assert earned(context, "2026-03") == {"王芳": "-18.00", "赵磊": "-12.00"}


def test_a_refund_of_a_receipt_from_before_the_plan_is_listed(tmp_path):
    with crediting(tmp_path, TIERS.format(rule="original-rate")) as context:
        given(context)
        load(
            context.store,
            "receipt",
            [{"number": "R0", "date": "2025-12-10", "contract": "C1", "amount": "70"}],
            feed="receipts of 2025",
        )
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-05", "receipt": "R0", "amount": "70"}])
        assert earned(context, "2026-03") == {}
        (one,) = [each for each in computed(context, "2026-03").computed if each.payee.name == "王芳"]
        (note,) = one.result.components[0].notes
        assert (note.name, note.part("key"), note.part("amount")) == ("refund-without-receipt", "T1", 70)
