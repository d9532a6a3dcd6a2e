"""One value as people read it, and as machines read it; every format takes its figures from here.

Rounding is for display only. A rate is rounded away from the thresholds of its column and from 100 %, so that a
printed figure never claims what the exact one did not reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import cast

from salescli.core.money import CONTEXT, decimal_places, round_half_away, round_off_bounds, to_decimal
from salescli.core.table import Column, Ratio, Series, Value
from salescli.core.title import Title
from salescli.render.options import RenderOptions
from salescli.render.signs import one_line, to_ascii_signs

NUMBER_KINDS = frozenset({"money", "quantity", "count", "rate", "ratio"})
MOST_PLACES = 4  # amounts are stored to 0.0001; an average is shown no finer
RAW_PLACES = 12
UNDEFINED = "—"
BAR_WIDTH = 20
SPARKS = "▁▂▃▄▅▆▇"
ASCII_SPARKS = ".:-=+*#"
_SCALES = {"": 1, "yuan": 1, "thousand": 1_000, "ten-thousand": 10_000}
_UNITS_OF_PLACE = tuple(Decimal(1).scaleb(-places, CONTEXT) for places in range(16))


def column_for(value: Value) -> Column:
    """Return how to show a value that came without a column: an amount, a count, a ratio, a date or text."""
    kinds = ((bool, "flag"), (int, "count"), (Decimal, "money"), (Ratio, "ratio"), (datetime, "moment"), (date, "date"))
    kind = next((kind for of_type, kind in kinds if isinstance(value, of_type)), "text")
    return Column("value", Title("", ""), kind)  # type: ignore[arg-type]


def is_number(column: Column) -> bool:
    """Say whether a column is right-aligned."""
    return column.kind in NUMBER_KINDS


def scale_of(column: Column, options: RenderOptions) -> int:
    """Return what a column's values are divided by for display."""
    return _SCALES[options.unit] if column.kind == "money" else 1


def column_places(column: Column, values: Iterable[Value], scale: int = 1) -> int:
    """Return the decimals in which a whole column is shown, so that its points stand under each other."""
    if column.decimals is not None:
        return column.decimals
    if column.kind in ("ratio", "bar"):
        return 1
    if scale > 1:
        return 2
    factor = 2 if column.kind == "rate" else 0
    finest = 2 if column.kind == "money" else 0
    for value in values:
        if isinstance(value, Decimal):
            if -int(value.as_tuple().exponent) - factor > finest:
                finest = max(finest, decimal_places(value.normalize(CONTEXT)) - factor)
        elif isinstance(value, Ratio):
            finest = max(finest, 1 if column.kind == "rate" else 2)
    return min(finest, MOST_PLACES)


def shared_places(column: Column, values: Iterable[Value]) -> int | None:
    """Return the decimals that the rates of a column share; None where every figure keeps its own."""
    return column_places(column, values) if column.kind in ("rate", "ratio", "bar") else None


def show(value: Value, column: Column, options: RenderOptions, places: int | None = None) -> str:
    """Return one value for people; "" for none (or what the column says), `—` for a quotient by zero."""
    if value is None:
        return column.blank.text(options.language) if column.blank else ""
    if isinstance(value, Title):
        value = value.text(options.language)
    if isinstance(value, str):
        text = one_line(value)
        return to_ascii_signs(text) if options.ascii else text
    if isinstance(value, bool):
        return ("yes" if value else "no") if options.ascii else ("✓" if value else "")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return spark(cast("Series", value), options.ascii)
    if column.kind == "bar":
        return bar(value, options.ascii, bar_width(options.width))
    return _show_number(value, column, options, places)


def _show_number(value: int | Decimal | Ratio, column: Column, options: RenderOptions, places: int | None) -> str:
    exact = value.exact() if isinstance(value, Ratio) else value
    if exact is None:
        return "-" if options.ascii else UNDEFINED
    scale = scale_of(column, options)
    digits = column_places(column, [value], scale) if places is None else places
    if column.kind in ("rate", "ratio"):
        return percent(exact, digits, column.thresholds)
    if column.kind == "id" or (isinstance(value, int) and column.kind in ("text", "date", "moment", "flag")):
        return str(value)
    if column.thresholds and scale == 1:
        return f"{round_off_bounds(exact, column.thresholds, digits):,f}"
    return grouped(Fraction(exact) / scale if scale > 1 else exact, digits)


def grouped(number: Decimal | Fraction | int, places: int) -> str:
    """Return a number with thousands separators and exactly so many decimals.

    >>> grouped(Decimal("-1234567.5"), 2)
    '-1,234,567.50'
    """
    if isinstance(number, int) and places == 0:
        return f"{number:,d}"
    if isinstance(number, Decimal) and -int(number.as_tuple().exponent) <= places:
        fixed = CONTEXT.quantize(number, _UNITS_OF_PLACE[places])
    else:
        fixed = round_half_away(number, _UNITS_OF_PLACE[places])
    return f"{fixed if fixed else abs(fixed):,f}"


def percent(rate: Decimal | Fraction | int, places: int, thresholds: tuple[Fraction, ...] = ()) -> str:
    """Return a rate as a percentage, rounded away from the next threshold and from 100 %.

    >>> percent(Decimal("0.9999"), 1), percent(Decimal("0.625"), 1), percent(Fraction(1), 1)
    ('99.9 %', '62.5 %', '100.0 %')
    """
    exact = Fraction(rate)
    marks = (Fraction(1), *thresholds)
    for digits in range(places, len(_UNITS_OF_PLACE)):
        rounded = _away(exact, digits, marks)
        if rounded is not None:
            return f"{grouped(rounded, digits)} %"
    return f"{grouped(exact * 100, places)} %"


