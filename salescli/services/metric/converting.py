"""Figures in the one currency asked: what is fetched is converted, and the rates it took are remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from salescli.core.metrics.conversion import (
    Held,
    RateBook,
    convert_each,
    convert_exactly,
    factor_text,
    measured_groups,
    round_groups,
    unit_of,
)
from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Group, Measured, Query
from salescli.core.money import CONTEXT, apportion, smallest_amount, units_half_away
from salescli.core.periods import ONE_DAY
from salescli.core.table import Line as TraceLine
from salescli.core.table import Trace
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, Where, problem
from salescli.reports.metrics import CreditRow, Original
from salescli.services.context import Context
from salescli.store.conversion import fetch_day_sums, fetch_fx_places, fetch_fx_rates
from salescli.store.metric_sql import fetch_measured

_CODE = re.compile(r"[A-Z]{3}")


@dataclass
class Converting:
    """Fetches base metrics in one currency. Rates are those of the records' own days."""

    context: Context
    into: str
    used: dict[tuple[str, str], Held] = field(default_factory=dict)  # by currency and day
    missing: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def book(self) -> RateBook:
        """The recorded rates."""
        return RateBook(fetch_fx_rates(self.context.store), self.context.currency)

    def find(self, currency: str, day: str) -> Held | None:
        """Return the rate of a currency on a day, and remember that it was asked for."""
        if (currency, day) in self.used:
            return self.used[currency, day]
        held = self.book.find(currency, self.into, day)
        if held is None:
            self.missing.setdefault(currency, set()).add(day)
        else:
            self.used[currency, day] = held
        return held

    def fetch(self, base: BaseMetric, query: Query, *, below: bool = False) -> list[Measured]:
        """Return a base metric per group in the currency asked; what is no money as it is.

        With all below, a team whose branch is itself alone has the very figure that it has of its own.
        """
        ctx, on = self.context, self.context.on.isoformat()
        if base.unit != "money":
            return fetch_measured(ctx.store, base, query, ctx.calendar, on, below=below)
        is_each = base.value.percent is not None
        sums = fetch_day_sums(ctx.store, base, query, ctx.calendar, on, ctx.currency, below=below and is_each)
        if is_each:
            return convert_each(sums, self.find, self.into)
        exact = convert_exactly(sums, self.find)
        rounded = round_groups(exact, self.into)
        if below:
            sums = fetch_day_sums(ctx.store, base, query, ctx.calendar, on, ctx.currency, below=True)
            rounded = self._branches(convert_exactly(sums, self.find), exact, rounded)
        return measured_groups(sums, rounded, self.into)

    def _branches(
        self, wide: dict[Group, Fraction], exact: dict[Group, Fraction], rounded: dict[Group, int]
    ) -> dict[Group, int]:
        unit = unit_of(self.into)
        return {
            group: rounded[group] if exact.get(group) == value else units_half_away(value / unit, Fraction(1)) * unit
            for group, value in wide.items()
        }

    def take_missing(self) -> dict[str, set[str]]:
        """Return the days of each currency that lack a rate, and forget them: whoever asked says what is unknown."""
        found, self.missing = self.missing, {}
        return found

    def check(self) -> None:
        """Stop where an amount has no rate.

        Raises:
            Refused: each currency that lacks one, with the first of its days.
        """
        if self.missing:
            raise Refused(
                *(
                    problem("missing-fx", currency=currency, into=self.into, day=min(days), days=len(days))
                    for currency, days in sorted(self.missing.items())
                )
            )


def converted_rows(converting: Converting, base: BaseMetric, rows: list[CreditRow]) -> list[CreditRow]:
    """Return credits in the currency asked, beside what they were: they add up to the figure, as it is rounded."""
    ctx, unit = converting.context, smallest_amount(converting.into)
    held = [converting.find(row.currency or ctx.currency, row.day or ctx.on.isoformat()) for row in rows]
    exact = [
        Fraction(row.credit) * (one.factor if one else 0) / Fraction(unit) for row, one in zip(rows, held, strict=True)
    ]
    is_each = base.value.percent is not None
    parts = [units_half_away(value, Fraction(1)) for value in exact] if is_each else apportion(exact)
    return [
        replace(
            row,
            credit=CONTEXT.multiply(Decimal(part), unit),
            currency=converting.into,
            original=Original(row.credit, row.currency or ctx.currency, rate_text(one) if one else ""),
        )
        for row, one, part in zip(rows, held, parts, strict=True)
    ]


