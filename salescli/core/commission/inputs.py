"""What the commission engine is given: one payee's facts, as plain frozen values.

Services fill these from the store; the engine adds nothing of its own. Money is `Decimal` in the plan's currency,
months and days are dates, ranges are half-open `[start, end)`. What each field means, and who folds what, is in
`docs.md` beside this file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from salescli.core.commission.adjusting import Adjustment, AdjustmentLine
from salescli.core.commission.away import Days
from salescli.core.commission.groups.model import Group
from salescli.core.commission.opening_rows import HeldFor as HeldFor
from salescli.core.commission.opening_rows import Opening as Opening
from salescli.core.commission.opening_rows import WaitingFor as WaitingFor
from salescli.core.commission.taking_over import NO_HANDING, Handing, Transfer
from salescli.core.commission.terms import SpecialRate as SpecialRate
from salescli.core.commission.terms import Term as Term
from salescli.core.periods import FOREVER, FiscalCalendar

if TYPE_CHECKING:
    from salescli.core.commission.exchanged import Exchanged
    from salescli.core.commission.plan import Plan

ZERO = Decimal(0)
Of = Literal["own", "team", "company"]


@dataclass(frozen=True, slots=True)
class CreditSum:
    """Credits of one component, folded over one stretch of one month.

    `stretch` is the first day of the stretch (the month itself, unless `cut_days` cuts inside it). `pay_credit`
    is multiplied by the rate, `quota_credit` moves the position (in the unit of `tier_by`), `units` counts things.
    A refund under `recompute` is folded into the month of the receipt that it undoes, with `refund=True`.
    """

    component: str
    month: date
    pay_credit: Decimal
    quota_credit: Decimal
    units: Decimal = ZERO
    stretch: date | None = None
    refund: bool = False
    rate_key: str = ""  # which line of a `rate: {by: …}` table; "" is `otherwise`
    priced: date | None = None  # when it was signed, where the numbers in force then are the ones that count
    below: Fraction = Fraction(0)  # the highest rate of the levels below, where the base is `rate-difference`

    @property
    def start(self) -> date:
        """The first day of the stretch."""
        return self.stretch or self.month


@dataclass(frozen=True, slots=True)
class LineFactor:
    """What one of `credit_factors` did to a credit: what was read (None: not known), and which line of its table."""

    reading: Decimal | None
    factor: Decimal
    tier: int = -1


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One credit by itself: for `each-transaction`, holdback, statements and `explain`.

    Lines of a component that is computed from sums must add up to those sums, month by month.
    """

    component: str
    date: datetime.date  # the crediting date; under `recompute` a refund has the date of what it undoes
    key: str
    pay_credit: Decimal
    quota_credit: Decimal
    amount: Decimal = ZERO  # of the whole transaction
    share: Decimal = Decimal(1)
    units: Decimal = ZERO
    shares: tuple[Decimal, ...] = ()  # of all who share a unit, in the order of the split, this person's at `seat`
    seat: int = 0
    customer: str = ""
    contract: str = ""
    kind: str = ""  # receipt, refund, deal …
    undoes: str = ""  # key of the transaction that a refund takes back
    happened: datetime.date | None = None  # when a refund happened, where that is not the crediting date
    rate_key: str = ""
    priced: datetime.date | None = None  # as in `CreditSum`
    source: str = ""  # `inbox/回款-3月.xlsx!回款!17`
    with_others: str = ""  # who has the other shares, for people
    exchanged: Exchanged | None = None  # what it was in another currency, and the rate
    via: str = ""  # of a team's credit: the key of the person whose own credit it is
    taken_below: Decimal = ZERO  # what the levels below earned on it, taken off `pay_credit`
    below: Fraction = Fraction(0)  # the highest rate of the levels below
    taken_from: str = ""  # who has left and had it before, for people
    factors: tuple[LineFactor, ...] = ()  # what multiplied the pay credit, one for each of `credit_factors`
    special: SpecialRate | None = None  # the person's own rate for it, where a plan takes special rates
    sharers: int = 0  # how many have the other shares, where they are not named
    taken_over: bool = False  # somebody who has left had it before, who is not named
    after_others: bool = False  # the levels below have something of it, and how much is not told


@dataclass(frozen=True, slots=True)
class QuotaMonth:
    """One month of a quota in one version; the latest version effective by a day is the one seen on that day.

    A version that is withdrawn says that from its day on there is no quota for the month.
    """

    metric: str
    month: date
    amount: Decimal
    effective_from: date = date.min
    level: str = "base"
    of: Of = "own"
    source: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a closed scorecard run for a period, and the run month from which it is known."""

    scorecard: str
    period: date  # first day of the graded period
    value: str
    known_in: date  # first day of the run in which it first counts
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric over `[start, end of month]` for gates and factors. A denominator of 0 is undefined.

    A reading that starts at the window's first day is used as it is. Where only months by themselves are given
    (`start == month`) and all of them are additive, they are added up to the window so far.
    """

    metric: str
    month: date
    numerator: Decimal
    denominator: Decimal = Decimal(1)
    start: date | None = None  # None: this month by itself
    of: Of = "own"
    additive: bool = True
    basis: str = ""  # of an attainment: which quota it is measured by (`basis_of`); "" fits every gate
    sample: int | None = None
    source: str = ""


