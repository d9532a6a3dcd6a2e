"""A line of an order: product, quantity, sales, cost and profit."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, customer, day, field, ident, money, owner, product, ref, text
from salescli.core.records.model import RecordType
from salescli.core.records.rules import in_order
from salescli.core.title import Title

_ORDERED = day("ordered", "订单日期", "Ordered", "下单日期", "order date", "日期", past=True)
_SHIPPED = day("shipped", "发货日期", "Shipped", "ship date")

RECORD = RecordType(
    name="order-line",
    titles=Title("订单行", "Order line"),
    aliases=("order lines", "order", "orders", "sales", "订单", "订单明细", "销售明细"),
    key=("order", "line"),
    pays=True,
    fields=(
        ident("order", "订单编号", "Order number", "订单id", "订单号", "order id", "order no", required=True),
        ident("line", "行号", "Line", "行id", "row id", "line id", "line number", required=True),
        _ORDERED,
        _SHIPPED,
        customer("客户id", "客户编号", "customer id"),
        text("customer_name", "客户名称", "Customer name", names="customer"),
        owner(),
        product("产品id", "产品编号", "产品编码", "product id", "sku"),
        text("product_name", "产品名称", "Product name", names="product"),
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号"),
        field(kinds.QUANTITY, "quantity", "数量", "Quantity", "销量", "qty", "units"),
        money("price", "单价", "Price", "unit price"),
        money("amount", "销售额", "Amount", "金额", "订单金额", "销售金额", "sales", "line amount", required=True),
        money("cost", "成本", "Cost", "cost amount"),
        money("profit", "利润", "Profit", "毛利", "margin"),
        CURRENCY,
        field(kinds.DECIMAL, "discount", "折扣", "Discount", "折扣率"),
        text("category", "类别", "Category", "产品类别"),
        text("subcategory", "子类别", "Subcategory", "sub-category"),
        text("segment", "细分", "Segment", "客户细分"),
        text("channel", "渠道", "Channel", "销售渠道", "邮寄方式", "ship mode"),
        text("city", "城市", "City"),
        text("province", "省份", "Province", "省/自治区", "state", "省"),
        text("region", "地区", "Region", "区域", "大区"),
        text("country", "国家", "Country", "country/region"),
        NOTE,
    ),
    date="ordered",
    rules=(in_order(_ORDERED, _SHIPPED),),
    splits=("self", "contract"),
    paths={
        "person": ("owner", "contract.owner", "customer.owner"),
        "customer": ("customer",),
        "product": ("product",),
        "line": ("product.line", "category"),
        "family": ("product.family", "subcategory"),
        "channel": ("channel",),
        "region": ("region", "customer.region", "owner.region"),
        "contract": ("contract",),
    },
)
