"""Credits that are looked at one by one: factors of a record's fields, shared things, sales paid in parts."""

from decimal import Decimal

import pytest

from salescli.errors import ProblemsFound
from tests.unit.services.crediting import computed, crediting, earned
from tests.unit.store_support import load

FACTORS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    credit_factors:
      - {title: 账期系数, days_since: contract.signed, table: [from 0: 1.0, from 31: 0.9], without: 1.0}
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 10%, from 1_000: 20%]
    refunds: recompute
"""
CONTRACTS = [
    {"number": "C1", "owner": "王芳", "signed": "2026-01-01", "amount": "4000"},
    {"number": "C2", "owner": "王芳", "amount": "500"},
]
RECEIPTS = [
    {"number": "R1", "date": "2026-01-31", "contract": "C1", "amount": "1000"},
    {"number": "R2", "date": "2026-02-01", "contract": "C1", "amount": "1000"},
    {"number": "R3", "date": "2026-02-02", "contract": "C2", "amount": "500"},
]


def test_a_factor_reads_the_contract_of_each_receipt(tmp_path):
    with crediting(tmp_path, FACTORS) as context:
        load(context.store, "contract", CONTRACTS)
        load(context.store, "receipt", RECEIPTS)
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-09", "receipt": "R2", "amount": "500"}])
        assert earned(context, "2026-01") == {"王芳": "100.00"}
        # 1,000 × 20 % × 0.9, and 500 × 20 % of a contract that says no day; nothing of March yet
        assert earned(context, "2026-02") == {"王芳": "280.00"}
        (one,) = [one for one in computed(context, "2026-03").computed if one.payee.name == "王芳"]
        assert one.result.component("sales").position_after == 2000, "all of it moves the position"
        (back,) = [line for line in one.inputs.lines if line.kind == "refund"]
        assert (back.pay_credit, back.quota_credit) == (-450, -500), "a refund has the factor of its receipt"
        assert [each.factor.normalize() for each in back.factors] == [Decimal("0.9")]


@pytest.mark.parametrize(
    ("old", "new"), [("contract.signed", "contract.sined"), ("contract.signed", "contract.amount")]
)
def test_a_factor_of_what_no_record_has_is_a_problem(tmp_path, old, new):
    with crediting(tmp_path, FACTORS.replace(old, new)) as context, pytest.raises(ProblemsFound) as raised:
        computed(context, "2026-01")
    assert {each.name for each in raised.value.problems} == {"no-field-of-factor"}


UNITS = """  units:
    type: per-unit
    pays_on: new-customers
    credit: own
    amount: 800
    shared_unit: %s
    adds_up_over: year
    refunds: recompute
"""


@pytest.mark.parametrize(
    ("sharing", "expected"),
    [
        ("divide", {"王芳": "320.00", "赵磊": "320.00", "李娜": "160.00"}),
        ("each", {"王芳": "800.00", "赵磊": "800.00", "李娜": "800.00"}),
        ("largest-share", {"王芳": "800.00"}),
    ],
)
def test_a_shared_thing_counts_as_the_plan_says(tmp_path, sharing, expected):
    with crediting(tmp_path, UNITS % sharing) as context:
        load(context.store, "customer", [{"name": "甲公司", "customer_since": "2026-01-05"}])
        load(context.store, "contract", [{"number": "C1", "owner": "王芳", "customer": "甲公司"}])
        rows = [
            {"contract": "C1", "person": p, "share": s} for p, s in (("王芳", "40%"), ("赵磊", "40%"), ("李娜", "20%"))
        ]
        load(context.store, "credit-split", rows)
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "30000"}])
        assert earned(context, "2026-01") == expected


PARTS = """  signed:
    type: rate
    pays_on: bookings
    credit: own
    rate: 10%
    pays_in: [{at: signed, share: 30%}, {at: received, share: 70%}]
    refunds: recompute
"""


def test_parts_come_with_the_money_of_their_contract(tmp_path):
    with crediting(tmp_path, PARTS) as context:
        load(context.store, "contract", CONTRACTS)
        load(context.store, "credit-split", [{"contract": "C1", "person": p, "share": "50%"} for p in ("王芳", "赵磊")])
        load(context.store, "receipt", RECEIPTS)
        load(context.store, "refund", [{"number": "T1", "date": "2026-03-09", "contract": "C1", "amount": "500"}])
        # each has 2,000 of the contract: 200 × (30 % + 70 % × 1/4), then 1/4 more, then 1/8 back
        assert earned(context, "2026-01") == {"王芳": "95.00", "赵磊": "95.00"}
        assert earned(context, "2026-02") == {"王芳": "35.00", "赵磊": "35.00"}
        assert earned(context, "2026-03") == {"王芳": "-17.50", "赵磊": "-17.50"}


def test_parts_of_what_is_no_contract_are_a_problem(tmp_path):
    with (
        crediting(tmp_path, PARTS.replace("bookings", "receipts-gross")) as context,
        pytest.raises(ProblemsFound) as raised,
    ):
        computed(context, "2026-01")
    assert [each.name for each in raised.value.problems] == ["parts-of-no-contract"]


def test_a_receipt_for_several_products_is_paid_at_the_rate_of_each(tmp_path):
    components = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: {by: [product, product.line], table: {A: 10%, 硬件: 5%}, otherwise: 1%}
    refunds: recompute
  cloud: {type: rate, pays_on: receipts-gross, credit: own, only: {product.line: 云}, rate: 1%, refunds: recompute}
"""
    with crediting(tmp_path, components) as context:
        products = [{"number": n, "name": n, "line": line} for n, line in (("A", "云"), ("B", "硬件"), ("C", "云"))]
        load(context.store, "product", products)
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        lines = [
            {"order": "O1", "line": n, "product": n, "amount": a, "contract": "C1", "ordered": "2026-01-01"}
            for n, a in (("A", "500"), ("B", "300"), ("C", "200"))
        ]
        load(context.store, "order-line", lines)
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "2000"}])
        load(context.store, "refund", [{"number": "T1", "date": "2026-01-20", "receipt": "R1", "amount": "1000"}])
        # half of it went back: 500 × 10 % + 300 × 5 % + 200 × 1 %, and 700 × 1 %
        assert earned(context, "2026-01") == {"王芳": "74.00"}


def test_a_split_receipt_for_several_products_names_everybody_once(tmp_path):
    sales = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"
    with crediting(tmp_path, sales) as context:
        load(context.store, "product", [{"number": n, "name": n} for n in "AB"])
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        load(context.store, "credit-split", [{"contract": "C1", "person": p, "share": "50%"} for p in ("王芳", "赵磊")])
        lines = [
            {"order": "O1", "line": n, "product": n, "amount": "1", "contract": "C1", "ordered": "2026-01-01"}
            for n in "AB"
        ]
        load(context.store, "order-line", lines)
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "100"}])
        found = {line.with_others for one in computed(context, "2026-01").computed for line in one.inputs.lines}
        assert found == {"王芳", "赵磊"}
