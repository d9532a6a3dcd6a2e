"""The words of what changes a credit: its factors, and what is let through of a sale that is paid in parts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.result import Step
from salescli.core.commission.wording import both, money, percent, quantity
from salescli.core.title import Title


def part_due_words(step: Step) -> list[Title]:
    """Say what of a sale is due in this run: its share so far, less what was due before."""
    due, was, earned = (_number(step, name) for name in ("due", "was", "earned"))
    share = f"({percent(due)} − {percent(was)})" if was else percent(due)
    value = step.value if isinstance(step.value, Decimal | Fraction) else Fraction(0)
    line = f"{step.part('key')}   {money(earned)} × {share} = {money(value)}"
    return [both(f"分次计提 {line}", f"part due of {line}")]


def credit_factor_words(step: Step) -> list[Title]:
    """Say what credits of the run a line of a table of credit factors multiplied."""
    credit, factor = money(_number(step, "credit")), step.value
    by = quantity(factor) if isinstance(factor, Decimal | Fraction) else ""
    field = step.part("field")
    return [both(f"业绩系数 {field}:{credit} × {by}", f"credit factor {field}: {credit} × {by}")]


def _number(step: Step, name: str) -> Fraction:
    value = step.part(name)
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else Fraction(0)
