"""Sheets that salescli wrote for people to fill in: each knows what its rows are, so nothing has to be recognised.

A form has a line above its header that says which columns are which fields, which of them a person fills in, and where
proposals stand that `yes` accepts. A row in which nobody filled anything in says nothing: it is skipped and counted. A
form may hold two types, as a claim (an allocation) and whose money it is (the receipt's customer).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from salescli.core.records.profile import FileProfile
from salescli.core.records.registry import Registry
from salescli.core.records.staged import FORM
from salescli.errors import Problem, Where, problem
from salescli.importers.body import is_blank_cell
from salescli.importers.names import Vocabulary, text_of_cell
from salescli.importers.opening.book import Book, Sheet
from salescli.importers.result import ReadOptions, RejectedRow, SheetReading
from salescli.importers.sheet import read_sheet

MARK = "salescli:form "
CHOICES_MARK = "salescli:choices"
_LOOKED_AT = 5
_YES = frozenset({"是", "yes", "y", "true", "1", "✓", "√", "对"})
_NO = frozenset({"", "否", "no", "n", "false", "0", "×", "✗", "不"})


@dataclass(frozen=True, slots=True)
class FormPart:
    """One type of records that the rows of a form hold.

    `columns` maps fields to headers; `fill` are the fields that a person fills in. Where the cell under `accept` says
    yes, blank fields take the cell of the column that `proposed` names; where anything is filled in, fields that are
    still blank take that of `defaults`.
    """

    type: str
    columns: Mapping[str, str]
    fill: tuple[str, ...]
    accept: str = ""
    proposed: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


class PartRead(NamedTuple):
    """A part as a plain sheet of its own, what is known of it, the form's line, and which rows are filled in or not.

    `refused` are rows whose answer cannot be meant, by their number.
    """

    sheet: Sheet
    entry: FileProfile
    mark: str
    filled: frozenset[int]
    unfilled: frozenset[int]
    refused: Mapping[int, Problem]


def form_mark(parts: Sequence[FormPart]) -> str:
    """Return the text of the line above the header."""
    return MARK + json.dumps([asdict(one) for one in parts], ensure_ascii=False, separators=(",", ":"))


def is_choices(sheet: Sheet) -> bool:
    """Tell whether a sheet only holds what the drop-downs of the others offer."""
    return bool(sheet.rows) and bool(sheet.rows[0]) and sheet.rows[0][0] == CHOICES_MARK


def read_form(sheet: Sheet) -> list[PartRead]:
    """Return the parts of a form, each as a plain sheet; [] where it is no form, or its line was damaged."""
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        mark = next((cell for cell in row if isinstance(cell, str) and cell.startswith(MARK)), None)
        if mark is not None and index + 1 < len(sheet.rows):
            return [_read_part(sheet, index + 1, part, mark) for part in _parse(mark)]
    return []


def read_parts(book: Book, sheet: Sheet, options: ReadOptions, vocabulary: Vocabulary, feed: str) -> list[SheetReading]:
    """Read each part of a form in which anything is filled in as what it says it is; [] where the sheet is no form."""
    stated = replace(options, as_type="", keys=(), maps={}, profile=None)
    parts = read_form(sheet)
    readings = [
        _read_one(book, sheet, part, stated, vocabulary, feed)
        for part in [one for one in parts if one.filled] or parts[:1]
    ]
    idle = frozenset.intersection(*(one.unfilled for one in parts)) if parts else ()
    if idle:
        where = Where(book.file, sheet=sheet.name)
        readings[0].notes.append(problem("rows-not-filled", where, severity="note", count=len(idle)))
    return readings


def _read_one(
    book: Book, sheet: Sheet, part: PartRead, options: ReadOptions, vocabulary: Vocabulary, feed: str
) -> SheetReading:
    entry = replace(part.entry, constants=_left_out(vocabulary.registry, part.entry))
    alone = replace(book, seen={})  # a record may lack two things, and stand on the sheet of each
    reading = read_sheet(alone, part.sheet, options, entry, vocabulary, f"{FORM}{feed}")
    head = sheet.rows[part.entry.header_row - sheet.first_row]
    reading.report.header = tuple(map(text_of_cell, head))
    reading.report.mark = part.mark
    _restore(reading, sheet, part.sheet)
    _refuse(reading, part.refused)
    if not part.filled:
        reading.report.control = []
    # Nothing filled in, or all rows taken out: that is no reason to keep the other sheets from going in.
    reading.blocking = [each for each in reading.blocking if each.name != "no-rows"]
    return reading


def _refuse(reading: SheetReading, refused: Mapping[int, Problem]) -> None:
    """Keep out the rows whose answer cannot be meant, whatever else is wrong with them."""
    report, staged = reading.report, reading.staged
    rows = [] if staged is None else staged.rows
    kept = [each for each in report.rejected if each.row not in refused]
    out = {each.row for each in report.rejected} | {*rows}
    report.rejected = kept + [
        RejectedRow(row, reading.cells_at(row), (replace(found, where=found.where._replace(file=report.file)),))
        for row, found in refused.items()
        if row in out and reading.cells_at is not None
    ]
    report.rejected.sort(key=lambda each: each.row)
    if staged is not None and not refused.keys().isdisjoint(rows):
        reading.staged = staged.only([row not in refused for row in rows])
        report.staged = len(reading.staged)


def _restore(reading: SheetReading, sheet: Sheet, read: Sheet) -> None:
    """Rows that are kept out go back with all their columns, those that are only there to be read as well."""

    def cells_at(row: int) -> tuple[Any, ...]:
        pairs = zip(sheet.cells_of(row), read.cells_of(row), strict=True)
        return tuple(own if cell is None else cell for own, cell in pairs)

    reading.cells_at = cells_at
    reading.report.rejected = [each._replace(cells=cells_at(each.row)) for each in reading.report.rejected]


def _left_out(registry: Registry, entry: FileProfile) -> dict[str, str]:
    """A form about records that are there need not repeat what each must have."""
    if entry.type not in registry:
        return {}
    names = [each.name for each in registry[entry.type].required_fields()]
    return {name: "" for name in names if name not in entry.columns.values()}


def _parse(mark: str) -> list[FormPart]:
    try:
        return [_part(each) for each in json.loads(mark.removeprefix(MARK))]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []  # somebody wrote into it: the sheet is read like any other


def _part(data: Mapping[str, Any]) -> FormPart:
    texts = {name: {str(key): str(value) for key, value in data[name].items()} for name in _MAPPINGS}
    fill = tuple(str(each) for each in data["fill"])
    if not set(fill) <= texts["columns"].keys():
        raise ValueError(fill)
    return FormPart(
        str(data["type"]), texts["columns"], fill, str(data["accept"]), texts["proposed"], texts["defaults"]
    )


_MAPPINGS = ("columns", "proposed", "defaults")


def _read_part(sheet: Sheet, header: int, part: FormPart, mark: str) -> PartRead:
    places = {text_of_cell(cell): index for index, cell in enumerate(sheet.rows[header])}
    own = {places[text] for text in part.columns.values() if text in places}
    refused: dict[int, Problem] = {}
    head = [cell if index in own else None for index, cell in enumerate(sheet.rows[header])]
    below: list[list[Any]] = []
    said: dict[bool, set[int]] = {True: set(), False: set()}
    for number, row in enumerate(sheet.rows[header + 1 :]):
        filled = _filled(row, part, places)
        if not all(map(is_blank_cell, row)):
            said[filled is not None].add(number)
        if (found := _doubt(sheet, header + 1 + number, part, places)) is not None:
            refused[sheet.row_number(header + 1 + number)] = found
        cells = [None] * len(row) if filled is None else filled
        below.append([cell if index in own else None for index, cell in enumerate(cells)])
    columns = {text: name for name, text in part.columns.items()}
    entry = FileProfile(type=part.type, header_row=sheet.row_number(header), columns=columns)
    own_sheet = replace(sheet, rows=[*sheet.rows[:header], head, *below])
    return PartRead(own_sheet, entry, mark, frozenset(said[True]), frozenset(said[False]), refused)


def _filled(row: Sequence[Any], part: FormPart, places: Mapping[str, int]) -> list[Any] | None:
    """Return a row with accepted proposals and defaults in it; None where nobody filled anything in."""
    cells = list(row)
    answer = _word(_cell(row, places, part.accept))
    accepted = answer in _YES
    if answer in _NO and all(is_blank_cell(_cell(row, places, part.columns[name])) for name in part.fill):
        return None
    for proposals in (part.proposed if accepted else {}, part.defaults):
        for name, header in proposals.items():
            at = places.get(part.columns.get(name, ""))
            if at is not None and is_blank_cell(cells[at]):
                cells[at] = _cell(row, places, header)
    return cells


def _cell(row: Sequence[Any], places: Mapping[str, int], header: str) -> Any:
    at = places.get(header) if header else None
    return row[at] if at is not None and at < len(row) else None


def _word(cell: Any) -> str:
    return "" if cell is None else text_of_cell(cell).strip().casefold()


def _doubt(sheet: Sheet, at: int, part: FormPart, places: Mapping[str, int]) -> Problem | None:
    """Return what cannot be meant: an answer that is neither yes nor no, or yes beside something else than proposed."""
    row = sheet.rows[at]
    answer = _word(_cell(row, places, part.accept))

    def where(header: str) -> Where:
        return Where(sheet=sheet.name, cell=f"{sheet.letters(places[header])}{sheet.row_number(at)}")

    if answer not in _YES | _NO:
        return problem("form-answer", where(part.accept), text=text_of_cell(_cell(row, places, part.accept)))
    first = next(iter(part.proposed), "")
    filled, proposed = (_cell(row, places, mapping.get(first, "")) for mapping in (part.columns, part.proposed))
    both = not is_blank_cell(filled) and not is_blank_cell(proposed)
    if answer in _YES and both and _word(filled) != _word(proposed):
        proposed = text_of_cell(proposed)
        return problem("form-contradicts", where(part.columns[first]), filled=text_of_cell(filled), proposed=proposed)
    return None
