"""`payout`: from earned to payable. Shapes of the blocks, and the holdback (提成留存) kept per contract.

What is kept of a contract is a figure to date: the rule's share of what the contract has earned to date, never
below zero, until its date has come. The run posts the difference to what has been kept, so refunds reduce it
and a release is the same difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from salescli.core.commission.draw import Deductions, Draw
from salescli.core.commission.inputs import HeldFor
from salescli.core.commission.result import KeptChange, Note, Path
from salescli.core.commission.values import Until, in_force
from salescli.core.money import round_half_away
from salescli.core.shapes import Amount, Count, Dated, Name, OneOrMany, Rate, Shape
from salescli.core.title import Title

OPENING = "(opening)"
HeldMoney = Literal["on-its-date", "at-once", "forfeited"]
ZERO = Decimal(0)


class Holdback(Shape):
    """One entry of `payout.holdback`."""

    called = Title("提成留存", "a holdback")
    wrong_keys: ClassVar[Mapping[str, str]] = {"rate": "keep", "components": "of", "release": "until"}

    keep: Dated[Rate]
    of: OneOrMany[Name]
    until: Until
    without_date: Literal["keep-and-list", "release"] | None = None


class Payout(Shape):
    """The block `payout`."""

    called = Title("发放", "payout")
    wrong_keys: ClassVar[Mapping[str, str]] = {"round": "round_to", "negative": "below_zero"}

    holdback: tuple[Holdback, ...] = ()
    draw: Draw | None = None
    deductions: Deductions | None = None
    below_zero: Literal["carry", "list"]
    round_to: Amount


class AfterLeaving(Shape):
    """`leavers.receipts_after_last_day`."""

    called = Title("离职后回款", "receipts_after_last_day")
    own_share: Rate
    for_days: Count
    rest_to: Literal["successor", "manager", "house"]


class Leavers(Shape):
    """The block `leavers`."""

    called = Title("离职", "leavers")
    receipts_after_last_day: AfterLeaving
    open_windows: Literal["end-on-last-day", "forfeit"]
    held_money: HeldMoney
    owed_to_company: Literal["list"]


def days_after_leaving(leavers: Leavers | None) -> int:
    """Return for how many days after the last day a leaver still has a part of what comes in."""
    if leavers is None or not leavers.receipts_after_last_day.own_share:
        return 0
    return leavers.receipts_after_last_day.for_days


def leaver_share(leavers: Leavers | None, end: date, day: date) -> Decimal:
    """Return a person's part of a credit on a day; `end` is the day after the last day.

    The rest goes where `rest_to` says; that credit is the caller's to give to its person.
    """
    if day < end:
        return Decimal(1)
    if leavers is None or (day - end).days >= days_after_leaving(leavers):
        return ZERO
    return leavers.receipts_after_last_day.own_share


@dataclass(frozen=True, slots=True)
class HoldbackTask:
    """One holdback rule for one payee at the end of one run."""

    rule: int
    holdback: Holdback
    path: Path
    day: date  # the last day of the run
    unit: Decimal
    dates: Mapping[tuple[str, str], date | None]
    kept_before: Mapping[str, Decimal]
    held_money: HeldMoney = "on-its-date"  # of a leaver: what happens once the last day has come
    opened: tuple[HeldFor, ...] = ()  # what the opening brings under this rule

    def changes(self, earned: Mapping[tuple[str, str], Decimal]) -> tuple[list[KeptChange], list[Note]]:
        """Return what is kept or released now; `earned` is the earned-to-date by (component, contract)."""
        by_contract: dict[str, Decimal] = {}
        home: dict[str, str] = {}
        for (component, contract), amount in earned.items():
            by_contract[contract] = by_contract.get(contract, ZERO) + amount
            home.setdefault(contract, component)
        changes, notes = [], []
        opened = {one.contract or OPENING for one in self.opened}
        for contract in sorted(set(by_contract) | set(self.kept_before) | opened):
            until = self._until(contract)
            kept = self._kept(contract, by_contract.get(contract, ZERO), until)
            before = self.kept_before.get(contract, ZERO)
            component = home.get(contract, self.holdback.of[0])
            if kept != before or kept:
                changes.append(KeptChange(self.rule, component, contract, kept - before, kept, until, self.path))
            if until is None and kept:
                parts = (("contract", contract), ("kept", kept), ("field", self.holdback.until.text))
                notes.append(Note("kept-without-date", parts, (*self.path, "without_date")))
        return changes, notes

    def _until(self, contract: str) -> date | None:
        until = self.holdback.until
        return until.day if until.day is not None else self.dates.get((contract, until.field))

    def _kept(self, contract: str, earned: Decimal, until: date | None) -> Decimal:
        is_forfeited = self.held_money == "forfeited"
        if self.held_money == "at-once":
            return ZERO
        alive = (one for one in self.opened if (one.contract or OPENING) == contract)
        brought = sum((one.amount for one in alive if not self._is_due(one.until or until) or is_forfeited), ZERO)
        is_released = contract != OPENING and until is None and self.holdback.without_date == "release"
        if is_released or (self._is_due(until) and not is_forfeited):
            return brought
        share = Fraction(in_force(self.holdback.keep, self.day)) * Fraction(earned) if contract != OPENING else 0
        return max(ZERO, round_half_away(share + Fraction(brought), self.unit))

    def _is_due(self, until: date | None) -> bool:
        return until is not None and until <= self.day
