"""What the open month posts for a month that was restated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.table import Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import CAUSES, key_column, money, sum_of, text, words

OWN = "own"  # the cause of what the open month itself earns otherwise
OF_ITSELF = Title("本月自身随之变化", "the month's own figure moves with it")


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


@dataclass(frozen=True, slots=True)
class Posting:
    """What the open month posts in a currency: differences in all, and what is payable; now, and before if known."""

    currency: str
    differences: Decimal
    payable: Decimal
    differences_before: Decimal | None
    payable_before: Decimal | None


def build_restated(
    periods: Sequence[str], following: str, rows: Sequence[RestatedRow], posted: Sequence[Posting], language: Language
) -> Report:
    """Build the list of differences, a table for each currency.

    Args:
        periods: the months that were restated.
        following: the open month, which posts them.
        rows: the differences, of other months too where they moved.
        posted: what the open month posts in all, one for each currency.
        language: of texts inside cells.
    """
    currencies = sorted({one.currency for one in rows}) or [""]
    has_months = len({one.month for one in rows} | set(periods)) > 1
    tables = tuple(_table(code, rows, (has_months, len(currencies) > 1), following, language) for code in currencies)
    period = periods[0] if len(periods) == 1 else f"{periods[0]}..{periods[-1]}"
    meant = Title("以前月份", "an earlier month") if has_months else Title(period, period)
    footer = Title(
        f"差异 = 现在重算的{'' if has_months else ' '}{meant.zh}{'' if has_months else ' '}− 已计;"
        f"在 {following} 的运行中补计",
        f"difference = {meant.en} recomputed now − what is posted; the run of {following} posts it",
    )
    return Report(
        "commission-restated",
        Title(f"{period} 重述", f"{period} restated"),
        tables,
        (footer, *(_posts(one, following) for one in posted)),
        next=(f"salescli commission run {following}",),
    )


def _posts(one: Posting, following: str) -> Title:
    """Say what the run posts in all: the sums of a month alone may be cancelled by those of another."""
    code = f" {one.currency}"
    zh, en = f"{one.differences:,}{code}", f"{one.differences:,}{code}"
    if one.differences_before is not None:
        zh, en = f"{zh}(此前 {one.differences_before:,})", f"{en} ({one.differences_before:,} before)"
    payable = f"{one.payable:,}{code}"
    told = Title(payable, payable)
    if one.payable_before is not None:
        told = Title(f"{payable}(此前 {one.payable_before:,})", f"{payable} ({one.payable_before:,} before)")
    return Title(
        f"{following} 的运行共补计以前期间差异 {zh},应发 {told.zh}",
        f"the run of {following} posts {en} of earlier periods in all and pays {told.en}",
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
        words("cause", "原因", "Cause"),
    )
    cells: tuple[tuple[Value, ...], ...] = tuple(
        (*([one.month] if has_months else []), one.number, one.person, one.plan.text(language),
         one.component.text(language), one.amount, _why(one).text(language))
        for one in rows
        if one.currency == currency
    )  # fmt: skip
    blank = (None,) * (len(columns) - 2)
    total = (*blank, sum_of(row[-2] for row in cells), None) if cells else None
    empty = Title(f"{following} 没有差异", f"{following} posts no difference")
    name = f"differences-{currency.lower()}" if is_named else "differences"
    return Table(name, columns, cells, Title(currency, currency) if is_named else None, total, empty)


def _why(one: RestatedRow) -> Title:
    return OF_ITSELF if one.cause == OWN else CAUSES[one.cause]
