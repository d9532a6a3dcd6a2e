"""The words of one rate on credits, and of what the levels below leave of a credit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import Step
from salescli.core.commission.wording import both, money, percent, quantity
from salescli.core.money import CONTEXT
from salescli.core.title import Title


def _number(step: Step, name: str) -> Fraction:
    value = step.part(name)
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else Fraction(0)


def at_rate_words(step: Step) -> list[Title]:
    """Say what credits pay at one rate, or each by itself; of a difference of rates, both rates."""
    key = step.part("key")
    head = f"{key} " if isinstance(key, str) and key else ""
    pay = money(Fraction(step.value)) if isinstance(step.value, int | Decimal | Fraction) else ""
    if step.part("each") is not None:
        line = f"{head}{quantity(_number(step, 'units'))} × {money(_number(step, 'each'))} = {pay}"
        return [both(line, line)]
    rate = percent(_number(step, "rate"))
    credit = money(_number(step, "credit"))
    if step.part("below") is None:
        line = f"{head}{credit} × {rate} = {pay}"
        return [both(line, line)]
    own, below = percent(_number(step, "own")), percent(_number(step, "below"))
    return [
        both(
            f"{head}{credit} ×({own} − 下级最高 {below} = {rate})= {pay}",
            f"{head}{credit} × ({own} − {below} of the levels below = {rate}) = {pay}",
        )
    ]


def below_words(line: CreditLine) -> list[Title]:
    """Say what the levels below have of a credit."""
    found = []
    if line.taken_below:
        taken, left = money(line.taken_below), money(line.pay_credit)
        before = money(CONTEXT.add(line.pay_credit, line.taken_below))
        found.append(
            both(f"{before} − 下级先得 {taken} = {left}", f"{before} − {taken} earned by the levels below = {left}")
        )
    if line.below:
        rate = percent(line.below)
        found.append(both(f"下级最高费率 {rate}", f"the highest rate of the levels below: {rate}"))
    if line.after_others:
        found.append(both("已扣除下级先得部分", "after what the levels below have of it"))
    return found
