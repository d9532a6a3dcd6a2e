"""One payee, one plan, one run: facts in, earned and payable out. Pure; what it does is told in `docs.md`.

Each run pays, per component, what the window has earned to date, less what the window has already posted.
"""

from __future__ import annotations

from decimal import Decimal

from salescli.core.commission.credit_factors import factor_steps
from salescli.core.commission.differences import credit_of, differences_of
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.payable import settle
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, Difference, Note, PayeeResult, Step
from salescli.core.commission.series import Series, added_by, build_series, taken_by
from salescli.core.commission.statement import lines_of_runs, statement_lines
from salescli.core.commission.walk import ComponentWalk
from salescli.core.money import CONTEXT, round_half_away, to_decimal
from salescli.core.money import total as total_of
from salescli.core.periods import Period
from salescli.core.title import Title

ZERO = Decimal(0)


def compute_payee(plan: Plan, inputs: PayeeInputs, upto: Period) -> PayeeResult:
    """Compute one run of one payee.

    Args:
        plan: the plan as the open run knows it; closed runs use `inputs.frozen`, or this one.
        inputs: the payee's facts, as known today.
        upto: the run (a month, or a quarter where the plan pays quarterly).

    Raises:
        FinerThanMicro: a credit has more than six decimals.
    """
    series = build_series(plan, inputs, upto)
    unit = plan.payout.round_to
    components = tuple(_component_result(series, inputs, name, unit) for name in series.names())
    return settle(plan, inputs, upto, series, components)


def _component_result(series: Series, inputs: PayeeInputs, name: str, unit: Decimal) -> ComponentResult:
    now = series.timeline.now
    walk = series.current.components.get(name) or next(
        one.components[name] for one in series.by_run if name in one.components
    )
    is_current = name in series.current.components
    own = series.own(name, now) if is_current else 0
    expected = {run: series.earned(name, run) for run in range(series.first_paid, now)}
    differences = differences_of(walk, inputs, name, expected, series.former(name))
    total = CONTEXT.add(own * unit, total_of(one.amount for one in differences))
    formula = walk.formula
    span = next((one for one in formula.spans if one.first <= now <= one.last), None)
    to_date = sum(walk.seen[now][span.first : now + 1]) * unit if span is not None and is_current else ZERO
    added = added_by(walk, now) if is_current else []
    taken = taken_by(walk, now) if is_current else {}
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
        notes=tuple(dict.fromkeys((*formula.notes, *_walk_notes(walk), *(walk.back.notes if walk.back else ()))))
        + _outside(walk),
        lines=statement_lines(walk, added, unit, taken),
    )


def _walk_notes(walk: ComponentWalk) -> list[Note]:
    waiting = walk.formula.parts.notes() if walk.formula.parts is not None else []
    return [*waiting, *(note for gate in walk.gates for note in gate.notes), *walk.notes]


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
    if walk.component.credit_factors:
        found += factor_steps(walk.component, walk.task.path, lines_of_runs(walk).get(now, ()))
    found += formula.parts.steps() if formula.parts is not None else []
    for gate in walk.gates:
        found += gate.steps
    for factor in walk.factors:
        found += factor.steps
    found += walk.steps
    found += walk.back.steps if walk.back is not None else []
    found.append(Step("own", own, (("exact_formula", formula.amounts[now]),), ("payout", "round_to")))
    found += [
        Step("difference", one.amount, (("period", one.period), ("cause", one.cause), ("change", one.credit_change)))
        for one in differences
    ]
    return tuple(found)
