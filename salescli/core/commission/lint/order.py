"""Blocks in another order than the order of calculation: the plan is the same, its reader is misled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from salescli.core.commission.lint.subject import Finding, Subject
from salescli.core.commission.result import Path

PLAN = ("components", "limits", "payout", "leavers")
COMPONENT = ("credit_factors", "tiers", "rate", "amount", "special_rates", "needs", "times", "at_least", "at_most")
SAME_STEP = {"tiers", "rate", "amount"}, {"at_least", "at_most"}
PAYOUT = ("holdback", "draw", "deductions", "below_zero")


def find_order(subject: Subject) -> Iterator[Finding]:
    """Find the first block of each map that stands before one that is calculated earlier."""
    yield from _first_wrong(subject, (), PLAN, subject.plan.model_fields_set)
    for name, shape in subject.plan.components.items():
        yield from _first_wrong(subject, ("components", name), COMPONENT, shape.model_fields_set)
    yield from _first_wrong(subject, ("payout",), PAYOUT, subject.plan.payout.model_fields_set)


def _first_wrong(subject: Subject, path: Path, order: Sequence[str], given: Set[str]) -> Iterator[Finding]:
    written = sorted((key for key in order if key in given), key=lambda key: subject.place_of((*path, key)))
    highest = ""
    for key in written:
        if highest and order.index(key) < order.index(highest) and not any({key, highest} <= one for one in SAME_STEP):
            wanted = [one for one in order if one in given]
            yield Finding("lint-order", (*path, key), {"key": key, "other": highest, "order": wanted}, "note")
            return
        highest = max((highest, key), key=lambda one: order.index(one) if one else -1)
