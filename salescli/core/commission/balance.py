"""From earned to payable, run after run: one state machine for recoveries, draw, deductions and what stays below zero.

The state between two runs is what is owed of the draw, what is carried below zero, and the deductions not yet taken.
A run's turn goes in one order: earned less kept, less what was carried; the draw tops it up or takes a part of what is
above it; deductions take their part; what is left below zero is carried or listed. The table in `docs.md` tells
every case, and a test holds it equal to this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.money import CONTEXT, round_half_away

ZERO = Decimal(0)
AtEnd = Literal["", "forgiven", "owed"]


@dataclass(frozen=True, slots=True)
class State:
    """What one run leaves to the next: owed and waiting are never below zero, carried never above."""

    owed: Decimal = ZERO
    carried: Decimal = ZERO
    waiting: Decimal = ZERO

    def with_more(self, more: State) -> State:
        """Return this state with what comes in from another plan."""
        if more == NOTHING_LEFT:
            return self
        owed, carried = CONTEXT.add(self.owed, more.owed), CONTEXT.add(self.carried, more.carried)
        return State(owed, carried, CONTEXT.add(self.waiting, more.waiting))


NOTHING_LEFT = State()


@dataclass(frozen=True, slots=True)
class DrawTurn:
    """What the draw says for one run.

    `amount` is topped up to while `tops_up`; the part `rate` of pay above it is recovered while `recovers`. `is_owed`
    is False for a guarantee. An advance is subtracted, whatever was earned.
    """

    amount: Decimal
    tops_up: bool = False
    recovers: bool = False
    rate: Decimal = ZERO
    is_owed: bool = True
    is_advance: bool = False


NO_DRAW = DrawTurn(ZERO)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one run brings: earned, what the holdback keeps (+) or releases (−), new deductions, and the rules."""

    earned: Decimal
    kept: Decimal = ZERO
    deductions: Decimal = ZERO
    draw: DrawTurn = NO_DRAW
    deduct_at_most: Decimal = ZERO
    below_zero: Literal["carry", "list"] = "carry"
    at_end: AtEnd = ""
    unit: Decimal = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run pays and why. `payable` is never below zero; `listed` never above."""

    state: State
    payable: Decimal
    topped_up: Decimal = ZERO
    recovered: Decimal = ZERO
    advanced: Decimal = ZERO
    deducted: Decimal = ZERO
    listed: Decimal = ZERO
    forgiven: Decimal = ZERO
    handed: State = NOTHING_LEFT  # what goes on under another plan, instead of being left to the next run

    @property
    def adjusted(self) -> Decimal:
        """What draw and deductions add to (or take from) earned less kept."""
        gained = CONTEXT.subtract(self.topped_up, self.recovered)
        return CONTEXT.subtract(CONTEXT.subtract(gained, self.advanced), self.deducted)


def take_turn(state: State, turn: Turn) -> Outcome:
    """Return what a run pays, and the state that it leaves.

    >>> first = take_turn(State(), Turn(Decimal(500), draw=DrawTurn(Decimal(1000), tops_up=True)))
    >>> first.payable, first.state.owed
    (Decimal('1000'), Decimal('500'))
    """
    own = CONTEXT.subtract(turn.earned, turn.kept)
    draw = turn.draw
    topped_up = CONTEXT.subtract(draw.amount, max(ZERO, own)) if draw.tops_up else ZERO
    topped_up = max(ZERO, topped_up)
    advanced = draw.amount if draw.is_advance else ZERO
    free = max(ZERO, CONTEXT.add(own, state.carried))  # what is left when clawbacks are recovered
    recovered = _recovered(state, draw, free, turn.unit)
    before = CONTEXT.subtract(CONTEXT.add(CONTEXT.add(own, state.carried), topped_up), CONTEXT.add(recovered, advanced))
    waiting = CONTEXT.add(state.waiting, turn.deductions)
    most = round_half_away(Fraction(turn.deduct_at_most) * Fraction(max(ZERO, before)), turn.unit)
    deducted = min(waiting, most)
    left = CONTEXT.subtract(before, deducted)
    owed = CONTEXT.subtract(state.owed, recovered)
    if draw.is_owed:
        owed = CONTEXT.add(owed, topped_up)
    forgiven = owed if turn.at_end == "forgiven" else ZERO
    below = min(ZERO, left)
    is_listed = turn.below_zero == "list"
    after = State(CONTEXT.subtract(owed, forgiven), ZERO if is_listed else below, CONTEXT.subtract(waiting, deducted))
    payable = max(ZERO, left)
    listed = below if is_listed else ZERO
    return Outcome(after, payable, topped_up, recovered, advanced, deducted, listed, forgiven)


def _recovered(state: State, draw: DrawTurn, free: Decimal, unit: Decimal) -> Decimal:
    if not draw.recovers or not state.owed:
        return ZERO
    above = max(ZERO, CONTEXT.subtract(free, draw.amount))
    return min(state.owed, round_half_away(Fraction(draw.rate) * Fraction(above), unit))
