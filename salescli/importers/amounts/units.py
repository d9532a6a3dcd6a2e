"""Units that are stated beside a table: in a row under the header, in a name, in a remark below it.

`单位:万元` stands above most tables, where the header is found. It also stands at the end of the header's own row, in
brackets in the name of the sheet or of the file, or in a remark under the last row; and a row of units may follow the
header. Unread, each of them is an amount that is wrong by ten thousand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import islice
from typing import Any

from salescli.importers.header import HeaderFound
from salescli.importers.names import BRACKETS, folded, parse_header, sheet_unit, text_of_cell

LAST_ROWS = 10  # how far from the end a remark about the unit is looked for
_UNIT_HEADERS = frozenset({"单位", "金额单位", "货币单位", "计量单位", "unit"})
_COUNTED = frozenset({"%", "个", "件", "台", "套", "天", "人", "次", "份"})


def with_units(found: HeaderFound, rows: Sequence[Sequence[Any]], sheet: str, stem: str) -> HeaderFound:
    """Return the header with what is stated beside the table: the nearest statement holds."""
    found = _with_unit_row(found, rows)
    if (column := unit_column(found, rows)) is not None and len(column[1]) == 1:
        return found._replace(unit=min(column[1]))
    if found.unit is None:
        stated = (*map(sheet_unit, found.texts), _name_unit(sheet), _name_unit(stem), _remark_unit(rows, found.at))
        found = found._replace(unit=next((each for each in stated if each is not None), None))
    return found


def unit_column(found: HeaderFound, rows: Sequence[Sequence[Any]]) -> tuple[int, dict[int, str]] | None:
    """Return the column that says the unit of each row's amounts, and its words by multiplier; None where none does."""
    for column, text in enumerate(found.texts):
        if folded(text) not in _UNIT_HEADERS:
            continue
        cells = (row[column] for row in islice(rows, found.at + 1, None) if column < len(row))
        words = [text_of_cell(cell) for cell in dict.fromkeys(cells) if cell]
        units = {parse_header(f"金额({_bare(word)})").unit: word for word in words}
        if words and all(unit is not None for unit in units):
            return column, {unit: word for unit, word in units.items() if unit is not None}
    return None


def states_unit_alone(row: Sequence[Any]) -> bool:
    """Tell whether all that a row holds is one text that states the unit, `注:以上金额单位为万元`."""
    filled = [cell for cell in row if cell not in (None, "")]
    return len(filled) == 1 and isinstance(filled[0], str) and sheet_unit(filled[0]) is not None


def _with_unit_row(found: HeaderFound, rows: Sequence[Sequence[Any]]) -> HeaderFound:
    """A row under the header that holds nothing but units says them of its columns; it is no record."""
    below = next(islice(rows, found.at + 1, None), ())
    words = {column: text_of_cell(cell) for column, cell in enumerate(below) if cell not in (None, "")}
    if not words or not all(column < len(found.texts) and found.texts[column] for column in words):
        return found
    if not all(isinstance(below[column], str) and _is_unit(word) for column, word in words.items()):
        return found
    texts = list(found.texts)
    for column, word in words.items():
        if parse_header(texts[column]).unit is None:
            texts[column] = f"{texts[column]}({_bare(word)})"
    return found._replace(texts=tuple(texts), rows=[*found.rows, [cell if cell != "" else None for cell in below]])


def _bare(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip(" ()[]").removeprefix("单位").lstrip(":")


def _is_unit(word: str) -> bool:
    bare = _bare(word)
    return bare in _COUNTED or parse_header(f"金额({bare})").unit is not None


def _name_unit(name: str) -> int | None:
    """A unit in brackets in a name, `回款(万元)`; without 元 it might be anything."""
    for inner in BRACKETS.findall(unicodedata.normalize("NFKC", name)):
        if "元" in inner and (unit := parse_header(f"金额({inner})").unit) is not None:
            return unit
    return sheet_unit(name)


def _remark_unit(rows: Sequence[Sequence[Any]], header: int) -> int | None:
    for row in reversed(rows[max(header + 1, len(rows) - LAST_ROWS) :]):
        if states_unit_alone(row):
            return sheet_unit(next(cell for cell in row if cell not in (None, "")))
    return None
