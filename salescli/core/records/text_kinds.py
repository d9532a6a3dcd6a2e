"""Kinds of text: plain text, numbers that are names, and references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from salescli.core.records.kind import Bad, Kind, Reading

_SPACES = re.compile(r"[ \t\r\n\xa0\u2000-\u200b\u3000\ufeff]+")
_DAMAGED = re.compile(r"\d(?:\.\d+)?E\+\d+$", re.IGNORECASE)
_LOOKED_AT = 1_000  # cells that tell whether the numbers of a column repeat
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})


def clean_text(text: str) -> str:
    """Trim and collapse white space, non-breaking and full-width included."""
    return _SPACES.sub(" ", text).strip()


def text_of(cell: Any) -> str | Bad | None:
    """A cell as text; whole floats lose the `.0` that Excel's number type adds."""
    if cell is None:
        return None
    if isinstance(cell, str):
        text = clean_text(cell) if not cell.isalnum() else cell
        return Bad("formula-error", text) if text in ERRORS else (text or None)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def parse_text(cell: Any, _reading: Reading) -> Any:
    """Read a cell as text."""
    return text_of(cell)


def parse_text_column(cells: Sequence[Any], _reading: Reading) -> list[Any] | None:
    """All text already: one pass over the distinct values."""
    try:
        distinct = set(cells)
    except TypeError:
        return None
    if not all(cell.__class__ is str or cell is None for cell in distinct):
        return None
    return _mapped(cells, {cell: text_of(cell) for cell in _unclean(distinct)})


def _unclean(distinct: set[Any]) -> list[str]:
    """Return the texts that are not letters and digits alone: no other text means anything but itself."""
    texts = [cell for cell in distinct if cell is not None]
    return [] if "" not in distinct and "".join(texts).isalnum() else [text for text in texts if not text.isalnum()]


def _mapped(cells: Sequence[Any], meaning: dict[str, Any]) -> list[Any]:
    """Replace the texts that mean something else."""
    changed = {text: value for text, value in meaning.items() if value != text}
    return [changed.get(cell, cell) for cell in cells] if changed else [*cells]


def _parse_id(cell: Any, reading: Reading) -> Any:
    """A number that is a name: zeros kept, and what Excel has already damaged is refused."""
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return Bad("damaged-number", f"{cell:.15g}")
    text = text_of(cell)
    if isinstance(text, str):
        text = text.lstrip("'") if text[:1] == "'" else text
        if _DAMAGED.match(text):
            return Bad("damaged-number", text)
    return text


def _parse_id_column(cells: Sequence[Any], reading: Reading) -> list[Any] | None:
    """All text, or numbers that repeat: one pass over the distinct values; else no look-up, for all differ."""
    classes = set(map(type, cells)) - {type(None)}
    if classes <= {str}:
        return _mapped(cells, {cell: _parse_id(cell, reading) for cell in _unclean(set(cells))})
    if classes != {float}:
        return None
    if len(set(cells[:_LOOKED_AT])) < _LOOKED_AT // 2:
        meaning = {cell: _parse_id(cell, reading) for cell in set(cells)}
        return list(map(meaning.__getitem__, cells))
    return [
        str(int(cell)) if cell is not None and cell.is_integer() and -1e15 < cell < 1e15 else _parse_id(cell, reading)
        for cell in cells
    ]


TEXT = Kind("text", "TEXT", parse_text, parse_column=parse_text_column)
ID = Kind("id", "TEXT", _parse_id, parse_column=_parse_id_column, excel_format="@", shown_as="id")
REFERENCE = Kind("reference", "TEXT", _parse_id, suffix="_id", parse_column=_parse_id_column, shown_as="text")
