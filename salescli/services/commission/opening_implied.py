"""What the store's history implies for an opening: every month is run from the plan's first, as if it had been paid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.commission.result import ComponentResult, PayeeResult
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import total
from salescli.core.periods import Period, month_of
from salescli.policy.plans import PlanFile
from salescli.reports.commission.opening import HeldLine, OpeningFigures
from salescli.services.commission.running import compute_period
from salescli.services.context import Context

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Implied:
    """What one component of one person would bring; `waiting` is held by gates, so neither earned nor lost yet."""

    figures: OpeningFigures = field(default_factory=lambda: OpeningFigures(NOTHING, NOTHING, NOTHING))
    held: tuple[HeldLine, ...] = ()
    waiting: Decimal = NOTHING


def imply(context: Context, plans: list[PlanFile], before: Period) -> dict[str, dict[str, Implied]]:
    """Return what each item brings, by component; what is owed and carried stands with the first component."""
    found = {}
    for item, result in _run_all(context, plans, before).items():
        owed = result.balance.owed if result.balance is not None else NOTHING
        found[item] = {
            part.component: _of_component(result, part, (NOTHING, NOTHING) if place else (owed, result.carried_out))
            for place, part in enumerate(result.components)
        }
    return found


def _of_component(result: PayeeResult, part: ComponentResult, balances: tuple[Decimal, Decimal]) -> Implied:
    kept = [each for each in result.kept if each.component == part.component and each.kept_to_date]
    held = tuple(HeldLine(each.contract, each.until, None, each.kept_to_date) for each in kept)
    return Implied(_figures(part, held, *balances), held, part.held)


def _figures(part: ComponentResult, held: tuple[HeldLine, ...], owed: Decimal, carried: Decimal) -> OpeningFigures:
    kept = total(one.implied or NOTHING for one in held)
    return OpeningFigures(part.position_after, part.earned_to_date, kept, owed or None, carried or None)


def _run_all(context: Context, plans: list[PlanFile], before: Period) -> dict[str, PayeeResult]:
    """Run every month up to the last before the opening upon those before it, each on what was known in it."""
    results: dict[str, PayeeResult] = {}
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
            results[one.item] = result = compute_payee(plan, inputs, run)
            known[one.item] = with_posted(inputs, result)
        month = month_of(month.end)
    return results
