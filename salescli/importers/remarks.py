"""What is said about the shape of a sheet: columns of one name or of none, ragged and hidden rows, another table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salescli.core.quoting import shell_word
from salescli.core.records import kinds
from salescli.core.records.kinds import parse_column
from salescli.core.records.model import RecordType
from salescli.errors import Problem, Where, problem
from salescli.importers.body import Body, Known, is_blank_cell
from salescli.importers.columns import plan_column
from salescli.importers.convert import ColumnPlan, Converted, Place
from salescli.importers.header import HeaderFound, known_names
from salescli.importers.names import Vocabulary, parse_header, text_of_cell

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

_SUMMED = (kinds.MONEY, kinds.QUANTITY)


def known_columns(context: Context, record_type: RecordType, found: HeaderFound, plans: Sequence[ColumnPlan]) -> Known:
    """Return what sorting the rows below the header may rely on."""

    def starts_table(row: Sequence[Any]) -> bool:
        filled = sum(1 for cell in row if not is_blank_cell(cell))
        names = known_names(row, context.vocabulary)
        return len(names) >= 2 and len(names) * 2 > filled

    marks = {*record_type.key, record_type.date}
    return Known(
        found.rows,
        frozenset(plan.index for plan in plans if plan.index is not None and plan.field.name in marks),
        frozenset(plan.index for plan in plans if plan.index is not None and plan.field.kind in _SUMMED),
        starts_table,
        unsaid=context.unsaid,
    )


def say_shape(
    context: Context,
    found: HeaderFound,
    plans: Sequence[ColumnPlan],
    body: Body,
    converted: Converted,
    place: Place,
) -> None:
    """Say what a person would want to know of the sheet's shape; rows that are too long are rejected."""
    _check_widths(context, found, body, converted, place)
    _check_repeats(context, found, plans, body, converted)
    _say_nameless(context, found, body, {plan.index for plan in plans})
    _say_hidden(context, place)
    _say_other_table(context, body)
    _say_unvalued_totals(context, plans, body)


def fill_merged(context: Context, found: HeaderFound, plans: Sequence[ColumnPlan]) -> None:
    """A cell merged over several rows speaks for each of them; an amount is never repeated."""
    sheet = context.sheet
    names = {plan.index: plan for plan in plans if plan.index is not None}
    filled = 0
    for (top, left), (bottom, _) in sheet.merged:
        index, first = left + 1 - sheet.first_column, top + 1 - sheet.first_row
        plan = names.get(index)
        if bottom == top or plan is None or first <= found.at or plan.field.kind in (kinds.MONEY, kinds.QUANTITY):
            continue
        for at in range(first + 1, min(bottom + 2 - sheet.first_row, len(sheet.rows))):
            sheet.rows[at] = [*sheet.rows[at]]  # blank rows are one list
            sheet.rows[at][index] = sheet.rows[first][index]
            filled += 1
    if filled:
        context.reading.notes.append(problem("merged-filled", context.where, severity="note", count=filled))


def say_footnotes(context: Context, body: Body) -> None:
    """Say which rows under the table are remarks."""
    for index in body.footnotes:
        text = " ".join(str(cell) for cell in context.sheet.rows[index] if not is_blank_cell(cell))
        where = Where(context.book.file, sheet=context.sheet.name, cell=str(context.sheet.row_number(index)))
        context.reading.notes.append(problem("footnote-skipped", where, severity="note", text=text[:80]))


def _check_widths(context: Context, found: HeaderFound, body: Body, converted: Converted, place: Place) -> None:
    """In a text file a row with more cells than the header was cut wrongly; with fewer, the rest is blank."""
    widths = context.sheet.widths
    if not widths:
        return
    width = widths[found.at]
    last = max((index for index, text in enumerate(found.texts) if text), default=-1)
    short = []
    for position, index in enumerate(body.rows):
        if widths[index] > last + 1 and any(not is_blank_cell(cell) for cell in context.sheet.rows[index][last + 1 :]):
            count = {"count": widths[index], "header": last + 1}
            converted.reject(position, Problem("row-too-long", place.at(position), count))
        elif widths[index] < min(width, last + 1):
            short.append(place.rows[position])
    if short:
        where = context.where._replace(cell=str(short[0]))
        context.reading.notes.append(problem("rows-short", where, severity="note", count=len(short)))


