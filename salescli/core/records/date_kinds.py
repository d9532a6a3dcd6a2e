"""Kinds of date: a layout that does not prove itself needs the stated order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from salescli.core.records.kind import Bad, DateOrder, Kind, Reading
from salescli.core.records.text_kinds import text_of
from salescli.core.records.written_dates import Written, read_written

_SERIALS = range(20_000, 80_000)  # 1954 to 2119, counted in days as Excel does
_FIGURES = re.compile(r"\d+(?:\.\d+)?$")


def read_moment(text: str, order: DateOrder) -> tuple[date, str] | Bad | None:
    """Read a date with an optional time; a layout that does not prove itself needs the stated order.

    Returns `(day, "HH:MM[:SS]" or "")`, None for a blank, or a Bad: `bad-date`, or `date-order-unknown` for a layout
    such as 03/04/2026 whose order was not stated.
    """
    found = read_written(text)
    if isinstance(found, Written):
        if not order:
            return Bad("date-order-unknown", text.strip())
        day = found.read(order)
        found = None if day is None else (day, found.clock)
    if found is not None:
        return found
    body = text.strip()
    return Bad("bad-date", body, _remark(body)) if body else None


def _remark(text: str) -> str:
    """A bare number is no date; one that could be a day as Excel counts them is said to look like it."""
    if not _FIGURES.match(text):
        return ""
    return "serial" if int(text.partition(".")[0][:9]) in _SERIALS else "number"


def _parse_date(cell: Any, reading: Reading) -> Any:
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (int, float)):
        if not isinstance(cell, bool) and 19000101 <= cell <= 29991231 and cell == int(cell):
            return _parse_date(str(int(cell)), reading)
        shown = str(text_of(cell))
        return Bad("bad-date", shown, _remark(shown) or "number")
    if not isinstance(cell, str):
        return Bad("bad-date", str(cell))  # a time of day, a duration
    found = read_moment(cell, reading.date_order)
    return found[0].isoformat() if isinstance(found, tuple) and not isinstance(found, Bad) else found


def _parse_date_column(cells: Sequence[Any], reading: Reading) -> list[Any]:
    """Dates repeat: parse each distinct one once."""
    try:
        meaning = {cell: _parse_date(cell, reading) for cell in set(cells)}
    except TypeError:
        return [_parse_date(cell, reading) for cell in cells]
    return [meaning[cell] for cell in cells]


def _parse_moment(cell: Any, reading: Reading) -> Any:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, str):
        found = read_moment(cell, reading.date_order)
        if isinstance(found, tuple) and not isinstance(found, Bad):
            day, time = found
            hours, _, rest = time.partition(":")
            return f"{day.isoformat()} {hours.zfill(2)}:{rest}" if time else day.isoformat()
        return found
    return _parse_date(cell, reading)


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored[:10])


DATE = Kind(
    "date",
    "TEXT",
    _parse_date,
    parse_column=_parse_date_column,
    to_python=_day,
    excel_format="yyyy-mm-dd",
    shown_as="date",
)
MOMENT = Kind("moment", "TEXT", _parse_moment, excel_format="yyyy-mm-dd hh:mm", shown_as="moment")


def _parse_month(cell: Any, reading: Reading) -> Any:
    if isinstance(cell, str) and (match := re.fullmatch(r"(\d{4})\s*[-/年.]\s*(\d{1,2})\s*月?", cell.strip())):
        return f"{match[1]}-{int(match[2]):02d}" if 1 <= int(match[2]) <= 12 else Bad("bad-month", cell)
    day = _parse_date(cell, reading)
    if isinstance(day, Bad) and day.name == "bad-date":
        return Bad("bad-month", day.text)
    return day[:7] if isinstance(day, str) else day


MONTH = Kind("month", "TEXT", _parse_month, excel_format="@", shown_as="id")


_PERIOD = re.compile(r"(?:FY)?20\d{2}(?:-?Q[1-4])?|20\d{2}-(?:0[1-9]|1[0-2])")
_WRITTEN_QUARTER = re.compile(r"((?:FY)?20\d{2})\s*年?\s*[-/]?\s*(?:Q([1-4])|第?([一二三四1-4])季度?)", re.IGNORECASE)


def _parse_whole_period(cell: Any, reading: Reading) -> Any:
    """A month, a quarter or a year: 2026-03, 2026-Q1, 2026; 2026年第一季度 is the second of these."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell) if 2000 <= cell < 2100 else Bad("bad-date", str(cell))
    if isinstance(cell, str):
        text = cell.strip()
        if match := _WRITTEN_QUARTER.fullmatch(text):
            number = match[2] or match[3]
            return f"{match[1].upper()}-Q{number if number.isdigit() else '一二三四'.index(number) + 1}"
        text = re.sub(r"\s*(?:年度?|财年)$", "", text).upper()
        if _PERIOD.fullmatch(text):
            return text
    return _parse_month(cell, reading)


PERIOD = Kind("period", "TEXT", _parse_whole_period, excel_format="@", shown_as="id")
