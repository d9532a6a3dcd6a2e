"""What is kept of pay and given out later, per contract: each run's pay by the rule of the plan it was closed with.

A rule that is edited after closing holds for what is earned from then on; what closed months kept stays kept, by the
share and until the date that their plan said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from salescli.core.commission.inputs import CreditLine, HeldFor, PayeeInputs
from salescli.core.commission.payout import OPENING, HeldPart, HoldbackTask
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import KeptChange, Note
from salescli.core.commission.series import Series, added_by, taken_by
from salescli.core.commission.statement import earned_by_contract
from salescli.core.commission.values import in_force
from salescli.core.commission.walk import PlanWalk
from salescli.core.money import CONTEXT
from salescli.core.periods import Period

ZERO = Decimal(0)


def hold_back(series: Series, inputs: PayeeInputs, upto: Period) -> tuple[list[KeptChange], list[Note]]:
    """Return what this run keeps or releases, rule by rule, and what is to be known of it."""
    changes: list[KeptChange] = []
    notes: list[Note] = []
    for rule, parts in _rules(series, inputs, series.timeline.now):
        before = _kept_before(series, inputs, rule, upto.start)
        found, found_notes = _task(series, rule, inputs, upto.last_day, before).changes(parts)
        changes += found
        notes += found_notes
    return changes, notes


def kept_at(series: Series, inputs: PayeeInputs, run: int) -> Decimal:
    """Return all that is kept at the end of a run, by today's facts."""
    day = series.timeline.runs[run].last_day
    found = ZERO
    for rule, parts in _rules(series, inputs, run):
        changes, _ = _task(series, rule, inputs, day, _opened(series, inputs, rule)).changes(parts)
        for change in changes:
            found = CONTEXT.add(found, change.kept_to_date)
    return found


def _rules(series: Series, inputs: PayeeInputs, upto: int) -> Iterator[tuple[int, list[HeldPart]]]:
    """Yield each rule with what was earned under it, the plans of earlier runs first."""
    spells = series.spells(upto)
    for rule in range(max((len(walk.plan.payout.holdback) for walk, _ in spells), default=0)):
        of_rule = [(walk, runs) for walk, runs in spells if rule < len(walk.plan.payout.holdback)]
        day = series.timeline.runs[upto].last_day
        yield (
            rule,
            [
                _part(rule, share, walk, inside, inputs, day)
                for walk, runs in of_rule
                for share, inside in _stretches(walk, rule, runs)
            ],
        )


def _stretches(walk: PlanWalk, rule: int, runs: Sequence[int]) -> Iterator[tuple[Decimal, list[int]]]:
    """Yield the shares that a rule keeps, each with the runs in which it was in force."""
    keep, timeline = walk.plan.payout.holdback[rule].keep, walk.facts.timeline
    for share, inside in groupby(runs, lambda run: in_force(keep, timeline.runs[run].last_day)):
        yield share, list(inside)


def _part(rule: int, share: Decimal, walk: PlanWalk, runs: Sequence[int], inputs: PayeeInputs, day: date) -> HeldPart:
    plan = walk.plan
    holdback = plan.payout.holdback[rule]
    earned = {
        (name, contract): amount
        for name in holdback.of
        if name in walk.components
        for contract, amount in _by_contract(walk, name, runs).items()
    }
    held_money = plan.leavers.held_money if plan.leavers is not None else "on-its-date"
    has_left = inputs.end <= day + timedelta(days=1)
    return HeldPart(holdback, share, earned, plan.payout.round_to, held_money if has_left else "on-its-date")


def _by_contract(plan: PlanWalk, name: str, runs: Sequence[int]) -> dict[str, Decimal]:
    """Return what some runs have earned per contract."""
    walk = plan.components[name]
    by_origin = [0] * len(plan.facts.timeline.runs)
    taken: dict[CreditLine, int] = {}
    for run in runs:
        for origin, amount in enumerate(added_by(walk, run)):
            by_origin[origin] += amount
        for line, amount in taken_by(walk, run).items():
            taken[line] = taken.get(line, 0) + amount
    return earned_by_contract(walk, by_origin, plan.plan.payout.round_to, taken)


def _task(series: Series, rule: int, inputs: PayeeInputs, day: date, before: dict[str, Decimal]) -> HoldbackTask:
    path = ("payout", "holdback", rule)
    unit = min(walk.plan.payout.round_to for walk, _ in series.spells(series.timeline.now))
    opened = _opened_held(_first_plan(series), inputs, rule)
    return HoldbackTask(rule, path, day, unit, inputs.contract_dates, before, opened)


def _opened(series: Series, inputs: PayeeInputs, rule: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for one in _opened_held(_first_plan(series), inputs, rule):
        found[one.contract or OPENING] = found.get(one.contract or OPENING, ZERO) + one.amount
    return found


def _kept_before(series: Series, inputs: PayeeInputs, rule: int, now: date) -> dict[str, Decimal]:
    found = _opened(series, inputs, rule)
    for posted in inputs.posted_kept:
        if posted.rule == rule and posted.run < now:
            found[posted.contract] = found.get(posted.contract, ZERO) + posted.amount
    return found


def _first_plan(series: Series) -> Plan:
    """Return the plan of the first run that is paid: what the opening brings is held by its rules."""
    return series.by_run[series.first_paid].plan


def _opened_held(plan: Plan, inputs: PayeeInputs, rule: int) -> tuple[HeldFor, ...]:
    """Return what the opening brings under a rule: the first that keeps of its component."""
    first_rule = {name: index for index, one in reversed(list(enumerate(plan.payout.holdback))) for name in one.of}
    rows = (row for row in inputs.openings if first_rule.get(row.component) == rule)
    return tuple(one for row in rows for one in row.all_held)
