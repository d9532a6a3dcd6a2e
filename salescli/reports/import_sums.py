"""Σ of every money column that was read, beside the file's own total, and by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from salescli.core.money import from_e4
from salescli.core.table import Column, Table, Value
from salescli.core.title import Title

MONTHS_LISTED = 24  # rows; more are drawn, unless all are asked for


class FileSum(NamedTuple):
    """The sum of one money column of one sheet: what goes in, the file's own total, and the sum by month.

    `rejected_e4` is what of the sum stands in rows that were rejected after they had been read (a name that nobody
    knows); `by_month` is without it. `difference_e4` is what the file states less the sum of the rows it is about,
    those that were rejected or repeated included; None where it states nothing.
    """

    file: str
    column: str
    currency: str
    read_e4: int
    stated_e4: int | None
    by_month: tuple[tuple[str, int], ...] = ()
    difference_e4: int | None = None
    rejected_e4: int = 0

    @property
    def agrees(self) -> bool | None:
        """Tell whether the file's own total is the sum of its rows; None where it states none."""
        return None if self.difference_e4 is None else self.difference_e4 == 0


def build_totals(sums: Sequence[FileSum], currency: str = "") -> Table:
    """Build the sums beside the files' own totals; `currency` is that of the figures which name none."""
    differs = any(one.agrees is False for one in sums)
    has_rejected = any(one.rejected_e4 for one in sums)
    own = "" if any(one.currency for one in sums) else currency
    columns = (
        Column("file", Title("文件", "File")),
        Column("column", Title("列", "Column")),
        *_currency(sums),
        Column("read", Title("读入合计", "Sum read"), "money", own),
        *(_taken(own) if has_rejected else ()),
        Column("stated", Title("文件合计", "File's total"), "money", own),
        Column("agrees", Title("一致", "Agrees"), "flag"),
        *((Column("difference", Title("相差", "Difference"), "money", own),) if differs else ()),
    )
    rows = tuple(
        (
            one.file,
            one.column,
            *_currency_of(sums, one),
            from_e4(one.read_e4),
            *((from_e4(one.rejected_e4), from_e4(one.read_e4 - one.rejected_e4)) if has_rejected else ()),
            None if one.stated_e4 is None else from_e4(one.stated_e4),
            one.agrees,
            *((from_e4(one.difference_e4) if one.difference_e4 else None,) if differs else ()),
        )
        for one in sums
    )
    return Table("totals", columns, rows, Title("控制合计", "Control totals"))


def _taken(currency: str) -> tuple[Column, ...]:
    return (
        Column("rejected", Title("其中被拒", "Of it rejected"), "money", currency),
        Column("taken", Title("入库", "Taken in"), "money", currency),
    )


def build_months(sums: Sequence[FileSum], currency: str = "", *, is_whole: bool = False) -> Table | None:
    """Build the sums by month: a line for each, or, where these are many, a line for each column with its course."""
    dated = [one for one in sums if one.by_month]
    count = sum(len(one.by_month) for one in dated)
    if not count:
        return None
    return _listed(dated, currency) if is_whole or count <= MONTHS_LISTED else _drawn(dated)


def _listed(sums: Sequence[FileSum], currency: str) -> Table:
    own = "" if any(one.currency for one in sums) else currency
    columns = (
        Column("file", Title("文件", "File")),
        Column("column", Title("列", "Column")),
        Column("month", Title("月份", "Month"), blank=Title("(无日期)", "(no date)")),
        *_currency(sums),
        Column("read", Title("读入合计", "Sum read"), "money", own),
    )
    rows = tuple(
        (one.file, one.column, month or None, *_currency_of(sums, one), from_e4(value))
        for one in sums
        for month, value in one.by_month
    )
    return Table("months", columns, rows, _TITLE)


def _drawn(sums: Sequence[FileSum]) -> Table:
    columns = (
        Column("file", Title("文件", "File")),
        Column("column", Title("列", "Column")),
        *_currency(sums),
        Column("from", Title("自", "From")),
        Column("through", Title("至", "Through")),
        Column("course", Title("逐月", "By month"), "spark"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in sums:
        months = [each for each in one.by_month if each[0]]
        if months:
            course = tuple(from_e4(each) for _, each in months)
            rows.append((one.file, one.column, *_currency_of(sums, one), months[0][0], months[-1][0], course))
    title = Title(f"{_TITLE.zh}(逐月列出:--all)", f"{_TITLE.en} (each of them: --all)")
    return Table("months", columns, tuple(rows), title)


_TITLE = Title("按月合计", "Sums by month")


def _currency(sums: Iterable[FileSum]) -> tuple[Column, ...]:
    """The currency has a column where a file names one."""
    return (Column("currency", Title("币种", "Currency")),) if any(one.currency for one in sums) else ()


def _currency_of(sums: Iterable[FileSum], one: FileSum) -> tuple[str, ...]:
    return (one.currency,) if any(each.currency for each in sums) else ()
