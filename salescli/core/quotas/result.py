"""What a quota split answers: leaves for the store, years for people, and the bridge between target and street."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salescli.core.title import Title

Holder = Literal["company", "team", "direct", "person", "seat", "ramp-gap", "nobody"]
DIRECT = "direct"
"""The part of a team's target that its own people have, beside its sub-teams."""
RAMP_GAP = "ramp-gap"
NOBODY = "nobody"
SEAT_OF = "seat-of-"
"""Before the key of somebody who left: the vacant seat that has the months left."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One target: metric, level, holder, month. `holder_key` is a person or a seat, "" for company and team.

    Lines of a team that nobody holds (`direct`, `ramp-gap`, `nobody`) have their name for a key.
    """

    metric: str
    level: str
    holder: Holder
    team: str
    holder_key: str
    month: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """The targets of one holder at one level: the months it has, in order, and an amount for each."""

    level: str
    holder: Holder
    team: str
    holder_key: str
    months: tuple[str, ...]
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """One holder's year and how it came about: every step adds to the one before, and all of them to `amount`.

    `share` is the exact share by the method, rounded to the smallest amount; `limits`, `fixed` and `rounding` are
    what those steps changed; `inherited` is what was taken over from leavers; `relief` is what the ramp takes off (zero
    or negative), `colleagues` what is carried for others in ramp.
    """

    level: str
    holder: Holder
    team: str
    holder_key: str
    name: str
    share: Decimal
    limits: Decimal
    fixed: Decimal
    rounding: Decimal
    relief: Decimal
    amount: Decimal
    inherited: Decimal = Decimal(0)
    colleagues: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step from the company's target to the street: what it is, what it adds, what stands after it."""

    name: str
    title: Title
    change: Decimal
    after: Decimal
    level: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know: a rest that stays with someone, a coarse unit, a year that is not over."""

    name: str
    title: Title


@dataclass(frozen=True, slots=True)
class SplitResult:
    """The whole split. Lines and years are ordered by level, team and holder key."""

    metric: str
    currency: str
    levels: tuple[str, ...]
    months: tuple[str, ...]
    lines: tuple[Line, ...]
    years: tuple[YearRow, ...]
    bridge: tuple[BridgeStep, ...]
    notes: tuple[Note, ...]

    @property
    def leaves(self) -> Iterator[Leaf]:
        """The targets one by one."""
        for line in self.lines:
            for month, amount in zip(line.months, line.amounts, strict=True):
                yield Leaf(self.metric, line.level, line.holder, line.team, line.holder_key, month, amount)
