"""`payout`: from earned to payable. Shapes of the blocks, and the holdback (提成留存) kept per contract.

What is kept of a contract is a figure to date: the rule's share of what the contract has earned to date, never
below zero, until its date has come. The run posts the difference to what has been kept, so refunds reduce it
and a release is the same difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from salescli.core.commission.draw import Deductions, Draw
from salescli.core.commission.inputs import HeldFor
from salescli.core.commission.result import KeptChange, Note, Path
from salescli.core.commission.values import Until
from salescli.core.money import CONTEXT, round_half_away
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
    takes_over: OneOrMany[Name] = ()  # plans that have ended, whose balances go on here
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
class HeldPart:
    """What was earned under one plan's rule while one share was kept, by (component, contract), to date."""

    holdback: Holdback
    share: Decimal  # in force when it was earned: another one from a later day leaves it
    earned: Mapping[tuple[str, str], Decimal]
    unit: Decimal
    held_money: HeldMoney = "on-its-date"  # of a leaver: what happens once the last day has come

    def until(self, dates: Mapping[tuple[str, str], date | None], contract: str) -> date | None:
        """Return the day on which what is kept of a contract goes out, if it is known."""
        until = self.holdback.until
        return until.day if until.day is not None else dates.get((contract, until.field))

    def kept_of(self, earned: Decimal) -> Decimal:
        """Return what is kept of an amount."""
        return round_half_away(Fraction(self.share) * Fraction(earned), self.unit)


@dataclass(frozen=True, slots=True)
class HoldbackTask:
    """One holdback rule for one payee at the end of one run."""

    rule: int
    path: Path
    day: date  # the last day of the run
    unit: Decimal
    dates: Mapping[tuple[str, str], date | None]
    kept_before: Mapping[str, Decimal]
    opened: tuple[HeldFor, ...] = ()  # what the opening brings under this rule

    def changes(self, parts: Sequence[HeldPart]) -> tuple[list[KeptChange], list[Note]]:
        """Return what is kept or released now. `parts`: what was earned, by each plan's rule, the newest last."""
        by_contract: list[dict[str, Decimal]] = []
        home: dict[str, str] = {}
        for part in parts:
            sums: dict[str, Decimal] = {}
            for (component, contract), amount in part.earned.items():
                sums[contract] = sums.get(contract, ZERO) + amount
                home.setdefault(contract, component)
            by_contract.append(sums)
        changes, notes, pairs = [], [], list(zip(parts, by_contract, strict=True))
        opened = {one.contract or OPENING for one in self.opened}
        for contract in sorted(set().union(*by_contract, self.kept_before, opened)):
            found = [(part, sums.get(contract, ZERO)) for part, sums in pairs]
            newest = next((part for part, sums in reversed(pairs) if contract in sums), parts[-1])
            until, kept = newest.until(self.dates, contract), self._kept(contract, found)
            before = self.kept_before.get(contract, ZERO)
            component = home.get(contract, newest.holdback.of[0])
            if kept != before or kept:
                changes.append(KeptChange(self.rule, component, contract, kept - before, kept, until, self.path))
            if until is None and kept:
                said = (("contract", contract), ("kept", kept), ("field", newest.holdback.until.text))
                notes.append(Note("kept-without-date", said, (*self.path, "without_date")))
        return changes, notes

    def _kept(self, contract: str, parts: Sequence[tuple[HeldPart, Decimal]]) -> Decimal:
        brought, held = self._brought(contract, parts[0][0]), ZERO
        is_kept = False
        for part, earned in parts:
            if part.held_money == "at-once":
                continue
            until, is_forfeited = part.until(self.dates, contract), part.held_money == "forfeited"
            is_released = contract != OPENING and until is None and part.holdback.without_date == "release"
            if is_released or (self._is_due(until) and not is_forfeited):
                continue
            is_kept = True
            held = CONTEXT.add(held, part.kept_of(earned) if contract != OPENING else ZERO)
        return max(ZERO, round_half_away(CONTEXT.add(held, brought), self.unit)) if is_kept else brought

    def _brought(self, contract: str, part: HeldPart) -> Decimal:
        """Return what the opening brings of a contract and is still kept."""
        if part.held_money == "at-once":
            return ZERO
        until, is_forfeited = part.until(self.dates, contract), part.held_money == "forfeited"
        alive = (one for one in self.opened if (one.contract or OPENING) == contract)
        return sum((one.amount for one in alive if not self._is_due(one.until or until) or is_forfeited), ZERO)

    def _is_due(self, until: date | None) -> bool:
        return until is not None and until <= self.day
