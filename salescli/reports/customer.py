"""The page of one customer."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from salescli.core.records.model import Field
from salescli.core.table import Block, Column, Facts, Report, Table, Value
from salescli.core.title import Title

_TITLES = {
    "contact": Title("联系人", "Contacts"),
    "deal": Title("在手商机", "Open deals"),
    "complaint": Title("投诉", "Complaints"),
    "survey": Title("满意度", "Surveys"),
    "activity": Title("最近活动", "Latest activities"),
}


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """What a dated field held from a day on ("" from the beginning)."""

    field: Title
    start: str
    value: Value


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """The figures of a year in one currency, by metric."""

    year: str
    currency: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest records of one type, of how many, and how many of these are not done with."""

    type: str
    titles: Title
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    count: int
    standing: int = 0


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """All that the page shows. `last` and `coming` are (moment, what, by whom)."""

    key: str
    name: str
    identity: tuple[tuple[Column, Value], ...]
    owners: tuple[OwnerLine, ...]
    last: tuple[str, Value, str] | None
    coming: tuple[str, Value, str] | None
    is_overdue: bool
    purchases: tuple[PurchaseLine, ...]
    measures: tuple[tuple[str, Title], ...]
    lists: tuple[Listed, ...]
    with_rows: bool


def build_customer(page: CustomerPage, footer: tuple[Title, ...]) -> Report:
    """Build the page."""
    name = f" {page.name}" if page.name != page.key else ""
    title = Title(f"客户 {page.key}{name}", f"Customer {page.key}{name}")
    blocks: list[Block] = [Facts("customer", (*page.identity, *_touches(page)))]
    if page.owners:
        blocks.append(_owners(page.owners))
    blocks.append(_purchases(page))
    blocks += [_list(each, with_rows=page.with_rows) for each in page.lists if each.count]
    none = [_TITLES[each.type] for each in page.lists if not each.count]
    if none:
        zh, en = "、".join(one.zh for one in none), ", ".join(one.en.lower() for one in none)
        footer = (*footer, Title(f"没有:{zh}", f"none: {en}"))
    return Report("customer", title, tuple(blocks), footer, next=_next(page))


def _touches(page: CustomerPage) -> list[tuple[Column, Value]]:
    nobody = Title("没有记录", "not known")
    items: list[tuple[Column, Value]] = [
        (Column("last_contact", Title("最后联系", "Last contact")), _said(page.last) or nobody)
    ]
    title = Title("下次拜访(已逾期)", "Next visit, overdue") if page.is_overdue else Title("下次拜访", "Next visit")
    items.append((Column("next_visit", title), _said(page.coming) or nobody))
    return items


def _said(touch: tuple[str, Value, str] | None) -> str:
    if touch is None:
        return ""
    at, what, who = touch
    return " · ".join(str(part) for part in (at[:16], what, who) if part)


def _owners(lines: tuple[OwnerLine, ...]) -> Table:
    columns = (
        Column("field", Title("字段", "Field")),
        Column("from", Title("自", "From"), "date", blank=Title("起初", "the beginning")),
        Column("value", Title("值", "Value")),
    )
    rows = tuple((line.field, line.start or None, line.value) for line in lines)
    return Table("history", columns, rows, Title("变更历史", "Over time"))


def _purchases(page: CustomerPage) -> Table:
    shown = [(name, title) for name, title in page.measures if any(name in line.values for line in page.purchases)]
    currencies = {line.currency for line in page.purchases}
    single = currencies.pop() if len(currencies) == 1 else ""
    columns = [Column("year", Title("年度", "Year"), blank=Title("(无日期)", "(no date)"))]
    if not single:
        columns.append(Column("currency", Title("币种", "Currency")))
    columns += [Column(name, title, "money", currency=single) for name, title in shown]
    rows = tuple(
        (line.year or None, *(() if single else (line.currency,)), *(line.values.get(name) for name, _ in shown))
        for line in page.purchases
    )
    empty = Title("没有合同、订单或回款", "no contracts, orders or receipts")
    return Table("purchases", tuple(columns), rows, Title("成交与回款", "Purchases"), empty=empty)


def _list(each: Listed, *, with_rows: bool) -> Table:
    columns = [Column(one.name, one.title, one.kind.shown_as) for one in each.fields]
    if with_rows:
        columns.append(Column("source", Title("来源", "Source")))
    kept = [at for at in range(len(columns)) if any(row[at] not in (None, "") for row in each.rows)]
    rows = tuple(tuple(row[at] for at in kept) for row in each.rows)
    name = _TITLES[each.type]
    size = f"{each.count:,}" if len(rows) == each.count else f"{len(rows):,} / {each.count:,}"
    zh, en = f"{name.zh} · {size}", f"{name.en} · {size}"
    if each.standing:
        zh, en = f"{zh}(未结 {each.standing:,})", f"{en} ({each.standing:,} not closed)"
    return Table(each.type, tuple(columns[at] for at in kept), rows, Title(zh, en))


def _next(page: CustomerPage) -> tuple[str, ...]:
    """Commands that show where it all comes from."""
    found = [] if page.with_rows else [f"salescli customer show {shlex.quote(page.key)} --rows"]
    found.append(f"salescli record show customer {shlex.quote(page.key)}")
    first = next((name for name, _ in page.measures if any(name in line.values for line in page.purchases)), "")
    if first:
        found.append(f"salescli metric show {first} --where {shlex.quote(f'customer={page.key}')} --rows")
    return tuple(found)
