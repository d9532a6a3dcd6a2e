"""Where all credits of a month go: paid by one component, by several, or by none; the sums always come to the whole.

One amount stands for each kind of record that components pay on (receipts with tax and without are the same money):
the metric that most of them name. Who pays what is read off the conditions of components, one query for each set of
conditions that meet, so that nothing is looked at line by line; by month, where no day of one differs from another,
out of what the run itself has added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from salescli.core.commission.payout import days_after_leaving, leaver_share
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4, round_half_away, total
from salescli.core.periods import FOREVER, Period
from salescli.core.title import Title
from salescli.policy.plans import PlanFile
from salescli.reports.commission.credits import where_credits_go
from salescli.services.commission.credits import Task
from salescli.services.commission.exchange_stretches import open_exchanging
from salescli.services.commission.leaving import Leavers, find_rests, open_leavers
from salescli.services.commission.payees import Hierarchy, Payee, fetch_seats, payees_of
from salescli.services.commission.paying import Filters, Paying, exclude, families
from salescli.services.context import Context
from salescli.store.folded import BY_DAY, BY_MONTH, fetch_folded
from salescli.store.frames import has_overlays

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

Cell = tuple[int | None, date, str]
"""Person (None: nobody), day and currency."""
NO_FILTER: Filters = frozenset()
UNIT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class CreditTotals:
    """Where the credits of one metric in one currency go: `whole` is house + no_plan + no_component + paid."""

    metric: str
    currency: str
    whole: Decimal
    house: Decimal  # nobody's: no owner, a missing share, a leaver's rest that nobody takes
    no_plan: Decimal
    no_component: Decimal
    paid: Decimal
    several: Decimal  # of what is paid: by more than one component
    overlay: Decimal  # declared besides, never in the sum
    outside: Mapping[int, Decimal]  # of `no_component`, by person

    @property
    def unpaid(self) -> Decimal:
        """What nobody is paid for."""
        return self.house + self.no_plan + self.no_component


@dataclass
class _Totalling:
    context: Context
    period: Period
    payees: dict[int, list[tuple[Payee, PlanFile]]]
    leavers: Leavers | None
    metric: str
    paying: dict[str, list[Paying]]  # by plan
    found: dict[Filters, dict[Cell, Fraction]] = field(default_factory=dict)

    def amounts(self, filters: Filters, *, is_overlay: bool = False) -> dict[Cell, Fraction]:
        """Return what everybody is credited with under some conditions; leavers' rests are with those who take them."""
        if not is_overlay and filters in self.found:
            return self.found[filters]
        found: dict[Cell, Fraction] = {}
        on, by = self.context.on.isoformat(), BY_MONTH if self.is_steady else BY_DAY
        for base, sign in self.context.catalogue.base_parts(self.metric):
            metric = replace(base, credit="overlay") if is_overlay else base
            query = Query(base.name, by, self.period, tuple(sorted(filters, key=str)))
            for row in fetch_folded(self.context.store, metric, query, self.context.calendar, on):
                person, label = row.group
                day = date.fromisoformat(f"{label}-01" if by == BY_MONTH else str(label))
                cell = (person if isinstance(person, int) else None, day, row.currency)
                found[cell] = found.get(cell, Fraction(0)) + Fraction(from_e4(sign * row.value))
        if not is_overlay:
            self._hand_over(found)
            self.found[filters] = found
        return found

    def _hand_over(self, found: dict[Cell, Fraction]) -> None:
        for cell, takers in self.handed.items():
            amount = found.get(cell)
            if not amount:
                continue
            for to, share in takers.items():
                mine = (to, cell[1], cell[2])
                found[mine] = found.get(mine, Fraction(0)) + amount * share
                found[cell] -= amount * share

    @cached_property
    def is_steady(self) -> bool:
        """Whether what holds on the first day of a month holds on all of its days."""
        start, end = self.period.start, self.period.end
        inside = (day for day in _changes(self) if start < day < end)
        return not self.handed and all(day.day == 1 for day in (start, end, *inside))

    @property
    def handed(self) -> Mapping[Cell, Mapping[int | None, Fraction]]:
        """What part of a leaver's day goes to whom."""
        if not hasattr(self, "_handed"):
            self._handed = dict(_handed(self))
        return self._handed

    def paying_on(self, person: int, day: date, currency: str) -> list[Paying]:
        """Return the components that pay a person on their own credits of a day."""
        found = []
        for payee, file in self.payees.get(person, ()):
            plan = file.require()
            is_on = payee.is_on(day) or (payee.end <= day < plan.end and leaver_share(plan.leavers, payee.end, day) > 0)
            if is_on:
                mine = self.paying[file.name]
                found += [one for one in mine if one.start <= day < one.end and one.pays(currency)]
        return found


def total_credits(context: Context, plans: Iterable[PlanFile], period: Period) -> list[CreditTotals]:
    """Return where the credits of a period go, for each kind of record that plans pay on, by currency."""
    plans = list(plans)
    seats = fetch_seats(context.store)
    payees: dict[int, list[tuple[Payee, PlanFile]]] = {}
    for file in plans:
        for payee in payees_of(context.store, file.require(), seats):
            payees.setdefault(payee.entity, []).append((payee, file))
    leavers = open_leavers(context, plans, seats, {})
    found: list[CreditTotals] = []
    for metric, paying in families(context, plans):
        found += _totals(_Totalling(context, period, payees, leavers, metric, paying))
    return found


def credit_notes(context: Context, plans: Iterable[PlanFile], period: Period) -> list[Title]:
    """Return where the credits of a period go, in sentences."""
    found = total_credits(context, plans, period)
    return [where_credits_go(one, context.catalogue.get(one.metric).title) for one in found]


