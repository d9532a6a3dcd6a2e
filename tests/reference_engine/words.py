"""The texts of plans and facts, read into fractions, days and lists. Nothing of the product is imported here."""

import re
from datetime import date, timedelta
from fractions import Fraction

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def amount(text):
    """`500,000`, `500_000`, `50万`, `-1.5`, or `100%` (of one)."""
    plain = str(text).strip().replace(",", "").replace("_", "")
    if plain.endswith("%"):
        return Fraction(plain[:-1]) / 100
    return Fraction(plain[:-1]) * 10_000 if plain.endswith("万") else Fraction(plain)


def day(text):
    """`2026-03-01`; `2026-03` is its first day."""
    text = str(text)
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01")


def next_month(start, months=1):
    """The first day of a month some months later."""
    number = start.year * 12 + start.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def window_of(grain, inside, fiscal_start):
    """The first day of a calendar window, and the day after its last."""
    first = inside.replace(day=1)
    size = {"month": 1, "quarter": 3, "year": 12}[grain]
    start = next_month(first, -((first.month - fiscal_start) % size))
    return start, next_month(start, size)


def in_force(value, on):
    """The value of a number or table that may be dated; before its first day, the first one."""
    if not (isinstance(value, dict) and value and all(_DAY.fullmatch(str(key)) for key in value)):
        return value
    known = [key for key in sorted(value) if day(key) <= on]
    return value[known[-1] if known else min(value)]


def tiers_of(table):
    """(threshold, is it a share, does the threshold itself belong to it, what it says) of each line, ascending."""
    found = []
    for line in table:
        ((key, says),) = line.items()
        word, number = key.split(maxsplit=1)
        found.append((amount(number), number.endswith("%"), word != "above", str(says)))
    return found


def reached(tiers, value):
    """The number of the highest line that an exact value has reached, or None."""
    found = None
    for number, (threshold, _, inclusive, _) in enumerate(tiers):
        if value > threshold or (inclusive and value == threshold):
            found = number
    return found


def half_away(value, unit):
    """Round to a unit; halves go away from zero."""
    scaled = abs(value) / unit
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= Fraction(1, 2)
    return (whole if value >= 0 else -whole) * unit


def days_of(start, end):
    """Every day of [start, end)."""
    return [start + timedelta(days=number) for number in range((end - start).days)]


def as_list(value):
    """A list of one or many."""
    return value if isinstance(value, list) else [value]
