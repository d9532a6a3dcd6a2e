"""Where two pay sheets part, transaction by transaction: one lacks it, or has another share, credit or rate.

Pure. The differences of the lines and what is on no line add up to the difference of the two totals, always.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.money import CONTEXT, round_half_away, to_decimal, total

ZERO = Decimal(0)
CENT = Decimal("0.01")
Reason = Literal["only-there", "only-here", "earlier", "twice", "share", "credit", "rate", "pay", "rounding"]
REASONS: tuple[Reason, ...] = (
    "only-here", "only-there", "earlier", "twice", "share", "credit", "rate", "pay", "rounding",
)  # fmt: skip
"""In the order in which a summary names them."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One transaction of a sheet, for one person: what it pays, the credit where a column says it, the cell."""

    key: str
    pay: Decimal
    credit: Decimal | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class OurLine:
    """One component's part of a transaction in a run, for one person: pay, credit where it is money, share.

    A receipt that is allocated to several contracts has a line for each of them.
    """

    key: str
    pay: Decimal
    credit: Decimal | None = None
    share: Decimal = Decimal(1)
    source: str = ""
    is_earlier: bool = False  # of an earlier month: a grade or a gate has moved what it pays
    component: str = ""


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One transaction on which the two part. `there` and `here` are the two shares, credits or rates, by the reason."""

    key: str
    reason: Reason
    theirs: Decimal | None
    ours: Decimal | None
    there: Decimal | None = None
    here: Decimal | None = None
    where: str = ""
    source: str = ""

    @property
    def amount(self) -> Decimal:
        """Theirs less ours."""
        return CONTEXT.subtract(self.theirs or ZERO, self.ours or ZERO)


@dataclass(frozen=True, slots=True)
class Parted:
    """All lines that differ, and what of the whole difference is on no line."""

    lines: tuple[LineDifference, ...]
    rest: Decimal

    def sums(self) -> dict[Reason, tuple[int, Decimal]]:
        """Return how many lines there are of each reason, and what they come to."""
        by_reason = {reason: [one for one in self.lines if one.reason == reason] for reason in REASONS}
        return {
            reason: (len(found), total(one.amount for one in found)) for reason, found in by_reason.items() if found
        }


def compare_lines(theirs: Sequence[SheetLine], ours: Sequence[OurLine], difference: Decimal) -> Parted:
    """Compare one person's transactions in two sheets.

    Args:
        theirs: the lines of the sheet; several of one key count together.
        ours: the lines of the run, likewise.
        difference: their total less ours; what the lines leave of it is the rest.
    """
    there: dict[str, list[SheetLine]] = {}
    for line in theirs:
        there.setdefault(line.key, []).append(line)
    here = _whole(ours)
    pairs = (_difference(key, there.get(key, []), here.get(key)) for key in dict.fromkeys((*there, *here)))
    found = [one for one in pairs if one is not None]
    return Parted(tuple(found), CONTEXT.subtract(difference, total(one.amount for one in found)))


def _whole(ours: Iterable[OurLine]) -> dict[str, OurLine]:
    """Return one line for each transaction: contracts of one component add up, components share one credit."""
    parts: dict[tuple[str, str], OurLine] = {}
    for line in ours:
        before = parts.get((line.component, line.key))
        if before is not None:
            credits = [one for one in (before.credit, line.credit) if one is not None]
            credit = total(credits) if credits else None
            line = replace(before, pay=CONTEXT.add(before.pay, line.pay), credit=credit)
        parts[line.component, line.key] = line
    found: dict[str, OurLine] = {}
    for line in parts.values():
        before = found.get(line.key)
        if before is not None:
            first = before if before.credit is not None else line
            line = replace(first, pay=CONTEXT.add(before.pay, line.pay))
        found[line.key] = line
    return found


def _credit_of(rows: Sequence[SheetLine], ours: Decimal | None) -> Decimal | None:
    """Return the credit that the rows of one transaction mean.

    Two rows may be two parts of it, which add up, or two kinds of pay on the same credit. What agrees with ours is
    meant; else equal credits are one.
    """
    credits = [row.credit for row in rows if row.credit is not None]
    if not credits:
        return None
    added = total(credits)
    if ours is not None and abs(CONTEXT.subtract(added, ours)) <= CENT:
        return added
    return credits[0] if len(set(credits)) == 1 else added


def _difference(key: str, rows: Sequence[SheetLine], here: OurLine | None) -> LineDifference | None:
    there = None
    if rows:
        credit = _credit_of(rows, here.credit if here is not None else None)
        there = replace(rows[0], pay=total(row.pay for row in rows), credit=credit)
    if here is None:
        assert there is not None
        return LineDifference(key, "only-there", there.pay, None, there.credit, None, there.where)
    if there is None:
        reason: Reason = "earlier" if here.is_earlier else "only-here"
        return LineDifference(key, reason, None, here.pay, None, here.credit, "", here.source) if here.pay else None
    if there.pay == here.pay:
        return None
    if _is_twice(rows, here):
        return LineDifference(key, "twice", there.pay, here.pay, None, None, rows[-1].where, here.source)
    why, said, own = _reason(there, here)
    return LineDifference(key, why, there.pay, here.pay, said, own, there.where, here.source)


def _is_twice(rows: Sequence[SheetLine], here: OurLine) -> bool:
    """Whether every row of a transaction is there again, and what is ours so many times over."""
    most = math.gcd(*Counter((row.pay, row.credit) for row in rows).values())
    paid = total(row.pay for row in rows)
    apart = (
        CONTEXT.subtract(paid, CONTEXT.multiply(here.pay, Decimal(times)))
        for times in range(2, most + 1)
        if most % times == 0
    )
    return any(abs(each) <= CENT for each in apart)


def _reason(there: SheetLine, here: OurLine) -> tuple[Reason, Decimal | None, Decimal | None]:
    if there.credit is not None and here.credit is not None and abs(there.credit - here.credit) > CENT:
        share = _share_of(there.credit, here)
        return ("credit", there.credit, here.credit) if share is None else ("share", share, here.share)
    if abs(CONTEXT.subtract(there.pay, here.pay)) <= CENT:
        return "rounding", None, None
    if here.credit:
        return "rate", _rate(there.pay, here.credit), _rate(here.pay, here.credit)
    return "pay", None, None


def _share_of(credit: Decimal, here: OurLine) -> Decimal | None:
    """Return the share of the whole transaction that a credit is, where it is a plain one (whole per cents)."""
    if not here.credit or not here.share:
        return None
    whole = Fraction(here.credit) / Fraction(here.share)
    share = round_half_away(Fraction(credit) / whole, CENT)
    if not ZERO < share <= 1 or share == here.share:
        return None
    return share if abs(Fraction(share) * whole - Fraction(credit)) <= Fraction(CENT) else None


def _rate(pay: Decimal, credit: Decimal) -> Decimal:
    return to_decimal(Fraction(pay) / Fraction(credit), 5)
