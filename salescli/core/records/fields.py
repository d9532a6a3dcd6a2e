"""Short constructors for the fields of record types, and the fields that several types share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from salescli.core.money import round_half_away
from salescli.core.records import kinds
from salescli.core.records.kinds import Kind
from salescli.core.records.model import Field
from salescli.core.title import Title


def field(kind: Kind, name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a field: kind, name, both titles, then header aliases in either language."""
    return Field(name, kind, Title(zh, en), aliases, **more)


def text(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a text field."""
    return field(kinds.TEXT, name, zh, en, *aliases, **more)


def ident(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a field that looks numeric but is a name: numbers of contracts, phones, employees."""
    return field(kinds.ID, name, zh, en, *aliases, **more)


def money(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build an amount in the record's currency."""
    return field(kinds.MONEY, name, zh, en, *aliases, **more)


def day(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a date."""
    return field(kinds.DATE, name, zh, en, *aliases, **more)


def moment(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a day with, where the source has it, the time of the day."""
    return field(kinds.MOMENT, name, zh, en, *aliases, **more)


def choice(name: str, zh: str, en: str, *aliases: str, choices: Mapping[str, tuple[str, ...]], **more: Any) -> Field:
    """Build a field that holds one of a list; `is_open` lists leave other words as they are."""
    return field(kinds.ENUM, name, zh, en, *aliases, choices=choices, **more)


def ref(name: str, to: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a reference to another record."""
    return field(kinds.REFERENCE, name, zh, en, *aliases, ref=to, **more)


def rate(name: str, zh: str, en: str, *aliases: str, **more: Any) -> Field:
    """Build a percentage."""
    return field(kinds.RATE, name, zh, en, *aliases, **more)


CURRENCY = text("currency", "币种", "Currency", "货币", "currency code", "币别", "curr", default="base-currency")


def owner(zh: str = "负责人", en: str = "Owner", *aliases: str) -> Field:
    """Build the dated reference to who is credited with a record."""
    return ref(
        "owner", "person", zh, en,
        "销售", "销售人员", "销售员", "业务员", "客户经理", "销售代表", "归属人", "所属销售", "跟进人", "姓名",
        "员工", "工号",
        "salesperson", "sales agent", "sales rep", "rep", "sales person", "sales_agent", "owner name", "account owner",
        "opportunity owner", "deal owner", "potential owner", *aliases, dated=True,
    )  # fmt: skip


def handler(zh: str, en: str, *aliases: str, dated: bool = False) -> Field:
    """Build the reference to whoever has a record in hand; a bare 姓名 beside it is somebody else's name."""
    return ref(
        "owner",
        "person",
        zh,
        en,
        "所有人",
        "归属人",
        "所属人",
        "所属销售",
        "owner",
        "owner name",
        *aliases,
        dated=dated,
    )


def customer(*aliases: str) -> Field:
    """Build the reference to the customer."""
    return ref(
        "customer", "customer", "客户", "Customer",
        "客户名称", "客户全称", "公司名称", "单位名称", "客户单位", "往来单位", "account", "account name", "company",
        "client",
        "customer name", *aliases,
    )  # fmt: skip


def product(*aliases: str) -> Field:
    """Build the reference to the product."""
    return ref(
        "product",
        "product",
        "产品",
        "Product",
        "产品名称",
        "商品",
        "商品名称",
        "品名",
        "product name",
        "item",
        *aliases,
    )


def net_of_tax(values: Mapping[str, Any]) -> int | None:
    """Compute a stored amount without tax and external purchase (不含税, 已扣外采), in ten-thousandths.

    The stated net figure where the file has one, else amount ÷ (1 + tax rate); less the external purchase.
    """
    amount = values.get("amount")
    if amount is None:
        return None
    stated = values.get("net_stated")
    if stated is None:
        tax = values.get("tax_rate")
        exact = Fraction(amount) / (1 + Fraction(tax)) if tax else Fraction(amount)
        stated = int(round_half_away(exact, Decimal(1)))
    return int(stated) - int(values.get("purchase") or 0)


TAX_RATE = rate("tax_rate", "税率", "Tax rate", "增值税率", "vat rate", "vat", at_most=Decimal("0.5"))
NET_STATED = money(
    "net_stated", "不含税金额", "Amount without tax", "未税金额", "净额", "net amount", "amount excl. tax"
)
PURCHASE = money("purchase", "外采成本", "External purchase", "外采", "外购成本", "采购成本", "external cost")
NET_AMOUNT = money("net_amount", "净额(不含税,扣外采)", "Net amount", derive=net_of_tax)
# An amount without its tax, in the order in which every type that has one keeps it.
NET = (TAX_RATE, NET_STATED, PURCHASE, NET_AMOUNT)
# How money that names a contract reaches each dimension: by itself first, then by what it names.
BY_CONTRACT = {
    "person": ("owner", "contract.owner", "customer.owner"),
    "customer": ("customer", "contract.customer"),
    "product": ("product", "contract.product"),
    "line": ("product.line", "contract.product.line"),
    "family": ("product.family", "contract.product.family"),
    "channel": ("channel", "contract.channel"),
    "region": ("region", "contract.region", "customer.region", "owner.region"),
    "contract": ("contract",),
}
NOTE = text("note", "备注", "Note", "说明", "摘要", "remark", "remarks", "comment", "memo", "description")
# Western exports write a name in two columns. Joined they are the name; neither is kept by itself.
LAST_NAME = text("last_name", "姓", "Last name", "surname", "family name", part_of="name")
FIRST_NAME = text("first_name", "名", "First name", "given name", part_of="name")
