"""The facts of one person as a row of runs knew them: what a case says so that each run of it knows as much.

Every fact is kept with the run in which it was first known. What a later run knew otherwise is a fact of that run: a
credit that was corrected stands twice, as it was and as what was added to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from salescli.core.commission.adjusting import Adjustment, Mark
from salescli.core.commission.inputs import CreditLine, Deduction, PayeeInputs, QuotaMonth, Reading, Received
from salescli.core.commission.terms import SpecialRate
from salescli.core.money import CONTEXT

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

T = TypeVar("T")
ZERO = Decimal(0)
NOTHING = (ZERO, ZERO, ZERO)
Amounts = tuple[Decimal, Decimal, Decimal]


class CreditKey(NamedTuple):
    """What makes a credit the same one from run to run."""

    component: str
    day: date
    key: str = ""
    contract: str = ""
    rate_key: str = ""
    undoes: str = ""
    happened: date | None = None
    signed: date | None = None  # where the numbers in force then are the ones that count
    below: Fraction = Fraction(0)  # the highest rate of the levels below
    fields: tuple[tuple[str, str], ...] = ()  # of the record, as credit factors read them
    customer: str = ""  # of a special rate, by a number: no customer is named


@dataclass(frozen=True, slots=True)
class KeptCredit:
    """A credit, or what a later run knew of it besides; `known_in` where that is not the month of its date."""

    key: CreditKey
    pay: Decimal
    quota: Decimal
    units: Decimal
    known_in: date | None


@dataclass(slots=True)
class KeptFacts:
    """All facts of a case: the inputs of its last run, and what has the run from which it is known beside it."""

    inputs: PayeeInputs
    credits: list[KeptCredit] = field(default_factory=list)
    quotas: list[tuple[QuotaMonth, date | None]] = field(default_factory=list)
    readings: list[tuple[Reading, date | None]] = field(default_factory=list)
    special_rates: list[tuple[SpecialRate, date | None]] = field(default_factory=list)
    deductions: list[tuple[Deduction, date | None]] = field(default_factory=list)
    adjustments: list[tuple[Adjustment, date | None]] = field(default_factory=list)
    received: list[tuple[Received, date | None]] = field(default_factory=list)


def gather_facts(
    plan: Plan, known: Sequence[tuple[date, PayeeInputs]], lines_for: Collection[str], only: str = ""
) -> KeptFacts:
    """Set the inputs of each run, from the first to the one that is kept, into facts of one case.

    Args:
        plan: the plan of the run that is kept.
        known: each run's first day and what it was given, in order.
        lines_for: components whose credits are told one by one; the others month by month.
        only: the one component that the case is about, where it is about one.
    """
    found = KeptFacts(known[-1][1])
    seen: dict[CreditKey, Amounts] = {}
    first = known[0][0]
    quotas: dict[QuotaMonth, None] = {}
    readings: dict[Reading, None] = {}
    special: dict[SpecialRate, None] = {}
    deductions: dict[Deduction, None] = {}
    received: dict[Received, None] = {}
    adjusted: dict[Mark, Decimal] = {}
    takers = {name for name, one in plan.components.items() if one.special_rates and known[-1][1].special_rates}
    told = {name for name, one in plan.components.items() if one.credit_factors or one.pays_in} | set(lines_for)
    told |= takers
    for run, inputs in known:
        later = None if run == first else run
        now = _credits(plan, inputs, told, only, _numbered(known))
        for key in (*seen, *(one for one in now if one not in seen)):
            change = _less(now.get(key, NOTHING), seen.get(key, NOTHING))
            if any(change):
                default = (key.happened if key.undoes and key.happened else key.day).replace(day=1)
                found.credits.append(KeptCredit(key, *change, None if later == default else later))
        seen = now
        found.quotas += _new(_quotas(plan, inputs), quotas, later)
        found.readings += _new((replace(one, source="") for one in inputs.readings), readings, later)
        found.special_rates += _new(_special_rates(known, inputs), special, later)
        found.deductions += _new(inputs.deductions, deductions, later)
        found.received += _new(inputs.received, received, later)
        found.adjustments += ((one, later) for one in _moved(inputs, adjusted))
    found.credits.sort(key=lambda one: (one.known_in or date.min, one.key.component, one.key.day, one.key.key))
    return found


def _moved(inputs: PayeeInputs, told: dict[Mark, Decimal]) -> Iterator[Adjustment]:
    """Yield what manual adjustments have moved by: one that was edited or removed adds up to what it is."""
    now: dict[Mark, Decimal] = {}
    for one in inputs.adjustments:
        now[one.period, one.key] = CONTEXT.add(now.get((one.period, one.key), Decimal(0)), one.amount)
    for period, key in sorted({*now, *told}):
        moved = CONTEXT.subtract(now.get((period, key), Decimal(0)), told.get((period, key), Decimal(0)))
        if moved:
            told[period, key] = now.get((period, key), Decimal(0))
            yield Adjustment(key, period, moved)


def _new(rows: Iterable[T], seen: dict[T, None], later: date | None) -> list[tuple[T, date | None]]:
    fresh = [one for one in rows if one not in seen]
    seen.update(dict.fromkeys(fresh))
    return [(one, later) for one in fresh]


def _quotas(plan: Plan, inputs: PayeeInputs) -> list[QuotaMonth]:
    """The quotas that the plan's tiers are measured by, of the windows that it reaches."""
    wanted = {
        (one.attainment_of, one.level, one.of)
        for component in plan.components.values()
        if (one := getattr(component, "attainment", None)) is not None
    }
    first = inputs.calendar.window("year", plan.start).start
    last = inputs.calendar.window("year", plan.through).end
    return [
        replace(one, source="")
        for one in inputs.quotas
        if (one.metric, one.level, one.of) in wanted and first <= one.month < last
    ]


