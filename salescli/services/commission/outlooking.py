"""`commission cost YEAR --attainment …`: what the plans would pay in the year if everybody reached a share of quota."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.diff.paid import compute_paid
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.outlook import GoesOn, extend_year
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import GRAIN
from salescli.core.metrics.query import Query
from salescli.core.money import CONTEXT, from_e4, total
from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.scalars import TextRefused, parse_rate
from salescli.core.table import Report
from salescli.errors import Refused, UsageError, problem
from salescli.policy.plans import PlanFile
from salescli.reports.commission.outlook import Outlook, OutlookHead, OutlookPerson, build_outlook
from salescli.services.commission.running import CommissionRun, compute_period, read_plans
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.metric_sql import fetch_measured

MOST_SCENARIOS = 8
HIGHEST = Decimal(10)


@dataclass
class _Work:
    """What the plans of one year share: the first day that is not known, and each month that was computed."""

    context: Context
    year: Period
    known: date
    shares: tuple[Decimal, ...]
    plans: list[PlanFile]
    months: dict[date, CommissionRun] = field(default_factory=dict)
    actual: dict[str, dict[int, Decimal]] = field(default_factory=dict)

    def computed(self, day: date) -> CommissionRun:
        """Return the run of the month of a day."""
        month = month_of(day)
        if month.start not in self.months:
            self.months[month.start] = compute_period(self.context, month, plans=self.plans)
        return self.months[month.start]


def show_outlook(context: Context, year: Period, scenarios: str, *, by_person: bool) -> Report:
    """Return what the year would cost at each attainment.

    Raises:
        UsageError: the scenarios cannot be read, or the period is no fiscal year.
        Refused: no plan is in force in the year.
    """
    shares = _shares(scenarios)
    if context.calendar.window("year", year.start) != year and year.grain != "year":
        raise UsageError(problem("outlook-not-a-year", text=year.label))
    plans = read_plans(context)
    mine = [file for file in plans if file.require().start < year.end and year.start < file.require().end]
    if not mine:
        raise Refused(problem("outlook-no-plan", year=year.label))
    known = max(year.start, min(month_of(context.on + ONE_DAY).start, year.end))
    work = _Work(context, year, known, shares, plans)
    found = [_outlook(work, file) for file in mine]
    line = known_line(context, [context.store.registry["receipt"]])
    head = OutlookHead(year.label, shares, known, known >= year.end, line)
    return build_outlook(head, found, by_person=by_person)


def _shares(text: str) -> tuple[Decimal, ...]:
    try:
        found = tuple(parse_rate(one.strip()) for one in text.replace(",", ",").split(",") if one.strip())
    except TextRefused:
        found = ()
    if not found or len(found) > MOST_SCENARIOS or not all(0 <= one <= HIGHEST for one in found):
        raise UsageError(problem("outlook-attainment", text=text))
    return found


def _outlook(work: _Work, file: PlanFile) -> Outlook:
    """Compute everybody under a plan for the whole year, at every scenario."""
    plan = file.require()
    runs = _runs(work, plan)
    first = max(plan.start, work.year.start)
    last = min(plan.end, max(work.known, first + ONE_DAY)) - ONE_DAY
    last = work.context.calendar.window(GRAIN[plan.pay], last).last_day
    done = work.computed(last)
    people: list[OutlookPerson] = []
    ways: dict[GoesOn, int] = {}
    for one in done.computed:
        if one.plan.name != file.name or one.only_shares:
            continue
        known = [run for run in runs if run.end <= work.known]
        nothing = _cut(one.inputs, work.known)
        so_far = total(compute_paid(plan, "", nothing, known).figures().values()) if known else Decimal(0)
        whole = []
        for share in work.shares:
            inputs, said = extend_year(
                plan, one.inputs, work.year, work.known, Fraction(share), _actual(work, one.payee.entity, plan)
            )
            whole.append(total(compute_paid(plan, "", inputs, runs).figures().values()))
        for goes_on in said:
            ways[goes_on] = ways.get(goes_on, 0) + 1
        people.append(OutlookPerson(one.payee.key, one.payee.name, so_far, tuple(whole)))
    return Outlook(plan, tuple(people), ways)


def _cut(inputs: PayeeInputs, known: date) -> PayeeInputs:
    """Return what is known: nothing from a day on."""
    credits = tuple(one for one in inputs.credits if one.month < known)
    return replace(inputs, credits=credits, lines=tuple(one for one in inputs.lines if one.date < known))


def _runs(work: _Work, plan: Plan) -> list[Period]:
    """Return the runs of a plan inside the year."""
    calendar, year = work.context.calendar, work.year
    run = calendar.window(GRAIN[plan.pay], max(plan.start, year.start))
    found = []
    while run.start < min(plan.end, year.end):
        found.append(run)
        run = calendar.window(GRAIN[plan.pay], run.end)
    return found


def _actual(work: _Work, person: int, plan: Plan) -> dict[str, Decimal]:
    """Return what a person has so far in each metric that the plan's quotas are of."""
    return {name: _measured(work, name).get(person, Decimal(0)) for name in _metrics(plan)}


def _metrics(plan: Plan) -> Sequence[str]:
    found: dict[str, None] = {}
    for shape in plan.components.values():
        attainment = getattr(shape, "attainment", None)
        name = attainment.attainment_of if attainment is not None else getattr(shape, "pays_on", "")
        if name and getattr(shape, "metrics", ()):
            found[name] = None
    return list(found)


def _measured(work: _Work, metric: str) -> dict[int, Decimal]:
    """Return everybody's figure of a metric in the year so far."""
    if metric not in work.actual:
        found: dict[int, Decimal] = {}
        if work.year.start < work.known:
            context, period = work.context, Period(work.year.start, work.known)
            for base, sign in context.catalogue.base_parts(metric):
                query = Query(base.name, ("person",), period)
                for row in fetch_measured(context.store, base, query, context.calendar, context.on.isoformat()):
                    if isinstance(row.group[0], int):
                        before = found.get(row.group[0], Decimal(0))
                        found[row.group[0]] = CONTEXT.add(before, from_e4(sign * row.value))
        work.actual[metric] = found
    return work.actual[metric]
