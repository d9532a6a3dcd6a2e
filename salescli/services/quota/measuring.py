"""A metric of a period beside its targets, measured: what reports, scorecards and the morning screen ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from salescli.core.metrics.query import FetchBase
from salescli.core.periods import ONE_DAY, Period, months_in
from salescli.core.quotas.attainment import Clock, PaceBy, compute_clock
from salescli.core.quotas.result import Leaf
from salescli.core.quotas.tiers import highest_reached, in_order
from salescli.core.table import Series
from salescli.reports.quota import AttainmentRow
from salescli.services.context import Context
from salescli.services.quota.actuals import first_day_measured, last_day_measured, metric_to_measure
from salescli.services.quota.basis import Basis
from salescli.services.quota.figures import Metric, working_days
from salescli.services.quota.holders import Gathering, Holder
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.targets import fetch_targets

By = Literal["company", "team", "person"]


@dataclass(frozen=True, slots=True)
class Measuring:
    """A metric of a period beside its targets: lines by team or person, and the company's own.

    `leaves` are the targets of the level measured, `every` those of all levels.
    """

    metric: Metric
    basis: Basis
    directory: Directory
    leaves: tuple[Leaf, ...]
    counted: Period
    level: str = "base"
    every: tuple[Leaf, ...] = ()

    @property
    def clock(self) -> Clock:
        """Where the period stands."""
        return self.basis.clock

    @property
    def levels(self) -> list[str]:
        """The levels that have targets, from the lowest."""
        return in_order(leaf.level for leaf in self.every)

    @property
    def trend(self) -> Period:
        """The months that a trend shows: the period's, or of a single one those of its fiscal year so far."""
        period = self.clock.period
        if len(self.basis.months) > 1:
            return self.counted
        start = min(self.basis.context.calendar.window("year", period.start).start, period.start)
        return Period(start, max(self.counted.end, start))

    def rows(self, by: By) -> list[AttainmentRow]:
        """Return everybody with a target or a figure."""
        gathering = Gathering(self.basis, self.directory, self.leaves)
        holders: list[Holder] = []
        if by != "company":
            holders = gathering.teams() if by == "team" else gathering.people()
        return [self._row(one) for one in holders]

    def total(self) -> AttainmentRow:
        """Return the company's own figure against its own target."""
        return self._row(Gathering(self.basis, self.directory, self.leaves).company())

    def lines(self, by: By, over: Period | None = None) -> tuple[list[AttainmentRow], AttainmentRow]:
        """Return the lines of a report, and the company's: teams in their tree, leaders, other levels, trends.

        The trend is that of the months of `over`, else of `trend`.
        """
        trend = over or self.trend
        gathering = Gathering(self.basis, self.directory, self.every, trend)
        holders = [] if by == "company" else _holders(gathering, by)
        return [self._full_row(one, trend) for one in holders], self._full_row(gathering.company(), trend)

    def by_month(self, by: By) -> tuple[list[AttainmentRow], AttainmentRow]:
        """Return a line for each month of each holder, and the company's whole."""
        gathering = Gathering(self.basis, self.directory, self.every, self.trend)
        company = gathering.company()
        holders = [company] if by == "company" else _holders(gathering, by)
        return [row for one in holders for row in self._month_rows(one, gathering)], self._full_row(company, self.trend)

    def _month_rows(self, one: Holder, gathering: Gathering) -> list[AttainmentRow]:
        is_alone = len(self.basis.months) == 1
        found = []
        for month in self.basis.months:
            leaves = tuple(leaf for leaf in one.leaves if leaf.month == month.label)
            actual = one.actual if is_alone else one.months.get(month.label, gathering.nothing)
            if leaves or actual:
                part = replace(one, leaves=leaves, actual=actual)
                found.append(replace(self._row(part, self.basis.of_month(month)), month=month.label))
        return found

    def _full_row(self, one: Holder, over: Period) -> AttainmentRow:
        through = over.end - ONE_DAY
        is_drawn = bool(self.counted.days) or over != self.trend
        months = [month for month in months_in(over) if month.start <= through] if is_drawn else []
        nothing = 0 if self.metric.is_additive else None
        first = self.basis.first
        trend: Series = tuple(
            one.months.get(month.label, None if first is None or month.end <= first else nothing) for month in months
        )
        return replace(self._row(one), trend=trend if len(trend) > 1 else ())

    def _row(self, one: Holder, basis: Basis | None = None) -> AttainmentRow:
        """Measure a holder at the level asked, and at every other that there is."""
        basis = basis or self.basis
        levels = dict.fromkeys([self.level, *in_order(leaf.level for leaf in one.leaves)])
        standings = {level: basis.standing(one.actual, one.of_level(level), one.months) for level in levels}
        base = standings[self.level]
        return AttainmentRow(
            one.key,
            one.name,
            one.team,
            base,
            one.team_key,
            depth=one.depth,
            own=one.own,
            is_summed=one.is_summed,
            measured_on=one.measured_on,
            levels=standings,
            reached=highest_reached(standings) or "",
        )


def _holders(gathering: Gathering, by: By) -> list[Holder]:
    return gathering.tree() if by == "team" else gathering.people(with_leaders=True)


def open_measuring(
    context: Context,
    period: Period,
    metric: str,
    level: str = "base",
    pace_by: PaceBy = "working-day",
    currency: str = "",
    fetch: FetchBase | None = None,
) -> Measuring:
    """Gather what a metric of a period is measured with; a metric without targets is measured against none.

    `fetch` converts figures into `currency`; targets are those that are in it.
    """
    directory = open_directory(context)
    leaves, currencies = fetch_targets(context, directory, period, currency)
    every = tuple(leaf for leaf in leaves if leaf.metric == metric)
    mine = tuple(leaf for leaf in every if leaf.level == level)
    found = metric_to_measure(context, metric, currency or currencies.get(metric, ""))
    found = replace(found, fetch=fetch) if found.is_money else found
    works = working_days(context)
    first, through = first_day_measured(context, found), last_day_measured(context, found, period)
    clock = compute_clock(period, through, works, first)
    basis = Basis(context, found, clock, pace_by, works, tuple(months_in(period)), first)
    return Measuring(found, basis, directory, mine, basis.counted, level, every)
