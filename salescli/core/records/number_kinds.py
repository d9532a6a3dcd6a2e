"""Kinds of number: money, quantities, whole numbers, rates, shares; exact, whatever the cell was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import floor, isfinite
from typing import Any

from salescli.core.money import CONTEXT, E4, MILLION, FinerThanStored, from_e4, from_float, round_half_away, to_e4
from salescli.core.records.kind import Bad, Kind, Reading
from salescli.core.records.text_kinds import ERRORS, clean_text

# Below 10^9 a double holds four decimals exactly enough that rounding finds the intended integer; dividing it again
# proves that nothing finer stood there.
FINE = 1e9
_TENS = (10_000, 1_000, 100, 10, 1)  # what a figure of so many decimals counts in ten-thousandths
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
_OWN_UNIT = re.compile(r"(?:[千万亿]|[kmb]|元整?)\s*(?:RMB|CNY|USD|EUR)?\s*\)?$", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)$")
# By threes, or by 万: one group of four, `1,2345`, is as likely a slip, and no grouped number begins with 0.
_PLAIN_COLUMN = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,4})?(?:\n-?[0-9]{1,9}(?:\.[0-9]{1,4})?)*")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$|[+-]?[1-9]\d{0,3}(?:,\d{4}){2,}(?:\.\d*)?$")


def parse_number(text: str) -> Decimal | None:
    """Read a number as people type it: separators, brackets, currency signs, 万 and K; None where it is none.

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


def states_unit(cell: Any) -> bool:
    """Tell whether a cell says its own unit: `12.5万` and `125000元` are the same under any header.

    >>> states_unit("12.5万"), states_unit("(125,000元)"), states_unit("￥12.5"), states_unit(12.5)
    (True, True, False, False)
    """
    return isinstance(cell, str) and _OWN_UNIT.search(cell.translate(_WIDE).strip()) is not None


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
    if text in ERRORS:
        return Bad("formula-error", text)
    number = parse_number(text)
    if number is None:
        return Bad("bad-amount", text, _slip(text))
    return number


def _slip(text: str) -> str:
    """Say what somebody may have meant by what is no number."""
    if re.search(r"\d[oO]|[oO]\d", text):
        return "letter-o"
    body = text.translate(_WIDE).strip()
    return "percent" if body.endswith("%") and parse_number(body[:-1]) is not None else ""


def _parse_e4(cell: Any, reading: Reading) -> Any:
    exact = _exact(cell)
    if exact is None or isinstance(exact, Bad):
        return exact
    if reading.multiplier != 1 and not states_unit(cell):
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
    if (whole_column := _scaled_floats(cells) or _scaled_texts(cells)) is not None:
        return whole_column
    values: list[Any] = []
    add = values.append
    for cell in cells:
        if cell.__class__ is float:
            scaled = round(cell * E4) if -FINE < cell < FINE else 0
            add(scaled if scaled and scaled / E4 == cell else _parse_e4(cell, reading))
        elif cell is None:
            add(None)
        elif cell.__class__ is str and (plain := _plain_text(cell)) is not None:
            add(plain)
        else:
            add(_parse_e4(cell, reading))
    return values


def _scaled_texts(cells: Sequence[Any]) -> list[int] | None:
    """A column of plain decimals below 10^9 as text: with four decimals at most, a double is exact enough."""
    if set(map(type, cells)) != {str}:
        return None
    lines = "\n".join(cells)
    if lines.count("\n") >= len(cells) or not _PLAIN_COLUMN.fullmatch(lines):  # a cell may hold a line break itself
        return None
    return [floor(number * E4 + 0.5) for number in map(float, cells)]


def _plain_text(cell: str) -> int | None:
    """Read `1234.5` and `-3` as they stand, in ten-thousandths; None for whatever needs the exact rule."""
    whole, point, rest = cell.partition(".")
    digits = whole.removeprefix("-") + rest
    if not (digits.isdecimal() and digits.isascii()) or len(digits) > 13 or len(rest) > 4 or (point and not rest):
        return None
    value = int(digits) * _TENS[len(rest)]
    return -value if whole[:1] == "-" else value


def _scaled_floats(cells: Sequence[Any]) -> list[int] | None:
    """A column of nothing but fine floats, without a look at any single one; None where one of them needs that."""
    if set(map(type, cells)) != {float} or not (min(cells) > -FINE and max(cells) < FINE):
        return None
    try:
        scaled = [floor(cell * E4 + 0.5) for cell in cells]
    except ValueError:  # not a number
        return None
    return scaled if [each / E4 for each in scaled] == [*cells] else None


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
        return Bad("bad-rate", cell) if number is None else canonical_text(number.scaleb(-2, CONTEXT))
    exact = _exact(cell)
    if exact is None:
        return None
    if isinstance(exact, Bad):
        return Bad("bad-rate", exact.text)
    if reading.percent == "percent":
        return canonical_text(exact.scaleb(-2, CONTEXT))
    if reading.percent == "fraction" or exact == 0:
        return canonical_text(exact)
    return Bad("percent-unproved", str(cell))


def canonical_text(number: Decimal) -> str:
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
    return exact if exact is None or isinstance(exact, Bad) else canonical_text(exact)


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
    to_python=lambda stored: None if stored is None else Decimal(stored).scaleb(-6, CONTEXT),
    excel_format="0.####%", shown_as="rate",
)  # fmt: skip
