"""Columns of cells to columns of stored values; what fails becomes a Problem with its address.

A column is converted at once by its kind. Only cells that fail are looked at singly: a null token gives nothing;
dates whose order is not plain and bare percentages stay open, for the proofs that judge whole columns.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from salescli.core.records import kinds
from salescli.core.records.kinds import Bad, DateOrder, Reading, parse_column
from salescli.core.records.model import Field, RecordType
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.importers.names import folded

NULL_TOKENS = ("-", "--", "—", "——", "/", "N/A", "n/a", "无", "null", "NULL", "None", "none", "nil", "(空)", "(blank)")
SaidBy = Literal["", "option", "profile", "header"]
_OPEN = frozenset({"date-order-unknown", "percent-unproved"})
_DECIMAL_COMMA = re.compile(r"(?:^|\D)\d+(?:\.\d{3})*,\d{1,2}\D*$")
_POINT_OF_THREE = re.compile(r"(?:^|[^\d.])[1-9]\d{0,2}\.\d{3}(?!\d)")
_REMARKS = {
    "point": Title("该列以逗号为小数点:1.100 是 1.1 还是 1,100?", "the column has decimal commas: 1.1, or 1,100?"),
    "letter-o": Title("字母 O?", "a letter O?"),
    "percent": Title("百分比?比率写作小数,如 0.55", "a percentage? a ratio is written as a fraction: 0.55"),
    "date": Title("这是日期", "a date"),
    "number": Title("这是数字,不是日期", "a number, not a date"),
    "serial": Title(
        "像是 Excel 的日期序号:请将该列设为日期格式", "a day as Excel counts them? format the column as a date"
    ),
}


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How one field is read: from which column (None: the same constant in every row), under which header.

    What was said of dates and percentages: the order and the meaning stand in `reading`, `said_by` names who said the
    latter, `orders` are the orders of layouts that were accepted in former months.
    """

    field: Field
    index: int | None
    header: str
    letters: str
    reading: Reading = kinds.PLAIN
    constant: str = ""
    meanings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    orders: Mapping[str, DateOrder] = dataclasses.field(default_factory=dict)
    said_by: SaidBy = ""
    formatted: Literal["", "some", "all"] = ""  # which of the figures the workbook shows as percentages


@dataclass(slots=True)
class Converted:
    """The columns of a sheet as stored values; `bad` are the problems by position of the row among the records.

    `open` are the positions, by field, of cells that only their column can explain; a proof settles them.
    """

    columns: dict[str, list[Any]] = dataclasses.field(default_factory=dict)
    bad: dict[int, list[Problem]] = dataclasses.field(default_factory=dict)
    decisions: list[Problem] = dataclasses.field(default_factory=list)
    notes: list[Problem] = dataclasses.field(default_factory=list)
    open: dict[str, list[int]] = dataclasses.field(default_factory=dict)

    def reject(self, position: int, found: Problem) -> None:
        """Note what keeps a row out."""
        self.bad.setdefault(position, []).append(found)


@dataclass(frozen=True, slots=True)
class Place:
    """Addresses of the record rows: file, sheet, and the spreadsheet's row numbers."""

    file: str
    sheet: str
    rows: Sequence[int]

    def at(self, position: int, letters: str = "") -> Where:
        """Return the place of a cell, or of the whole row."""
        return Where(self.file, sheet=self.sheet, cell=f"{letters}{self.rows[position]}")

    def column(self, letters: str) -> Where:
        """Return the place of a column."""
        return Where(self.file, sheet=self.sheet, cell=letters)


def convert(
    record_type: RecordType,
    plans: Sequence[ColumnPlan],
    columns: Sequence[Sequence[Any]],
    place: Place,
    null_tokens: Sequence[str] = NULL_TOKENS,
) -> Converted:
    """Convert the record rows of a sheet."""
    converted = Converted()
    tokens = frozenset(null_tokens)
    for plan in plans:
        if plan.index is None:
            values = _constant(plan, len(place.rows))
        else:
            values = _convert_column(record_type, plan, columns[plan.index], place, tokens, converted)
        converted.columns[plan.field.name] = values
    return converted


def check_required(record_type: RecordType, plans: Sequence[ColumnPlan], converted: Converted, place: Place) -> None:
    """Reject the rows that lack a required value; a cell that failed to convert is not missing as well.

    Where a row has its number, it may lack the name: it is known.
    """
    numbers = converted.columns.get(record_type.key[0], [])
    for plan in plans:
        values = converted.columns[plan.field.name]
        if plan.field.required and plan.field.default is None and None in values:
            waiting = frozenset(converted.open.get(plan.field.name, ()))
            if plan.field.name == record_type.name_field != record_type.key[0]:
                waiting |= {position for position, number in enumerate(numbers) if number is not None}
            for position, value in enumerate(values):
                if value is None and position not in waiting:
                    where = place.at(position, plan.letters)
                    if not any(each.where == where for each in converted.bad.get(position, ())):
                        converted.reject(position, problem("cell-blank", where, field=plan.field.title))


