"""What refunds lose: after the end of a window, and where what they leave is caught up again."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.curve import UNIT, steps_of
from salescli.core.commission.lint.subject import Finding, Subject, cents, position_text
from salescli.core.commission.refund_rules import takes_back

SAMPLE = 100_000


def find_lost_refunds(subject: Subject) -> Iterator[Finding]:
    """Find components whose refunds count at the position of their own day, in windows that begin again."""
    for name, shape in subject.curved():
        is_at_date = isinstance(shape, CreditedShape) and shape.refunds == "at-refund-date"
        if not is_at_date or shape.window == "each-transaction":
            continue
        curve = subject.curve(name).without_caps()
        sample = UNIT if curve.is_counted else steps_of(SAMPLE)
        edges = subject.edges(name)
        top = edges[-1].position if edges else 0
        paid = curve.exact(top + 2 * sample) - curve.exact(top + sample)
        back = -curve.exact(-sample)
        if paid > back:
            values = {
                "sample": f"{sample // UNIT:,}",
                "paid": cents(paid),
                "back": cents(back),
                "lost": cents(paid - back),
                **subject.given(),
            }
            yield Finding("lint-refund-across-window", ("components", name, "refunds"), values)


def find_caught_up_again(subject: Subject) -> Iterator[Finding]:
    """Find tables that pay a catch-up twice: a refund leaves it with other receipts, the next receipt earns it anew.

    Under `all-at-rate-reached` what a tier adds to everything before it is the pay of the receipts that reached it. A
    refund of another receipt takes back that one's pay alone, the position falls below the tier, and reaches it again.
    """
    for name, shape in subject.curved():
        is_whole = isinstance(shape, TieredComponent) and shape.apply == "all-at-rate-reached"
        if not is_whole or shape.window == "each-transaction" or not takes_back(getattr(shape, "refunds", "")):
            continue
        curve = subject.curve(name).without_caps()
        tiers = [one for one in subject.edges(name) if one.kind == "tier" and curve.jump(one.position) >= 1]
        if tiers:
            edge = max(tiers, key=lambda one: curve.jump(one.position))
            values = {
                "key": edge.key,
                "position": position_text(curve, edge.position),
                "amount": cents(curve.jump(edge.position)),
                **subject.given(),
            }
            yield Finding("lint-caught-up-again", ("components", name, "refunds"), values)
