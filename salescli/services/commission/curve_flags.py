"""What `commission curve` is asked, and whether the plan reads it: nothing that is typed is ignored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.commission.factors import GradeFactor
from salescli.core.commission.needs import needs_of
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import GRAIN
from salescli.core.periods import FiscalCalendar
from salescli.core.scalars import TextRefused, parse_amount
from salescli.errors import Problem, UsageError, problem


@dataclass(frozen=True)
class CurveAsked:
    """What the command line asks; texts as they were typed."""

    plan: str
    component: str = ""
    person: str = ""
    to_next_tier: bool = False
    to_pay: str = ""
    first: str = ""
    last: str = ""
    step: str = ""
    quota: str = ""
    target_incentive: str = ""
    grade: str = ""
    unit_value: str = ""


def amount_of_text(text: str) -> Decimal | None:
    """Read an amount; None where nothing was typed.

    Raises:
        UsageError: it is none.
    """
    if not text:
        return None
    try:
        return parse_amount(text)
    except TextRefused as refused:
        raise UsageError(Problem(refused.name, values=refused.values)) from None


def check_asked(plan: Plan, asked: CurveAsked) -> None:
    """Look at what was typed, before anything is computed.

    Raises:
        UsageError: an amount is not above zero, the plan does not read it, or has no such grade.
    """
    found = [*_not_above_zero(asked), *_not_read(plan, asked)]
    if found:
        raise UsageError(*found)


def _not_above_zero(asked: CurveAsked) -> Iterator[Problem]:
    typed = {
        "--quota": asked.quota,
        "--target-incentive": asked.target_incentive,
        "--unit-value": asked.unit_value,
    }
    for flag, text in typed.items():
        amount = amount_of_text(text)
        if amount is not None and amount <= 0:
            yield problem("curve-not-above-zero", flag=flag, text=text)
    step = amount_of_text(asked.step)
    if step is not None and step <= 0:
        yield problem("curve-step", text=asked.step)


def _not_read(plan: Plan, asked: CurveAsked) -> Iterator[Problem]:
    needs = needs_of(plan, FiscalCalendar(), FiscalCalendar().window(GRAIN[plan.pay], plan.start))
    tables = [
        table
        for shape in plan.components.values()
        for factor in shape.times
        if isinstance(factor, GradeFactor)
        for table in factor.table.all()
    ]
    read = {
        "--quota": bool(needs.quotas) or any(one.quota for one in needs.readings),
        "--target-incentive": "target-incentive" in needs.terms,
        "--unit-value": any(getattr(one, "tier_by", "") == "units" for one in plan.components.values()),
        "--grade": bool(tables),
    }
    typed = {
        "--quota": asked.quota,
        "--target-incentive": asked.target_incentive,
        "--unit-value": asked.unit_value,
        "--grade": asked.grade,
    }
    yield from (problem("curve-not-read", flag=flag) for flag, text in typed.items() if text and not read[flag])
    grades = tuple(dict.fromkeys(word for table in tables for word in table))
    if asked.grade and tables and asked.grade not in grades:
        yield problem("curve-grade", text=asked.grade, choices=grades)
