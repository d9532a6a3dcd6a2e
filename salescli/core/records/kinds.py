"""Kinds of field: how a cell becomes a stored value, and what that value is in SQL, Excel and on paper.

Stored values are SQLite's own: INTEGER ten-thousandths for money and quantity, INTEGER millionths for shares, TEXT for
the rest, ISO dates. A cell arrives as the reader gives it (str, float, int, bool, date, datetime, None); a kind turns
a whole column at once on the fast path and single cells exactly where that fails. What cannot be read is a
`Bad` value with the name of its problem, never an exception and never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Literal, NamedTuple

from salescli.core.money import CONTEXT, E4, MILLION, FinerThanStored, from_e4, from_float, round_half_away, to_e4

SqlType = Literal["TEXT", "INTEGER", "ANY"]
DateOrder = Literal["", "ymd", "dmy", "mdy"]


class Bad(NamedTuple):
    """A cell that could not be read: the problem's name and why."""

    name: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is to be read: its unit (万元: 10,000), layout of dates, and whether finer amounts are rounded."""

    multiplier: int = 1
    date_order: DateOrder = ""
    round_finer: bool = False
    percent: Literal["", "fraction", "percent"] = ""


PLAIN = Reading()
ParseCell = Callable[[Any, Reading], Any]
ParseColumn = Callable[[Sequence[Any], Reading], "list[Any] | None"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind are parsed, stored and shown."""

    name: str
    sql: SqlType
    parse_cell: ParseCell
    suffix: str = ""
    parse_column: ParseColumn | None = None
    to_python: Callable[[Any], Any] = lambda stored: stored
    excel_format: str = "General"
    shown_as: str = "text"  # ColumnKind of core.table


def parse_column(kind: Kind, cells: Sequence[Any], reading: Reading = PLAIN) -> list[Any]:
    """Turn a column of cells into stored values; a cell that cannot be read becomes a `Bad`, a blank None."""
    if kind.parse_column is not None and (fast := kind.parse_column(cells, reading)) is not None:
        return fast
    parse = kind.parse_cell
    seen: dict[Any, Any] = {}
    values = []
    for cell in cells:
        mark = (cell.__class__, cell)  # 1, 1.0 and True are one dict key but not one cell
        if mark not in seen:
            seen[mark] = parse(cell, reading)
        values.append(seen[mark])
    return values


# --- text -----------------------------------------------------------------------------------------------------------

_SPACES = re.compile(r"[ \t\r\n\xa0\u2000-\u200b\u3000\ufeff]+")
_DAMAGED = re.compile(r"\d(?:\.\d+)?E\+\d+$", re.IGNORECASE)
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})


def clean_text(text: str) -> str:
    """Trim and collapse white space, non-breaking and full-width included."""
    return _SPACES.sub(" ", text).strip()


def _text_of(cell: Any) -> str | Bad | None:
    """A cell as text; whole floats lose the `.0` that Excel's number type adds."""
    if cell is None:
        return None
    if isinstance(cell, str):
        text = clean_text(cell) if not cell.isalnum() else cell
        return Bad("formula-error", text) if text in _ERRORS else (text or None)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _parse_text(cell: Any, _reading: Reading) -> Any:
    return _text_of(cell)


def _parse_text_column(cells: Sequence[Any], _reading: Reading) -> list[Any] | None:
    """All text already: one pass over the distinct values."""
    try:
        distinct = set(cells)
    except TypeError:
        return None
    if not all(cell.__class__ is str or cell is None for cell in distinct):
        return None
    meaning = {cell: _text_of(cell) for cell in distinct}
    return [meaning[cell] for cell in cells]


def _parse_id(cell: Any, reading: Reading) -> Any:
    """A number that is a name: zeros kept, and what Excel has already damaged is refused."""
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return Bad("damaged-number", f"{cell:.15g}")
    text = _text_of(cell)
    if isinstance(text, str):
        text = text.lstrip("'") if text[:1] == "'" else text
        if _DAMAGED.match(text):
            return Bad("damaged-number", text)
    return text


def _parse_id_column(cells: Sequence[Any], reading: Reading) -> list[Any] | None:
    """All text: one pass over the distinct values; all numbers: no look-up at all, for numbers seldom repeat."""
    classes = set(map(type, cells)) - {type(None)}
    if classes <= {str}:
        meaning = {cell: _parse_id(cell, reading) for cell in set(cells)}
        return [meaning[cell] for cell in cells]
    if classes != {float}:
        return None
    return [
        str(int(cell)) if cell is not None and cell.is_integer() and -1e15 < cell < 1e15 else _parse_id(cell, reading)
        for cell in cells
    ]


TEXT = Kind("text", "TEXT", _parse_text, parse_column=_parse_text_column)
ID = Kind("id", "TEXT", _parse_id, parse_column=_parse_id_column, excel_format="@", shown_as="id")
REFERENCE = Kind("reference", "TEXT", _parse_id, suffix="_id", parse_column=_parse_id_column, shown_as="text")


# --- numbers --------------------------------------------------------------------------------------------------------

