"""Market sizes: given for the period, or added from parts that fill it exactly; never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salescli.core.analysis.market import MarketSize, find_size
from salescli.core.periods import FiscalCalendar, Period, parse_period


def period(text: str) -> Period:
    return parse_period(text, FiscalCalendar())


def size(text: str, amount: int, **more: str) -> MarketSize:
    return MarketSize("bookings", period(text), Decimal(amount), **more)


MONTHS = [size("2026-01", 1), size("2026-02", 2), size("2026-03", 4)]


@pytest.mark.parametrize(
    ("sizes", "asked", "expected"),
    [
        ([size("2026-Q1", 9), *MONTHS], "2026-Q1", 9),
        (MONTHS, "2026-Q1", 7),
        (MONTHS, "2026-01-01..2026-02-28", 3),
        ([*MONTHS, size("2026-Q2", 8), size("2026-04", 100)], "2026-01-01..2026-06-30", 15),
        (MONTHS[1:], "2026-Q1", None),
        (MONTHS[:2], "2026-Q1", None),
        ([MONTHS[0], MONTHS[2]], "2026-Q1", None),
        ([size("2026", 9)], "2026-Q1", None),
        ([], "2026-Q1", None),
    ],
)
def test_sizes(sizes: list[MarketSize], asked: str, expected: int | None) -> None:
    assert find_size(sizes, period(asked)) == (None if expected is None else Decimal(expected))


def test_what_is_narrower_is_not_the_whole() -> None:
    sizes = [size("2026-Q1", 3, dimension="region", group="华东"), size("2026-Q1", 2, competitor="甲")]
    assert find_size(sizes, period("2026-Q1")) is None
    assert find_size(sizes, period("2026-Q1"), "region", "华东") == 3
    assert find_size(sizes, period("2026-Q1"), "line", "华东") is None
    assert find_size(sizes, period("2026-Q1"), competitor="甲") == 2
