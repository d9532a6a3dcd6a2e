"""A run's amounts spread over its transactions: by weight, largest remainder, so that the lines add up to the total.

The same split serves the statement's lines and the holdback, which needs what each contract has earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import StatementLine
from salescli.core.commission.take_back import is_refund
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


NOTHING: Mapping[CreditLine, int] = {}


def spread(
    walk: ComponentWalk, by_origin: Sequence[int], taken: Mapping[CreditLine, int] = NOTHING, *, new: bool = False
) -> Iterable[tuple[CreditLine, int]]:
    """Spread amounts that belong to runs over the lines of those runs; yields (line, amount in rounding units).

    `taken` is what refunds took back of other lines; it is in the amounts, and belongs to the refunds alone. The
    amounts are as the last of those runs sees them, or (`new`) what it added to them.
    """
    left = dict(taken)
    lines = lines_of_runs(walk) if any(by_origin) or any(left.values()) else {}
    for run, amount in enumerate(by_origin):
        here = lines.get(run, [])
        if walk.back is not None:
            for line in here:
                if is_refund(line) and (back := left.pop(line, 0)):
                    amount += back
                    yield line, -back
            here = [line for line in here if not is_refund(line)]
        if not amount:
            continue
        weights = [_weight(walk, line, len(by_origin) - 1, new=new) for line in here]
        if not sum(weights, Fraction(0)):
            yield REST, amount
            continue
        yield from zip(here, allocate(amount, weights), strict=True)


def _weight(walk: ComponentWalk, line: CreditLine, run: int, *, new: bool) -> Fraction:
    """Weigh a line among those of its run, as a run sees it; `new`: by what that run added."""
    if walk.given_lines is None:
        return walk.formula.weight(line, run, new=new)
    before = walk.given_lines[run - 1].get(line) if new and run else None
    return walk.given_lines[run].get(line, Fraction(0)) - (before or 0)


def statement_lines(
    walk: ComponentWalk, by_origin: Sequence[int], unit: Decimal, taken: Mapping[CreditLine, int] = NOTHING
) -> tuple[StatementLine, ...]:
    """Return the statement's lines of one run's own amount. They add up to it."""
    return tuple(
        StatementLine(line.key, line.contract, line.date, amount * unit)
        for line, amount in spread(walk, by_origin, taken, new=True)
    )


def earned_by_contract(
    walk: ComponentWalk, by_origin: Sequence[int], unit: Decimal, taken: Mapping[CreditLine, int] = NOTHING
) -> dict[str, Decimal]:
    """Return what each contract has earned; "" is what belongs to none."""
    found: dict[str, int] = {}
    for line, amount in spread(walk, by_origin, taken):
        found[line.contract] = found.get(line.contract, 0) + amount
    return {contract: amount * unit for contract, amount in found.items()}
