"""What somebody's old plan hands over: its runs taken again by today's facts, and what the run computed now moves."""

from __future__ import annotations

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.payable import take_all
from salescli.core.commission.plan import Plan
from salescli.core.commission.series import build_series
from salescli.core.commission.taking_over import HandedOver, Transfer, handed_over, taken_from
from salescli.core.periods import Period


def hand_over(plan: Plan, inputs: PayeeInputs, upto: Period) -> tuple[tuple[HandedOver, ...], Transfer | None]:
    """Return what the runs of an old plan leave to the plan that takes over, and what that plan posts of it now.

    Args:
        plan: the old plan.
        inputs: the person's facts under it, with the runs that hand over.
        upto: the run.
    """
    series = build_series(plan, inputs, upto)
    left = handed_over(plan.plan, series, inputs, take_all(series, inputs))
    takers = {to for _, to in inputs.handing.over}
    moved = (one for one in compute_payee(plan, inputs, upto).transfers if one.plan in takers and not one.is_taken)
    return left, next((taken_from(plan.plan, one) for one in moved), None)
