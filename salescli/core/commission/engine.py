"""One payee, one plan, one run: facts in, earned and payable out. Pure; what it does is told in `docs.md`.

Each run pays, per component, what the window has earned to date, less what the window has already posted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from salescli.core.commission.differences import credit_of, differences_of
from salescli.core.commission.facts import build_facts
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.payout import OPENING, HoldbackTask, days_after_leaving
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, Difference, KeptChange, Note, PayeeResult, Step
from salescli.core.commission.statement import earned_by_contract, statement_lines
from salescli.core.commission.timeline import Timeline, build_timeline
from salescli.core.commission.walk import ComponentWalk, PlanWalk, plan_notes, walk_plan
from salescli.core.money import CONTEXT, round_half_away, to_decimal
from salescli.core.periods import FOREVER, Period
from salescli.core.title import Title

ZERO = Decimal(0)


@dataclass(slots=True)
class Series:
    """The recomputation of all runs: the open run's plan, and for each earlier run its own plan."""

    timeline: Timeline
    current: PlanWalk
    by_run: list[PlanWalk]
    first_paid: int

    @property
    def is_one_plan(self) -> bool:
        """Whether every run was computed by the same plan."""
        return all(walk is self.current for walk in self.by_run)

    def own(self, component: str, run: int) -> int:
        """Return what a run earns in a component by today's facts, in rounding units."""
        walk = self.by_run[run].components.get(component)
        return 0 if walk is None else walk.own(run)

    def names(self) -> list[str]:
        """Return the components of the open run's plan, then those that only earlier plans had."""
        found = dict.fromkeys(self.current.components)
        for walk in self.by_run:
            found.update(dict.fromkeys(walk.components))
        return list(found)


def compute_payee(plan: Plan, inputs: PayeeInputs, upto: Period) -> PayeeResult:
    """Compute one run of one payee.

    Args:
        plan: the plan as the open run knows it; closed runs use `inputs.frozen`, or this one.
        inputs: the payee's facts, as known today.
        upto: the run (a month, or a quarter where the plan pays quarterly).

    Raises:
        FinerThanMicro: a credit has more than six decimals.
    """
    series = _series(plan, inputs, upto)
    unit = plan.payout.round_to
    components = tuple(_component_result(series, inputs, name, unit) for name in series.names())
    kept, kept_notes = _holdback(plan, series, inputs, upto, unit)
    return _payable(plan, inputs, upto, series, components, kept, kept_notes)


def _series(plan: Plan, inputs: PayeeInputs, upto: Period) -> Series:
    start, end = max(plan.start, inputs.start), inputs.end
    if end < FOREVER:
        end += timedelta(days=days_after_leaving(plan.leavers))
    first = min([start, *(max(one.start, inputs.start) for one in inputs.frozen.values())])
    # What was posted before the person was on the plan by today's records has runs too: it is taken back in them.
    since = min([first, *(one.period for one in inputs.posted)])
    timeline = build_timeline(inputs.calendar, plan.pay, first, end, upto, since)
    facts = build_facts(inputs, timeline, plan.leavers)
    walks = {id(plan): walk_plan(plan, facts)}
    by_run = []
    for run in timeline.runs:
        own = plan if run.start >= upto.start else inputs.frozen.get(run.start, plan)
        if id(own) not in walks:
            walks[id(own)] = walk_plan(own, facts)
        by_run.append(walks[id(own)])
    return Series(timeline, walks[id(plan)], by_run, _first_paid(timeline, inputs.opening))


def _first_paid(timeline: Timeline, opening: date | None) -> int:
    """Return the number of the first run that is paid; whoever came after the opening is paid from the first run on."""
    if opening is None or opening < timeline.runs[0].start:
        return 0
    found = timeline.index(opening)
    return len(timeline.runs) - 1 if found is None else found


def _component_result(series: Series, inputs: PayeeInputs, name: str, unit: Decimal) -> ComponentResult:
    now = series.timeline.now
    walk = series.current.components.get(name) or next(
        one.components[name] for one in series.by_run if name in one.components
    )
    is_current = name in series.current.components
    own = series.own(name, now) if is_current else 0
    expected = {run: series.own(name, run) * unit for run in range(series.first_paid, now)}
    differences = differences_of(walk, inputs, name, expected)
    total = CONTEXT.add(own * unit, _sum(one.amount for one in differences))
    formula = walk.formula
    span = next((one for one in formula.spans if one.first <= now <= one.last), None)
    to_date = sum(walk.seen[now][span.first : now + 1]) * unit if span is not None and is_current else ZERO
    added = _added(walk, now) if is_current else []
    return ComponentResult(
        component=name,
        title=walk.component.title or Title(name, name),
        window_start=span.start if span is not None else series.timeline.runs[now].start,
        window_end=span.end if span is not None else series.timeline.runs[now].end,
        position_before=to_decimal(formula.before),
        position_after=to_decimal(formula.after),
        credit=to_decimal(formula.credit),
        pay_credit=credit_of(walk, now),
        formula=to_decimal(formula.amounts[now]),
        own=own * unit,
        differences=differences,
        earned=total,
        earned_to_date=to_date,
        held=round_half_away(walk.held, unit),
        kept=ZERO,
        to_next_tier=None if formula.to_next is None else to_decimal(formula.to_next),
        steps=_steps(walk, own * unit, now, differences) if is_current else (),
        notes=tuple(dict.fromkeys((*formula.notes, *_gate_notes(walk)))) + _outside(walk),
        lines=statement_lines(walk, added, unit),
    )