MOST_DIGITS = 14  # before the point: what a 64-bit count of ten-thousandths holds
_WIDE = {ord("，"): ",", ord("．"): ".", ord("－"): "-", ord("−"): "-", ord("（"): "(", ord("）"): ")", ord("％"): "%"}
_WIDE |= {0xFF10 + digit: str(digit) for digit in range(10)}
_CURRENCY = re.compile(r"^(?:RMB|CNY|USD|EUR|HK\$|US\$|[¥￥$€£元])\s*|\s*(?:元整|元|RMB|CNY|USD|EUR)$", re.IGNORECASE)
_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "b": 1_000_000_000,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
    "百万": 1_000_000,
}
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)$")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$|[+-]?\d{1,4}(?:,\d{4})+(?:\.\d*)?$")


def parse_number(text: str) -> Decimal | None:
    """Read a number as people type it: separators, brackets for negatives, currency signs, 万 and K; None if it is none.

    >>> parse_number("(1,234.50)"), parse_number("￥１２．５万"), parse_number("$342.09K"), parse_number("12,5O0")
    (Decimal('-1234.50'), Decimal('125000.0'), Decimal('342090.00'), None)
    """
    body = text.translate(_WIDE).strip()
    sign = 1
    if body.startswith("(") and body.endswith(")"):
        sign, body = -1, body[1:-1].strip()
    if body.startswith("-"):
        sign, body = -sign, body[1:].strip()
    body = _CURRENCY.sub("", _CURRENCY.sub("", body)).strip()
    if body.startswith("-") and sign == 1:
        sign, body = -1, body[1:].strip()
    scale = 1
    for name in ("百万", "亿", "万", "千", "k", "m", "b"):
        if body.lower().endswith(name):
            scale, body = _SCALES[name], body[: -len(name)].strip()
            break
    if not (_PLAIN_NUMBER.match(body) or _GROUPED.match(body)) or body.startswith("-"):
        return None
    return CONTEXT.multiply(Decimal(sign * scale), Decimal(body.replace(",", "")))


def _exact(cell: Any) -> Decimal | Bad | None:
    if cell is None or isinstance(cell, Decimal):
        return cell
    if isinstance(cell, bool):
        return Bad("bad-amount", "TRUE" if cell else "FALSE")
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return from_float(cell) if isfinite(cell) else Bad("bad-amount", repr(cell))
    if not isinstance(cell, str):
        return Bad("bad-amount", str(cell), "date")
    text = clean_text(cell)
    if not text:
        return None
    if text in _ERRORS:
        return Bad("formula-error", text)
    number = parse_number(text)
    if number is None:
        return Bad("bad-amount", text, "letter-o" if re.search(r"\d[oO]|[oO]\d", text) else "")
    return number


def _parse_e4(cell: Any, reading: Reading) -> Any:
    exact = _exact(cell)
    if exact is None or isinstance(exact, Bad):
        return exact
    if reading.multiplier != 1:
        exact = CONTEXT.multiply(exact, Decimal(reading.multiplier))
    if exact and exact.adjusted() >= MOST_DIGITS:
        return Bad("amount-too-large", str(cell))
    try:
        return to_e4(round_half_away(exact, Decimal("0.0001")) if reading.round_finer else exact)
    except FinerThanStored:
        return Bad("finer-than-0.0001", str(cell))
    except (InvalidOperation, OverflowError, ValueError):
        return Bad("bad-amount", str(cell))


def _parse_e4_column(cells: Sequence[Any], reading: Reading) -> list[Any] | None:
    """Whole floats, and floats that are exact to the cent, need no Decimal; the rest take the exact rule."""
    if reading.multiplier != 1:
        return None
    values: list[Any] = []
    add = values.append
    for cell in cells:
        if cell.__class__ is float:
            # Below 10^9 a double holds four decimals exactly enough that rounding finds the intended integer;
            # the comparison proves that nothing finer stood there.
            scaled = round(cell * E4) if -1e9 < cell < 1e9 else 0
            add(scaled if scaled and scaled / E4 == cell else _parse_e4(cell, reading))
        elif cell is None:
            add(None)
        elif cell.__class__ is str and cell.isdecimal() and cell.isascii() and len(cell) < 14:
            add(int(cell) * E4)
        else:
            add(_parse_e4(cell, reading))
    return values


MONEY = Kind("money", "INTEGER", _parse_e4, "_e4", _parse_e4_column, from_e4, "#,##0.00", "money")
QUANTITY = Kind("quantity", "INTEGER", _parse_e4, "_e4", _parse_e4_column, from_e4, "#,##0.####", "quantity")


def _parse_whole(cell: Any, _reading: Reading) -> Any:
    exact = _exact(cell)
    if exact is None or isinstance(exact, Bad):
        return exact
    is_whole = exact.adjusted() < 18 and exact == exact.to_integral_value()
    return int(exact) if is_whole else Bad("bad-whole-number", str(cell))


WHOLE = Kind("whole", "INTEGER", _parse_whole, excel_format="0", shown_as="count")


