"""The words of the step of a matrix: both readings, and what they meet in."""

from __future__ import annotations

from fractions import Fraction

from salescli.core.commission.result import Step
from salescli.core.commission.wording import both, money, reading
from salescli.core.title import Title


def matrix_words(step: Step) -> list[Title]:
    """Say where both readings meet, and what that pays."""
    sides = (("rows", "row"), ("columns", "column"))
    rows, columns = (f"{step.part(name)} {_shown(step.part(side), step.part(f'{side}_bound'))}" for name, side in sides)
    cell, credit = str(step.part("cell") or ""), step.part("credit")
    value = money(Fraction(step.value)) if isinstance(step.value, Fraction | int) else "0.00"
    if not cell and any(step.part(side) is None for _, side in sides):
        return [both(f"{rows} × {columns}:没有数据,不计", f"{rows} × {columns}: without a reading, pays nothing")]
    if not cell:
        return [both(f"{rows} × {columns}:未达表中任何一格,不计", f"{rows} × {columns}: below the table, pays nothing")]
    paid = f"{money(credit)} × {cell} = {value}" if isinstance(credit, Fraction) else value
    return [both(f"{rows} × {columns}:{paid}", f"{rows} × {columns}: {paid}")]


def _shown(value: object, bound: object) -> str:
    if not isinstance(value, Fraction):
        return "—"
    return reading(value, bound) if isinstance(bound, Fraction) else money(value)
