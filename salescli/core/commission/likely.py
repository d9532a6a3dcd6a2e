"""Why another sheet comes to another figure: each likely mistake is made on purpose, and the figure compared.

Pure: the same engine computes each mistake. A cause is named only where it explains the figure to the cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditLine, CreditSum, PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import PayeeResult
from salescli.core.money import CONTEXT, round_half_away, to_decimal, total
from salescli.core.periods import Period

ZERO = Decimal(0)
TOLERANCE = Decimal("0.01")
MOST_PAIRED = 40
"""Lines among which pairs are tried: 780 pairs are computed in about a second."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A mistake that explains a figure: its name, and the values its sentence needs."""

    name: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """Our computation of one person under one plan, and what else may be tried."""

    plan: Plan
    inputs: PayeeInputs
    result: PayeeResult
    upto: Period
    gross: PayeeInputs | None = None  # the same with amounts before tax and costs
    owned: frozenset[str] = frozenset()  # contracts whose owner the person is
    others: tuple[CreditLine, ...] = ()  # transactions that are not theirs, or nobody's


@dataclass(slots=True)
class _Search:
    side: Side
    theirs: Decimal  # what this plan would have to come to
    tried: set[tuple[CreditSum, ...]] = field(default_factory=set)

    def explains(self, inputs: PayeeInputs) -> bool:
        """Tell whether a mistake, made all along or in this run alone, comes to their figure."""
        altered = compute_payee(self.side.plan, inputs, self.side.upto)
        ours = self.side.result
        moved = CONTEXT.subtract(_to_date(altered), _to_date(ours))
        return any(self.is_theirs(amount) for amount in (altered.earned, CONTEXT.add(ours.earned, moved)))

    def is_theirs(self, amount: Decimal) -> bool:
        """Tell whether an amount is theirs, to the cent, and nearer to theirs than ours is without any mistake."""
        off, now = (abs(CONTEXT.subtract(one, self.theirs)) for one in (amount, self.side.result.earned))
        return off <= TOLERANCE and off < now


def _to_date(result: PayeeResult) -> Decimal:
    return total(one.earned_to_date for one in result.components)


def find_cause(sides: Sequence[Side], theirs: Decimal) -> Cause | None:
    """Return the first mistake that explains their figure for a person; None where none does."""
    ours = total(side.result.earned for side in sides)
    searches = [_Search(side, CONTEXT.subtract(theirs, CONTEXT.subtract(ours, side.result.earned))) for side in sides]
    for try_one in TRIALS:
        for search in searches:
            for cause in try_one(search):
                return cause
    return None


def _left_out(search: _Search) -> Iterator[Cause]:
    """A component is not in the sheet, or the holdback is already off."""
    result = search.side.result
    paid = [one for one in result.components if one.earned]
    for count in range(1, len(paid)):
        for chosen in combinations(paid, count):
            if search.is_theirs(CONTEXT.subtract(result.earned, total(one.earned for one in chosen))):
                yield Cause("component-left-out", (("components", tuple(one.title for one in chosen)),))
    if result.kept_change and search.is_theirs(CONTEXT.subtract(result.earned, result.kept_change)):
        yield Cause("after-holdback", (("amount", result.kept_change),))
    earlier = total(each.amount for one in result.components for each in one.differences)
    if earlier and search.is_theirs(CONTEXT.subtract(result.earned, earlier)):
        yield Cause("differences-left-out", (("amount", earlier),))


def _gross(search: _Search) -> Iterator[Cause]:
    gross = search.side.gross
    if gross is None:
        return
    inputs, start = search.side.inputs, search.side.upto.start
    now = replace(
        inputs,
        credits=(
            *(one for one in inputs.credits if one.month < start),
            *(one for one in gross.credits if one.month >= start),
        ),
    )
    whole = replace(inputs, credits=gross.credits, lines=gross.lines)
    received = replace(
        inputs,
        credits=(*(one for one in gross.credits if not one.refund), *(one for one in inputs.credits if one.refund)),
    )
    for altered in (whole, now, received):
        if search.explains(altered):
            yield Cause("gross")


def _shares(search: _Search) -> Iterator[Cause]:
    side = search.side
    shared = [line for line in side.inputs.lines if line.share != 1 and not line.units and _is_whose(side, line)]
    whole = [(line, line.amount) for line in shared if line.contract in side.owned]
    gone = [(line, ZERO) for line in shared if line.contract not in side.owned]
    for changes in (whole, [*whole, *gone], [(line, line.amount) for line in shared]):
        for scope in (changes, [one for one in changes if _is_now(side, one[0])]):
            if scope and search.explains(with_credits(side.inputs, scope)):
                keys = tuple(dict.fromkeys(line.contract or line.key for line, _ in scope if _is_now(side, line)))
                yield Cause("share-ignored", (("keys", keys[:3]),))


def _taken_over(search: _Search) -> Iterator[Cause]:
    """What came in for somebody who has left is not in the sheet of whoever took it over."""
    side = search.side
    taken = [line for line in side.inputs.lines if line.taken_from and _is_own(side, line)]
    for chosen in ([line for line in taken if _is_now(side, line)], taken):
        if chosen and search.explains(with_credits(side.inputs, [(line, ZERO) for line in chosen])):
            names = tuple(dict.fromkeys(line.taken_from for line in chosen))
            yield Cause("taken-over-left-out", (("people", names),))


