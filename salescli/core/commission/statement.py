"""A run's amounts spread over its transactions: by weight, largest remainder, so that the lines add up to the total.

The same split serves the statement's lines and the holdback, which needs what each contract has earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import StatementLine
from salescli.core.money import allocate

if TYPE_CHECKING:
    from salescli.core.commission.walk import ComponentWalk

REST = CreditLine("", None, "", Decimal(0), Decimal(0))  # type: ignore[arg-type]
"""Stands for what no single transaction has: a bound, a limit, a month without lines."""


def lines_of_runs(walk: ComponentWalk) -> dict[int, list[CreditLine]]:
    """Return the component's lines by the run of their date, in the order (date, key)."""
    found: dict[int, list[CreditLine]] = {}
    for line in walk.task.facts.lines.get(walk.name, []):
        run = walk.task.facts.timeline.index(line.date)
        if run is not None:
            found.setdefault(run, []).append(line)
    return found


def spread(walk: ComponentWalk, by_origin: Sequence[int]) -> Iterable[tuple[CreditLine, int]]:
    """Spread amounts that belong to runs over the lines of those runs; yields (line, amount in rounding units)."""
    lines = lines_of_runs(walk) if any(by_origin) else {}
    for run, amount in enumerate(by_origin):
        if not amount:
            continue
        here = lines.get(run, [])
        weights = [walk.formula.weigh(line) for line in here]
        if not sum(weights, Fraction(0)):
            yield REST, amount
            continue
        yield from zip(here, allocate(amount, weights), strict=True)


def statement_lines(walk: ComponentWalk, by_origin: Sequence[int], unit: Decimal) -> tuple[StatementLine, ...]:
    """Return the statement's lines of one run's own amount. They add up to it."""
    return tuple(
        StatementLine(line.key, line.contract, line.date, amount * unit) for line, amount in spread(walk, by_origin)
    )


def earned_by_contract(walk: ComponentWalk, by_origin: Sequence[int], unit: Decimal) -> dict[str, Decimal]:
    """Return what each contract has earned; "" is what belongs to none."""
    found: dict[str, int] = {}
    for line, amount in spread(walk, by_origin):
        found[line.contract] = found.get(line.contract, 0) + amount
    return {contract: amount * unit for contract, amount in found.items()}