def parse_currency(text: str) -> str:
    """Return the code that a text is.

    Raises:
        UsageError: it is none.
    """
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise UsageError(problem("not-a-currency", text=text))
    return code


def open_converting(context: Context, currency: str, metric: str) -> Converting | None:
    """Return what converts a metric into the currency asked; None where none was asked ("").

    Raises:
        UsageError: the text is no currency, or the metric is no money.
    """
    if not currency:
        return None
    code = parse_currency(currency)
    if not any(base.unit == "money" for base in context.catalogue.bases(metric)):
        raise UsageError(problem("currency-not-money", metric=metric, currency=code))
    return Converting(context, code)


def rate_lines(converting: Converting) -> list[TraceLine]:
    """Return each rate used, from the first day it was used for, with the cells it was read from."""
    days: dict[tuple[str, Held], list[str]] = {}
    for (currency, day), held in converting.used.items():
        if held.steps:
            days.setdefault((currency, held), []).append(day)
    entities = {step.of.entity for _, held in days for step in held.steps}
    places = fetch_fx_places(converting.context.store, entities)
    lines = []
    for (currency, held), of in sorted(days.items(), key=lambda item: (item[0][0], min(item[1]))):
        first, last = min(of), max(of)
        text = rate_text(held)
        sign, factor = ("≈", text.removeprefix("≈ ")) if text.startswith("≈") else ("=", text)
        said = Title(
            f"1 {currency} {sign} {factor} {converting.into},用于 {first} 至 {last}",
            f"1 {currency} {sign} {factor} {converting.into}, for {first} through {last}",
        )
        children = tuple(_step_line(held, number, places) for number in range(len(held.steps)))
        lines.append(TraceLine(said, children=children))
    return lines


def rate_block(converting: Converting) -> Trace:
    """Return the rates used as a block of the explanation."""
    into = converting.into
    none = TraceLine(Title(f"全部金额本来就是 {into}", f"all amounts are in {into} already"))
    return Trace("rates", tuple(rate_lines(converting)) or (none,), Title("所用汇率", "Rates used"))


def _step_line(held: Held, number: int, places: Mapping[int, Where]) -> TraceLine:
    step = held.steps[number]
    one, text = step.of, f"{step.of.rate:f}"
    zh = f"{one.day} 的汇率 1 {one.base} = {text} {one.quote}" + (",取倒数" if step.is_inverse else "")
    en = f"rate of {one.day}: 1 {one.base} = {text} {one.quote}" + (", inverted" if step.is_inverse else "")
    if len(held.steps) > 1:
        zh, en = f"套算第 {number + 1} 步:{zh}", f"cross rate, step {number + 1}: {en}"
    return TraceLine(Title(zh, en), source=str(places.get(one.entity, "")))


def rate_text(held: Held) -> str:
    """Return a rate as people read it."""
    return factor_text(held.factor)


def conversion_line(converting: Converting) -> Title:
    """Say for the footer that figures are converted, at what, and how old a rate may be."""
    ages = [
        (date.fromisoformat(day) - date.fromisoformat(held.oldest)) // ONE_DAY
        for (_, day), held in converting.used.items()
        if held.steps
    ]
    into = converting.into
    if not ages:
        return Title(f"以 {into} 计,无需换算", f"in {into}: nothing had to be converted")
    crossed = any(len(held.steps) > 1 for held in converting.used.values())
    oldest = max(ages)
    zh = f"按记录当日的汇率折成 {into}(当日或之前最近的汇率,最旧 {oldest} 天" + (",含套算" if crossed else "")
    en = f"in {into} at the rate of each record's day (the latest on or before it, at most {oldest} days old"
    return Title(zh + ")", en + (", some through a third currency)" if crossed else ")"))
