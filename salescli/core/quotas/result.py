"""What a quota split answers: leaves for the store, years for people, and the bridge between target and street."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salescli.core.title import Title

Holder = Literal["company", "team", "person", "seat", "ramp-gap", "nobody"]
RAMP_GAP = "ramp-gap"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One target: metric, level, holder, month. `holder_key` is a person or a seat, "" for company and team."""

    metric: str
    level: str
    holder: Holder
    team: str
    holder_key: str
    month: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class YearRow:
    """One holder's year and how it came about: every step adds to the one before, and all of them to `amount`.

    `share` is the exact share by the method, rounded to the smallest amount; `limits`, `fixed` and `rounding` are
    what those steps changed; `relief` is what the ramp takes off (zero or negative).
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
    """The whole split. Leaves and years are ordered by level, team and holder key."""

    metric: str
    currency: str
    levels: tuple[str, ...]
    months: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    years: tuple[YearRow, ...]
    bridge: tuple[BridgeStep, ...]
    notes: tuple[Note, ...]
