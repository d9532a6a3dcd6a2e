"""From earned to payable for one run: the holdback per contract, then the balance of draw, deductions and carry.

With a draw or deductions, every paid run is taken again by today's facts, one state after another; what they come to
in all, less what was paid, is payable now. So whatever arrives late, Σ paid + balance carried is the recomputation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.adjusting import (
    AdjustmentLine,
    adjusted_in,
    adjustment_lines,
    adjustments_by_run,
    rounded,
    rounded_amounts,
    too_early,
)
from salescli.core.commission.away import back_on
from salescli.core.commission.balance import NO_DRAW, NOTHING_LEFT, AtEnd, DrawTurn, Outcome, State, Turn, take_turn
from salescli.core.commission.draw import Draw, months_on_plan
from salescli.core.commission.holding import hold_back, kept_at
from salescli.core.commission.inputs import Deduction, PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import (
    Balance,
    ComponentResult,
    Note,
    PayeeResult,
    Step,
)
from salescli.core.commission.series import Series
from salescli.core.commission.taking_over import NO_HANDING, carried_apart, handed_through, transfers_of
from salescli.core.commission.values import in_force
from salescli.core.commission.walk import PlanWalk, plan_notes
from salescli.core.money import CONTEXT, round_half_away, total
from salescli.core.periods import Period

ZERO = Decimal(0)


def settle(
    plan: Plan, inputs: PayeeInputs, upto: Period, series: Series, components: tuple[ComponentResult, ...]
) -> PayeeResult:
    """Return the payee's result: what the components earned, less what is kept, through the balance."""
    kept, kept_notes = hold_back(series, inputs, upto)
    earned = total(one.earned for one in components)
    kept_change = total(one.amount for one in kept)
    carried_in = _carried_in(inputs, upto.start)
    adjustments = adjustment_lines(series, inputs) if inputs.adjustments or inputs.posted_runs else ()
    by_hand = total(one.amount for one in adjustments)
    net = CONTEXT.subtract(total((earned, by_hand, carried_in)), kept_change)
    nothing = CONTEXT.multiply(ZERO, plan.payout.round_to)
    taken = take_all(series, inputs) if _has_balance(series) or inputs.handing != NO_HANDING else None
    balance = None if taken is None else _balance(taken, net, inputs, upto)
    is_listed = plan.payout.below_zero == "list"
    due = net if balance is None else CONTEXT.add(net, balance.adjusted)
    handed = handed_through(series, inputs, taken) if taken is not None else {}
    transfers = transfers_of(inputs, upto.start, due, handed, is_carried=not is_listed)
    due = CONTEXT.add(due, total(one.carried for one in transfers))
    below = min(nothing, due)
    listed = below if is_listed else nothing
    limit_steps = tuple(step for limit in series.current.limits for step in limit.steps)
    by_component = {one.component: ZERO for one in components}
    for change in kept:
        by_component[change.component] = CONTEXT.add(by_component.get(change.component, ZERO), change.amount)
    notes = [
        *plan_notes(series.current),
        *kept_notes,
        *_balance_notes(inputs, taken, listed),
        *_too_early(inputs, series),
        *_rounded(adjustments, inputs, series, upto),
    ]
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
        balance=balance,
        adjustments=adjustments,
        transfers=transfers,
        payable=max(nothing, due),
        carried_out=nothing if is_listed else below,
        listed=listed,
        steps=(*limit_steps, Step("payable", max(nothing, due), (("net", due),), ("payout", "below_zero"))),
        notes=tuple(notes),
    )


def _has_balance(series: Series) -> bool:
    """Whether any run has more to it than earned, kept and carried."""
    payouts = (walk.plan.payout for walk in (series.current, *series.by_run))
    return any(one.draw is not None or one.deductions is not None for one in payouts)


def take_all(series: Series, inputs: PayeeInputs) -> list[Outcome]:
    """Take the turns of all paid runs by today's facts, each by its own plan; the last is this run's."""
    state = State(inputs.owed, inputs.carried, inputs.undeducted)
    found: list[Outcome] = []
    kept_before = total(one.amount for row in inputs.openings for one in row.all_held)
    by_hand = adjustments_by_run(series, inputs)
    for run in range(series.first_paid, series.timeline.now + 1):
        walk = series.by_run[run]
        unit = walk.plan.payout.round_to
        kept = kept_at(series, inputs, run)
        earned = total((adjusted_in(by_hand, run), *(series.own(name, run) * unit for name in walk.components)))
        start = series.timeline.runs[run].start
        state = state.with_more(inputs.handing.before(start))
        outcome = take_turn(state, _turn(walk, series, inputs, run, earned, CONTEXT.subtract(kept, kept_before)))
        if inputs.handing.goes_on(start):
            outcome = replace(outcome, state=NOTHING_LEFT, handed=outcome.state)
        state, kept_before = outcome.state, kept
        found.append(outcome)
    return found


def _turn(walk: PlanWalk, series: Series, inputs: PayeeInputs, run: int, earned: Decimal, kept: Decimal) -> Turn:
    payout, period = walk.plan.payout, series.timeline.runs[run]
    until = min(walk.plan.end, inputs.end)
    ends = period.start < until <= period.end
    at_end: AtEnd = payout.draw.at_plan_end or "" if payout.draw is not None and ends else ""
    due = total(rounded(one.amount, payout.round_to) for one in _deductions_of(inputs, period))
    rate = payout.deductions.at_most if payout.deductions is not None else ZERO
    draw = NO_DRAW if payout.draw is None else _draw_turn(payout.draw, walk, series, inputs, run)
    return Turn(earned, kept, due if rate else ZERO, draw, rate, payout.below_zero, at_end, payout.round_to)


