"""What the open month posts for a month that was restated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.table import Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import CAUSES, key_column, money, sum_of, text


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """One difference: of whom, in which component, how much and why."""

    month: str
    number: str
    person: str
    plan: Title
    component: Title
    amount: Decimal
    currency: str
    cause: str


def build_restated(periods: Sequence[str], following: str, rows: Sequence[RestatedRow], language: Language) -> Report:
    """Build the list of differences, a table for each currency.

    Args:
        periods: the months that were restated.
        following: the open month, which posts them.
        rows: the differences.
        language: of texts inside cells.
    """
    currencies = sorted({one.currency for one in rows}) or [""]
    several = (len(periods) > 1, len(currencies) > 1)
    tables = tuple(_table(currency, rows, several, following, language) for currency in currencies)
    period = periods[0] if len(periods) == 1 else f"{periods[0]}..{periods[-1]}"
    footer = Title(
        f"差异 = 现在重算的 {period} − 已计;在 {following} 的运行中补计",
        f"difference = {period} recomputed now − what is posted; the run of {following} posts it",
    )
    return Report(
        "commission-restated",
        Title(f"{period} 重述", f"{period} restated"),
        tables,
        (footer,),
        next=(f"salescli commission run {following}",),
    )


def _table(
    currency: str, rows: Sequence[RestatedRow], several: tuple[bool, bool], following: str, language: Language
) -> Table:
    """Build the table of a currency; `several`: whether there are several months, and several currencies."""
    has_months, is_named = several
    months = (text("month", "期间", "Period"),) if has_months else ()
    columns = (
        *months,
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        text("component", "组件", "Component"),
        money("amount", "差异", "Difference", currency),
        text("cause", "原因", "Cause"),
    )
    cells: tuple[tuple[Value, ...], ...] = tuple(
        (*([one.month] if has_months else []), one.number, one.person, one.plan.text(language),
         one.component.text(language), one.amount, CAUSES[one.cause].text(language))
        for one in rows
        if one.currency == currency
    )  # fmt: skip
    blank = (None,) * (len(columns) - 2)
    total = (*blank, sum_of(row[-2] for row in cells), None) if cells else None
    empty = Title(f"{following} 没有差异", f"{following} posts no difference")
    name = f"differences-{currency.lower()}" if is_named else "differences"
    return Table(name, columns, cells, None, total, empty)
