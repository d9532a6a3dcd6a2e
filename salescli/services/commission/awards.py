"""Awards: every ranking of the plans whose window ends within a period, with places, prizes and who is out, and why.

A ranking is what a run pays: the closed run of the month that ends its window, else what is known now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salescli.core.commission.groups.model import GroupFact
from salescli.core.periods import ONE_DAY, Period, month_of, windows_in
from salescli.core.table import Report
from salescli.errors import Problem
from salescli.policy.plans import PlanFile
from salescli.reports.commission.awards import Award, build_awards
from salescli.services.commission.explaining import as_known, head_of_period
from salescli.services.commission.running import Computed, compute_period, read_plans
from salescli.services.commission.stored import find_run, load_plans
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.core.commission.components.rank import RankComponent


@dataclass(frozen=True)
class Awarded:
    """The rankings, and what was found on the way."""

    report: Report
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class _Ranking:
    """One ranking in one window."""

    file: PlanFile
    name: str
    window: Period

    @property
    def component(self) -> RankComponent:
        found: RankComponent = self.file.require().components[self.name]
        return found

    @property
    def month(self) -> Period:
        """The run that gives the prizes: the last month in which both the window and the component are."""
        component = self.component
        last = min(self.window.last_day, self.file.require().through)
        return month_of(min(last, component.through) if component.through is not None else last)


def show_awards(context: Context, period: Period) -> Awarded:
    """Return the rankings of all plans whose windows end within a period; one not yet due is named with its day."""
    rankings = list(_rankings(context, read_plans(context), period))
    awards: list[Award] = []
    problems: list[Problem] = []
    for month in sorted({one.month for one in rankings}, key=lambda one: one.start):
        mine = [one for one in rankings if one.month == month]
        if month.last_day > context.on:
            awards += [_award(one, None, "") for one in mine]
            continue
        run = find_run(context, month)
        with as_known(context, run):
            plans = list(load_plans(context, run).values()) if run is not None else [one.file for one in mine]
            done = compute_period(context, month, plans=plans, upon=run)
        problems += [each for each in done.problems if each.severity == "error"]
        state = head_of_period(context, month, run)
        awards += [_award(one, _fact(one, done.computed), state.title.text(context.language)) for one in mine]
    return Awarded(build_awards(period, awards, {one.name: one.title for one in context.catalogue}), problems)


def _rankings(context: Context, files: Sequence[PlanFile], period: Period) -> Iterator[_Ranking]:
    for file in files:
        plan = file.require()
        for name, component in plan.components.items():
            if component.type != "rank":
                continue
            for window in windows_in(period, component.adds_up_over, context.calendar):
                first = max(plan.start, component.start or plan.start)
                last = min(plan.through, component.through or plan.through)
                if window.start <= last and first < window.end and period.start <= window.last_day < period.end:
                    yield _Ranking(file, name, window)


def _fact(ranking: _Ranking, computed: Sequence[Computed]) -> GroupFact | None:
    """Return the ranking that a run made; everybody who takes part has been given the same."""
    for one in computed:
        if one.plan.name == ranking.file.name and one.inputs.group is not None:
            for fact in one.inputs.group.facts:
                if fact.component == ranking.name and fact.origin == ranking.month.start:
                    return fact
    return None


def _award(ranking: _Ranking, fact: GroupFact | None, state: str) -> Award:
    plan, component = ranking.file.require(), ranking.component
    return Award(
        plan.component_title(ranking.name),
        plan.title,
        ranking.window.label,
        component.measure,
        plan.currency,
        fact.steps if fact is not None else (),
        state,
        ranking.month.last_day + ONE_DAY,
        ranking.file.place(("components", ranking.name)),
        component.reading != component.measure,
    )
