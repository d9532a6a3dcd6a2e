"""The rows below a header: which are records, which are blank, totals, repeated headers or footnotes.

Everything works on whole columns; a single row is looked at only where a column shows something unusual in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.kinds import parse_number
from salescli.importers.amounts.units import LAST_ROWS, states_unit_alone
from salescli.importers.names import folded, text_of_cell

_WORDS = "合计|小计|总计|总和|共计|累计|总额|汇总"
_LABEL = re.compile(
    rf"^(?:本?[页月季年日周期]?)?总?(?:{_WORDS})"
    r"(?:金额|数量|数|额|行|元|万元|人民币|cny|rmb|usd|eur|大写.{0,30}|共?\d.{0,12})?$"
    r"|^(?:sub|grand|page)?totals?(?:amount|cny|rmb|usd|eur)?$|^sum$"
)
_OWN_TOTAL = re.compile(
    r"^(?:(?:截[至止])?本?[页月季年日周期]?(?:度|末)?|\d{1,2}月份?|第?[一二三四1-4]季度?)总?(?:合计|小计|总计|共计|累计)$"
)
# Some group's total, `张三 小计` or `East Total`, might as well be a customer: it needs a figure under an amount.
_GROUP_LABEL = re.compile(rf"^.{{1,16}}(?:{_WORDS})(?:元|万元)?$|^.{{1,30}}total$")
_LABEL_PARTS = ("计", "总", "total", "sum")
_COUNT = re.compile(r"共?\s*[0-9,]+\s*(?:笔|项|条|单|个|人|行|rows|records)\s*$", re.IGNORECASE)
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
    other_table: int | None = None  # index of the row where another table begins; nothing from there on is in here
    totals: list[tuple[int, str, int]] = field(default_factory=list)
    footnotes: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the columns when rows are sorted: what the header was, and what the columns hold.

    `header_rows` are all rows down to the header, `keys` the columns of key and date, `amounts` those of figures (None:
    not known), `names` those that name what a record is about. `starts_table` tells whether a row looks like the header
    of another table.
    """

    header_rows: Sequence[Sequence[Any]] = ()
    keys: frozenset[int] = frozenset()
    amounts: frozenset[int] | None = None
    starts_table: Callable[[Sequence[Any]], bool] | None = None
    names: frozenset[int] = frozenset()
    unsaid: frozenset[int] = frozenset()  # indexes of rows that say nothing in the column that is read, whatever beside


def split_body(
    rows: list[list[Any]], start: int, texts: Sequence[str], mapped: Sequence[int], known: Known | None = None
) -> Body:
    """Sort the rows from `start` on into records and others; `mapped` are the columns that hold fields."""
    known = known or Known()
    below = rows[start:] if start else rows
    columns: list[Sequence[Any]] = list(zip(*below, strict=False))
    skipped = {} if any(map(all, columns)) else _find_blank(below, len(texts))
    cut = _next_table(below, texts, skipped, known)
    if cut is not None:
        below, skipped = below[:cut], {index: kind for index, kind in skipped.items() if index < cut}
        columns = list(zip(*below, strict=False))
    skipped |= {at - start: "blank" for at in known.unsaid if 0 <= at - start < len(below)}
    with_text = [index for index, column in enumerate(columns) if str in set(map(type, column))]
    for index in with_text:
        columns[index] = _without_empty(columns[index])
    other = None if cut is None else start + cut
    if not columns:
        return Body([()] * len(texts), [], len(below), blank=len(below), other_table=other)
    _mark_headers(below, columns, texts, mapped, skipped)
    _mark_same(below, columns, known.header_rows, skipped)
    labels = _mark_totals(below, [columns[index] for index in with_text], skipped, known)
    if labels:
        _mark_footnotes(below, max(labels), skipped)
    _mark_unit_remarks(below, skipped)
    body = Body(columns, list(range(start, start + len(below))), len(below), other_table=other)
    kinds = list(skipped.values())
    body.blank, body.headers = kinds.count("blank"), kinds.count("header")
    body.footnotes = [start + index for index, kind in skipped.items() if kind == "footnote"]
    if skipped:
        keep = [index for index in range(len(below)) if index not in skipped]
        body.columns = [[column[index] for index in keep] for column in columns]
        body.rows = [start + index for index in keep]
        body.totals = [(start + at, label, _count_before(keep, at)) for at, label in sorted(labels.items())]
    return body


def _find_blank(below: list[list[Any]], width: int) -> dict[int, str]:
    """Find the blank rows; a column in which no cell is empty proves that there are none."""
    empty: list[Any] = [""] * width  # a million such rows are compared at once, not cell by cell
    return {index: "blank" for index, row in enumerate(below) if not any(row) and (row == empty or _is_blank(row))}


