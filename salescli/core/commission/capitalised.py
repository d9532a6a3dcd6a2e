"""Commission as a cost of obtaining contracts: capitalised, and written off in a straight line over its term.

Only what would not have been spent without the contract is capitalised: its commission. What was spent on winning it
(due diligence, travel) is an expense when it arises. A term of a year or less may be an expense at once (the practical
expedient). What is earned while the term runs is spread over the months that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CENT, CONTEXT, allocate, decimal_places, total
from salescli.core.periods import add_months, months_between

COMMISSION = "commission"
ONE_YEAR = 12  # months: a term as long as this may be an expense at once
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Term:
    """A contract's term: the month it begins in, and how many months are written off."""

    month: date
    months: int

    @property
    def end(self) -> date:
        """The month after the last."""
        return add_months(self.month, self.months)


@dataclass(frozen=True, slots=True)
class Incurred:
    """What arose on a contract in a month; `kind` is `commission`, or what else was spent."""

    month: date
    amount: Decimal
    kind: str = COMMISSION


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a contract's commission is written off by, month by month; `expensed` arose as an expense at once."""

    term: Term | None
    capitalised: Decimal
    expensed: Decimal
    parts: Mapping[date, Decimal]

    def written_off(self, before: date, since: date = date.min) -> Decimal:
        """Return what is written off of the capitalised amount in the months `[since, before)`."""
        return total(amount for month, amount in self.parts.items() if since <= month < before)

    def left(self, before: date) -> Decimal:
        """Return what is still to be written off from a month on."""
        return CONTEXT.subtract(self.capitalised, self.written_off(before))


def term_between(start: date, through: date) -> Term | None:
    """Return the term from a day through a day: a month that is begun is a month. None where it ends before it begins.

    >>> term_between(date(2026, 3, 15), date(2029, 3, 14)).months
    36
    """
    end = through + timedelta(days=1)
    whole = months_between(start, end)
    months = whole if add_months(start, whole) >= end else whole + 1
    return Term(start.replace(day=1), months) if months > 0 else None


def months_at(amount: Decimal, a_month: Decimal) -> int:
    """Return how many months an amount lasts at so much a month.

    >>> months_at(Decimal(2400), Decimal(100))
    24
    """
    return -int(-Fraction(amount) // Fraction(a_month))


def spread_evenly(amount: Decimal, months: int, unit: Decimal = CENT) -> list[Decimal]:
    """Spread an amount over months in a straight line; they add up to it (largest remainder, the earliest first).

    An amount that is finer than `unit` is spread to its own last decimal.

    >>> [str(one) for one in spread_evenly(Decimal("0.025"), 2)]
    ['0.013', '0.012']
    """
    step = min(unit, Decimal(1).scaleb(-decimal_places(amount), CONTEXT))
    units = allocate(int(Fraction(amount) / Fraction(step)), [Fraction(1)] * months)
    return [CONTEXT.multiply(Decimal(one), step) for one in units]


def build_schedule(
    term: Term | None, costs: Iterable[Incurred], *, expedient: bool = False, unit: Decimal = CENT
) -> Schedule:
    """Return how what arose on a contract is written off.

    Args:
        term: the contract's; None where it is not known: then all is an expense.
        costs: what arose, by month.
        expedient: whether terms of a year or less are an expense at once.
        unit: the smallest amount of the currency.
    """
    expensed, capitalised = ZERO, ZERO
    parts: dict[date, Decimal] = {}
    at_once = term is None or (expedient and term.months <= ONE_YEAR)
    for cost in costs:
        if term is None or at_once or cost.kind != COMMISSION or cost.month >= term.end:
            expensed = CONTEXT.add(expensed, cost.amount)
            continue
        capitalised = CONTEXT.add(capitalised, cost.amount)
        first = max(term.month, cost.month)
        for number, amount in enumerate(spread_evenly(cost.amount, months_between(first, term.end), unit)):
            month = add_months(first, number)
            parts[month] = CONTEXT.add(parts.get(month, ZERO), amount)
    return Schedule(term, capitalised, expensed, dict(sorted(parts.items())))
