"""What refunds lose after the end of a window."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.curve import UNIT, steps_of
from salescli.core.commission.lint.subject import Finding, Subject, cents

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