def _added(walk: ComponentWalk, run: int) -> list[int]:
    """Return what a run added to each origin: its own increment, and what gates and factors changed of earlier ones."""
    before = walk.seen[run - 1] if run else []
    return [amount - (before[index] if index < len(before) else 0) for index, amount in enumerate(walk.seen[run])]


def _gate_notes(walk: ComponentWalk) -> list[Note]:
    return [note for gate in walk.gates for note in gate.notes]


def _outside(walk: ComponentWalk) -> tuple[Note, ...]:
    outside = walk.task.facts.outside
    return tuple(
        Note(kind, (("amount", amount),), ("leavers",) if kind.endswith("after-leaving") else walk.task.path)
        for (component, kind), amount in sorted(outside.items())
        if component == walk.name
    )


def _steps(walk: ComponentWalk, own: Decimal, now: int, differences: tuple[Difference, ...]) -> tuple[Step, ...]:
    formula = walk.formula
    found = [*formula.steps(), Step("formula", formula.amounts[now], (), walk.task.path)]
    for gate in walk.gates:
        found += gate.steps
    for factor in walk.factors:
        found += factor.steps
    found += walk.steps
    found.append(Step("own", own, (("exact_formula", formula.amounts[now]),), ("payout", "round_to")))
    found += [
        Step("difference", one.amount, (("period", one.period), ("cause", one.cause), ("change", one.credit_change)))
        for one in differences
    ]
    return tuple(found)


def _holdback(
    plan: Plan, series: Series, inputs: PayeeInputs, upto: Period, unit: Decimal
) -> tuple[list[KeptChange], list[Note]]:
    changes: list[KeptChange] = []
    notes: list[Note] = []
    for rule, holdback in enumerate(plan.payout.holdback):
        earned = {
            (name, contract): amount
            for name in holdback.of
            if name in series.current.components
            for contract, amount in _posted_by_contract(series, name, unit).items()
        }
        task = HoldbackTask(
            rule,
            holdback,
            ("payout", "holdback", rule),
            upto.last_day,
            unit,
            inputs.contract_dates,
            _kept_before(plan, inputs, rule, upto.start),
        )
        found, found_notes = task.changes(earned)
        changes += found
        notes += found_notes
    return changes, notes


def _posted_by_contract(series: Series, name: str, unit: Decimal) -> dict[str, Decimal]:
    """Return what the paid runs have earned per contract, each run by its own plan."""
    by_origin = [0] * len(series.timeline.runs)
    for run in range(series.first_paid, len(series.timeline.runs)):
        walk = series.by_run[run].components.get(name)
        if walk is not None:
            for origin, amount in enumerate(_added(walk, run)):
                by_origin[origin] += amount
    return earned_by_contract(series.current.components[name], by_origin, unit)


def _kept_before(plan: Plan, inputs: PayeeInputs, rule: int, now: date) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    first_rule = {name: index for index, one in reversed(list(enumerate(plan.payout.holdback))) for name in one.of}
    for row in inputs.openings:
        if row.held and first_rule.get(row.component) == rule:
            found[OPENING] = found.get(OPENING, ZERO) + row.held
    for posted in inputs.posted_kept:
        if posted.rule == rule and posted.run < now:
            found[posted.contract] = found.get(posted.contract, ZERO) + posted.amount
    return found


def _payable(
    plan: Plan,
    inputs: PayeeInputs,
    upto: Period,
    series: Series,
    components: tuple[ComponentResult, ...],
    kept: list[KeptChange],
    kept_notes: list[Note],
) -> PayeeResult:
    earned = _sum(one.earned for one in components)
    kept_change = _sum(one.amount for one in kept)
    carried_in = _carried_in(inputs, upto.start)
    net = CONTEXT.subtract(CONTEXT.add(earned, carried_in), kept_change)
    nothing = CONTEXT.multiply(ZERO, plan.payout.round_to)
    limit_steps = tuple(step for limit in series.current.limits for step in limit.steps)
    by_component = {one.component: ZERO for one in components}
    for change in kept:
        by_component[change.component] = CONTEXT.add(by_component.get(change.component, ZERO), change.amount)
    notes = [*plan_notes(series.current), *kept_notes]
    if inputs.owed:
        notes.append(Note("owed-not-recovered", (("amount", inputs.owed),), ("payout",)))
    return PayeeResult(
        person=inputs.person,
        plan=plan.plan,
        run=upto.start,
        currency=plan.currency,
        components=tuple(_with_kept(one, by_component[one.component]) for one in components),
        kept=tuple(kept),
        earned=earned,
        kept_change=kept_change,
        carried_in=carried_in,
        payable=max(nothing, net),
        carried_out=min(nothing, net),
        steps=(*limit_steps, Step("payable", max(nothing, net), (("net", net),), ("payout", "below_zero"))),
        notes=tuple(notes),
    )


def _with_kept(result: ComponentResult, kept: Decimal) -> ComponentResult:
    return replace(result, kept=kept) if kept else result


def _carried_in(inputs: PayeeInputs, now: date) -> Decimal:
    """The balance that closed runs carried: what they earned, less kept, less paid, with the opening's balance."""
    earned = _sum(one.earned for one in inputs.posted if one.run < now)
    kept = _sum(one.amount for one in inputs.posted_kept if one.run < now)
    paid = _sum(one.payable for one in inputs.posted_runs if one.run < now)
    return CONTEXT.add(inputs.carried, CONTEXT.subtract(CONTEXT.subtract(earned, kept), paid))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for amount in amounts:
        total = CONTEXT.add(total, amount)
    return total
