"""What closing a run writes: the postings that the next run is given back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from salescli.core.commission.inputs import PayeeInputs, Posted, PostedKept, PostedRun
from salescli.core.commission.result import PayeeResult


def postings(result: PayeeResult) -> tuple[list[Posted], list[PostedKept], PostedRun]:
    """Return the postings of a closed run: per component and period, per contract kept, and the run as a whole."""
    posted: list[Posted] = []
    for one in result.components:
        posted.append(Posted(result.run, result.run, one.component, one.own, one.pay_credit))
        posted += [
            Posted(result.run, each.period, one.component, each.amount, each.pay_credit) for each in one.differences
        ]
    kept = [PostedKept(result.run, one.rule, one.contract, one.amount) for one in result.kept if one.amount]
    adjusted = result.balance.adjusted if result.balance is not None else Decimal(0)
    run = PostedRun(result.run, result.payable, adjusted, result.listed, result.adjustments, result.transfers)
    return posted, kept, run


def with_posted(inputs: PayeeInputs, result: PayeeResult) -> PayeeInputs:
    """Return the inputs of the next run: with what a closed run has posted."""
    posted, kept, run = postings(result)
    return replace(
        inputs,
        posted=(*inputs.posted, *posted),
        posted_kept=(*inputs.posted_kept, *kept),
        posted_runs=(*inputs.posted_runs, run),
    )
