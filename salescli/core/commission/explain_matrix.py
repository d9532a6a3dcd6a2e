"""The words of the step of a matrix: both readings, and what they meet in."""

from __future__ import annotations

from fractions import Fraction

from salescli.core.commission.result import Step
from salescli.core.commission.wording import both, money, reading
from salescli.core.title import Title


def matrix_words(step: Step) -> list[Title]:
    """Say where both readings meet, and what that pays."""
    rows, columns = (
        f"{step.part(name)} {_shown(step.part(value))}" for name, value in (("rows", "row"), ("columns", "column"))
    )
    cell, credit = str(step.part("cell") or ""), step.part("credit")
    value = money(Fraction(step.value)) if isinstance(step.value, Fraction | int) else "0.00"
    if not cell:
        return [both(f"{rows} × {columns}:未达表中任何一格,不计", f"{rows} × {columns}: below the table, pays nothing")]
    paid = f"{money(credit)} × {cell} = {value}" if isinstance(credit, Fraction) else value
    return [both(f"{rows} × {columns}:{paid}", f"{rows} × {columns}: {paid}")]


def _shown(value: object) -> str:
    return reading(value, Fraction(1)) if isinstance(value, Fraction) else "—"
