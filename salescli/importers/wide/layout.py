"""Which columns of a sheet hold the figures of months, and of which year; which only add these up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.periods import FiscalCalendar, Period, months_in
from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.errors import problem
from salescli.importers.header import HeaderFound
from salescli.importers.names import Header, text_of_cell
from salescli.importers.wide.headers import PeriodName, parse_period_name, stated_years

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

_QUARTER = 3
_SUB = re.compile("小计|sub")


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column whose cells are records of one month (or quarter, or year): its index, header, and what that is."""

    index: int
    header: str
    label: str


@dataclass(frozen=True, slots=True)
class SumColumn:
    """A column that adds up others: the labels that it may add, the likeliest first."""

    index: int
    header: str
    choices: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a wide sheet, and the year that its months are of, where the headers do not say it."""

    columns: tuple[WideColumn, ...]
    sums: tuple[SumColumn, ...]
    year: str = ""

    @property
    def indexes(self) -> frozenset[int]:
        """All columns that speak of time."""
        return frozenset({each.index for each in self.columns} | {each.index for each in self.sums})


def is_wide(record_type: RecordType, headers: Sequence[Header], columns: Mapping[str, int]) -> bool:
    """Tell whether a header has a column per month in place of the field that says the month."""
    if not record_type.wide or record_type.wide[0] in columns:
        return False
    spans = {named.span for header in headers if (named := parse_period_name(header.text))}
    return "month" in spans or "quarter" in spans or ("year" in spans and record_type.wide[1] not in columns)


def build_layout(
    context: Context, found: HeaderFound, record_type: RecordType, columns: Mapping[str, int]
) -> Layout | None:
    """Return the columns of a wide sheet; None where something about them must be said first."""
    over, value = record_type.wide
    named = {index: name for index, text in enumerate(found.texts) if (name := parse_period_name(text))}
    if value in columns:
        named.setdefault(columns[value], PeriodName("total"))  # 目标 beside its months is their sum
    takes_periods = record_type[over].kind is kinds.PERIOD
    has_months = any(name.span == "month" for name in named.values())
    year = _year(context, found, named)
    months = _months(context, found, named, year)
    if months is None:
        return None
    labels: dict[int, str] = {index: f"{month:%Y-%m}" for index, month in months.items()}
    if not has_months or takes_periods:
        labels |= _whole_periods(context, found, named, months, year, takes_periods)
    if _has_twice(context, found, labels) or context.reading.blocking:
        return None
    calendar = context.options.calendar
    return Layout(
        tuple(WideColumn(index, found.texts[index], labels[index]) for index in sorted(labels)),
        tuple(_sums(found, named, labels, calendar)),
        str(year) if year else "",
    )


def _year(context: Context, found: HeaderFound, named: Mapping[int, PeriodName]) -> Period | None:
    """Return the year of months without one: stated, or of the title, the sheet's name or the file's, in this order."""
    if context.options.year is not None:
        return context.options.year
    above = " ".join(text_of_cell(cell) for row in found.rows[: found.at + 1 - found.depth] for cell in row if cell)
    years = " ".join(found.texts[index] for index, name in named.items() if name.span == "year" and name.year)
    for text in (above, context.sheet.name, context.book.stem, years):
        said = stated_years(text)
        if len(said) == 1:
            ((number, is_fiscal),) = said
            calendar = context.options.calendar if is_fiscal else FiscalCalendar()
            return calendar.year(number)
        if said:
            return None
    return None


def _months(
    context: Context, found: HeaderFound, named: Mapping[int, PeriodName], year: Period | None
) -> dict[int, date] | None:
    """Return the first day of each month column; in 4月 … 12月 1月 … 3月 the next year begins once."""
    all_months = [(index, name) for index, name in sorted(named.items()) if name.span == "month"]
    result = {index: date(name.year, name.number, 1) for index, name in all_months if name.year}
    unknown = [index for index, name in all_months if not name.year]
    if year is not None:
        numbers = [named[index].number for index in unknown]
        turns = [at for at in range(1, len(numbers)) if numbers[at] < numbers[at - 1]]
        for at, index in enumerate(unknown):
            later = len(turns) == 1 and at >= turns[0] if year.start.month == 1 else numbers[at] < year.start.month
            result[index] = date(year.start.year + later, numbers[at], 1)
    elif unknown:
        where = context.cell(found.at, unknown[0])
        context.reading.blocking.append(problem("wide-year-unknown", where, header=found.texts[unknown[0]]))
        return None
    return result


def _whole_periods(
    context: Context,
    found: HeaderFound,
    named: Mapping[int, PeriodName],
    months: Mapping[int, date],
    year: Period | None,
    takes_periods: bool,
) -> dict[int, str]:
    """Quarters and years of which no month has a column: a figure of its own where the type knows periods."""
    labels: dict[int, str] = {}
    covered = set(months.values())
    quarters = any(name.span == "quarter" for name in named.values())
    for index, name in sorted(named.items()):
        if name.span not in ("quarter", "year") or (name.span == "year" and (months or quarters)):
            continue
        number = name.year or (year.start.year if year else 0)
        where = context.cell(found.at, index)
        if not takes_periods:
            context.reading.blocking.append(problem("wide-needs-months", where, header=found.texts[index]))
        elif not number:
            context.reading.blocking.append(problem("wide-year-unknown", where, header=found.texts[index]))
        elif name.span == "year":
            labels[index] = f"FY{number}" if name.is_fiscal else f"{number}"
        elif not covered & {month.start for month in months_in(_quarter(context, name, number))}:
            labels[index] = f"{'FY' if name.is_fiscal else ''}{number}-Q{name.number}"
    return labels


def _quarter(context: Context, name: PeriodName, year: int) -> Period:
    calendar = context.options.calendar if name.is_fiscal else FiscalCalendar()
    return calendar.quarter(year, name.number)


def _has_twice(context: Context, found: HeaderFound, labels: Mapping[int, str]) -> bool:
    seen: dict[str, int] = {}
    for index, label in sorted(labels.items()):
        if label in seen:
            headers = [found.texts[seen[label]], found.texts[index]]
            where = context.cell(found.at, index)
            context.reading.blocking.append(problem("wide-month-twice", where, month=label, headers=headers))
            return True
        seen[label] = index
    return False


def _sums(
    found: HeaderFound, named: Mapping[int, PeriodName], labels: Mapping[int, str], calendar: FiscalCalendar
) -> list[SumColumn]:
    """What a totals column may add: what it is called after, what stands since the last one, or all of them."""
    sums: list[SumColumn] = []
    since: list[str] = []
    everything = tuple(labels[index] for index in sorted(labels))
    for index, name in sorted(named.items()):
        if index in labels:
            since.append(labels[index])
            continue
        choices: list[tuple[str, ...]] = []
        if name.span in ("quarter", "half"):
            choices += _parts(everything, name, calendar)
        if name.span in ("quarter", "half", "total") and since:
            choices.append(tuple(since))
        if name.span in ("year", "total", "half"):
            at = len(choices) if _SUB.search(found.texts[index].casefold()) else 0
            choices.insert(at, everything)
        if choices:
            sums.append(SumColumn(index, found.texts[index], tuple(dict.fromkeys(choices))))
        if name.span in ("quarter", "total"):
            since = []
    return sums


def _parts(everything: Sequence[str], name: PeriodName, calendar: FiscalCalendar) -> list[tuple[str, ...]]:
    """The months of a quarter or half, by the calendar and by the fiscal year, of every year there is a column of."""
    length = _QUARTER if name.span == "quarter" else 2 * _QUARTER
    found = []
    for starts in dict.fromkeys((1, calendar.start_month)):
        wanted = {(starts - 1 + length * (name.number - 1) + step) % 12 + 1 for step in range(length)}
        months = [label for label in everything if _month_number(label) in wanted]
        months = [label for label in months if not name.year or label.startswith(str(name.year))] or months
        if months:
            found.append(tuple(months))
    return found


def _month_number(label: str) -> int:
    year, _, month = label.partition("-")
    return int(month) if len(year) == 4 and month.isdigit() else 0
