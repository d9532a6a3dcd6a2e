"""`commission cost`: what runs earned people by team and product, beside what came in, and what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from salescli.core.commission.cost import Cost, CostLine, Group, split_amount
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import ONE_DAY, Period, months_in
from salescli.core.table import Report, Value
from salescli.errors import Refused, UsageError, problem
from salescli.reports.commission.cost import CostHead, Label, build_cost
from salescli.services.commission.accruing import Accruals, fetch_accruals
from salescli.services.commission.cost_lines import CostLines
from salescli.services.commission.payees import Hierarchy, fetch_seats, person_keys
from salescli.services.commission.places import Places
from salescli.services.commission.running import Computed
from salescli.services.commission.stored import find_run, knowing
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.metric.words import nearest_metric
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from salescli.store.runs import Run

BY = ("team", "person", "product", "line", "customer")
LABELLED = ("team", "person", "product", "customer")


@dataclass(frozen=True)
class CostAsked:
    """Which months, by what, beside which metric, and whether the definitions are told."""

    period: Period
    by: tuple[str, ...]
    metric: str
    explain: bool = False


@dataclass
class _Work:
    """What the months add up in."""

    context: Context
    asked: CostAsked
    hierarchy: Hierarchy
    lines: CostLines
    cost: Cost = field(default_factory=Cost)
    runs: list[Run] = field(default_factory=list)
    accruals: Accruals = field(default_factory=Accruals)


def show_cost(context: Context, asked: CostAsked) -> Report:
    """Return what the runs of a period cost, as a report.

    Raises:
        UsageError: it is asked by something else, or beside a metric that is not known or is no money.
        Refused: no month of the period was run.
    """
    _check(context, asked)
    months = list(months_in(asked.period))
    found = [(month, run) for month in months if (run := find_run(context, month)) is not None]
    if not found:
        raise Refused(problem("cost-no-run", period=asked.period.label))
    work = _Work(context, asked, Hierarchy(fetch_seats(context.store)), CostLines(context))
    for month, run in found:
        with knowing(context, run):
            _add_month(work, month, run, is_last=run is found[-1][1])
    missing = tuple(month.label for month in months if month.label not in {run.period for run in work.runs})
    known = known_line(context, [context.store.registry["receipt"]])
    metric = context.catalogue.get(asked.metric)
    head = CostHead(
        asked.period.label,
        asked.by,
        metric.title,
        tuple((run.period, run.id, run.state) for run in work.runs),
        missing,
        known,
        asked.explain,
    )

    return build_cost(head, work.cost, work.accruals.found, work.accruals.left_out, _labels(work), context.language)


def _labels(work: _Work) -> Label:
    """Return what people call a team, a person, a product; `team-of` somebody at the end of the last month."""
    context, last = work.context, _last_day(work)
    places = Places(context)
    numbers = person_keys(context.store, {one.person for one in work.accruals.found})
    titles = work.accruals.titles

    def label(dimension: str, value: object) -> Value:
        if dimension == "component" and isinstance(value, tuple):
            return titles[value]
        if dimension == "number" and isinstance(value, int):
            return numbers.get(value, "")
        if dimension == "team-of" and isinstance(value, int):
            seat = work.hierarchy.seat(value, last)
            return places.label("team", seat.team) if seat is not None else ""
        if isinstance(value, int) and dimension in LABELLED:
            return places.label(dimension, value)
        return "" if value is None else str(value)

    return label


def _last_day(work: _Work) -> date:
    """Return the last day of the last month that was run."""
    return work.context.parse_period(work.runs[-1].period).last_day


def _check(context: Context, asked: CostAsked) -> None:
    if wrong := [one for one in asked.by if one not in BY]:
        raise UsageError(*(problem("cost-by", text=one, choices=BY) for one in wrong))
    if asked.metric not in context.catalogue:
        raise UsageError(
            problem("unknown-metric", text=asked.metric, nearest=nearest_metric(context.catalogue, asked.metric))
        )
    if context.catalogue.unit(asked.metric) != "money" or not context.catalogue.is_additive(asked.metric):
        raise UsageError(problem("cost-not-money", metric=asked.metric))


def _add_month(work: _Work, month: Period, run: Run, *, is_last: bool) -> None:
    """Add what a run earned, line by line, what came in, and (of the last month) what is signed and open."""
    context = work.context
    done, found = work.lines.open(run)
    work.runs.append(run)
    known = _Known(work)
    for one, lines in found:
        for line in lines:
            known.add(one, line)
    _receive(work, month)
    if is_last:
        work.accruals = fetch_accruals(context, done.computed, month, work.hierarchy)


class _Known:
    """What a month's transactions are of: the product, the line, the customer."""

    def __init__(self, work: _Work) -> None:
        self._work = work
        self._of_record = [one for one in work.asked.by if one not in ("team", "person")]
        self._found: dict[str, dict[tuple[str, str], dict[Group, int]]] = {}

    def add(self, one: Computed, line: CostLine) -> None:
        """Add a line to the groups of its transaction, in proportion where it is of several."""
        component = one.plan.require().components.get(line.component[1]) if line.key else None
        groups: dict[Group, int] = {}
        if component is not None and self._of_record:
            groups = self._of(component.pays_on).get((line.key, line.contract), {})
        if not groups or not any(groups.values()):
            groups = {(None,) * len(self._of_record): 1}
        parts = split_amount(line.amount, [abs(weight) for weight in groups.values()])
        for group, amount in zip(groups, parts, strict=True):
            if amount:
                self._work.cost.pay(line.currency, self._whole(line, group), amount)

    def _whole(self, line: CostLine, group: Group) -> Group:
        of_record = dict(zip(self._of_record, group, strict=True))
        return tuple(
            self._of_person(name, line) if name not in of_record else of_record[name] for name in self._work.asked.by
        )

    def _of_person(self, name: str, line: CostLine) -> object:
        if name == "person":
            return line.person
        seat = self._work.hierarchy.seat(line.person, line.day)
        return seat.team if seat is not None else None

    def _of(self, metric: str) -> dict[tuple[str, str], dict[Group, int]]:
        """Return what the records of a metric are of, by key and contract."""
        if metric not in self._found:
            self._found[metric] = _records_of(self._work.context, metric, self._of_record)
        return self._found[metric]


def _records_of(context: Context, metric: str, names: Sequence[str]) -> dict[tuple[str, str], dict[Group, int]]:
    found: dict[tuple[str, str], dict[Group, int]] = {}
    places = Places(context)
    for base, _ in context.catalogue.base_parts(metric):
        paths = context.store.registry[base.of].paths
        query = Query(base.name, (), Period(date(1900, 1, 1), context.on + ONE_DAY))
        also = [paths.get(name, ()) for name in names]
        for row in fetch_lines(context.store, base, query, context.on.isoformat(), (), also):
            mark = (places.key(row.entity), places.label("contract", row.contract))
            groups = found.setdefault(mark, {})
            groups[row.also] = groups.get(row.also, 0) + abs(row.credit)
    return found


def _receive(work: _Work, month: Period) -> None:
    """Add what came in, as the run of the month knew it."""
    context = work.context
    for base, sign in context.catalogue.base_parts(work.asked.metric):
        query = Query(base.name, work.asked.by, month)
        for row in fetch_measured(context.store, base, query, context.calendar, context.on.isoformat()):
            group = tuple(one if one != "" else None for one in row.group)
            work.cost.receive(row.currency or context.currency, group, from_e4(sign * row.value))
