"""Attainment: figures of a metric against the targets in force, by company, team or person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from salescli.core.metrics.query import FetchBase
from salescli.core.periods import Period, months_in
from salescli.core.quotas.attainment import (
    Attainment,
    Clock,
    MonthTarget,
    PaceBy,
    compute_attainment,
    compute_clock,
    prorate,
)
from salescli.core.quotas.result import Holder, Leaf
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.reports.quota import COMPANY, AttainmentRow, build_attainment_report
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, fetch_figures, find_metric, last_day_of_data, total_of, working_days
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.targets import fetch_targets

By = Literal["company", "team", "person"]
NOBODY = Title("(无)", "(none)")
_BASIS: dict[By, Title] = {
    "company": Title("口径:公司目标", "measured on the company target"),
    "team": Title(
        "口径:团队按团队目标(不含个人上浮),合计按公司目标", "teams on the team target, the total on the company's"
    ),
    "person": Title(
        "口径:个人按上浮后的个人目标,合计按公司目标", "people on their street quota, the total on the company's"
    ),
}
_BY: dict[By, Title] = {"company": COMPANY, "team": Title("团队", "Team"), "person": Title("人员", "Person")}


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every line is measured with."""

    context: Context
    metric: Metric
    clock: Clock
    pace_by: PaceBy
    works: Callable[[date], bool]
    months: tuple[Period, ...]

    def standing(self, actual: Decimal, leaves: Sequence[Leaf]) -> Attainment:
        """Measure a figure against the sum of its months, of which a part counts by its working days."""
        by_label = {leaf.month: leaf.amount for leaf in leaves}
        whole = [MonthTarget(m.start, m.end, by_label[m.label]) for m in self.months if m.label in by_label]
        months = prorate(whole, self.clock.period, self.works)
        target = total_of(month.amount for month in months) if months else None
        return compute_attainment(actual, target, self.clock, self.pace_by, months, self.works)


@dataclass(frozen=True, slots=True)
class Measuring:
    """A metric of a period beside its targets: lines by team or person, and the company's own."""

    metric: Metric
    basis: _Basis
    directory: Directory
    leaves: tuple[Leaf, ...]
    counted: Period

    @property
    def clock(self) -> Clock:
        """Where the period stands."""
        return self.basis.clock

    def rows(self, by: By) -> list[AttainmentRow]:
        """Return everybody with a target or a figure."""
        return [] if by == "company" else _rows(self.basis, self.directory, self.leaves, by, self.counted)

    def total(self) -> AttainmentRow:
        """Return the company's own figure against its own target."""
        whole = total_of(fetch_figures(self.basis.context, self.metric, (), self.counted).values())
        company = [leaf for leaf in self.leaves if leaf.holder == "company"]
        return AttainmentRow("", COMPANY.text(self.basis.context.language), "", self.basis.standing(whole, company))


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
    mine = tuple(leaf for leaf in leaves if leaf.metric == metric and leaf.level == level)
    found = find_metric(context, metric, currency or currencies.get(metric, ""))
    found = replace(found, fetch=fetch) if found.is_money else found
    works = working_days(context)
    through = last_day_of_data(context, found, period)
    clock = compute_clock(period, through, works)
    basis = _Basis(context, found, clock, pace_by, works, tuple(months_in(period)))
    counted = Period(period.start, min(period.end, max(_after(through), period.start)), str(period))
    return Measuring(found, basis, directory, mine, counted)


def metric_with_targets(context: Context, period: Period, metric: str = "", currency: str = "") -> str:
    """Return the metric asked for, else the only one that has targets in a period.

    Raises:
        Refused: there is no target in the period.
        UsageError: there are targets of several metrics and none was named.
    """
    return _metric_of(fetch_targets(context, open_directory(context), period, currency)[0], metric, period)


def show_attainment(
    context: Context,
    period: Period,
    by: By = "team",
    metric: str = "",
    level: str = "base",
    pace_by: PaceBy = "working-day",
    currency: str = "",
) -> Report:
    """Show attainment of a period: one line per team or person, and the company's own.

    Targets in several currencies are measured one currency at a time: the one asked for, else the base currency.

    Raises:
        Refused: there is no target in the period.
        UsageError: there are targets of several metrics and none was named.
    """
    name = metric_with_targets(context, period, metric, currency)
    measuring = open_measuring(context, period, name, level, pace_by, currency)
    title = context.catalogue.get(measuring.metric.name).title
    currency = measuring.metric.currency
    return build_attainment_report(measuring.rows(by), measuring.total(), title, currency, _BASIS[by], _BY[by])


def _after(day: date | None) -> date:
    return date.fromordinal(day.toordinal() + 1) if day else date.min


def _metric_of(leaves: Sequence[Leaf], metric: str, period: Period) -> str:
    metrics = sorted({leaf.metric for leaf in leaves})
    if not metrics:
        raise Refused(problem("no-targets", period=str(period)))
    if metric:
        if metric not in metrics:
            raise UsageError(problem("no-targets-of-metric", metric=metric, metrics=tuple(metrics)))
        return metric
    if len(metrics) > 1:
        raise UsageError(problem("several-metrics", metrics=tuple(metrics)))
    return metrics[0]


def _rows(basis: _Basis, directory: Directory, leaves: Sequence[Leaf], by: By, counted: Period) -> list[AttainmentRow]:
    """Everybody with a target or a figure; whoever has a figure and no target is listed last, without a ratio."""
    holder: Holder = "team" if by == "team" else "person"
    figures = _figures(basis, directory, by, counted)
    targets: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        if leaf.holder == holder:
            targets.setdefault(leaf.team if by == "team" else leaf.holder_key, []).append(leaf)
    names = directory.team_names() if by == "team" else directory.member_names()
    rows = [
        AttainmentRow(
            key,
            names.get(key, key),
            "" if by == "team" else _team_of(directory, mine),
            basis.standing(figures.get(key, Decimal(0)), _joined(mine)),
            "" if by == "team" else _last_team(mine),
        )
        for key, mine in sorted(targets.items())
    ]
    for key in sorted(figures.keys() - targets.keys()):
        name = names.get(key, key) or NOBODY.text(basis.context.language)
        rows.append(AttainmentRow(key, name, "", basis.standing(figures[key], ())))
    return rows


def _joined(leaves: Sequence[Leaf]) -> list[Leaf]:
    """A mover has a month in two teams: the person's target is their sum."""
    by_month: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        by_month.setdefault(leaf.month, []).append(leaf)
    return [
        Leaf(
            each[0].metric,
            each[0].level,
            each[0].holder,
            "",
            each[0].holder_key,
            month,
            total_of(leaf.amount for leaf in each),
        )
        for month, each in by_month.items()
    ]


def _team_of(directory: Directory, leaves: Sequence[Leaf]) -> str:
    """The team of a person's last month; two people may share a name."""
    key = _last_team(leaves)
    return directory.team_names().get(key, key)


def _last_team(leaves: Sequence[Leaf]) -> str:
    return max(leaves, key=lambda leaf: leaf.month).team


def _figures(basis: _Basis, directory: Directory, by: By, period: Period) -> dict[str, Decimal]:
    """Figures by key; "" is what reaches nobody."""
    found: dict[str, Decimal] = {}
    groups: dict[tuple[Any, ...], Decimal] = fetch_figures(basis.context, basis.metric, (by,), period)
    for (entity,), value in groups.items():
        known = directory.teams if by == "team" else directory.people
        key = "" if entity not in known else (directory.team_key if by == "team" else directory.person_key)(entity)
        if value or key:
            found[key] = total_of((found.get(key, Decimal(0)), value))
    return found