def _numbered(known: Sequence[tuple[date, PayeeInputs]]) -> dict[str, str]:
    """Return what the customers of special rates are called in a case: none by its name."""
    names = dict.fromkeys(one.customer for _, inputs in known for one in inputs.special_rates if one.customer)
    return {name: f"customer-{number}" for number, name in enumerate(names, 1)}


def _special_rates(known: Sequence[tuple[date, PayeeInputs]], inputs: PayeeInputs) -> list[SpecialRate]:
    numbers = _numbered(known)
    plain = (replace(one, source="", approved_by="", reason="") for one in inputs.special_rates)
    return [replace(one, customer=numbers.get(one.customer, "")) for one in plain]


def _credits(
    plan: Plan, inputs: PayeeInputs, lines_for: Collection[str], only: str, customers: Mapping[str, str]
) -> dict[CreditKey, Amounts]:
    """Return every credit of a run: lines where they are told one by one, and what the sums hold besides."""
    found: dict[CreditKey, Amounts] = {}
    rest: dict[_Stretch, Amounts] = {}
    starts: dict[_Stretch, list[date]] = {}
    for one in inputs.credits:
        if not only or one.component == only:
            at = _Stretch(one.component, one.start, one.rate_key, one.priced, one.below)
            rest[at] = _plus(rest.get(at, NOTHING), (one.pay_credit, one.quota_credit, one.units))
            starts.setdefault(at._replace(start=date.min), []).append(one.start)
    for line in inputs.lines:
        if line.component not in lines_for or (only and line.component != only):
            continue
        amounts = (line.pay_credit, line.quota_credit, line.units)
        said = (line.quota_credit, line.quota_credit, line.units) if line.factors else amounts
        key = _key(plan, line)._replace(customer=customers.get(line.customer, ""))
        found[key] = _plus(found.get(key, NOTHING), said)
        whole = _Stretch(line.component, date.min, line.rate_key, line.priced, line.below)
        start = max((day for day in starts.get(whole, ()) if day <= line.date), default=None)
        if start is not None:
            at = whole._replace(start=start)
            rest[at] = _less(rest[at], amounts)
    for at, amounts in rest.items():
        if any(amounts):
            found[CreditKey(at.component, at.start, rate_key=at.rate_key, signed=at.signed, below=at.below)] = amounts
    return found


class _Stretch(NamedTuple):
    """What sums are folded by."""

    component: str
    start: date
    rate_key: str
    signed: date | None
    below: Fraction


def _key(plan: Plan, line: CreditLine) -> CreditKey:
    back = bool(line.undoes)
    return CreditKey(
        line.component,
        line.date,
        line.key,
        line.contract,
        line.rate_key,
        line.undoes,
        line.happened if back else None,
        line.priced,
        line.below,
        () if back else _fields(plan, line),
    )


def _fields(plan: Plan, line: CreditLine) -> tuple[tuple[str, str], ...]:
    """What the credit factors read of a record; a number of days stands for the day that they count from."""
    found = []
    for factor, used in zip(plan.components[line.component].credit_factors, line.factors, strict=False):
        if used.reading is None:
            continue
        if hasattr(factor, "days_since"):
            found.append((factor.days_since, (line.date - timedelta(days=int(used.reading))).isoformat()))
        else:
            found.append((factor.by, f"{used.reading:f}"))
    return tuple(dict(found).items())


def _plus(one: Amounts, two: Amounts) -> Amounts:
    return CONTEXT.add(one[0], two[0]), CONTEXT.add(one[1], two[1]), CONTEXT.add(one[2], two[2])


def _less(one: Amounts, two: Amounts) -> Amounts:
    return (
        CONTEXT.subtract(one[0], two[0]),
        CONTEXT.subtract(one[1], two[1]),
        CONTEXT.subtract(one[2], two[2]),
    )


def contracts_of(facts: KeptFacts) -> Mapping[str, dict[str, date]]:
    """Return the dates of the contracts that the credits name, by contract and field."""
    mine = {one.key.contract for one in facts.credits}
    found: dict[str, dict[str, date]] = {}
    for (contract, name), day in sorted(facts.inputs.contract_dates.items()):
        if contract in mine and day is not None:
            found.setdefault(contract, {})[name] = day
    return found
