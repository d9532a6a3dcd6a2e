"""Credits in other currencies: converted as the plan's `exchange` says; what has no rate is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.commission.credit_factors import pay_credit_of
from salescli.core.commission.exchanged import Exchanged, PlanRates, Rate, exchange
from salescli.core.commission.inputs import CreditLine
from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Measured, Query
from salescli.errors import NOWHERE, Problem, Where, problem
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.connection import Store
from salescli.store.conversion import fetch_fx_places
from salescli.store.exchanged import fetch_exchanged
from salescli.store.folded import fetch_folded
from salescli.store.lineage import fetch_sources, origin_of
from salescli.store.metric_lines import fetch_lines

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

IsWanted = Callable[[int | None, date], bool]
"""Whether anybody is paid for what a person is credited with on a day."""
NAMED = 3  # transactions, or days, in one problem


@dataclass
class Exchanging:
    """Converts what one plan pays on. `missing` and `aged` are what was found on the way.

    `otherwise` are the rates of now, for what a closed month had no rate for.
    """

    plan: Plan
    rates: PlanRates
    otherwise: PlanRates | None = None
    store: Store | None = None
    missing: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)  # (currency, day) → transactions
    aged: dict[str, dict[str, int]] = field(default_factory=dict)  # currency → day → age of its rate
    _where: dict[tuple[str, str], Where] = field(default_factory=dict)
    _cells: dict[int, str] | None = None
    _ratios: dict[tuple[str, str | None], tuple[int, int, int]] = field(default_factory=dict)

    def is_foreign(self, metric: BaseMetric, currency: str) -> bool:
        """Tell whether an amount is to be converted."""
        return metric.unit == "money" and bool(currency) and currency != self.plan.currency

    def find(self, currency: str, day: date) -> Rate | None:
        """Return the rate of a currency on a day, or None where there is none."""
        rate = self.rates.find(currency, day)
        return rate if rate is not None or self.otherwise is None else self.otherwise.find(currency, day)

    def paths(self, context: Context, metric: BaseMetric, *, undoes: bool) -> tuple[str, ...]:
        """Return the paths to the day whose rate counts; with `undoes` a refund takes that of the receipt it undoes."""
        kind = context.store.registry[metric.of]
        own = tuple((metric.date or kind.date or "").split("|"))
        is_refund = metric.of == "refund"
        found = ("receipt.date", *own) if undoes and is_refund else own
        if self.rates.exchange.on == "receipt-date":
            return found
        if is_refund:
            return ("receipt.contract.signed", "contract.signed", *found)
        return ("contract.signed", *found) if "contract" in kind and kind["contract"].ref == "contract" else found

    def fetch(
        self, context: Context, metric: BaseMetric, query: Query, is_wanted: IsWanted, *, undoes: bool = False
    ) -> list[Measured]:
        """Return what is in other currencies, converted credit by credit, grouped as the query asks."""
        paths = self.paths(context, metric, undoes=undoes)
        lacking: set[tuple[int | None, str | None]] = set()
        old: set[tuple[int | None, str | None, str, str]] = set()

        def convert(value: int | None, currency: str, rated: str | None, person: int | None, day: str) -> int | None:
            if value is None:
                return None
            key = (currency, rated)
            if key not in self._ratios:
                self._ratios[key] = self._ratio(currency, rated)
            numerator, denominator, age = self._ratios[key]
            if not denominator:
                lacking.add((person, day))
                return None
            if age:
                old.add((person, day, currency, rated or ""))
            found = (2 * abs(value) * numerator + denominator) // (2 * denominator)
            return found if value >= 0 else -found

        on = context.on.isoformat()
        rows = fetch_exchanged(context.store, metric, query, on, self.plan.currency, paths, convert)
        if any(is_wanted(person, date.fromisoformat(day or on)) for person, day in lacking):
            self._name_lacking(context, metric, query, is_wanted, paths)
        for person, day, currency, rated in old:
            if is_wanted(person, date.fromisoformat(day or on)):
                self.aged.setdefault(currency, {})[rated] = self._ratios[currency, rated][2]
        has_day = len(query.by) > 1
        return [
            Measured((person, label) if has_day else (person,), self.plan.currency, value, 1)
            for person, label, value in rows
        ]

    def convert(self, line: CreditLine, currency: str, day: str | None) -> CreditLine:
        """Return a line in the plan's currency, beside what it was; what has no rate as it is: the run stops."""
        of = date.fromisoformat(day) if day else line.date
        rate = self.find(currency, of)
        if rate is None:
            return line
        credit = exchange(line.quota_credit, rate.factor)
        return replace(
            line,
            pay_credit=pay_credit_of(credit, line.factors),
            quota_credit=credit,
            amount=exchange(line.amount, rate.factor),
            exchanged=Exchanged(line.amount, line.quota_credit, currency, rate, of, self._places(rate)),
        )

    def problems(self) -> list[Problem]:
        """Return what has no rate, by currency and day, with the transactions that need it."""
        return [
            problem(
                "credit-without-rate",
                self._where.get((currency, day), NOWHERE),
                plan=self.plan.plan,
                currency=currency,
                wanted=self.plan.currency,
                day=day,
                transactions=_named(keys),
            )
            for (currency, day), keys in sorted(self.missing.items())
        ]

    def notes(self) -> list[Problem]:
        """Return which currencies are converted at rates older than their day."""
        return [
            problem(
                "rate-last-known",
                severity="note",
                plan=self.plan.plan,
                currency=currency,
                days=_named(sorted(days)),
                age=max(days.values()),
            )
            for currency, days in sorted(self.aged.items())
        ]

    def _places(self, rate: Rate) -> str:
        """Return where the records of a rate were read."""
        if not rate.records or self.store is None:
            return ""
        if self._cells is None:
            entities = {one.entity for one in self.rates.recorded}
            self._cells = {entity: str(where) for entity, where in fetch_fx_places(self.store, entities).items()}
        return " · ".join(filter(None, (self._cells.get(one, "") for one in rate.records)))

    def _ratio(self, currency: str, day: str | None) -> tuple[int, int, int]:
        """Return a rate as two integers, and its age: they convert a million credits in no time; 0, 0 is none."""
        rate = self.find(currency, date.fromisoformat(day)) if day else None
        return (0, 0, 0) if rate is None else (rate.factor.numerator, rate.factor.denominator, rate.age)

    def _name_lacking(
        self, context: Context, metric: BaseMetric, query: Query, is_wanted: IsWanted, paths: tuple[str, ...]
    ) -> None:
        places = Places(context)
        for line in fetch_lines(context.store, metric, replace(query, by=()), context.on.isoformat(), paths):
            if not self.is_foreign(metric, line.currency) or self._ratio(line.currency, line.rate_day)[1]:
                continue
            if line.day is not None and is_wanted(line.person, date.fromisoformat(line.day)):
                key = (line.currency, line.rate_day or "")
                self.missing.setdefault(key, {})[places.key(line.entity)] = None
                if key not in self._where:
                    sources = fetch_sources(context.store, {line.source} if line.source is not None else set())
                    self._where[key] = origin_of(0, line.source, line.source_row, "currency", sources).where


def exchange_problems(converting: Iterable[Exchanging | None]) -> tuple[list[Problem], list[Problem]]:
    """Return what is to be said of rates, and what has none: of each once."""
    known = list({id(one): one for one in converting if one is not None}.values())
    return [note for one in known for note in one.notes()], [stop for one in known for stop in one.problems()]


def fetch_in_currency(
    exchanging: Exchanging | None,
    context: Context,
    metric: BaseMetric,
    query: Query,
    is_wanted: IsWanted,
    *,
    undoes: bool = False,
) -> list[Measured]:
    """Return a base metric per group: what is in other currencies as it is, or converted where the plan does that."""
    rows = fetch_folded(context.store, metric, query, context.calendar, context.on.isoformat())
    if exchanging is None or not any(exchanging.is_foreign(metric, row.currency) for row in rows):
        return rows
    kept = [row for row in rows if not exchanging.is_foreign(metric, row.currency)]
    return kept + exchanging.fetch(context, metric, query, is_wanted, undoes=undoes)


def _named(names: Iterable[str]) -> list[str]:
    found = list(names)
    return [*found[:NAMED], *(["…"] if len(found) > NAMED else [])]
