"""Who is ranked: among whom, how long in the role, still employed, and when a tied figure was reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.groups.ranks import Standing
from salescli.core.metrics.query import Query
from salescli.core.periods import Period
from salescli.services.commission.exchange import fetch_in_currency
from salescli.services.commission.exchange_stretches import open_exchanging
from salescli.services.commission.groups.sheet import GroupWork, PlanSheet
from salescli.services.commission.payees import Seat, resolve_all

if TYPE_CHECKING:
    from salescli.core.commission.components.rank import Among, RankComponent
    from salescli.core.commission.timeline import Span


@dataclass
class Standings:
    """The candidates of one plan's rankings."""

    work: GroupWork
    sheet: PlanSheet
    entities: dict[str, int] = field(default_factory=dict)
    _days: dict[tuple[str, Period], dict[int, list[tuple[date, int]]]] = field(default_factory=dict)
    _named: dict[int, tuple[set[int], set[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entities = {payee.key: payee.entity for payee, _ in self.sheet.payees.values()}

    def of(self, person: str, component: RankComponent, span: Span, figure: Fraction | None) -> Standing:
        """Tell what is known of a candidate in one window."""
        entity = self.entities[person]
        name = self.sheet.payees[entity][0].name
        last = span.end - timedelta(days=1)
        seat = self.work.hierarchy.seat(entity, last)
        if component.among is not None and not self._is_among(entity, seat, component.among):
            return Standing(name, "not-among")
        wanted = component.min_days_in_role
        if wanted is not None and self._days_in_role(entity, component, span) < wanted:
            return Standing(name, "too-few-days")
        if component.employed_on is not None and self.work.hierarchy.seat(entity, component.employed_on) is None:
            return Standing(name, "not-employed")
        reached = None
        if component.ties == "by-date" and figure is not None:
            reached = self._reached(entity, component, span)
        return Standing(name, "", reached)

    def _is_among(self, entity: int, seat: Seat | None, among: Among) -> bool:
        if id(among) not in self._named:
            store = self.work.context.store
            named = (set(resolve_all(store, "team", among.team)), set(resolve_all(store, "person", among.people)))
            self._named[id(among)] = named
        teams, people = self._named[id(among)]
        if people and entity not in people:
            return False
        if seat is None:
            return not among.role and not teams
        return (not among.role or seat.role in among.role) and (not teams or seat.team in teams)

    def _days_in_role(self, entity: int, component: RankComponent, span: Span) -> int:
        """Count the days of the window's calendar that the person sat in one of the roles."""
        among = component.among
        roles = (among.role if among is not None else ()) or self.sheet.plan.for_.role
        start = span.whole_start
        days = 0
        for seat in self.work.seats:
            if seat.person == entity and (not roles or seat.role in roles):
                days += max(0, (min(seat.end, span.end) - max(seat.start, start)).days)
        return days

    def _reached(self, entity: int, component: RankComponent, span: Span) -> date | None:
        """Return the first day on which the metric was as high as at the window's end."""
        by_person = self._by_day(component.measure, Period(span.start, span.end))
        people = {entity}
        if component.rank_by.of == "team":
            last = span.end - timedelta(days=1)
            hierarchy = self.work.hierarchy
            people |= {one for one in by_person if entity in hierarchy.above(one, last, everyone=True)}
        changes: dict[date, int] = {}
        for person in people:
            for day, value in by_person.get(person, ()):
                changes[day] = changes.get(day, 0) + value
        final, so_far = sum(changes.values()), 0
        for day in sorted(changes):
            so_far += changes[day]
            if so_far >= final:
                return day
        return None

    def _by_day(self, measure: str, period: Period) -> dict[int, list[tuple[date, int]]]:
        key = (measure, period)
        if key not in self._days:
            found: dict[int, list[tuple[date, int]]] = {}
            context, plan = self.work.context, self.sheet.plan
            exchanging = open_exchanging(context, plan)
            for metric, sign in context.catalogue.base_parts(measure):
                is_one = metric.unit == "money" and exchanging is None
                query = Query(metric.name, ("person", "day"), period, (), plan.currency if is_one else "")
                for row in fetch_in_currency(exchanging, context, metric, query, _nobody):
                    person, day = row.group
                    if isinstance(person, int) and isinstance(day, str):
                        found.setdefault(person, []).append((date.fromisoformat(day), sign * row.value))
            self._days[key] = found
        return self._days[key]


def _nobody(person: int | None, day: date) -> bool:
    """What has no rate was named where the figure itself was read."""
    return False