def _next_table(below: list[list[Any]], texts: Sequence[str], skipped: Mapping[int, str], known: Known) -> int | None:
    """Find where another table begins: blank rows, perhaps a title, and a row of other names."""
    if known.starts_table is None:
        return None
    for blank in skipped:
        if blank + 1 in skipped:
            continue
        for index in range(blank + 1, min(blank + 4, len(below))):
            filled = [cell for cell in below[index] if not is_blank_cell(cell)]
            if not all(isinstance(cell, str) for cell in filled):
                break
            if len(filled) > 1:
                if known.starts_table(below[index]) and not _repeats(below[index], texts):
                    return blank + 1
                break
    return None


def _repeats(row: Sequence[Any], texts: Sequence[str]) -> bool:
    """Tell whether a row says again, column by column, what the header says."""
    return all(text_of_cell(cell) == text for cell, text in zip(row, texts, strict=False) if not is_blank_cell(cell))


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


def _mark_same(
    below: list[list[Any]],
    columns: list[Sequence[Any]],
    header_rows: Sequence[Sequence[Any]],
    skipped: dict[int, str],
) -> None:
    """Titles and header rows that stand again on every page: cell by cell what stood above."""
    for row in header_rows:
        probe = next((index for index, cell in enumerate(row) if cell is not None), None)
        if probe is None or probe >= len(columns) or row[probe] not in columns[probe]:
            continue
        for index, cell in enumerate(columns[probe]):
            if cell == row[probe] and index not in skipped and _blanked(below[index]) == _blanked(row):
                skipped[index] = "header"


def _blanked(row: Sequence[Any]) -> list[Any]:
    return [None if is_blank_cell(cell) else cell for cell in row]


def _mark_totals(
    below: list[list[Any]], columns: list[Sequence[Any]], skipped: dict[int, str], known: Known
) -> dict[int, str]:
    labels: dict[int, str] = {}
    for column in columns:
        distinct = [cell for cell in set(column) if cell.__class__ is str]
        together = "\n".join(distinct).lower()  # one search for all: most columns hold nothing like a label
        if not any(part in together for part in _LABEL_PARTS):
            continue
        suspects = {cell for cell in distinct if _is_label(cell) or _is_group_label(cell)}
        if suspects:
            for index, cell in enumerate(column):
                if (
                    cell.__class__ is str
                    and cell in suspects
                    and index not in skipped
                    and _is_totals(below[index], known)
                ):
                    labels[index] = text_of_cell(cell)
                    skipped[index] = "totals"
    return labels


def _is_label(cell: str) -> bool:
    return len(cell) < 60 and _LABEL.match(folded(cell)) is not None


def _is_group_label(cell: str) -> bool:
    return len(cell) < 60 and _GROUP_LABEL.match(folded(cell)) is not None


def _is_totals(row: Sequence[Any], known: Known) -> bool:
    """A label, and beside it nothing but figures: a customer called Total has a date, a number or a text beside it."""
    if _names_a_total(row, known):
        return True
    has_figure = has_amount = is_label = is_chinese = False
    for index, cell in enumerate(row):
        if is_blank_cell(cell):
            continue
        if isinstance(cell, str):
            if _is_label(cell) or _is_group_label(cell):
                is_label = is_label or _is_label(cell)
                is_chinese = is_chinese or not folded(cell).isascii()
                continue
            if cell.strip() in ("-", "—", "/"):
                continue
            is_figure = parse_number(cell.strip().removesuffix("%")) is not None
            if not is_figure and not _COUNT.match(cell.strip()):
                return False
        elif not isinstance(cell, (int, float)) or isinstance(cell, bool):
            return False
        if index in known.keys and not (isinstance(cell, str) and _COUNT.match(cell.strip())):
            return False
        has_figure = True
        has_amount = has_amount or known.amounts is None or index in known.amounts
    return (is_label and (has_figure or is_chinese)) or has_amount


def _names_a_total(row: Sequence[Any], known: Known) -> bool:
    """Where a customer or a number should stand, 本月合计 is none, whatever date and person are filled in beside it.

    It is held against the rows above: a wrong guess would be an error, and no silence.
    """
    named = any(isinstance(row[at], str) and _OWN_TOTAL.match(folded(row[at])) for at in known.names if at < len(row))
    return named and any(not is_blank_cell(row[at]) for at in known.amounts or () if at < len(row))


def _mark_unit_remarks(below: list[list[Any]], skipped: dict[int, str]) -> None:
    """`注:以上金额单位为万元` under the table, with totals above it or without; the unit is read with the header."""
    for index in range(max(len(below) - LAST_ROWS, 0), len(below)):
        if index not in skipped and states_unit_alone(below[index]):
            skipped[index] = "footnote"


def _mark_footnotes(below: list[list[Any]], last_total: int, skipped: dict[int, str]) -> None:
    """Signatures and remarks under the last totals row, `制表人:李娜`; a row with a figure in it is never one."""
    for index in range(last_total + 1, len(below)):
        filled = [cell for cell in below[index] if not is_blank_cell(cell)]
        if index not in skipped and filled and all(isinstance(cell, str) for cell in filled):
            texts = [cell.strip() for cell in filled]
            if _FOOTNOTE.match(texts[0]) and len(filled) <= 4 and not any(parse_number(text) for text in texts):
                skipped[index] = "footnote"