def _check_repeats(
    context: Context, found: HeaderFound, plans: Sequence[ColumnPlan], body: Body, converted: Converted
) -> None:
    """Ask which of two columns of one name is meant, where they differ."""
    groups: dict[int, list[int]] = {}
    for column, first in found.repeats.items():
        groups.setdefault(first, [first]).append(column)
    by_index = {plan.index: plan for plan in plans if plan.index is not None}
    for columns in groups.values():
        taken = [by_index[column] for column in columns if column in by_index]
        if len(taken) != 1 or any(found.texts[column] in context.maps for column in columns):
            continue
        for column in columns:
            if column != taken[0].index:
                _compare_columns(context, found, taken[0], column, body, converted)


def _compare_columns(
    context: Context, found: HeaderFound, plan: ColumnPlan, column: int, body: Body, converted: Converted
) -> None:
    other = plan_column(context, found, plan.field, column, parse_header(found.texts[column]))
    ours, theirs = body.columns[plan.index or 0], body.columns[column]
    values = parse_column(plan.field.kind, theirs, other.reading)
    differing = [
        position
        for position, (mine, value) in enumerate(zip(converted.columns[plan.field.name], values, strict=True))
        if (mine != value or other.reading != plan.reading) and (mine is None or mine != value)
        if not (other.reading == plan.reading and ours[position] == theirs[position])
    ]
    where = context.cell(found.at, column)
    said = {"header": plan.header, "other": found.texts[column], "field": plan.field.title}
    if not differing:
        context.reading.notes.append(problem("column-repeated", where, severity="note", **said))
        return
    first = differing[0]
    values_said = {
        **said,
        "count": len(differing),
        "row": context.sheet.row_number(body.rows[first]),
        "first": text_of_cell(ours[first]),
        "second": text_of_cell(theirs[first]),
        "option": shell_word(f"{plan.header}={plan.field.name}"),
        "alternative": shell_word(f"{found.texts[column]}={plan.field.name}"),
    }
    context.reading.decisions.append(Problem("column-ambiguous", where, values_said))


def _say_nameless(context: Context, found: HeaderFound, body: Body, read: set[int | None]) -> None:
    """A filled column under a blank header is read by nobody."""
    for index, column in enumerate(body.columns):
        if index in read or (index < len(found.texts) and found.texts[index]):
            continue
        example = next((cell for cell in column if not is_blank_cell(cell)), None)
        if example is not None:
            where = context.where._replace(cell=context.sheet.letters(index))
            text = text_of_cell(example)[:20]
            context.reading.notes.append(problem("column-without-header", where, severity="note", text=text))


def _say_hidden(context: Context, place: Place) -> None:
    if context.sheet.hidden:
        count = len(set(context.sheet.hidden).intersection(place.rows))
        if count:
            context.reading.notes.append(problem("hidden-rows-read", context.where, severity="note", count=count))


def _say_other_table(context: Context, body: Body) -> None:
    """Rows of another table on the sheet are not read; where they may be money, that is an error and no remark."""
    if body.other_table is None:
        return
    sheet = context.sheet
    below = sheet.rows[body.other_table :]
    header = next(row for row in below if sum(1 for cell in row if not is_blank_cell(cell)) > 1)
    texts = [text_of_cell(cell) for cell in header]
    where = Where(context.book.file, sheet=sheet.name, cell=str(sheet.row_number(body.other_table)))
    values: dict[str, object] = {
        "count": sum(1 for row in below if not all(map(is_blank_cell, row))) - 1,
        "headers": [text for text in texts if text][:8],
    }
    if _names_money(header, context.vocabulary):
        context.reading.problems.append(Problem("other-table", where, values))
    else:
        context.reading.notes.append(Problem("other-table", where, values, "note"))


def _names_money(header: Sequence[Any], vocabulary: Vocabulary) -> bool:
    return any(
        called.field.kind is kinds.MONEY
        for name in known_names(header, vocabulary)
        for type_name in vocabulary.known[name]
        for called in vocabulary.fields(type_name, name)
    )


def _say_unvalued_totals(context: Context, plans: Sequence[ColumnPlan], body: Body) -> None:
    """A sum that no program has computed yet cannot be held against what was read."""
    sheet = context.sheet
    numbers = [sheet.row_number(index) for index, _, _ in body.totals]
    for plan in plans:
        for number in numbers:
            cell = f"{plan.letters}{number}"
            if plan.field.kind in _SUMMED and cell in sheet.unvalued:
                where = Where(context.book.file, sheet=sheet.name, cell=cell)
                context.reading.notes.append(problem("total-without-value", where, severity="note", header=plan.header))
