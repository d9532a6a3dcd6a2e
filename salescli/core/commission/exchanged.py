"""Credits in another currency: the rate that a plan takes for a day, and a credit beside what it was.

A credit is converted once, by itself, and rounded to ten-thousandths; every sum is a sum of such credits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from salescli.core.commission.values import in_force
from salescli.core.commission.wording import both, money, percent
from salescli.core.metrics.conversion import FxRate, Held, RateBook, factor_text
from salescli.core.money import E4, from_e4, units_half_away
from salescli.core.periods import add_months
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.exchange import Exchange

LAST_KNOWN = 7
"""How many days old a rate may be under `last-known-within-7-days`."""
Kind = Literal["plan-rate", "daily", "month-average"]


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is in the plan's on a day: exact, with where it comes from.

    `age` is how many days the record is older than the day (of a month without rates: than its first day); `count`
    is of how many days a month's mean was taken; `records` are the records of one day's rate.
    """

    factor: Fraction
    kind: Kind
    day: date
    age: int = 0
    count: int = 0
    records: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The rate as people read it."""
        return factor_text(self.factor)

    @property
    def origin(self) -> Title:
        """Where it comes from, for people."""
        if self.age:
            of = self.day.replace(day=1) if self.kind == "month-average" else self.day
            known = of - timedelta(days=self.age)
            zh, en = f"{known} 的汇率,已 {self.age} 天", f"rate of {known}, {self.age} days old"
            return Title(zh, en if self.age > 1 else f"rate of {known}, 1 day old")
        if self.kind == "plan-rate":
            return Title("方案汇率", "the plan's rate")
        if self.kind == "daily":
            return Title(f"{self.day} 的汇率", f"rate of {self.day}")
        month = f"{self.day:%Y-%m}"
        days = "day" if self.count == 1 else "days"
        return Title(f"{month} 中 {self.count} 天汇率的平均", f"mean of {self.count} {days} of {month}")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a credit was before it was converted: the whole transaction, the credit, and the rate."""

    amount: Decimal
    credit: Decimal
    currency: str
    rate: Rate
    day: datetime.date  # the day whose rate it took
    source: str = ""  # where the rate was read

    def rate_words(self, currency: str) -> Title:
        """Write the rate by itself: `1 GBP = 1.22 USD · the plan's rate`."""
        text, origin = self.rate.text, self.rate.origin
        said = f"1 {self.currency} {text if text.startswith('≈') else f'= {text}'} {currency}"
        return Title(f"{said} · {origin.zh}", f"{said} · {origin.en}")

    @property
    def text(self) -> str:
        """`4,056.00 GBP × 1.22`: the credit itself stands beside."""
        return f"{money(self.credit)} {self.currency} × {self.rate.text}"

    def words(self, share: Decimal, credit: Decimal) -> Title:
        """Write how it was converted: `4,056.00 GBP × 1.22 = 4,948.32 (the plan's rate)`; a share stands before."""
        whole = exchange(self.credit, self.rate.factor)
        text = f"{self.text} = {money(whole)}"
        if share != 1 and whole == credit:
            text = f"{money(self.amount)} {self.currency} × {percent(share)} = {text}"
        rest = both("", "") if whole == credit else both(f",其中 {money(credit)}", f", of it {money(credit)}")
        origin = self.rate.origin
        return Title(f"{text}({origin.zh}){rest.zh}", f"{text} ({origin.en}){rest.en}")


@dataclass
class PlanRates:
    """Finds the rate that a plan takes for a currency on a day. `recorded` are the rates of the store."""

    exchange: Exchange
    currency: str
    recorded: Iterable[FxRate] = ()
    home: str = ""
    _by_day: dict[str, list[FxRate]] = field(default_factory=dict, init=False)
    _found: dict[tuple[str, date], Rate | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Put the recorded rates under their days."""
        for one in self.recorded:
            self._by_day.setdefault(one.day, []).append(one)

    def find(self, currency: str, day: date) -> Rate | None:
        """Return the rate of a currency on a day; None where there is none that the plan takes."""
        key = (currency, day)
        if key not in self._found:
            self._found[key] = FIND[self.exchange.rates](self, currency, day)
        return self._found[key]

    def plan_rate(self, currency: str, day: date) -> Rate | None:
        """Return the rate of the plan's own table; of a day before the first table, that one."""
        tables = self.exchange.plan_rates
        rate = in_force(tables, day).get(currency) if tables is not None else None
        return None if rate is None else Rate(Fraction(rate), "plan-rate", day)

    def daily(self, currency: str, day: date) -> Rate | None:
        """Return the rate recorded for the day, or the last one where the plan takes it."""
        held = self._held(currency, day, day)
        return self._last(currency, day, day, "daily") if held is None else _rate(held, "daily", day)

    def month_average(self, currency: str, day: date) -> Rate | None:
        """Return the mean of the month's days that have a rate; of a month without one, what held when it began."""
        first = day.replace(day=1)
        days = [first + timedelta(days=number) for number in range((add_months(first, 1) - first).days)]
        factors = [held.factor for one in days if (held := self._held(currency, one, one)) is not None]
        if not factors:
            return self._last(currency, first, day, "month-average")
        return Rate(sum(factors, Fraction(0)) / len(factors), "month-average", day, count=len(factors))

    def _last(self, currency: str, upto: date, day: date, kind: Kind) -> Rate | None:
        if self.exchange.if_missing == "stop":
            return None
        for age in range(1, LAST_KNOWN + 1):
            held = self._held(currency, upto - timedelta(days=age), upto)
            if held is not None:
                return _rate(held, kind, day, age)
        return None

    def _held(self, currency: str, start: date, through: date) -> Held | None:
        """Return what holds on a day by the records since another; through a third currency where there is no other."""
        days = (start + timedelta(days=number) for number in range((through - start).days + 1))
        known = [one for day in days for one in self._by_day.get(day.isoformat(), ())]
        return RateBook(known, self.home).find(currency, self.currency, through.isoformat()) if known else None


def _rate(held: Held, kind: Kind, day: date, age: int = 0) -> Rate:
    return Rate(held.factor, kind, day, age, records=tuple(step.of.entity for step in held.steps))


FIND = {"plan-rate": PlanRates.plan_rate, "daily": PlanRates.daily, "month-average": PlanRates.month_average}


def exchange_e4(value: int, factor: Fraction) -> int:
    """Convert ten-thousandths and round to ten-thousandths, half away from zero.

    >>> exchange_e4(398_000, Fraction(61, 50))
    485560
    """
    twice = 2 * abs(value) * factor.numerator + factor.denominator
    found = twice // (2 * factor.denominator)
    return found if value >= 0 else -found


def exchange(amount: Decimal, factor: Fraction) -> Decimal:
    """Convert an amount and round it to 0.0001."""
    return from_e4(units_half_away(Fraction(amount) * E4 * factor, Fraction(1)))
