"""Who shares a manager's pot in one window, and how each share is weighed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from salescli.core.commission.away import Days, is_away
from salescli.core.commission.groups.pots import Member, Roster, SheetRow
from salescli.core.commission.inputs import Grade, PayeeInputs, Posted, Term
from salescli.core.commission.result import Part
from salescli.core.commission.terms import term_on
from salescli.core.money import from_e4, total
from salescli.core.periods import Period
from salescli.errors import UsageError
from salescli.services.commission.groups.sheet import GroupWork
from salescli.services.context import Context
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.commission.components.pool import PoolComponent
    from salescli.core.commission.timeline import Span

PERFORMANCE_BASE = "performance-base"


@dataclass(frozen=True, slots=True)
class WrittenShare:
    """A row of a manager's sheet, as it is stored."""

    pool: str
    period: Period | None
    manager: int
    person: int
    amount: Decimal | None
    share: Decimal | None


@dataclass
class Rosters:
    """The members of all pots of one plan."""

    work: GroupWork
    terms: dict[int, tuple[Term, ...]] = field(default_factory=dict)
    grades: dict[int, tuple[Grade, ...]] = field(default_factory=dict)
    written: list[WrittenShare] = field(default_factory=list)
    posted: Callable[[int], Sequence[Posted]] = lambda _: ()  # what closed runs posted to a person under the plan

    def of(self, manager: int, inputs: PayeeInputs, name: str, component: PoolComponent, span: Span) -> Roster:
        """Return who shares the pot of a manager's window."""
        window = inputs.calendar.window(component.grain, span.start)
        days = self.days(manager, component, span.start, span.end, inputs.away)
        credited = _credited(inputs, name, span)
        members = tuple(
            self._member(person, count, component, span, window, credited.get(str(person), Decimal(0)))
            for person, count in days.items()
        )
        shared = total(credited.get(str(person), Decimal(0)) for person in days)
        others = total((*credited.values(), -shared))
        sheet = self._sheet(manager, name, component, window) if component.members_by == "manager-sheet" else None
        was_paid = sheet is not None and self._was_paid(manager, name, component, span, window)
        return Roster(tuple(sorted(members, key=lambda one: one.person)), sheet, was_paid, others)

    def days(
        self, manager: int, component: PoolComponent, start: date, end: date, away: Sequence[Days] = ()
    ) -> dict[int, int]:
        """Return the members with their days in the seat inside `[start, end)`: those of the last day, or of any.

        Days that the manager is away from the plan are nobody's.
        """
        assert component.team is not None
        is_last = component.members.on == "last-day"
        start = end - timedelta(days=1) if is_last else start
        found: dict[int, int] = {}
        cuts = sorted({start, *self._cuts(start, end), *(day for gap in away for day in gap if start < day < end), end})
        people = {seat.person for seat in self.work.seats if seat.role in component.members.roles}
        everyone = component.team.depth == "everyone-below"
        for first, after in pairwise(cuts):
            for person in people if not is_away(away, first) else ():
                seat = self.work.hierarchy.seat(person, first)
                if seat is None or seat.role not in component.members.roles or person == manager:
                    continue
                if manager in self.work.hierarchy.above(person, first, everyone=everyone):
                    found[person] = found.get(person, 0) + (after - first).days
        return found

    def _cuts(self, start: date, end: date) -> list[date]:
        days = {day for seat in self.work.seats for day in (seat.start, seat.end)}
        return sorted(day for day in days if start < day < end)

    def _member(
        self, person: int, days: int, component: PoolComponent, span: Span, window: Period, credited: Decimal
    ) -> Member:
        key, name = self.work.directory[person]
        values: list[tuple[str, Part]] = []
        weight, lacks = Fraction(1), ""
        if component.members_by == "contribution":
            values.append(("contribution", credited))
            weight = max(Fraction(credited), Fraction(0))
        elif component.members_by == "salary-times-grade":
            weight, lacks = self._salary(person, component, span, window, values)
        if component.members.on == "days-in-seat" and component.members_by in ("equal", "salary-times-grade"):
            values.append(("days", days))
            weight *= days
        return Member(key, name, weight, tuple(values), lacks)

    def _salary(
        self, person: int, component: PoolComponent, span: Span, window: Period, values: list[tuple[str, Part]]
    ) -> tuple[Fraction, str]:
        day = span.end - timedelta(days=1)
        term = term_on(self.terms.get(person, ()), PERFORMANCE_BASE, day)
        graded = component.members_grade
        assert graded is not None
        grades = [
            one
            for one in self.grades.get(person, ())
            if one.scorecard == graded.grade_from and one.period == window.start and one.value
        ]
        grade = max(grades, key=lambda one: one.known_in).value if grades else ""
        factor = graded.factor(grade)
        values += [("grade", grade), ("factor", factor)]
        if term is None:
            return Fraction(0), PERFORMANCE_BASE
        salary = term.value
        values.insert(0, ("salary", salary))
        return Fraction(salary) * Fraction(factor), ""

    def _was_paid(self, manager: int, name: str, component: PoolComponent, span: Span, window: Period) -> bool:
        """Tell whether closed runs came to the sheet's amounts, for all in it, with what other sheets give them."""
        rows = self._rows(manager, name, component, window)
        due = self._written_to({one.person for one in rows}, name, component, window)
        origin = span.runs[span.last].start
        posted = {
            one.person: [each for each in self.posted(one.person) if (each.component, each.period) == (name, origin)]
            for one in rows
        }
        runs = sorted({each.run for mine in posted.values() for each in mine})
        return any(
            all(total(each.earned for each in mine if each.run <= run) == due[one] for one, mine in posted.items())
            for run in runs
        )

    def _written_to(
        self, people: Collection[int], name: str, component: PoolComponent, window: Period
    ) -> dict[int, Decimal | None]:
        """Return what all managers' sheets give each of some people; None where one of them gives a share."""
        managers = {one.manager for one in self.written}
        rows = [one for manager in managers for one in self._rows(manager, name, component, window)]
        found: dict[int, Decimal | None] = {}
        for person in people:
            amounts = [one.amount for one in rows if one.person == person]
            found[person] = total(one for one in amounts if one is not None) if None not in amounts else None
        return found

    def _sheet(self, manager: int, name: str, component: PoolComponent, window: Period) -> tuple[SheetRow, ...] | None:
        rows = [
            SheetRow(*self.work.directory.get(one.person, (str(one.person), "")), one.amount, one.share)
            for one in self._rows(manager, name, component, window)
        ]
        return tuple(sorted(rows, key=lambda one: one.person)) or None

    def _rows(self, manager: int, name: str, component: PoolComponent, window: Period) -> list[WrittenShare]:
        called = {name, *((component.title.zh, component.title.en) if component.title is not None else ())}
        return [
            one
            for one in self.written
            if one.manager == manager
            and one.pool in called
            and one.period is not None
            and (one.period.start, one.period.end) == (window.start, window.end)
        ]


