"""What an opening sheet says of a component beside its position: what was earned, and what gates or factors hold.

What was earned went out before, through gates and factors: no gate holds it again, and a factor that is trued up later
starts from the amount before it. What is held belongs to the month that earned it, and goes out when the plan says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.commission.components.base import ZERO, Formula, Task
from salescli.core.commission.factors import HOLD, FactorState
from salescli.core.commission.gates import GateState, held_at


@dataclass(slots=True)
class Opened:
    """What a component brings: by run what was earned, and what is held. `last` is the last run that the sheet covers.

    `earned` is there for the runs alone of which something is held too: the two are told apart.
    """

    last: int
    earned: dict[int, Fraction]
    held: dict[int, Fraction]

    def at_the_opening(self, amounts: list[Fraction]) -> list[Fraction]:
        """Return increments as they stood before the first run that is paid: what was held then had not gone out."""
        return [self.earned.get(run, ZERO) if run in self.held else each for run, each in enumerate(amounts)]


def enter_opened(
    formula: Formula, task: Task, gates: Iterable[GateState], factors: Iterable[FactorState]
) -> Opened | None:
    """Enter what the opening sheet says into a component's increments; None where it says nothing of held money."""
    gates, factors = list(gates), list(factors)
    for row in task.openings:
        if row.earned is not None and row.run in formula.paid and formula.amounts[row.run]:
            formula.amounts[row.run] /= _multiplied(factors, row.run)
    held: dict[int, Fraction] = {}
    for row in task.openings:
        for run, amount in row.waiting:
            held[run] = held.get(run, ZERO) + amount
    if not held or not (gates or any(one.factor.until_known == HOLD for one in factors)):
        return None
    earned = {run: formula.amounts[run] for run in held if run in formula.paid}
    for run, amount in held.items():
        formula.amounts[run] += amount
    for gate in gates:
        gate.released.difference_update(held)
        gate.final -= held.keys()
        gate.apart.update(dict.fromkeys(held, ZERO) | earned)
    for factor in factors:
        factor.apart = {run for run in held if run in factor.final}
        factor.final -= factor.apart
    return Opened(max(row.run for row in task.openings), earned, held)


def _multiplied(factors: Iterable[FactorState], run: int) -> Fraction:
    """Return what factors had multiplied a sheet's amount by when it went out; 1 where they are not looked at again."""
    found = Fraction(1)
    for factor in factors:
        value = ZERO if run in factor.final else factor.value_at(run)
        found *= value or 1
    return found


def keep_held(opened: Opened, gates: Iterable[GateState], factors: Iterable[FactorState]) -> None:
    """Let the gates that hold by the data hold what the sheet says is held; where none does, each of them.

    Money that a factor holds has gone through the gates.
    """
    gates = list(gates)
    waits = any(one.factor.until_known == HOLD for one in factors)
    for run in opened.held:
        by_data = [one for one in gates if run not in one.released]
        holding = by_data or ([] if waits else gates)
        for gate in gates:
            gate.lost.discard(run)
            gate.lowered.discard(run)
            if any(gate is one for one in holding):
                gate.released.discard(run)
            else:
                gate.released.add(run)


def multiply(
    opened: Opened | None, factors: Iterable[FactorState], run: int, amounts: list[Fraction]
) -> Iterable[tuple[FactorState, list[Fraction], list[Fraction]]]:
    """Yield each factor with the increments before and after it; what one multiplied before is left as it was."""
    earned = dict(opened.earned) if opened is not None else {}
    for factor in factors:
        factor.settled = {index: earned[index] for index in factor.apart if index in earned}
        before, amounts = amounts, factor.apply(run, amounts)
        for index in earned:
            earned[index] *= factor.value_in(index) if index not in factor.apart else 1
        yield factor, before, amounts


def held_by_run(formula: Formula, gates: Iterable[GateState], factors: Iterable[FactorState]) -> dict[int, Fraction]:
    """Return what gates and factors hold of each run after the last one, before factors: an opening sheet says that."""
    gates, due = list(gates), formula.seen_at(len(formula.amounts) - 1)
    through, stopped = due, set[int]()
    for gate in gates:
        through = gate.through(through, stopped)
    found = held_at(gates, due, through, stopped)
    waiting = {run for factor in factors for run in factor.unknown_runs(len(due))}
    for run in waiting:
        found[run] = found.get(run, ZERO) + through[run]
    return {run: amount for run, amount in sorted(found.items()) if amount}
