"""What a case says of its credits besides their amounts: fields that credit factors read, and money of contracts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.inputs import CreditLine, LineFactor, Received
from salescli.core.commission.terms import SpecialRate, special_rate_of
from salescli.core.money import CONTEXT
from salescli.core.scalars import TextRefused, parse_amount, parse_day, parse_rate

if TYPE_CHECKING:
    from salescli.core.commission.case_shapes import CreditFact, Given
    from salescli.core.commission.components.base import ComponentShape
    from salescli.core.periods import Period

ZERO = Decimal(0)


def line_factors(
    component: ComponentShape, fact: CreditFact, fields: Mapping[str, str], day: date
) -> tuple[LineFactor, ...]:
    """Return what the credit factors of a component make of a credit; `fields` are those of what it undoes."""
    from salescli.core.commission.credit_factors import factors_on, fields_read

    said = {**fields, **fact.fields}
    readings = [_read(said.get(name), is_date=is_date) for name, is_date in fields_read(component.credit_factors)]
    return factors_on(component.credit_factors, readings, day)


def _read(text: str | None, *, is_date: bool) -> Decimal | date | None:
    """Read a field as written; what is neither a number nor a day is not known."""
    if text is None:
        return None
    try:
        if is_date:
            return parse_day(text)
        return parse_rate(text) if text.endswith(("%", "％")) else parse_amount(text)
    except TextRefused:
        return None


def less_below(pay_credit: Decimal, fact: CreditFact) -> Decimal:
    """Return what the levels below leave of a credit, where the case says what they earned on it."""
    return pay_credit if fact.earned_below is None else CONTEXT.subtract(pay_credit, fact.earned_below)


def special_rates_at(given: Given, run: Period) -> tuple[SpecialRate, ...]:
    """Return the special rates that are known in a run."""
    return tuple(
        SpecialRate(
            one.rate,
            one.start or date.min,
            one.through,
            one.component,
            one.customer,
            one.contract,
            one.approved_by,
            one.reason,
        )
        for one in given.special_rates
        if one.known_in is None or one.known_in < run.end
    )


def special_rate_of_line(rates: tuple[SpecialRate, ...], line: CreditLine, day: date) -> SpecialRate | None:
    """Return the special rate of a credit that counts on a day."""

    def is_of(rate: SpecialRate) -> bool:
        said = ((rate.component, line.component), (rate.customer, line.customer), (rate.contract, line.contract))
        return all(wanted in ("", found) for wanted, found in said)

    return special_rate_of(rates, day, is_of)


def received_at(given: Given, run: Period) -> tuple[Received, ...]:
    """Return the money of contracts that is known in a run."""
    whole = {one.contract: one.amount or ZERO for one in given.contracts}
    return tuple(
        Received(one.contract, one.date, one.amount, whole.get(one.contract, ZERO))
        for one in given.received
        if (one.known_in or one.date) < run.end
    )
