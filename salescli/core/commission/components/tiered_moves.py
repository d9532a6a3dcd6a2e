"""The way of a position through one window: stretch by stretch, from where to where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from salescli.core.commission.facts import Stretch
from salescli.core.commission.special_rates import special_pay

ZERO = Fraction(0)


class Move(NamedTuple):
    """One stretch on the way of the position: from where to where, and the pay credit before and after."""

    start: date
    run: int
    before: int
    after: int
    pay_before: int
    pay_after: int
    priced: date = date.min  # the day whose table counts
    is_refund: bool = False  # moves the position and is paid nothing: it takes back the pay of its receipt
    special: Stretch | None = None  # credits at a special rate: no table pays them, and they are no pay credit here

    @property
    def special_pay(self) -> Fraction:
        """What it earns at a special rate."""
        return ZERO if self.special is None else special_pay(self.special)


def moves_of(stretches: Sequence[Stretch], opened: int, opened_pay: int) -> list[Move]:
    """Lay the stretches of a window along its position."""
    found: list[Move] = []
    position, pay = opened, opened_pay
    for one in stretches:
        paid, special = (one.pay, None) if one.special is None else (0, one)
        ends = (position, position + one.quota, pay, pay + paid)
        found.append(Move(one.start, one.run, *ends, one.priced_on, one.is_refund, special))
        position += one.quota
        pay += paid
    return found


def merged(moves: Sequence[Move], tables: Sequence[date]) -> list[Move]:
    """Join neighbouring moves that one table prices: between them the position only passes through."""
    found: list[Move] = []
    for move in moves:
        last = found[-1] if found else None
        same = last is not None and last.is_refund == move.is_refund and last.special is move.special is None
        if last is not None and same and bisect_right(tables, last.priced) == bisect_right(tables, move.priced):
            ends = (last.before, move.after, last.pay_before, move.pay_after)
            found[-1] = Move(last.start, last.run, *ends, last.priced, move.is_refund)
        else:
            found.append(move)
    return found