def _parse_rate(cell: Any, reading: Reading) -> Any:
    """A fraction: `5%` is 0.05. A bare number is read as the column says; unsaid, it is refused."""
    if isinstance(cell, str) and cell.strip().endswith(("%", "％")):
        number = parse_number(cell.strip()[:-1])
        return Bad("bad-rate", cell) if number is None else _canonical(number.scaleb(-2, CONTEXT))
    exact = _exact(cell)
    if exact is None:
        return None
    if isinstance(exact, Bad):
        return Bad("bad-rate", exact.text)
    if reading.percent == "percent":
        return _canonical(exact.scaleb(-2, CONTEXT))
    if reading.percent == "fraction" or exact == 0:
        return _canonical(exact)
    return Bad("percent-unproved", str(cell))


def _canonical(number: Decimal) -> str:
    """The one text of a decimal: no exponent, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


RATE = Kind(
    "rate",
    "TEXT",
    _parse_rate,
    to_python=lambda stored: None if stored is None else Decimal(stored),
    excel_format="0.00%",
    shown_as="rate",
)


def _parse_decimal(cell: Any, _reading: Reading) -> Any:
    exact = _exact(cell)
    return exact if exact is None or isinstance(exact, Bad) else _canonical(exact)


DECIMAL = Kind(
    "decimal",
    "TEXT",
    _parse_decimal,
    to_python=lambda stored: None if stored is None else Decimal(stored),
    shown_as="quantity",
)


def _parse_share(cell: Any, reading: Reading) -> Any:
    rate = _parse_rate(cell, reading)
    if rate is None or isinstance(rate, Bad):
        return rate
    millionths = CONTEXT.multiply(Decimal(rate), Decimal(MILLION))
    if millionths != millionths.to_integral_value():
        return Bad("bad-share", str(cell))
    return int(millionths) if 0 <= millionths <= 10 * MILLION else Bad("bad-share", str(cell))


SHARE = Kind(
    "share", "INTEGER", _parse_share, "_m",
    to_python=lambda stored: None if stored is None else Decimal(stored).scaleb(-6, CONTEXT), excel_format="0.####%", shown_as="rate",
)  # fmt: skip


# --- dates ----------------------------------------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?$")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_OTHER = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?))?$")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?:[ ,]+(\d{1,2}:\d{2}(?::\d{2})?))?$")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


def read_moment(text: str, order: DateOrder) -> tuple[date, str] | Bad | None:
    """Read a date with an optional time; a layout that does not prove itself needs the stated order.

    Returns `(day, "HH:MM[:SS]" or "")`, None for a blank, or a Bad: `bad-date`, or `date-order-unknown` for a layout
    such as 03/04/2026 whose order was not stated.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    try:
        if match := _ISO.match(text) or _COMPACT.match(text) or _CHINESE.match(text):
            time = match[4] if match.re is _ISO else None
            return date(int(match[1]), int(match[2]), int(match[3])), time or ""
        if (match := _NAMED.match(text)) and (month := _MONTHS.get(match[2][:3].lower())):
            return date(int(match[3]), month, int(match[1])), match[4] or ""
        if match := _OTHER.match(text):
            if not order:
                return Bad("date-order-unknown", text)
            return _ordered(match, order), match[4] or ""
    except ValueError:
        return Bad("bad-date", text)
    return Bad("bad-date", text)


def _ordered(match: re.Match[str], order: DateOrder) -> date:
    first, second, third = int(match[1]), int(match[2]), int(match[3])
    if order == "ymd":
        return date(2000 + first, second, third)
    year = third if third > 99 else 2000 + third
    return date(year, second, first) if order == "dmy" else date(year, first, second)


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
        return Bad("bad-date", str(_text_of(cell)), "number")
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
        return f"{match[1]}-{int(match[2]):02d}" if 1 <= int(match[2]) <= 12 else Bad("bad-date", cell)
    day = _parse_date(cell, reading)
    return day[:7] if isinstance(day, str) else day


MONTH = Kind("month", "TEXT", _parse_month, excel_format="@", shown_as="id")


# --- closed sets ----------------------------------------------------------------------------------------------------

_YES = frozenset({"1", "yes", "y", "true", "是", "有", "✓", "√", "对"})
_NO = frozenset({"0", "no", "n", "false", "否", "无", "x", "×", "错"})


def _parse_flag(cell: Any, _reading: Reading) -> Any:
    text = _text_of(cell)
    if text is None or isinstance(text, Bad):
        return text
    folded = text.casefold()
    return 1 if folded in _YES else 0 if folded in _NO else Bad("bad-flag", text)


FLAG = Kind(
    "flag", "INTEGER", _parse_flag, to_python=lambda stored: None if stored is None else bool(stored), shown_as="flag"
)
ENUM = Kind("enum", "TEXT", _parse_text, parse_column=_parse_text_column)
ANY = Kind("any", "ANY", lambda cell, _reading: cell)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        TEXT,
        ID,
        REFERENCE,
        MONEY,
        QUANTITY,
        WHOLE,
        RATE,
        DECIMAL,
        SHARE,
        DATE,
        MOMENT,
        MONTH,
        FLAG,
        ENUM,
        ANY,
    )
}
