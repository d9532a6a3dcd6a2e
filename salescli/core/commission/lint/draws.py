"""Money that is paid ahead and does not come back: draws that are never recovered, guarantees without end."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from salescli.core.commission.draw import months_on_plan
from salescli.core.commission.lint.subject import Finding, Subject, cents
from salescli.core.commission.values import in_force


def find_draws(subject: Subject) -> Iterator[Finding]:
    """Find a draw whose recovery begins after the plan has ended, and a guarantee that lasts as long as the plan."""
    draw = subject.plan.payout.draw
    if draw is None or draw.tops_up_to is None or draw.recover is None:
        return
    months = months_on_plan(subject.plan.start, subject.plan.through)
    text = in_force(draw.tops_up_to, subject.plan.start)
    amount = text.resolve({one.name: one.value for one in subject.assumed.terms})
    each = Fraction(0) if amount is None else amount
    paid = min(months, draw.for_months or months)
    values: dict[str, object] = {"amount": cents(each), "months": paid, "most": cents(each * paid)}
    values |= subject.given() if text.amount is None else {}
    if draw.recover.is_guarantee:
        if draw.for_months is None:
            yield Finding("lint-guarantee-without-end", ("payout", "draw", "recover"), values)
        return
    begins = draw.recover_from_month or 0
    if begins > months:
        values |= {"begins": begins, "months": months}
        name = "lint-draw-never-recovered" if draw.at_plan_end == "forgiven" else "lint-draw-recovered-after-plan"
        yield Finding(name, ("payout", "draw", "recover_from_month"), values)


def find_holdbacks(subject: Subject) -> Iterator[Finding]:
    """Find holdbacks that keep nothing: their day has come before the plan begins."""
    for index, holdback in enumerate(subject.plan.payout.holdback):
        day = holdback.until.day
        if day is not None and day <= subject.plan.start:
            values = {"day": day, "start": subject.plan.start}
            yield Finding("lint-holdback-keeps-nothing", ("payout", "holdback", index, "until"), values)