def _grade(search: _Search) -> Iterator[Cause]:
    inputs = search.side.inputs
    if inputs.grades and search.explains(replace(inputs, grades=())):
        now = [one.value for one in inputs.grades if one.period <= search.side.upto.start]
        yield Cause("grade-not-applied", (("grade", now[-1] if now else ""),))


def _gate(search: _Search) -> Iterator[Cause]:
    inputs = search.side.inputs
    if inputs.readings and search.explains(replace(inputs, readings=())):
        yield Cause("gate-ignored")


def _refunds(search: _Search) -> Iterator[Cause]:
    side = search.side
    refunds = [line for line in side.inputs.lines if line.kind == "refund" and _is_own(side, line)]
    recent = [line for line in refunds if (line.happened or line.date) in side.upto]
    for chosen in (recent, refunds):
        if chosen and search.explains(with_credits(side.inputs, [(line, ZERO) for line in chosen])):
            yield Cause("refund-ignored", (("keys", tuple(dict.fromkeys(line.key for line in chosen))),))


def _missing(search: _Search) -> Iterator[Cause]:
    side = search.side
    for line in _lines_now(side):
        if search.explains(with_credits(side.inputs, [(line, ZERO)])):
            yield _missing_cause([line])


def _missing_two(search: _Search) -> Iterator[Cause]:
    side = search.side
    lines = _lines_now(side)
    for pair in combinations(lines, 2) if len(lines) <= MOST_PAIRED else ():
        if search.explains(with_credits(side.inputs, [(line, ZERO) for line in pair])):
            yield _missing_cause(pair)


def _missing_cause(lines: Sequence[CreditLine]) -> Cause:
    return Cause("missing-there", (("keys", tuple(_called(line) for line in lines)),))


def _called(line: CreditLine) -> str:
    """Name a transaction: by its number, or by its day where the key was made of several columns."""
    name = f"{line.date}" if "|" in line.key else line.key
    return " ".join(part for part in (name, line.customer, f"{line.pay_credit:,}") if part)


def _added(search: _Search) -> Iterator[Cause]:
    """A transaction that is not theirs with us: somebody else's, nobody's, or outside the plan."""
    side = search.side
    for line in side.others:
        if search.explains(with_added(side.inputs, line)):
            yield Cause("missing-here", (("keys", (_called(line),)), ("whose", line.with_others)))


def _rate(search: _Search) -> Iterator[Cause]:
    """One rate on all credits of the run, a round one."""
    counted = {line.component for line in search.side.inputs.lines if line.units}
    for one in search.side.result.components:
        if one.component in counted:
            continue
        rest = CONTEXT.subtract(search.theirs, CONTEXT.subtract(search.side.result.earned, one.earned))
        if one.pay_credit <= 0 or rest <= 0:
            continue
        rate = round_half_away(Fraction(rest) / Fraction(one.pay_credit), Decimal("0.001"))
        if ZERO < rate <= 1 and abs(Fraction(rate) * Fraction(one.pay_credit) - Fraction(rest)) <= Fraction(TOLERANCE):
            mine = to_decimal(Fraction(one.earned) / Fraction(one.pay_credit), 5)
            yield Cause("another-rate", (("rate", rate), ("ours", mine), ("component", one.title)))


TRIALS: tuple[Callable[[_Search], Iterator[Cause]], ...] = (
    _left_out, _gross, _shares, _taken_over, _grade, _gate, _refunds, _missing, _rate, _added, _missing_two,
)  # fmt: skip
"""In the order in which they are believed."""


def _is_own(side: Side, line: CreditLine) -> bool:
    return bool(side.plan.components[line.component].credit == "own")


def _is_whose(side: Side, line: CreditLine) -> bool:
    """Tell whether a line is a share of one's own, and not what a leaver left."""
    return _is_own(side, line) and not line.taken_from


def _is_now(side: Side, line: CreditLine) -> bool:
    return line.date in side.upto or (line.happened is not None and line.happened in side.upto)


def _lines_now(side: Side) -> list[CreditLine]:
    return [line for line in side.inputs.lines if _is_now(side, line)]


def with_credits(inputs: PayeeInputs, changes: Sequence[tuple[CreditLine, Decimal]]) -> PayeeInputs:
    """Return the inputs with other credits for some lines; sums and lines stay in step."""
    credits = list(inputs.credits)
    altered = {id(line): amount for line, amount in changes}
    for line, amount in changes:
        change = CONTEXT.subtract(amount, line.pay_credit)
        units = -line.units if line.units and not amount else ZERO
        credits.append(_sum_like(inputs, line, change if not line.units else units, units))
    lines = tuple(
        replace(line, pay_credit=altered[id(line)], quota_credit=altered[id(line)], units=ZERO)
        if id(line) in altered
        else line
        for line in inputs.lines
    )
    return replace(inputs, credits=tuple(credits), lines=lines)


def with_added(inputs: PayeeInputs, line: CreditLine) -> PayeeInputs:
    """Return the inputs with one more transaction."""
    added = _sum_like(inputs, line, line.pay_credit, line.units)
    return replace(inputs, credits=(*inputs.credits, added), lines=(*inputs.lines, line))


def _sum_like(inputs: PayeeInputs, line: CreditLine, change: Decimal, units: Decimal) -> CreditSum:
    month = line.date.replace(day=1)
    same = [one for one in inputs.credits if one.component == line.component and one.month == month]
    stretch = max((one.start for one in same if one.start <= line.date), default=max(month, inputs.start))
    return CreditSum(line.component, month, change, change, units, stretch, line.kind == "refund", line.rate_key)
