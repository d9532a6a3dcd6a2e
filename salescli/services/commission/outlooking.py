"""`commission cost YEAR --attainment …`: what the plans would pay in the year if everybody reached a share of quota.

What is known is what closed runs have posted, and apart from it what the open month would post of what is known beyond
them: by the same computation as a run, upon the closed months and with the plans that these were closed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.engine import compute_payee
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
from salescli.services.commission.payees import person_keys
from salescli.services.commission.posted_year import PostedYear, fetch_posted_year, posted_of
from salescli.services.commission.running import CommissionRun, Computed, compute_period, read_plans
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.entities import labels
from salescli.store.metric_sql import fetch_measured

MOST_SCENARIOS = 8
HIGHEST = Decimal(10)
ZERO = Decimal("0.00")


@dataclass
class _Work:
    """What the plans of one year share: the first day that is not known, and each month that was computed."""

    context: Context
    year: Period
    known: date
    shares: tuple[Decimal, ...]
    posted: PostedYear
    months: dict[date, CommissionRun] = field(default_factory=dict)
    actual: dict[str, dict[int, Decimal]] = field(default_factory=dict)

    def computed(self, day: date) -> CommissionRun:
        """Return the run of the month of a day."""
        month = month_of(day)
        if month.start not in self.months:
            self.months[month.start] = compute_period(self.context, month)
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
    posted = fetch_posted_year(context, year)
    known = max(year.start, min(max(month_of(context.on + ONE_DAY).start, posted.known), year.end))
    work = _Work(context, year, known, shares, posted)
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
    last = _runs(work, plan)[-1]
    people: dict[int, OutlookPerson] = {}
    ways: dict[GoesOn, int] = {}
    for one in work.computed(_looked_at(work, plan)).computed:
        if one.plan.name != file.name:
            continue
        entity, posted = one.payee.entity, work.posted.of(plan.plan, one.payee.entity)
        waiting = _waiting(work, one, plan)
        whole: list[Decimal] = []
        said: tuple[GoesOn, ...] = ()
        for share in work.shares:
            due = waiting
            if not one.only_shares:
                measured = _actual(work, entity, plan)
                inputs, said = extend_year(plan, one.inputs, work.year, work.known, Fraction(share), measured)
                due = posted_of(compute_payee(plan, inputs, last)) if last.end > work.known else waiting
            whole.append(CONTEXT.add(posted, due))
        for goes_on in said:
            ways[goes_on] = ways.get(goes_on, 0) + 1
        people[entity] = OutlookPerson(one.payee.key, one.payee.name, posted, waiting, tuple(whole))
    people |= _gone(work, plan, work.posted.people(plan.plan) - people.keys())
    return Outlook(plan, tuple(sorted(people.values(), key=lambda each: (each.key, each.name))), ways)


def _gone(work: _Work, plan: Plan, gone: set[int]) -> dict[int, OutlookPerson]:
    """Return the people to whom a plan has posted and no longer does."""
    store, found = work.context.store, {}
    names, keys = labels(store, store.registry["person"], gone), person_keys(store, gone)
    for entity in gone:
        posted, name = work.posted.of(plan.plan, entity), names.get(entity, "")
        found[entity] = OutlookPerson(keys.get(entity, name), name, posted, ZERO, (posted,) * len(work.shares))
    return found


def _looked_at(work: _Work, plan: Plan) -> date:
    """Return a day of the month whose run says what is known: the last known one, or the first that is not closed.

    A plan that pays for longer than a month is asked at the end of that; one that is over and has posted nothing at
    its own end.
    """
    last = max(work.known - ONE_DAY, work.posted.open or work.year.start, plan.start)
    if plan.end <= last and not work.posted.people(plan.plan):
        last = plan.end - ONE_DAY
    return work.context.calendar.window(GRAIN[plan.pay], last).last_day


def _waiting(work: _Work, one: Computed, plan: Plan) -> Decimal:
    """Return what the run would post of what is known: all of it, or of earlier months alone where it is not over."""
    run = work.context.calendar.window(GRAIN[plan.pay], one.result.run)
    if run.end <= work.known:
        return posted_of(one.result)
    result = compute_payee(plan, _cut(one.inputs, work.known), run)
    parts = [each for part in result.components for each in part.differences]
    earlier = total((ZERO, *(each.amount for each in parts if each.period in work.year)))
    return CONTEXT.add(earlier, result.balance.earlier) if result.balance is not None else earlier


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
