"""Figures in one currency: the rate that holds on a day, exact conversion, and rounding that keeps lines adding up.

Sums arrive per group, currency and day. Each is converted exactly at the rate of its day; groups are rounded once, to
the smallest amount of the currency, by largest remainder: the lines add up to their rounded total, always.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from salescli.core.metrics.query import Group, Measured
from salescli.core.money import E4, apportion, round_half_away, smallest_amount, to_decimal, units_half_away

E8 = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class FxRate:
    """A record of the rate table: on `day` 1 `base` is `rate` `quote`; `entity` is the record."""

    base: str
    quote: str
    day: str
    rate: Decimal
    entity: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One use of a recorded rate; inverse where an amount is divided by it."""

    of: FxRate
    is_inverse: bool

    @property
    def factor(self) -> Fraction:
        """What an amount is multiplied by."""
        rate = Fraction(self.of.rate)
        return 1 / rate if self.is_inverse else rate


@dataclass(frozen=True, slots=True)
class Held:
    """The rate that holds on a day: one step, or two where it goes through a currency between."""

    steps: tuple[Step, ...]

    @property
    def factor(self) -> Fraction:
        """What an amount is multiplied by, exactly."""
        found = Fraction(1)
        for step in self.steps:
            found *= step.factor
        return found

    @property
    def oldest(self) -> str:
        """The day of the older one of its rates."""
        return min(step.of.day for step in self.steps)


@dataclass
class RateBook:
    """Recorded rates by pair. On a day the latest on or before it holds; none ahead of its day is used.

    A pair is recorded in one direction or the other: the newer record holds, of one day the one that needs no
    inversion. Where no record joins two currencies, one currency between may: `home` first, then the one whose older
    rate is the newest.
    """

    rates: Iterable[FxRate]
    home: str = ""
    _days: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False)
    _held: dict[tuple[str, str], list[FxRate]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Put the rates in the order of their days; what is no rate (zero or less) is none."""
        for one in sorted((one for one in self.rates if one.rate > 0), key=lambda one: (one.day, one.entity)):
            self._days.setdefault((one.base, one.quote), []).append(one.day)
            self._held.setdefault((one.base, one.quote), []).append(one)

    def find(self, currency: str, into: str, day: str) -> Held | None:
        """Return the rate from one currency into another on a day, or None where none is known by then."""
        if currency == into:
            return Held(())
        direct = self._step(currency, into, day)
        if direct is not None:
            return Held((direct,))
        ways = []
        for between in sorted({code for pair in self._held for code in pair} - {currency, into}):
            first, second = self._step(currency, between, day), self._step(between, into, day)
            if first is not None and second is not None:
                ways.append((between == self.home, Held((first, second))))
        return max(ways, key=lambda way: (way[0], way[1].oldest))[1] if ways else None

    def _step(self, currency: str, into: str, day: str) -> Step | None:
        plain, inverse = self._latest(currency, into, day), self._latest(into, currency, day)
        if plain is not None and (inverse is None or inverse.day <= plain.day):
            return Step(plain, is_inverse=False)
        return None if inverse is None else Step(inverse, is_inverse=True)

    def _latest(self, base: str, quote: str, day: str) -> FxRate | None:
        place = bisect_right(self._days.get((base, quote), []), day)
        return self._held[base, quote][place - 1] if place else None


@dataclass(frozen=True, slots=True)
class DaySum:
    """What a group has in one currency on one day; `value` is in ten-thousandths."""

    group: Group
    currency: str
    day: str
    value: int
    count: int


def factor_text(factor: Fraction) -> str:
    """Return a rate as people read it: as it is, where it ends; else to eight digits.

    >>> factor_text(Fraction(61, 50)), factor_text(Fraction(1, 3))
    ('1.22', '≈ 0.33333333')
    """
    plain = to_decimal(factor, 28)
    if Fraction(plain) == factor and len(f"{plain.normalize():f}") <= 12:
        return f"{plain.normalize():f}"
    return f"≈ {round_half_away(factor, E8):f}"


FindRate = Callable[[str, str], Held | None]
"""The rate of a currency on a day, into the one asked."""


def convert_exactly(sums: Iterable[DaySum], find: FindRate) -> dict[Group, Fraction]:
    """Return each group in ten-thousandths of the currency asked; what has no rate is left out, for `find` to say."""
    found: dict[Group, Fraction] = {}
    for one in sums:
        held = find(one.currency, one.day)
        if held is not None:
            found[one.group] = found.get(one.group, Fraction(0)) + one.value * held.factor
    return found


def convert_each(sums: Iterable[DaySum], find: FindRate, into: str) -> list[Measured]:
    """Return values that come one by one (of a percentile), each converted and rounded, with how many have it."""
    unit = unit_of(into)
    found = []
    for one in sums:
        held = find(one.currency, one.day)
        if held is not None:
            value = units_half_away(one.value * held.factor / unit, Fraction(1)) * unit
            found.append(Measured(one.group, into, value, one.count))
    return found


def round_groups(exact: Mapping[Group, Fraction], currency: str) -> dict[Group, int]:
    """Round each group to the smallest amount of a currency, in ten-thousandths: they add up to their rounded sum."""
    unit = unit_of(currency)
    parts = apportion([value / unit for value in exact.values()])
    return {group: part * unit for group, part in zip(exact, parts, strict=True)}


def unit_of(currency: str) -> int:
    """Return the smallest amount of a currency in ten-thousandths.

    >>> unit_of("EUR"), unit_of("JPY")
    (100, 10000)
    """
    return int(smallest_amount(currency) * E4)


def measured_groups(sums: Iterable[DaySum], rounded: Mapping[Group, int], currency: str) -> list[Measured]:
    """Return the groups in their new currency, with how many counted."""
    counts: dict[Group, int] = {}
    for one in sums:
        counts[one.group] = counts.get(one.group, 0) + one.count
    return [Measured(group, currency, value, counts[group]) for group, value in rounded.items()]