def _constant(plan: ColumnPlan, count: int) -> list[Any]:
    value = parse_column(plan.field.kind, [plan.constant], plan.reading)[0]
    return [None if isinstance(value, Bad) else _chosen(plan.field, value)] * count


def _convert_column(
    record_type: RecordType,
    plan: ColumnPlan,
    cells: Sequence[Any],
    place: Place,
    tokens: frozenset[str],
    converted: Converted,
) -> list[Any]:
    if plan.meanings:
        cells = _meant(cells, plan.meanings)
    kind = plan.field.kind
    values = parse_column(kind, cells, _unsaid(plan))
    is_text = kind.sql == "TEXT" and kind in (kinds.TEXT, kinds.ID, kinds.REFERENCE, kinds.ENUM)
    if is_text and not tokens.isdisjoint(values):
        values = _blank_tokens(record_type, plan, values, place, tokens, converted)
    positions = _bad_positions(values)
    if positions and kind in (kinds.MONEY, kinds.QUANTITY):
        _doubt_points(cells, values, positions)
        positions = _bad_positions(values)
    for position in positions:
        bad = values[position]
        values[position] = None
        if bad.name in _OPEN:
            converted.open.setdefault(plan.field.name, []).append(position)
        elif is_text or not isinstance(cells[position], str) or cells[position].strip() not in tokens:
            converted.reject(position, problem_of(bad, place.at(position, plan.letters)))
    if plan.field.choices:
        values = _choose(plan, values, place, converted)
    return values


def _doubt_points(cells: Sequence[Any], values: list[Any], bad: Sequence[int]) -> None:
    """Beside `100,25` a `1.100` may be 1,100: where a column has decimal commas, a point proves nothing."""
    if not any(cells[position].__class__ is str and _DECIMAL_COMMA.search(cells[position]) for position in bad):
        return
    for position, cell in enumerate(cells):
        if cell.__class__ is str and _POINT_OF_THREE.search(cell):
            values[position] = Bad("bad-amount", kinds.clean_text(cell), "point")


def _bad_positions(values: list[Any]) -> list[int]:
    if Bad not in set(map(type, values)):
        return []
    return [position for position, value in enumerate(values) if value.__class__ is Bad]


def _meant(cells: Sequence[Any], meanings: Mapping[str, str]) -> list[Any]:
    """Replace written values by what a profile or an alias says they mean."""
    seen = set(meanings)
    return [
        meanings[cell] if cell.__class__ is str and cell in seen
        else meanings.get(kinds.clean_text(cell), cell) if cell.__class__ is str
        else cell
        for cell in cells
    ]  # fmt: skip


def _blank_tokens(
    record_type: RecordType,
    plan: ColumnPlan,
    values: list[Any],
    place: Place,
    tokens: frozenset[str],
    converted: Converted,
) -> list[Any]:
    """A null token gives nothing; in a key it is an error, for it would make many records one."""
    if plan.field.name in record_type.key:
        for position, value in enumerate(values):
            if value.__class__ is str and value in tokens:
                where = place.at(position, plan.letters)
                converted.reject(position, problem("null-in-key", where, text=value, field=plan.field.title))
    return [None if value.__class__ is str and value in tokens else value for value in values]


def _unsaid(plan: ColumnPlan) -> Reading:
    """A column is read as if nothing had been said: what was said is held against what its cells prove."""
    return replace(plan.reading, date_order="", percent="fraction" if plan.formatted == "all" else "")


def problem_of(bad: Bad, where: Where) -> Problem:
    """Return the problem of a cell that could not be read."""
    remark = _REMARKS.get(bad.why)
    values: dict[str, object] = {"text": bad.text}
    if remark is not None:
        values["remark"] = remark
    return Problem(bad.name, where, values)


def _choose(plan: ColumnPlan, values: list[Any], place: Place, converted: Converted) -> list[Any]:
    stored = {folded(word): key for key, words in plan.field.choices.items() for word in (key, *words)}
    chosen = {value: stored.get(folded(value)) for value in set(values) if value is not None}
    if plan.field.is_open:
        chosen = {value: key or value for value, key in chosen.items()}
    unknown = {value for value, key in chosen.items() if key is None}
    if unknown:
        offered = [words[-1] if words else key for key, words in plan.field.choices.items()]
        for position, value in enumerate(values):
            if value in unknown:
                values_said = {"text": value, "choices": offered, "nearest": _nearest(value, stored)}
                converted.reject(position, Problem("unknown-choice", place.at(position, plan.letters), values_said))
    return [None if value is None else chosen[value] for value in values]


def _nearest(value: str, stored: Mapping[str, str]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(folded(value), list(stored), scorer=fuzz.ratio, score_cutoff=50)
    return found[0] if found else ""


def _chosen(each: Field, value: Any) -> Any:
    if not each.choices or value is None:
        return value
    stored = {folded(word): key for key, words in each.choices.items() for word in (key, *words)}
    return stored.get(folded(str(value)), value if each.is_open else None)