def basis_of(quota: str | None, level: str, over: str) -> str:
    """Return which quota an attainment is measured by: two windows may begin on one day and have other quotas."""
    return f"{quota} {level} {over}" if quota else ""


@dataclass(frozen=True, slots=True)
class Continued:
    """What a component brings from another plan into a window that goes on: the plan says `continues`."""

    component: str
    window: date  # first day of the calendar window that goes on
    position: Decimal
    pay: Decimal  # the pay credit so far: another measure may have moved the position
    earned: Decimal
    source: str = ""  # OLD-PLAN.COMPONENT


@dataclass(frozen=True, slots=True)
class Posted:
    """What one closed run wrote for one component and one period (the run's own, or an earlier one)."""

    run: date
    period: date
    component: str
    earned: Decimal
    pay_credit: Decimal | None = None  # the credit of that period as the run knew it; names the cause of a difference


@dataclass(frozen=True, slots=True)
class PostedKept:
    """What one closed run kept (+) or released (−) under one holdback rule for one contract."""

    run: date
    rule: int
    contract: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PostedRun:
    """What one closed run came to, all components together."""

    run: date
    payable: Decimal
    adjusted: Decimal = ZERO  # what draw and deductions added (+) or took (−)
    listed: Decimal = ZERO  # below zero and listed instead of carried
    adjustments: tuple[AdjustmentLine, ...] = ()  # what it posted of manual adjustments
    transfers: tuple[Transfer, ...] = ()  # what it moved between plans


@dataclass(frozen=True, slots=True)
class Deduction:
    """An amount to be taken from pay, from the run that holds its day on."""

    date: datetime.date
    amount: Decimal
    key: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in for a contract (minus: went back) on a day, and what the contract is of in all."""

    contract: str
    date: datetime.date
    amount: Decimal
    of: Decimal


@dataclass(frozen=True, slots=True)
class PayeeInputs:
    """Everything the engine may know of one person under one plan."""

    person: str
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)
    start: date = date.min  # first day on the plan
    end: date = FOREVER  # the day after the last day on the plan
    away: tuple[Days, ...] = ()  # the days between that are not on it
    opening: date | None = None  # first day of the first run that salescli pays
    credits: tuple[CreditSum, ...] = ()
    lines: tuple[CreditLine, ...] = ()
    quotas: tuple[QuotaMonth, ...] = ()
    terms: tuple[Term, ...] = ()
    special_rates: tuple[SpecialRate, ...] = ()
    grades: tuple[Grade, ...] = ()
    readings: tuple[Reading, ...] = ()
    openings: tuple[Opening, ...] = ()
    continued: tuple[Continued, ...] = ()
    handing: Handing = NO_HANDING  # what goes on under another plan, or was left under one
    owed: Decimal = ZERO  # opening: still owed by the person (a positive number)
    carried: Decimal = ZERO  # opening: balance carried below zero (a negative number)
    undeducted: Decimal = ZERO  # opening: deductions that wait for pay to take them from
    posted: tuple[Posted, ...] = ()
    posted_kept: tuple[PostedKept, ...] = ()
    posted_runs: tuple[PostedRun, ...] = ()
    contract_dates: Mapping[tuple[str, str], date | None] = field(default_factory=dict)
    """(contract, date field without `contract.`) → the date, or None where it has none yet."""
    deductions: tuple[Deduction, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    received: tuple[Received, ...] = ()  # of the contracts of components that are paid in parts
    working: Mapping[date, bool] = field(default_factory=dict)
    """Days that a calendar says are worked or not; the others are worked from Monday to Friday."""
    worked: Mapping[date, Mapping[date, bool]] = field(default_factory=dict)
    """First day of a closed run → the days as that run knew them, where they are others."""
    group: Group | None = None  # what groups give the person, found from everybody's facts
    for_group: bool = False  # computed for its group: a pool's pot before it is shared, what a budget has yet to cut
    frozen: Mapping[date, Plan] = field(default_factory=dict)
    """First day of a closed run → the plan as that run knew it."""
    restated: Mapping[date, Plan | None] = field(default_factory=dict)
    """First day of a closed run whose plan was changed on purpose → what it was; None where its credits are others."""
    recalculated: tuple[date, ...] = ()  # first days of closed runs that follow another calculation since, on purpose
