"""A product, its line and family, list price and cost."""

from __future__ import annotations

from salescli.core.records.fields import CURRENCY, NOTE, ident, money, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="product",
    titles=Title("产品", "Product"),
    aliases=("products", "item", "items", "商品", "产品表", "价目表"),
    key=("number",),
    name_field="name",
    introduces=True,
    fields=(
        ident(
            "number",
            "产品编号",
            "Product number",
            "产品编码",
            "产品id",
            "商品编码",
            "物料编码",
            "product id",
            "product code",
            "sku",
        ),
        text("name", "产品名称", "Product name", "产品", "商品名称", "品名", "product", required=True),
        text("line", "产品线", "Product line", "产品大类", "series", "line", dated=True),
        text("family", "产品系列", "Family", "系列", "product family"),
        text("category", "类别", "Category", "产品类别"),
        money("list_price", "标准价", "List price", "目录价", "单价", "标价", "sales price", "price"),
        money("cost", "成本", "Cost", "标准成本", "unit cost", dated=True),
        text("unit", "单位", "Unit", "计量单位"),
        CURRENCY,
        NOTE,
    ),
    paths={"product": ("self",), "line": ("line",), "family": ("family",)},
)
