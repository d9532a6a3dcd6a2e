"""The rows below a header: which are records, which are blank, totals, repeated headers or footnotes.

Everything works on whole columns; a single row is looked at only where a column shows something unusual in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.kinds import parse_number
from salescli.importers.names import folded, text_of_cell

_LABEL = re.compile(
    r"^(?:本?[页月季年日周期]?)?(?:合计|小计|总计|总和|共计|累计|总额)(?:.{0,30})$|^.{1,16}(?:合计|小计|总计|总和|共计)(?:元|万元)?$"
    r"|^(?:sub|grand)?totals?(?:amount)?$|^(?:.{1,16})(?:sub|grand)total$|^sum$"
)
_LABEL_PARTS = ("计", "总", "total", "sum")
_COUNT = re.compile(r"^(?:共)?[0-9,]+(?:笔|项|条|单|个|人|行|rows|records)?$")
_FOOTNOTE = re.compile(
    r"^(?:制表|审核|复核|填表|编制|经办|批准|财务|负责人|日期|备注|说明|注|note|prepared|approved)", re.IGNORECASE
)


@dataclass(slots=True)
class Body:
    """The record rows of a sheet as columns, with their row indexes, and what else stands below the header.

    `totals` are (index of the row, label, number of record rows before it).
    """

    columns: list[Sequence[Any]]
    rows: list[int]
    below: int
    blank: int = 0
    headers: int = 0
    totals: list[tuple[int, str, int]] = field(default_factory=list)
    footnotes: list[int] = field(default_factory=list)


def split_body(rows: list[list[Any]], start: int, texts: Sequence[str], mapped: Sequence[int]) -> Body:
    """Sort the rows from `start` on into records and others; `mapped` are the columns that hold fields."""
    below = rows[start:] if start else rows
    columns: list[Sequence[Any]] = list(zip(*below, strict=False))
    with_text = [index for index, column in enumerate(columns) if str in set(map(type, column))]
    for index in with_text:
        columns[index] = _without_empty(columns[index])
    if not columns:
        return Body([()] * len(texts), [], len(below), blank=len(below))
    skipped: dict[int, str] = {index: "blank" for index, row in enumerate(below) if not any(row) and _is_blank(row)}
    _mark_headers(below, columns, texts, mapped, skipped)
    labels = _mark_totals(below, [columns[index] for index in with_text], skipped)
    if labels:
        _mark_footnotes(below, max(labels), skipped)
    body = Body(columns, list(range(start, start + len(below))), len(below))
    kinds = list(skipped.values())
    body.blank, body.headers = kinds.count("blank"), kinds.count("header")
    body.footnotes = [start + index for index, kind in skipped.items() if kind == "footnote"]
    if skipped:
        keep = [index for index in range(len(below)) if index not in skipped]
        body.columns = [[column[index] for index in keep] for column in columns]
        body.rows = [start + index for index in keep]
        body.totals = [(start + at, label, _count_before(keep, at)) for at, label in sorted(labels.items())]
    return body


def _without_empty(column: Sequence[Any]) -> Sequence[Any]:
    return [None if cell == "" else cell for cell in column] if "" in column else column


def _count_before(keep: list[int], at: int) -> int:
    from bisect import bisect_left

    return bisect_left(keep, at)


def is_blank_cell(cell: Any) -> bool:
    """Tell whether a cell holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_blank(row: Sequence[Any]) -> bool:
    return all(map(is_blank_cell, row))


def _mark_headers(
    below: list[list[Any]],
    columns: list[Sequence[Any]],
    texts: Sequence[str],
    mapped: Sequence[int],
    skipped: dict[int, str],
) -> None:
    """A header printed again on every page: all its filled cells say what the header says."""
    probe = next((index for index in mapped if index < len(columns)), None)
    if probe is None or texts[probe] not in columns[probe]:
        return
    for index, cell in enumerate(columns[probe]):
        if cell == texts[probe] and index not in skipped:
            filled = [(text_of_cell(each), text) for each, text in zip(below[index], texts, strict=False) if each]
            if len(filled) > 1 and all(each == text for each, text in filled):
                skipped[index] = "header"


def _mark_totals(below: list[list[Any]], columns: list[Sequence[Any]], skipped: dict[int, str]) -> dict[int, str]:
    labels: dict[int, str] = {}
    for column in columns:
        distinct = [cell for cell in set(column) if cell.__class__ is str]
        together = "\n".join(distinct).lower()  # one search for all: most columns hold nothing like a label
        if not any(part in together for part in _LABEL_PARTS):
            continue
        suspects = {cell for cell in distinct if _is_label(cell)}
        if suspects:
            for index, cell in enumerate(column):
                if cell.__class__ is str and cell in suspects and index not in skipped and _is_totals(below[index]):
                    labels[index] = text_of_cell(cell)
                    skipped[index] = "totals"
    return labels


def _is_label(cell: str) -> bool:
    return len(cell) < 60 and _LABEL.match(folded(cell)) is not None


def _is_totals(row: Sequence[Any]) -> bool:
    """A label, and beside it nothing but figures: a customer called Total has a date or another text beside it."""
    has_figure = False
    is_chinese = False
    for cell in row:
        if is_blank_cell(cell):
            continue
        if isinstance(cell, str):
            if _is_label(cell):
                is_chinese = is_chinese or not folded(cell).isascii()
            elif parse_number(cell.strip().removesuffix("%")) is not None or _COUNT.match(folded(cell)):
                has_figure = True
            elif cell.strip() not in ("-", "—", "/"):
                return False
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            has_figure = True
        else:
            return False
    return has_figure or is_chinese


def _mark_footnotes(below: list[list[Any]], last_total: int, skipped: dict[int, str]) -> None:
    """Signatures and remarks under the last totals row, `制表人:李娜`; a row with a figure in it is never one."""
    for index in range(last_total + 1, len(below)):
        filled = [cell for cell in below[index] if not is_blank_cell(cell)]
        if index not in skipped and filled and all(isinstance(cell, str) for cell in filled):
            texts = [cell.strip() for cell in filled]
            if _FOOTNOTE.match(texts[0]) and len(filled) <= 4 and not any(parse_number(text) for text in texts):
                skipped[index] = "footnote"
