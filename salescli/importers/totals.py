"""The file's own totals held against what was read, and the control totals of what goes in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from salescli.core.money import from_e4
from salescli.core.records import kinds
from salescli.core.records.kinds import Bad
from salescli.core.records.model import RecordType
from salescli.core.records.staged import Staged
from salescli.errors import Problem, Where, problem
from salescli.importers.convert import ColumnPlan, Converted, Place
from salescli.importers.names import folded
from salescli.importers.result import ControlTotal, TotalsRow

_SUB = re.compile(r"小计|sub|汇总|.total$")
_TOTAL_NAME = re.compile(
    r"^(?:截[至止])?(?:本?[页月季年日周期](?:度|末)?|\d{1,2}月份?|第?[一二三四1-4]季度?)?总?(?:合计|小计|总计|共计|累计)$"
)
_NOT_ADDED = frozenset({"price", "list_price"})  # a unit price has no sum


def compare_totals(
    plans: Sequence[ColumnPlan],
    converted: Converted,
    totals: Sequence[tuple[int, str, int]],
    rows: list[list[Any]],
) -> list[TotalsRow]:
    """Compare each figure of each totals row with sums of what stands above it.

    A totals row may speak of the rows since any totals row before it, as a region's total does that follows those of
    its teams; where none of these sums is the figure, it is held against the group where it is called a subtotal, else
    against all rows above. `totals` are (index of the row, label, number of records before it); one above all records
    is held against the whole sheet.
    """
    found: list[TotalsRow] = []
    for plan in plans if totals else ():
        if plan.index is None or plan.field.kind not in (kinds.MONEY, kinds.QUANTITY) or plan.field.name in _NOT_ADDED:
            continue
        values = converted.columns[plan.field.name]
        sums = [0, *accumulate(value or 0 for value in values)]
        unread = _unread(plan, converted)
        begins = [0]
        for index, label, before in totals:
            stated = plan.field.kind.parse_cell(_cell(rows[index][plan.index]), plan.reading)
            if before:
                starts = [*dict.fromkeys(begins)]
                begins.append(before)
            if stated is None or isinstance(stated, Bad):
                continue
            if not before:
                start, end = 0, len(values)
            else:
                group = starts[-1] if _SUB.search(label.lower()) else 0
                start = next((each for each in starts if sums[before] - sums[each] == stated), group)
                end = before
            lost = sum(1 for position in unread if start <= position < end)
            found.append(TotalsRow(index, label, plan.field.name, stated, sums[end] - sums[start], lost, not start))
    return found


def reject_total_names(
    record_type: RecordType, plans: Sequence[ColumnPlan], converted: Converted, place: Place
) -> None:
    """Keep out rows whose customer or number is 本月合计: with a date beside it that is no totals row, nor a record."""
    for plan in plans:
        if plan.index is None or not (plan.field.ref or plan.field.name in record_type.key):
            continue
        values = converted.columns[plan.field.name]
        suspects = [each for each in set(values) if each.__class__ is str and "计" in each]  # all end so
        names = {each for each in suspects if _TOTAL_NAME.match(folded(each))}
        for position, value in enumerate(values if names else ()):
            if value in names:
                where = place.at(position, plan.letters)
                converted.reject(position, problem("named-like-a-total", where, text=value, field=plan.field.title))


def _unread(plan: ColumnPlan, converted: Converted) -> list[int]:
    """Return the positions of rejected rows whose figure in this column is what was wrong."""
    place = re.compile(rf"{plan.letters}\d+$")
    return [
        position
        for position, problems in converted.bad.items()
        if any(place.match(each.where.cell) for each in problems)
        and converted.columns[plan.field.name][position] is None
    ]


def _cell(cell: Any) -> Any:
    return None if cell == "" else cell


def totals_problems(found: Sequence[TotalsRow], plans: Sequence[ColumnPlan], file: str, sheet: str) -> list[Problem]:
    """Return a problem for each figure that is not the sum of what was read."""
    by_name = {plan.field.name: plan for plan in plans}
    return [
        problem(
            "totals-differ-rejected" if each.unread else "totals-differ",
            Where(file, sheet=sheet, cell=f"{by_name[each.field].letters}{each.row}"),
            label=each.label,
            header=by_name[each.field].header,
            stated=f"{from_e4(each.stated_e4):,}",
            read=f"{from_e4(each.read_e4):,}",
            difference=f"{from_e4(each.stated_e4 - each.read_e4):+,}",
            count=each.unread,
        )
        for each in found
        if not each.agrees
    ]


def control_totals(staged: Staged, headers: dict[str, str]) -> list[ControlTotal]:
    """Sum every money column over the staged rows, by currency where the file names one, and by month."""
    months = _months(staged)
    currencies = staged.columns.get("currency")
    found: list[ControlTotal] = []
    for name, values in staged.columns.items():
        if staged.type[name].kind is not kinds.MONEY or name in _NOT_ADDED:
            continue
        distinct = sorted({each or "" for each in currencies}) if currencies else [""]
        for currency in distinct:
            chosen = values
            if currencies and len(distinct) > 1:
                chosen = [
                    value if (each or "") == currency else None for value, each in zip(values, currencies, strict=True)
                ]
            total, by_month = _sums(chosen, months)
            found.append(ControlTotal(name, headers.get(name, ""), currency, total, by_month))
    return found


def _months(staged: Staged) -> list[str] | None:
    dates = staged.columns.get(staged.type.date)
    if dates is None:
        return None
    month = {day: (day or "")[:7] for day in set(dates)}
    return [month[day] for day in dates]


def _sums(values: Sequence[int | None], months: list[str] | None) -> tuple[int, tuple[tuple[str, int], ...]]:
    if months is None:
        return sum(value for value in values if value is not None), ()
    sums: defaultdict[str, int] = defaultdict(int)
    for value, month in zip(values, months, strict=True):
        if value is not None:
            sums[month] += value
    return sum(sums.values()), tuple(sorted(sums.items()))
