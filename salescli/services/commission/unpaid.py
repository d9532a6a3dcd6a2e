"""Money that reaches nobody: receipts without a claim, and credits that no component of a person's plans pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.metrics.model import Catalogue
from salescli.core.metrics.query import Query
from salescli.core.money import CONTEXT, from_e4
from salescli.core.periods import Period
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from salescli.store.state import fetch_images

RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True)
class UnclaimedReceipt:
    """A receipt, or the part of one, that no person is credited with."""

    entity: int
    key: str
    date: date
    amount: Decimal
    currency: str
    customer: str
    contract: str
    source: str


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """How many, and how much, in one currency."""

    currency: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Receipts of a period that are in nobody's credit, oldest first."""

    receipts: tuple[UnclaimedReceipt, ...]

    @property
    def totals(self) -> list[CurrencyTotal]:
        """Their totals by currency."""
        found: dict[str, CurrencyTotal] = {}
        for one in self.receipts:
            old = found.get(one.currency, CurrencyTotal(one.currency, 0, Decimal(0)))
            found[one.currency] = CurrencyTotal(one.currency, old.count + 1, CONTEXT.add(old.amount, one.amount))
        return [found[name] for name in sorted(found)]


def fetch_unclaimed(context: Context, period: Period) -> Unclaimed:
    """Return the receipts of a period that reach no person."""
    (metric, _), *_ = context.catalogue.base_parts(RECEIPTS)
    rows = fetch_lines(context.store, metric, Query(metric.name, (), period), context.on.isoformat())
    places = Places(context)
    rows = [row for row in rows if row.person is None and row.day is not None]
    payers = fetch_images(context.store, context.store.registry["receipt"]) if rows else {}
    found = [
        UnclaimedReceipt(
            row.entity,
            places.key(row.entity),
            date.fromisoformat(row.day or ""),
            from_e4(row.credit),
            row.currency,
            places.label("customer", row.customer) or str(payers.get(row.entity, {}).get("payer") or ""),
            places.label("contract", row.contract),
            places.place(row.source, row.source_row, row.edited),
        )
        for row in rows
    ]
    return Unclaimed(tuple(found))


def credits_by_person(context: Context, metric: str, period: Period, currency: str) -> dict[int, Decimal]:
    """Return what each person is credited with in a metric over a period in one currency, by their own shares alone."""
    found = credits_by_currency(context, metric, period)
    return {person: amount for (person, code), amount in found.items() if code in ("", currency)}


def credits_by_currency(context: Context, metric: str, period: Period) -> dict[tuple[int, str], Decimal]:
    """Return the same of every currency, by person and currency."""
    found: dict[tuple[int, str], int] = {}
    for base, sign in context.catalogue.base_parts(metric):
        query = Query(base.name, ("person",), period)
        for row in fetch_measured(context.store, base, query, context.calendar, context.on.isoformat()):
            if isinstance(row.group[0], int):
                key = (row.group[0], row.currency)
                found[key] = found.get(key, 0) + sign * row.value
    return {key: from_e4(value) for key, value in found.items()}


def is_money(catalogue: Catalogue, metric: str) -> bool:
    """Tell whether a metric is an amount of money."""
    return metric in catalogue and catalogue.is_additive(metric) and catalogue.unit(metric) == "money"


def add_up(amounts: Iterable[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    """Add figures by person."""
    found: dict[int, Decimal] = {}
    for one in amounts:
        for person, value in one.items():
            found[person] = CONTEXT.add(found.get(person, Decimal(0)), value)
    return found
