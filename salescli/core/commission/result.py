"""What the commission engine answers: amounts, and how each came about, as data.

A result has one canonical JSON form (`to_json`): stable key order, amounts as exact strings. The words that
people read are made from it by `explain.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import methodcaller
from typing import Any

from salescli.core.commission.adjusting import AdjustmentLine
from salescli.core.commission.taking_over import Transfer
from salescli.core.money import CONTEXT, total
from salescli.core.title import Title

Path = tuple[str | int, ...]
"""A place in the plan's document: `("components", "receipts", "tiers", 1)`."""

Number = Decimal | Fraction | int
Part = Number | str | date | None


def number_of(part: object) -> Fraction:
    """Return what a step came to, or a part of it, as a number: 0 where it is none."""
    return Fraction(part) if isinstance(part, int | Decimal | Fraction) else Fraction(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation, in the order in which it was made.

    `name` is a stable word (`position`, `slice`, `gate`, `factor`, `true-up`, `limit`, `rounding` …), `value` what
    the step came to, `parts` the named numbers that went in, `path` the plan's words that asked for it.
    """

    name: str
    value: Part
    parts: tuple[tuple[str, Part], ...] = ()
    path: Path = ()
    source: str = ""

    def part(self, name: str) -> Part:
        """Return one of the numbers that went in, or None."""
        return next((value for key, value in self.parts if key == name), None)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know beside the figure: `no-quota`, `not-due`, `credit-after-leaving`, `below-threshold` …"""

    name: str
    parts: tuple[tuple[str, Part], ...] = ()
    path: Path = ()

    def part(self, name: str) -> Part:
        """Return one of the note's values, or None."""
        return next((value for key, value in self.parts if key == name), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """What an earlier, closed period should have posted by today's facts, less what it has posted."""

    period: date
    amount: Decimal
    cause: str  # credits | position | group | other-facts | calculation | restated
    credit_change: Decimal | None = None
    pay_credit: Decimal | None = None  # the credit of that period as it is known now


@dataclass(frozen=True, slots=True)
class StatementLine:
    """The part of a figure that one transaction has; the lines of a statement add up to its total, always."""

    key: str
    contract: str
    date: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """One component in one run.

    `earned` is what this run posts: the run's own amount and the differences of earlier periods together.
    `own` is the run's own amount. `earned_to_date` belongs to the window that holds the run. `held` is what
    gates keep back, as seen by this run: shown, not posted.
    """

    component: str
    title: Title
    window_start: date
    window_end: date
    position_before: Decimal
    position_after: Decimal
    credit: Decimal
    pay_credit: Decimal
    formula: Decimal
    own: Decimal
    differences: tuple[Difference, ...]
    earned: Decimal
    earned_to_date: Decimal
    held: Decimal
    kept: Decimal
    to_next_tier: Decimal | None
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class KeptChange:
    """What this run keeps (+) or releases (−) of one contract, and what is then kept of it in all."""

    rule: int
    component: str
    contract: str
    amount: Decimal
    kept_to_date: Decimal
    until: date | None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """What draw and deductions do between earned and payable, where a plan has any.

    `earlier` is what the top-ups, recoveries and deductions of closed runs should have been by today's facts, less what
    they were. `owed` and `waiting` are left after this run: of the draw, and of deductions.
    """

    topped_up: Decimal
    recovered: Decimal
    advanced: Decimal
    deducted: Decimal
    earlier: Decimal
    owed: Decimal
    waiting: Decimal
    forgiven: Decimal

    @property
    def adjusted(self) -> Decimal:
        """What is added to (or taken from) earned less kept."""
        gained = CONTEXT.add(CONTEXT.subtract(self.topped_up, self.recovered), self.earlier)
        return CONTEXT.subtract(CONTEXT.subtract(gained, self.advanced), self.deducted)


@dataclass(frozen=True, slots=True)
class PayeeResult:
    """One person under one plan in one run.

    earned + by_hand − kept_change + carried_in + what the balance adjusts + what is moved between plans = payable +
    carried_out + listed. Below zero nothing is payable: the rest is carried, or listed for the manager.
    """

    person: str
    plan: str
    run: date
    currency: str
    components: tuple[ComponentResult, ...]
    kept: tuple[KeptChange, ...]
    earned: Decimal
    kept_change: Decimal
    carried_in: Decimal
    payable: Decimal
    carried_out: Decimal
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    listed: Decimal = Decimal(0)
    balance: Balance | None = None
    adjustments: tuple[AdjustmentLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    @property
    def by_hand(self) -> Decimal:
        """What manual adjustments add to (or take from) what was earned."""
        return total(one.amount for one in self.adjustments)

    @property
    def moved(self) -> Decimal:
        """What comes in from other plans of the person (+), or goes there (−): what is carried below zero."""
        return total(one.carried for one in self.transfers)

    def component(self, name: str) -> ComponentResult:
        """Return the result of one component.

        Raises:
            KeyError: the plan has no component of that name.
        """
        for one in self.components:
            if one.component == name:
                return one
        raise KeyError(name)

    def to_json(self) -> str:
        """Return the canonical JSON: the same result is the same bytes. What few results have is left out of others."""
        said = as_data(self)
        for name in ("adjustments", "transfers"):
            if not said[name]:
                del said[name]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def as_data(value: Any) -> Any:
    """Return a result as plain lists, maps and texts: amounts as exact strings, thirds as `1/3`, dates ISO."""
    kind: Any = type(value)
    said = _teller(kind)
    return value if said is None else said(value)


@cache
def _teller(kind: Any) -> Callable[[Any], Any] | None:
    """Return what tells a value of a class; None where the value is plain by itself."""
    if kind is Title:
        return Title._asdict
    if is_dataclass(kind):
        names = tuple(one.name for one in fields(kind))
        return lambda value: {name: as_data(getattr(value, name)) for name in names}
    if issubclass(kind, tuple | list):
        return lambda value: [as_data(item) for item in value]
    tellers: dict[type, Callable[[Any], Any]] = {Decimal: plain, Fraction: str, date: methodcaller("isoformat")}
    return next((tell for one, tell in tellers.items() if issubclass(kind, one)), None)


def plain(amount: Decimal) -> str:
    """Return a Decimal without exponent and with no sign on zero: one text per value and scale.

    >>> plain(Decimal("1E+3")), plain(Decimal("-0.00"))
    ('1000', '0.00')
    """
    text = f"{amount:f}"
    return text[1:] if text[0] == "-" and not amount else text