def _away(exact: Fraction, digits: int, marks: tuple[Fraction, ...]) -> Fraction | None:
    """The percentage in so many digits, on the same side of every mark as the exact one; None if there is none."""
    step = Fraction(1, 10**digits)
    rounded = Fraction(round_half_away(exact * 100, _UNITS_OF_PLACE[digits]))
    for mark in marks:
        limit = mark * 100
        if exact < mark and rounded >= limit:
            rounded = (-(-limit // step) - 1) * step
        elif exact > mark and rounded <= limit:
            rounded = (limit // step + 1) * step
    stays = all(
        exact == mark or (exact < mark, exact > mark) == (rounded < mark * 100, rounded > mark * 100) for mark in marks
    )
    return rounded if stays and abs(rounded - exact * 100) < step else None


def percent_places(exact: Fraction, places: int, thresholds: tuple[Fraction, ...]) -> int:
    """Return the decimals at which ordinary rounding already keeps the side of every threshold (for workbooks)."""
    marks = (Fraction(1), *thresholds)
    for digits in range(places, len(_UNITS_OF_PLACE)):
        rounded = Fraction(round_half_away(exact * 100, _UNITS_OF_PLACE[digits]))
        crosses = (exact < m <= rounded / 100 or rounded / 100 <= m < exact for m in marks)
        if not any(crosses):
            return digits
    return places


def filled_cells(value: Value, width: int = BAR_WIDTH) -> int:
    """Return how many cells of a bar are filled: none only at zero or less, all only when reached."""
    if not isinstance(value, (int, Decimal, Ratio)):
        return 0
    exact = value.exact() if isinstance(value, Ratio) else Fraction(value)
    if exact is None or exact <= 0:
        return 0
    if exact >= 1:
        return width
    return min(max(int(round_half_away(exact * width, Decimal(1))), 1), width - 1)


def bar(value: Value, ascii_signs: bool = False, width: int = BAR_WIDTH) -> str:
    """Draw a ratio; nothing where there is none.

    >>> bar(Ratio(1, 2), width=6), bar(Ratio(1, 2), True, 6)
    ('███░░░', '###---')
    """
    if not isinstance(value, (int, Decimal, Ratio)) or (isinstance(value, Ratio) and value.exact() is None):
        return ""
    full, empty = ("#", "-") if ascii_signs else ("█", "░")
    filled = filled_cells(value, width)
    return full * filled + empty * (width - filled)


def bar_width(width: int | None) -> int:
    """Return how long a bar is on a screen of this width: it leaves the room to the figures."""
    return BAR_WIDTH if width is None or width >= 140 else 10 if width >= 100 else 6


def spark(values: Series, ascii_signs: bool = False) -> str:
    """Draw figures as a line of blocks that begins at zero, or at the lowest where that is below; a gap is a space.

    >>> spark((0, 2, None, 6)), spark((0, 2, None, 6), True)
    ('▁▃ ▇', '.- #')
    """
    exact = [
        value.exact() if isinstance(value, Ratio) else None if value is None else Fraction(value) for value in values
    ]
    known = [value for value in exact if value is not None]
    low, high = min([*known, Fraction(0)]), max([*known, Fraction(0)])
    signs = ASCII_SPARKS if ascii_signs else SPARKS
    step = (high - low) / (len(signs) - 1)
    return "".join(" " if value is None else signs[_nearest(value - low, step)] for value in exact)


def _nearest(height: Fraction, step: Fraction) -> int:
    """Which sign is nearest to a height; anything above nothing is more than the lowest sign."""
    return max(int(round_half_away(height / step, Decimal(1))), 1) if step and height else 0


def series_texts(values: Series, column: Column) -> list[str]:
    """Return the figures of a sparkline as machine formats carry them, "" for a gap."""
    kind = Column(column.key, column.title, "money" if column.currency else "quantity")
    return [raw_text(value, kind) for value in values]


def raw_number(value: Value, column: Column) -> Decimal | int | None:
    """Return the figure machine formats carry: exact, or to 12 decimals where a quotient does not end."""
    if isinstance(value, Ratio):
        exact = value.exact()
        return None if exact is None else to_decimal(exact, RAW_PLACES)
    return value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def raw_text(value: Value, column: Column) -> str:
    """Return a value as CSV and JSON carry it: exact digits, ISO dates; "" for none.

    Money has at least two decimals; other numbers have no zeros at their end.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Title):
        return value.en
    if isinstance(value, tuple):
        return ";".join(series_texts(cast("Series", value), column))
    if isinstance(value, (str, date)):  # a moment is a date too
        return value if isinstance(value, str) else value.isoformat()
    number = raw_number(value, column)
    return "" if number is None else _exact_digits(number, 2 if column.kind == "money" else 0)


def _exact_digits(number: Decimal | int, at_least: int) -> str:
    if isinstance(number, int) and not at_least:
        return str(number)
    exact = CONTEXT.create_decimal(number).normalize(CONTEXT)
    places = max(decimal_places(exact), at_least)
    return f"{exact.quantize(Decimal(1).scaleb(-places, CONTEXT), context=CONTEXT) if exact else abs(exact):.{places}f}"
