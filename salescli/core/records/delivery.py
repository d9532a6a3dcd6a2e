"""Goods or services handed over, at their value."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, customer, day, field, ident, money, owner, product, ref
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="delivery",
    titles=Title("交付", "Delivery"),
    aliases=("deliveries", "发货", "发货单", "出库", "交付记录"),
    key=("number",),
    pays=True,
    fields=(
        ident("number", "交付编号", "Delivery number", "发货单号", "出库单号", "delivery id", required=True),
        day("delivered", "交付日期", "Delivered", "发货日期", "出库日期", "delivery date", required=True, past=True),
        ident("order", "订单编号", "Order number", "订单号", "order id"),
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号"),
        customer(),
        owner(),
        product(),
        field(kinds.QUANTITY, "quantity", "数量", "Quantity", "交付数量", "qty"),
        money("amount", "交付金额", "Amount", "金额", "发货金额", "delivered value"),
        CURRENCY,
        NOTE,
    ),
    date="delivered",
    splits=("self", "contract"),
    paths={
        "person": ("owner", "contract.owner", "customer.owner"),
        "customer": ("customer", "contract.customer"),
        "product": ("product", "contract.product"),
        "line": ("product.line", "contract.product.line"),
        "region": ("contract.region", "customer.region", "owner.region"),
        "contract": ("contract",),
    },
)
