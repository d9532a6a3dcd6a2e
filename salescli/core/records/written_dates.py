"""Dates as people and programs write them: those that prove themselves, and those whose order is not plain.

A year of four figures in front, 年月日 and a month's name prove themselves. In `03/04/2026` and `05-06-17` the order is
a fact about the column, not about the cell: such a text becomes a `Written`, whose layout a column is judged by.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from salescli.core.records.kind import DateOrder

# Two figures of a year: 00–49 are of this century, 50–99 of the last one.
PIVOT = 50
EARLIEST_YEAR = 1900

_HOUR = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_HALF = r"AM|PM|A\.M\.|P\.M\.|上午|下午"
_CLOCK = re.compile(
    rf"(?:T|[\s,]+|(?<=[日号]))(?P<before>上午|下午)?\s*(?P<clock>{_HOUR})(?:[.,]\d+)?"
    rf"\s*(?P<after>{_HALF})?\s*(?:Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{{1,2}}:?(?:\d{{2}})?)?$",
    re.IGNORECASE,
)
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?:[T ]({_HOUR})(?:\.\d+)?)?$")
_COMPACT = re.compile(r"((?:19|2\d)\d{2})(\d{2})(\d{2})$")
_CHINESE = re.compile(r"(\d{4}|\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$")
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)|\s*(?:周|星期)[一二三四五六日天]$", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/-]*([A-Za-z]{3,9})\.?,?[\s/-]*(\d{4}|\d{2})$", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    r"([A-Za-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s-]+)(\d{4}|\d{2})$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})[\s/-]*([A-Za-z]{3,9})\.?[\s/-]*(\d{1,2})$")
_FIGURES = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*([-/.])\s*(\d{4}|\d{1,2})$")
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {name[:3]: at for at, name in enumerate(_NAMES, 1)} | {name: at for at, name in enumerate(_NAMES, 1)}
_MONTHS["sept"] = 9


class Written(NamedTuple):
    """A date of three figures whose order is not plain; `marks` stand between them, `clock` is a time behind it."""

    first: str
    second: str
    third: str
    marks: str
    clock: str = ""

    @property
    def family(self) -> tuple[str, bool, bool]:
        """What cells of one column must share to be of one layout, whatever their widths."""
        return self.marks, len(self.third) == 4, bool(self.clock)

    @property
    def width(self) -> str:
        """`short` where a part has one figure, `padded` where a zero fills one up, "" where neither shows."""
        if 1 in (len(self.first), len(self.second), len(self.third)):
            return "short"
        filled = self.second[0] == "0" or (len(self.third) == 4 and self.first[0] == "0")
        return "padded" if filled else ""

    @property
    def orders(self) -> tuple[DateOrder, ...]:
        """The orders that its form admits."""
        return ("dmy", "mdy") if len(self.third) == 4 else ("dmy", "mdy", "ymd")

    def read(self, order: DateOrder) -> date | None:
        """Return the day that it is in an order, None where it is none."""
        year, month, day = {
            "dmy": (self.third, self.second, self.first),
            "mdy": (self.third, self.first, self.second),
            "ymd": (self.first, self.second, self.third),
        }[order]
        return None if len(year) == 1 or order not in self.orders else _day(year, month, day)


def layout_name(family: tuple[str, bool, bool], width: str) -> str:
    """Name a layout as profiles write it: `00/00/0000`, `0-0-00`, `00.00.0000 00:00`.

    >>> layout_name(("//", True, False), "padded"), layout_name(("--", False, True), "short")
    ('00/00/0000', '0-0-00 00:00')
    """
    marks, is_long, has_clock = family
    part = "0" if width == "short" else "00"
    return f"{part}{marks[0]}{part}{marks[1]}{'0000' if is_long else '00'}{' 00:00' if has_clock else ''}"


def read_written(text: str) -> tuple[date, str] | Written | None:
    """Read a text: the day and its time (24 hours, "" without) where it proves itself, a Written, or None.

    The day is the one that is written: a zone behind the time (`Z`, `+08:00`) moves nothing.

    >>> read_written("15 Apr, 2021 00:02:00"), read_written("3/15/2026 2:05 PM")
    ((datetime.date(2021, 4, 15), '00:02:00'), Written(first='3', second='15', third='2026', marks='//', clock='14:05'))
    """
    text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
    if match := _ISO.match(text):
        day = _day(match[1], match[3], match[4], earliest=1)  # written out: unlikely, and said where it is stored
        return None if day is None else (day, match[5] or "")
    if match := _COMPACT.match(text):
        day = _day(match[1], match[2], match[3])
        return None if day is None else (day, "")
    body, clock = _without_clock(text)
    if clock is None:
        return None
    body = _WEEKDAY.sub("", body).strip()
    if match := _FIGURES.match(body):
        return Written(match[1], match[3], match[5], match[2] + match[4], clock)
    day = _named_day(body)
    return None if day is None else (day, clock)


def _named_day(body: str) -> date | None:
    if (match := _CHINESE.match(body)) or (match := _COMPACT.match(body)):
        return _day(match[1], match[2], match[3])
    if match := _ISO.match(body):
        return _day(match[1], match[3], match[4])
    if match := _DAY_FIRST.match(body):
        return _named(match[3], match[2], match[1])
    if match := _MONTH_FIRST.match(body):
        return _named(match[3], match[1], match[2])
    if match := _YEAR_FIRST.match(body):
        return _named(match[1], match[2], match[3])
    return None


def _named(year: str, name: str, day: str) -> date | None:
    month = _MONTHS.get(name.lower())
    return None if month is None else _day(year, str(month), day)


def _day(year: str, month: str, day: str, earliest: int = EARLIEST_YEAR) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < PIVOT else 1900
    try:
        return date(number, int(month), int(day)) if number >= earliest else None
    except ValueError:
        return None


def _without_clock(text: str) -> tuple[str, str | None]:
    """Split a text into date and time; the time is None where it is no time of a day (13:05 PM)."""
    match = _CLOCK.search(text)
    if match is None:
        return text, ""
    hours, _, rest = match["clock"].partition(":")
    hour = int(hours)
    half = (match["before"] or match["after"] or "").upper().replace(".", "")
    if half:
        is_late = half in ("PM", "下午")
        if half in ("AM", "PM") and not 1 <= hour <= 12:
            return text[: match.start()], None
        hour = hour + 12 if is_late and hour < 12 else 0 if not is_late and hour == 12 else hour
    return text[: match.start()], f"{hour:02d}:{rest}"
