"""The first rows of a sheet as they would be stored, under the titles of their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.messages import sentence


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row by its number in the sheet: its stored values, or why it would be rejected and what its cells are."""

    row: int
    values: tuple[Any, ...]
    problems: tuple[Problem, ...] = ()
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """One sheet; `file` as it is typed, `name` without its folder; `count` are its records and rejected rows."""

    file: str
    name: str
    sheet: str
    type: RecordType
    fields: tuple[Field, ...]
    rows: tuple[PreviewRow, ...]
    count: int


def build_preview_report(sheets: tuple[PreviewSheet, ...], currency: str = "") -> Report:
    """Build the preview; nothing of it has been stored."""
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets, 1):
        blocks.append(_rows(sheet, number, currency))
        if any(row.problems for row in sheet.rows):
            blocks.append(_rejected(sheet, number))
    title = Title("预览(按存入后的样子,未写入)", "Preview (as it would be stored, nothing written)")
    files = dict.fromkeys(each.file for each in sheets)
    next_ = (f"salescli import {' '.join(files)}",) if files else ()
    return Report("import-preview", title, tuple(blocks), next=next_)


def _rows(sheet: PreviewSheet, number: int, currency: str) -> Table:
    good = [row for row in sheet.rows if not row.problems]
    kept = [place for place, _ in enumerate(sheet.fields) if any(row.values[place] is not None for row in good)]
    columns = (
        Column("row", Title("行", "Row"), "count"),
        *(_column(sheet.fields[place], currency) for place in kept),
    )
    rows = tuple((row.row, *(_value(sheet.fields[place], row.values[place]) for place in kept)) for row in good)
    place = "!".join(part for part in (sheet.name, sheet.sheet) if part)
    shown, blank = len(sheet.rows), len(sheet.fields) - len(kept)
    zh = f"{place}  {sheet.type.titles.zh}:前 {shown} 行,共 {sheet.count:,} 行"
    en = f"{place}  {sheet.type.titles.en}: first {shown} of {sheet.count:,} rows"
    if blank:
        zh, en = f"{zh}({blank} 个字段在这些行中为空)", f"{en} ({blank} field{'s' * (blank > 1)} blank in them)"
    empty = Title("这些行都会被拒绝", "all of these rows would be rejected")
    return Table(f"rows-{number}", columns, rows, Title(zh, en), empty=empty)


def _column(each: Field, currency: str) -> Column:
    return Column(each.name, each.title, each.kind.shown_as, currency=currency if each.kind is kinds.MONEY else "")


def _value(each: Field, value: Any) -> Value:
    if value is None or each.ref:
        text: Value = value
        return text
    shown: Value = each.kind.to_python(value)
    return shown


def _rejected(sheet: PreviewSheet, number: int) -> Table:
    columns = (
        Column("row", Title("行", "Row"), "count"),
        Column("why", Title("拒绝原因", "Rejected because")),
        Column("cells", Title("原来的单元格", "Cells as they are")),
    )
    rows = tuple(
        (
            row.row,
            Title(
                ";".join(sentence(each, "zh") for each in row.problems),
                "; ".join(sentence(each, "en") for each in row.problems),
            ),
            " | ".join("" if cell is None else str(cell) for cell in row.cells),
        )
        for row in sheet.rows
        if row.problems
    )
    return Table(f"rejected-{number}", columns, rows, Title("会被拒绝的行", "Rows that would be rejected"))
