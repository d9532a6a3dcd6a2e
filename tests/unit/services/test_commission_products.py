"""Rates by product: the most specific line that a table knows wins, and amounts for each sale."""

from tests.unit.services.crediting import crediting, earned
from tests.unit.store_support import load

RATES = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate:
      by: [product.number, product.name, product.category, product.line]
      table: {{D-1: 15%, 桌子: 5%, 家具: {category}, 云服务: 2%}}
      otherwise: 1%
    refunds: {refunds}
"""
PRODUCTS = [
    {"number": "D-1", "name": "桌子", "category": "家具", "line": "办公"},
    {"number": "D-2", "name": "桌子二", "category": "家具", "line": "办公"},
    {"number": "S-1", "name": "主机", "line": "云服务"},
    {"number": "S-2", "name": "其他"},
]


def given(context):
    load(context.store, "product", PRODUCTS)
    contracts = [
        {"number": f"C{place}", "owner": "王芳", "product": one["number"]} for place, one in enumerate(PRODUCTS, 1)
    ]
    load(context.store, "contract", [*contracts, {"number": "C5", "owner": "王芳"}])
    receipts = [
        {"number": f"R{n}", "date": f"2026-0{n}-10", "contract": f"C{n}", "amount": "1000"} for n in range(1, 6)
    ]
    load(context.store, "receipt", receipts)


def test_the_most_specific_line_wins(tmp_path):
    with crediting(tmp_path, RATES.format(category="3%", refunds="recompute")) as context:
        given(context)
        paid = [earned(context, f"2026-0{month}").get("王芳") for month in range(1, 6)]
        assert paid == ["150.00", "30.00", "20.00", "10.00", "10.00"]


def test_an_amount_for_each_sale_is_shared_as_the_sale_is(tmp_path):
    with crediting(tmp_path, RATES.format(category="20 each", refunds="original-rate")) as context:
        given(context)
        rows = [
            {"contract": "C2", "person": "王芳", "share": "75%"},
            {"contract": "C2", "person": "赵磊", "share": "25%"},
        ]
        load(context.store, "credit-split", rows)
        load(context.store, "refund", [{"number": "T1", "date": "2026-06-05", "receipt": "R2", "amount": "500"}])
        assert earned(context, "2026-02") == {"王芳": "15.00", "赵磊": "5.00"}
        assert earned(context, "2026-06") == {"王芳": "-7.50", "赵磊": "-2.50"}


def test_a_table_that_changes_is_asked_on_the_day_of_each_credit(tmp_path):
    text = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate:
      2026-01-01: {by: product, table: {D-1: 15%}, otherwise: 1%}
      2026-01-11: {by: product, table: {桌子二: 9%}, otherwise: 1%}
    refunds: recompute
"""
    with crediting(tmp_path, text, more="rates_in_force_on: receipt-date\n") as context:
        given(context)
        later = [{"number": "R9", "date": "2026-01-12", "contract": "C1", "amount": "1000"}]
        load(context.store, "receipt", [*later, {**later[0], "number": "R8", "contract": "C2"}], feed="more")
        assert earned(context, "2026-01") == {"王芳": "250.00"}
