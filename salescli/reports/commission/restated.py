"""What the open month posts for a month that was restated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.table import Report, Table
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import CAUSES, key_column, money, sum_of, text


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """One difference: of whom, in which component, how much and why."""

    number: str
    person: str
    plan: Title
    component: Title
    amount: Decimal
    currency: str
    cause: str


def build_restated(period: str, following: str, rows: Sequence[RestatedRow], language: Language) -> Report:
    """Build the list of differences, a table for each currency.

    Args:
        period: the month that was restated.
        following: the open month, which posts them.
        rows: the differences.
        language: of texts inside cells.
    """
    currencies = sorted({one.currency for one in rows}) or [""]
    tables = tuple(_table(currency, rows, len(currencies) > 1, following, language) for currency in currencies)
    footer = Title(
        f"差异 = 按今天的文件重算的 {period} − 已计;在 {following} 的运行中补计",
        f"difference = {period} recomputed by today's files − what is posted; the run of {following} posts it",
    )
    return Report(
        "commission-restated",
        Title(f"{period} 重述", f"{period} restated"),
        tables,
        (footer,),
        next=(f"salescli commission run {following}",),
    )


def _table(currency: str, rows: Sequence[RestatedRow], is_named: bool, following: str, language: Language) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        text("component", "组件", "Component"),
        money("amount", "差异", "Difference", currency),
        text("cause", "原因", "Cause"),
    )
    cells = tuple(
        (one.number, one.person, one.plan.text(language), one.component.text(language), one.amount,
         CAUSES[one.cause].text(language))
        for one in rows
        if one.currency == currency
    )  # fmt: skip
    total = (None, None, None, None, sum_of(row[4] for row in cells), None) if cells else None
    empty = Title(f"{following} 没有差异", f"{following} posts no difference")
    name = f"differences-{currency.lower()}" if is_named else "differences"
    return Table(name, columns, cells, None, total, empty)
