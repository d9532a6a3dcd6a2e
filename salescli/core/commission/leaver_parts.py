"""What is still a leaver's of what comes in after the last day, by what the plan of that day says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.inputs import CreditLine, CreditSum, PayeeInputs
from salescli.core.commission.payout import Leavers, leaver_share
from salescli.core.money import part
from salescli.core.scales import from_micro, to_micro

LeaversOn = Callable[[date], Leavers | None]
"""What the plan says of leavers on a day: a closed month keeps what its run knew."""


def nobody_leaves(_: date) -> Leavers | None:
    """Return what a plan without the block says."""
    return None


def is_over(day: date, inputs: PayeeInputs, leavers: LeaversOn) -> bool:
    """Tell whether nothing of a day is a person's any more."""
    return day >= inputs.end and not leaver_share(leavers(day), inputs.end, day)


def leaver_line(line: CreditLine, inputs: PayeeInputs, leavers: Leavers | None) -> CreditLine:
    """Return a transaction as it counts: of what came in after the last day, the part that is the person's."""
    share = leaver_share(leavers, inputs.end, line.date)
    if share == 1 or not share:
        return line
    pay, quota, units = (_part_of(one, share) for one in (line.pay_credit, line.quota_credit, line.units))
    return replace(line, pay_credit=pay, quota_credit=quota, units=units, share=line.share * share)


def leaver_sum(credit: CreditSum, inputs: PayeeInputs, leavers: Leavers | None) -> CreditSum:
    """Return a sum of credits as it counts."""
    share = leaver_share(leavers, inputs.end, credit.start)
    if share == 1 or not share:
        return credit
    pay, quota, units = (_part_of(one, share) for one in (credit.pay_credit, credit.quota_credit, credit.units))
    return replace(credit, pay_credit=pay, quota_credit=quota, units=units)


def _part_of(amount: Decimal, share: Decimal) -> Decimal:
    return from_micro(part(to_micro(amount), to_micro(share)))