def _credited(inputs: PayeeInputs, name: str, span: Span) -> dict[str, Decimal]:
    """Return what of the team's credit each person brought into a window."""
    found: dict[str, list[Decimal]] = {}
    for line in inputs.lines:
        if line.component == name and span.start <= line.date < span.end and not is_away(inputs.away, line.date):
            found.setdefault(line.via, []).append(line.pay_credit)
    return {via: total(amounts) for via, amounts in found.items()}


def fetch_written(context: Context) -> list[WrittenShare]:
    """Return every row of the managers' sheets."""
    kind = context.store.registry["pool-share"]
    return [_written(context, kind, image) for image in fetch_images(context.store, kind).values()]


def _written(context: Context, kind: Any, image: Any) -> WrittenShare:
    try:
        period = context.parse_period(image["period"])
    except UsageError:
        period = None
    share = None if image["share"] is None else kind["share"].kind.to_python(image["share"])
    amount = None if image["amount"] is None else from_e4(image["amount"])
    return WrittenShare(image["pool"], period, image["manager"], image["person"], amount, share)


def pool_components(components: dict[str, Any]) -> Iterator[tuple[str, PoolComponent]]:
    """Yield the pools of a plan."""
    for name, component in components.items():
        if component.type == "pool":
            yield name, component


def needs_of_pools(pools: Sequence[PoolComponent]) -> tuple[bool, bool, frozenset[str]]:
    """Tell whether pools are shared by sheets or by salaries, and which scorecards they read."""
    sheets = any(one.members_by == "manager-sheet" for one in pools)
    salaries = any(one.members_by == "salary-times-grade" for one in pools)
    return sheets, salaries, frozenset(one.members_grade.grade_from for one in pools if one.members_grade is not None)
