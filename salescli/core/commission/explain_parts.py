"""The words of what is let through of a sale that is paid in parts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.result import Step
from salescli.core.commission.wording import both, money, percent
from salescli.core.title import Title


def part_due_words(step: Step) -> list[Title]:
    """Say what of a sale is due in this run: its share so far, less what was due before."""
    due, was, earned = (_number(step, name) for name in ("due", "was", "earned"))
    share = f"({percent(due)} − {percent(was)})" if was else percent(due)
    value = step.value if isinstance(step.value, Decimal | Fraction) else Fraction(0)
    line = f"{step.part('key')}   {money(earned)} × {share} = {money(value)}"
    return [both(f"分次计提 {line}", f"part due of {line}")]


def _number(step: Step, name: str) -> Fraction:
    value = step.part(name)
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else Fraction(0)
