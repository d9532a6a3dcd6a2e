"""The rows of a sheet that was read, accounted for, and its sums beside those that the file states."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from salescli.core.records.staged import Staged
from salescli.importers.result import ControlTotal, SheetReport, TotalsRow
from salescli.importers.totals import control_totals
from salescli.reports.import_rows import Counted
from salescli.reports.import_sums import FileSum


def count_rows(report: SheetReport, rejected: int | None = None) -> Counted:
    """Count the rows of a sheet; `rejected` where the store has rejected more of them."""
    bad = len(report.rejected) if rejected is None else rejected
    return Counted(
        rows=report.rows_below_header,
        taken=report.rows_below_header - report.skipped - bad,
        rejected=bad,
        blank=report.blank_rows,
        totals=report.totals_rows,
        repeated=report.repeated_rows,
        footnotes=report.footnote_rows,
        ended=report.ended_figures,
        zero=report.zero_figures,
        figures=report.rows_below_header if report.months else 0,
        title_rows=report.title_rows,
        hidden=report.hidden_rows,
    )


def add_sums(report: SheetReport) -> tuple[FileSum, ...]:
    """Return the sums of the money columns with the file's own totals."""
    return tuple(_sum(report, one) for one in report.control)


def without_rejected(
    sums: tuple[FileSum, ...], staged: Staged | None, rejected: Collection[int], headers: dict[str, str]
) -> tuple[FileSum, ...]:
    """Say of each sum what of it stands in rows that the store has rejected: that is not taken in."""
    if staged is None or not rejected:
        return sums
    taken = control_totals(staged.only([index not in rejected for index in range(len(staged))]), headers)
    left = {(one.header, one.currency): one for one in taken}
    found = []
    for each in sums:
        one = left.get((each.column, each.currency))
        months, total = (one.by_month, one.total_e4) if one else ((), 0)
        found.append(each._replace(by_month=months, rejected_e4=each.read_e4 - total))
    return tuple(found)


def _sum(report: SheetReport, one: ControlTotal) -> FileSum:
    """Choose what the file states for a column: a total of the whole, all totals of parts together, or the last one."""
    rows = [each for each in report.totals if each.field == one.field]
    rows = _across(rows) if report.months else rows
    name = Path(report.file).name
    if sum(each.field == one.field for each in report.control) > 1:
        return FileSum(name, one.header, one.currency, one.total_e4, *_of_currency(rows, one))
    if not rows:
        return FileSum(name, one.header, one.currency, one.total_e4, None, one.by_month)
    wrong = [each.stated_e4 - each.read_e4 for each in rows if not each.agrees]
    parts = sum(each.stated_e4 for each in rows)
    last = rows[-1]
    whole = next((each.stated_e4 for each in rows if each.stated_e4 == one.total_e4), None)
    if whole is None or (last.is_whole and not last.agrees):
        whole = parts if parts == one.total_e4 else last.stated_e4
    difference = wrong[-1] if wrong else 0
    return FileSum(name, one.header, one.currency, one.total_e4, whole, one.by_month, difference)


def _across(rows: Sequence[TotalsRow]) -> list[TotalsRow]:
    """A totals row of a column per month states a figure in each: they are one total of the sheet."""
    parts: dict[tuple[int, str], list[TotalsRow]] = {}
    for each in rows:
        parts.setdefault((each.row, each.label), []).append(each)
    return [
        each[0]._replace(
            stated_e4=sum(one.stated_e4 for one in each),
            read_e4=sum(one.read_e4 for one in each),
            is_whole=all(one.is_whole for one in each),
        )
        for each in parts.values()
    ]


def _of_currency(
    rows: Sequence[TotalsRow], one: ControlTotal
) -> tuple[int | None, tuple[tuple[str, int], ...], int | None]:
    """In a sheet of several currencies a total speaks of one where it is that one's; their sum is nobody's total."""
    is_stated = any(each.stated_e4 == one.total_e4 for each in rows)
    return (one.total_e4 if is_stated else None, one.by_month, 0 if is_stated else None)