def _deductions_of(inputs: PayeeInputs, period: Period) -> list[Deduction]:
    return [one for one in inputs.deductions if period.start <= one.date < period.end]


def _draw_turn(draw: Draw, walk: PlanWalk, series: Series, inputs: PayeeInputs, run: int) -> DrawTurn:
    """What the draw says for one run: months count from the person's first on the plan."""
    plan, period = walk.plan, series.timeline.runs[run]
    start, end = max(plan.start, inputs.start), min(plan.end, inputs.end)
    day = back_on(inputs.away, max(period.start, start))
    if day >= period.end and inputs.away:  # away for all of the run: what is owed stays
        return NO_DRAW
    exact = in_force(draw.amount, day).resolve(walk.facts.terms_on(day)) or Fraction(0)
    month = months_on_plan(start, day, inputs.away)
    is_open = day < end and (draw.for_months is None or month <= draw.for_months)
    if plan.scales("draw") and not isinstance(plan.part_period, str):
        exact *= walk.facts.part_of(plan.part_period.count, period.start, period.end, plan.end)
    amount = round_half_away(exact, plan.payout.round_to)
    if draw.advance is not None:
        return DrawTurn(amount if is_open else ZERO, is_advance=is_open)
    assert draw.recover is not None
    recovers = draw.recover_from_month is not None and month >= draw.recover_from_month
    return DrawTurn(amount, is_open, recovers, draw.recover.rate, not draw.recover.is_guarantee)


def _balance(taken: list[Outcome], net: Decimal, inputs: PayeeInputs, upto: Period) -> Balance:
    """Return this run's draw and deductions, and what earlier ones should have been beside what they were."""
    now = taken[-1]
    paid = total(one.payable for one in inputs.posted_runs if one.run < upto.start)
    listed = total(one.listed for one in inputs.posted_runs if one.run < upto.start)
    in_all = CONTEXT.add(total(CONTEXT.add(one.payable, one.listed) for one in taken), now.state.carried)
    apart = carried_apart(inputs, taken, upto.start)
    due = CONTEXT.add(CONTEXT.subtract(in_all, CONTEXT.add(paid, listed)), apart)
    earlier = CONTEXT.subtract(CONTEXT.subtract(due, net), now.adjusted)
    state = now.state
    return Balance(
        now.topped_up, now.recovered, now.advanced, now.deducted, earlier, state.owed, state.waiting, now.forgiven
    )


def _balance_notes(inputs: PayeeInputs, taken: list[Outcome] | None, listed: Decimal) -> list[Note]:
    found = []
    if listed:
        found.append(Note("below-zero-listed", (("amount", listed),), ("payout", "below_zero")))
    if taken is None:
        if inputs.owed:
            found.append(Note("owed-not-recovered", (("amount", inputs.owed),), ("payout",)))
        return found
    now = taken[-1]
    if now.forgiven:
        found.append(Note("draw-forgiven", (("amount", now.forgiven),), ("payout", "draw", "at_plan_end")))
    if now.state.waiting:
        found.append(Note("deductions-waiting", (("amount", now.state.waiting),), ("payout", "deductions")))
    return found


def _too_early(inputs: PayeeInputs, series: Series) -> list[Note]:
    """What is dated before the first run that is paid belongs to no run: it is listed, not taken."""
    by_hand = [(one.key, one.amount) for one in too_early(series, inputs)]
    found = [
        Note("adjustment-before-first-run", (("key", key), ("amount", amount)), ("payout",)) for key, amount in by_hand
    ]
    if series.current.plan.payout.deductions is None:
        return found
    first = series.timeline.runs[series.first_paid].start
    amount = total(one.amount for one in inputs.deductions if one.date < first)
    path = ("payout", "deductions")
    return [*found, *([Note("deductions-before-first-run", (("amount", amount),), path)] if amount else [])]


def _rounded(adjustments: tuple[AdjustmentLine, ...], inputs: PayeeInputs, series: Series, upto: Period) -> list[Note]:
    """Say which amounts that somebody wrote are taken rounded, as all pay is."""
    payout, path = series.current.plan.payout, ("payout", "round_to")
    found = []
    for key, said, taken in rounded_amounts(adjustments, inputs) if adjustments else ():
        found.append(Note("adjustment-rounded", (("key", key), ("amount", said), ("taken", taken)), path))
    for one in _deductions_of(inputs, upto) if payout.deductions is not None else ():
        taken = rounded(one.amount, payout.round_to)
        if taken != one.amount:
            parts = (("key", one.key or str(one.date)), ("amount", one.amount), ("taken", taken))
            found.append(Note("deduction-rounded", parts, path))
    return found


def _with_kept(result: ComponentResult, kept: Decimal) -> ComponentResult:
    return replace(result, kept=kept) if kept else result


def _carried_in(inputs: PayeeInputs, now: date) -> Decimal:
    """The balance that closed runs carried: what they earned, less kept, less paid, with the opening's balance."""
    posted = total(one.earned for one in inputs.posted if one.run < now)
    kept = total(one.amount for one in inputs.posted_kept if one.run < now)
    runs = [one for one in inputs.posted_runs if one.run < now]
    earned = total((posted, *(line.amount for one in runs for line in one.adjustments)))
    gone = total(CONTEXT.subtract(CONTEXT.add(one.payable, one.listed), one.adjusted) for one in runs)
    moved = total(each.carried for one in runs for each in one.transfers)
    return total((inputs.carried, moved, CONTEXT.subtract(CONTEXT.subtract(earned, kept), gone)))
