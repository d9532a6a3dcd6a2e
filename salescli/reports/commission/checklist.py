"""The list before closing: what is in, what waits, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import money, sum_of, text, words

State = Literal["ok", "look", "stop"]
MARKS: dict[State, Title] = {
    "ok": Title("✓", "✓"),
    "look": Title("! 请看", "! look"),
    "stop": Title("✗ 先处理", "✗ first"),
}


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One point of the list: how it stands, in words, how many and how much in each currency."""

    name: str
    title: Title
    state: State
    said: Title
    count: int | None = None
    amounts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """One row behind a point: who or what, in words, with its amount and its place."""

    item: str
    what: str
    said: Title
    amount: Decimal | None = None
    source: str = ""
    currency: str = ""


def build_checklist(
    period: str, items: Sequence[CheckItem], details: Sequence[Detail], currency: str, known: Title, language: Language
) -> Report:
    """Build the list, with the rows behind each point that needs a look."""
    codes = {code for one in items for code, _ in one.amounts} | {one.currency for one in details if one.amount}
    mixed = len(codes - {""}) > 1
    columns = (
        text("state", "状态", "State"),
        words("check", "事项", "Check"),
        Column("count", Title("个数", "Count"), "count"),
        *_amount_columns(currency, mixed),
        words("said", "说明", "Finding"),
    )
    rows = [
        (
            *(MARKS[one.state].text(language), one.title.text(language), None if place else one.count),
            *((code,) if mixed else ()),
            *(amount, one.said.text(language)),
        )
        for one in items
        for place, (code, amount) in enumerate(one.amounts or (("", None),))
    ]
    blocks: list[Block] = [Table("checks", columns, tuple(rows))]
    for item in items:
        mine = [one for one in details if one.item == item.name]
        if mine:
            blocks.append(_details(item, mine, currency, language, mixed))
    waits = sum(1 for one in items if one.state != "ok")
    footer = Title(f"{len(items) - waits} 项正常,{waits} 项要看", f"{len(items) - waits} fine, {waits} to look at")
    can_close = not any(one.state == "stop" for one in items)
    following = (f"salescli commission close {period}",) if can_close else ()
    title = Title(f"关账前检查 · {period}", f"Before closing · {period}")
    return Report("commission-check", title, tuple(blocks), (footer, known), next=following)


def _amount_columns(currency: str, mixed: bool) -> tuple[Column, ...]:
    """The amount, in the one currency of the list, or beside its own."""
    if mixed:
        return (text("currency", "币种", "Currency"), money("amount", "金额", "Amount"))
    return (money("amount", "金额", "Amount", currency),)


def _details(item: CheckItem, details: Sequence[Detail], currency: str, language: Language, mixed: bool) -> Table:
    columns = (
        text("what", "对象", "What"),
        words("said", "说明", "Finding"),
        *_amount_columns(currency, mixed),
        text("source", "来源", "Source"),
    )
    rows = tuple(
        (one.what, one.said.text(language), *((one.currency,) if mixed else ()), one.amount, one.source)
        for one in details
    )
    counted = [one for one in details if one.amount is not None]
    total: tuple[Value, ...] | None = None
    if counted and len({one.currency for one in counted}) == 1:  # amounts of two currencies have no sum
        code = (counted[0].currency,) if mixed else ()
        total = (None, None, *code, sum_of(one.amount for one in counted), None)
    return Table(item.name, columns, rows, item.title, total)
