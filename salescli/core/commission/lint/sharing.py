"""Shared things that are paid more than once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salescli.core.commission.components.per_unit import PerUnitComponent, unit_of
from salescli.core.commission.lint.subject import Finding, Subject, cents
from salescli.core.commission.values import in_force
from salescli.core.money import CONTEXT, total

HALF = Decimal("0.5")


def find_paid_twice(subject: Subject) -> Iterator[Finding]:
    """Find units that each of several people is paid whole."""
    for name, shape in subject.plan.components.items():
        if not isinstance(shape, PerUnitComponent):
            continue
        units = total(unit_of(shape.shared_unit, (HALF, HALF), seat) for seat in (0, 1))
        if units <= 1:
            continue
        text = in_force(shape.amount, subject.plan.start)
        amount = text.resolve({one.name: one.value for one in subject.assumed.terms})
        if amount is not None:
            values = {"amount": cents(amount), "both": cents(amount * 2), "share": f"{CONTEXT.multiply(units, 100):f}"}
            yield Finding("lint-unit-paid-to-each", ("components", name, "shared_unit"), values)
