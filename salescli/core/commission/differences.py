"""Differences of earlier periods: what a closed period should have posted by today's facts, less what it has posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from salescli.core.commission.inputs import PayeeInputs, Posted
from salescli.core.commission.result import Difference
from salescli.core.commission.walk import ComponentWalk
from salescli.core.money import CONTEXT

ZERO = Decimal(0)
_NOT_RESTATED = object()


def differences_of(
    walk: ComponentWalk,
    inputs: PayeeInputs,
    component: str,
    expected: Mapping[int, Decimal],
    unrestated: Mapping[int, Decimal],
) -> tuple[Difference, ...]:
    """Return one difference per earlier paid run whose amount has moved, with its cause.

    `expected` is what each of those runs earns by today's facts. The cause is `credits` where the credits of
    that period are not what the closed run knew, `position` where those of an earlier period moved, else
    `other-facts` (a quota, a grade, a reading); where a group decides the amounts, `group`. Of a month that
    was restated on purpose, what its former plan gives by today's facts (`unrestated`) is told apart from the rest.
    What a month posts that another calculation was accepted for is that calculation's (`calculation`).
    """
    runs = walk.task.facts.timeline.runs
    now = runs[-1].start
    by_period: dict[date, list[Posted]] = {}
    for one in inputs.posted:
        if one.component == component and one.run < now:
            by_period.setdefault(one.period, []).append(one)
    found = []
    moved_before = False
    for run, amount in expected.items():
        posted = by_period.get(runs[run].start, [])
        if not amount and not posted:
            continue
        done = ZERO
        for one in posted:
            done = CONTEXT.add(done, one.earned)
        known = [one for one in posted if one.pay_credit is not None]
        change = None
        if known:
            latest = max(known, key=lambda one: one.run).pay_credit
            change = CONTEXT.subtract(credit_of(walk, run), latest if latest is not None else ZERO)
        late = unrestated.get(run, amount)
        difference = CONTEXT.subtract(late, done)
        if difference:
            cause = "credits" if change or not posted else "position" if moved_before else "other-facts"
            cause = "group" if posted and _is_of_group(walk) else cause
            cause = "calculation" if runs[run].start in inputs.recalculated else cause
            cause = "restated" if _is_restated_whole(inputs, runs[run].start) else cause
            found.append(Difference(runs[run].start, difference, cause, change, credit_of(walk, run)))
        if late != amount:
            restated = CONTEXT.subtract(amount, late)
            found.append(Difference(runs[run].start, restated, "restated", None, credit_of(walk, run)))
        moved_before = moved_before or bool(change)
    return tuple(found)


def _is_restated_whole(inputs: PayeeInputs, run: date) -> bool:
    """Tell whether a run was restated with other credits: what its former plan gives by them cannot be told apart."""
    return inputs.restated.get(run, _NOT_RESTATED) is None


def _is_of_group(walk: ComponentWalk) -> bool:
    """Tell whether the amounts are the group's to decide: what others did moves them."""
    return bool(walk.component.group_decides) or walk.given is not None


def credit_of(walk: ComponentWalk, run: int) -> Decimal:
    """Return the pay credit (or the units, where only units are counted) of one run, as today's facts have it."""
    return walk.task.facts.credit_of(walk.name, run)
