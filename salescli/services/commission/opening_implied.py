"""What the store's history implies for an opening: every month is run from the plan's first, as if it had been paid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs, WaitingFor
from salescli.core.commission.opened import held_by_run
from salescli.core.commission.plan import Plan
from salescli.core.commission.posting import with_posted
from salescli.core.commission.result import ComponentResult, PayeeResult
from salescli.core.commission.series import build_series
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import round_half_away, total
from salescli.core.periods import Period, month_of
from salescli.policy.plans import PlanFile
from salescli.reports.commission.opening import HeldLine, OpeningFigures
from salescli.services.commission.running import compute_period
from salescli.services.context import Context

NOTHING = Decimal(0)
NONE = (NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Implied:
    """What one component of one person would bring; `waiting` is held by gates or factors, by month."""

    figures: OpeningFigures = field(default_factory=lambda: OpeningFigures(NOTHING, NOTHING, NOTHING))
    held: tuple[HeldLine, ...] = ()
    waiting: tuple[WaitingFor, ...] = ()


def imply(context: Context, plans: list[PlanFile], before: Period) -> dict[str, dict[str, Implied]]:
    """Return what each item brings, by component; what is owed and carried stands with the first component."""
    found = {}
    for item, (result, waiting) in _run_all(context, plans, before).items():
        owed, undeducted = (result.balance.owed, result.balance.waiting) if result.balance else NONE[:2]
        left = (owed, result.carried_out, undeducted)
        found[item] = {
            part.component: _of_component(result, part, waiting.get(part.component, ()), left if not place else NONE)
            for place, part in enumerate(result.components)
        }
    return found


def _waiting(plan: Plan, inputs: PayeeInputs, run: Period, result: PayeeResult) -> dict[str, tuple[WaitingFor, ...]]:
    """Return what gates and factors hold after a run, by component and the first month of each run that earned it."""
    if not any(part.held for part in result.components):
        return {}
    series, found = build_series(plan, inputs, run), {}
    for name, walk in series.current.components.items():
        held = held_by_run(walk.formula, walk.gates, walk.factors)
        rounded = [(round_half_away(held[at], plan.payout.round_to), series.timeline.runs[at].start) for at in held]
        found[name] = tuple(WaitingFor(amount, month) for amount, month in rounded if amount)
    return found


def _of_component(
    result: PayeeResult, part: ComponentResult, waiting: tuple[WaitingFor, ...], balances: tuple[Decimal, ...]
) -> Implied:
    kept = [each for each in result.kept if each.component == part.component and each.kept_to_date]
    held = tuple(HeldLine(each.contract, each.until, None, each.kept_to_date) for each in kept)
    of_contracts = total(one.implied or NOTHING for one in held)
    stands = total(one.amount for one in waiting)
    owed, carried, undeducted = (one or None for one in balances)
    figures = OpeningFigures(
        part.position_after, part.earned_to_date, of_contracts, owed, carried, stands or None, undeducted
    )
    return Implied(figures, held, waiting)


def _run_all(
    context: Context, plans: list[PlanFile], before: Period
) -> dict[str, tuple[PayeeResult, dict[str, tuple[WaitingFor, ...]]]]:
    """Run every month up to the last before the opening upon those before it, each on what was known in it."""
    results: dict[str, tuple[PayeeResult, dict[str, tuple[WaitingFor, ...]]]] = {}
    known: dict[str, PayeeInputs] = {}
    month = month_of(min((file.require().start for file in plans), default=before.end))
    while month.start < before.end:
        for one in compute_period(context, month, plans=plans, is_opened=False).computed:
            plan = one.plan.require()
            first = context.calendar.window(GRAIN[plan.pay], max(plan.start, one.payee.start)).start
            then = known.get(one.item, PayeeInputs(one.inputs.person))
            inputs = replace(
                one.inputs,
                opening=first,
                posted=then.posted,
                posted_kept=then.posted_kept,
                posted_runs=then.posted_runs,
            )
            run = context.calendar.window(GRAIN[plan.pay], month.start)
            result = compute_payee(plan, inputs, run)
            results[one.item] = result, _waiting(plan, inputs, run, result)
            known[one.item] = with_posted(inputs, result)
        month = month_of(month.end)
    return results