@dataclass
class _Sums:
    """The figures of one currency while they are added up."""

    whole: Fraction = Fraction(0)
    house: Fraction = Fraction(0)
    no_plan: Fraction = Fraction(0)
    several: Fraction = Fraction(0)
    overlay: Fraction = Fraction(0)
    outside: dict[int, Fraction] = field(default_factory=dict)

    def add(self, of: _Totalling, cell: Cell, amount: Fraction) -> None:
        """Put what a person is credited with on a day where it goes."""
        person, day, currency = cell
        self.whole += amount
        if person is None:
            self.house += amount
            return
        paying = of.paying_on(person, day, currency)
        if not paying and not any(payee.is_on(day) for payee, _ in of.payees.get(person, ())):
            self.no_plan += amount
            return
        # A team's credit is a copy, and pays nothing twice; but whoever it pays on their own is not nobody.
        reached, _ = _covered(of, cell, Counter(one.filters for one in paying))
        _, several = _covered(of, cell, Counter(one.filters for one in paying if not one.is_team))
        self.several += several
        self.outside[person] = self.outside.get(person, Fraction(0)) + amount - reached

    def totals(self, metric: str, currency: str) -> CreditTotals:
        """Round them so that they still come to the whole."""
        figures = (self.whole, self.house, self.no_plan, self.several, self.overlay)
        whole, house, no_plan, several, overlay = (round_half_away(one, UNIT) for one in figures)
        outside = {person: round_half_away(amount, UNIT) for person, amount in self.outside.items() if amount}
        no_component = total(outside.values())
        paid = total((whole, -house, -no_plan, -no_component))
        return CreditTotals(metric, currency, whole, house, no_plan, no_component, paid, several, overlay, outside)


def _totals(of: _Totalling) -> Iterator[CreditTotals]:
    sums: dict[str, _Sums] = {}
    for cell, amount in of.amounts(NO_FILTER).items():
        sums.setdefault(cell[2], _Sums()).add(of, cell, amount)
    declared = of.amounts(NO_FILTER, is_overlay=True) if has_overlays(of.context.store) else {}
    for cell, amount in declared.items():
        sums.setdefault(cell[2], _Sums()).overlay += amount
    for currency, said in sorted(sums.items()):
        yield said.totals(of.metric, currency)


def _changes(of: _Totalling) -> Iterator[date]:
    """Yield the days from which somebody else is paid, or on other components; and the ends of the period."""
    yield from (day for many in of.paying.values() for one in many for day in (one.start, one.end))
    for payee, file in (one for many in of.payees.values() for one in many):
        plan = file.require()
        yield from (payee.start, payee.end, plan.end, *(day for gap in payee.away for day in gap))
        if payee.end < FOREVER:
            yield payee.end + timedelta(days=days_after_leaving(plan.leavers))


def _covered(of: _Totalling, cell: Cell, classes: Counter[Filters]) -> tuple[Fraction, Fraction]:
    """Return what at least one component pays, and what several pay: sets of conditions, counted by inclusion."""
    names = list(classes)
    if not names:
        return Fraction(0), Fraction(0)
    if len(names) == 1:
        amount = of.amounts(names[0]).get(cell, Fraction(0))
        return amount, amount if classes[names[0]] > 1 else Fraction(0)
    meeting = {
        some: Fraction(0) if exclude(some) else of.amounts(frozenset().union(*some)).get(cell, Fraction(0))
        for size in range(1, len(names) + 1)
        for some in combinations(names, size)
    }
    once = several = Fraction(0)
    for some in meeting:
        exactly = sum(
            ((-1) ** (len(more) - len(some)) * amount for more, amount in meeting.items() if set(some) <= set(more)),
            Fraction(0),
        )
        once += exactly
        several += exactly if sum(classes[one] for one in some) > 1 else 0
    return once, several


def _handed(of: _Totalling) -> Iterator[tuple[Cell, Mapping[int | None, Fraction]]]:
    """Yield which parts of leavers' days go to whom, over all that they are credited with."""
    if of.leavers is None:
        return
    whole: dict[Cell, Fraction] = {}
    takers: dict[Cell, dict[int | None, Fraction]] = {}
    asked: dict[str, tuple[Plan, Any]] = {}
    for file in {id(file): file for files in of.payees.values() for _, file in files}.values():
        for one in _all_of(of, file):
            asked.setdefault(file.require().currency, (file.require(), one))
    for shape, one in asked.values():
        exchanging = open_exchanging(of.context, shape)
        task = Task(
            of.context, shape, "", one, {}, of.period, Hierarchy(()), {}, only_in=of.period, exchanging=exchanging
        )
        for rest in find_rests(of.leavers, task):
            was = rest.line.exchanged
            cell: Cell = (rest.person, rest.line.date, shape.currency if was is None else was.currency)
            whole[cell] = whole.get(cell, Fraction(0)) + abs(Fraction(rest.whole))
            mine = takers.setdefault(cell, {})
            mine[rest.to] = mine.get(rest.to, Fraction(0)) + abs(Fraction(rest.line.quota_credit))
    for place, parts in takers.items():
        if whole[place]:
            yield place, {to: amount / whole[place] for to, amount in parts.items()}


def _all_of(of: _Totalling, file: PlanFile) -> Iterator[Any]:
    """Yield a component of the plan's that takes all of the metric: no conditions, each record on its own day."""
    for one in file.require().components.values():
        if one.metrics and one.credit == "own":
            yield one.model_copy(
                update={"pays_on": of.metric, "only": {}, "credit_factors": (), "refunds": "at-refund-date"}
            )
