"""The payee's facts laid out for computing: credits by run, quotas by version, readings by window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from salescli.core.commission.away import is_away, is_wholly_away
from salescli.core.commission.gates import GateReading
from salescli.core.commission.groups.given import wholes
from salescli.core.commission.inputs import CreditLine, CreditSum, Opening, PayeeInputs, Reading
from salescli.core.commission.leaver_parts import LeaversOn, is_over, leaver_line, leaver_sum, nobody_leaves
from salescli.core.commission.part_period import Count, share_of_window
from salescli.core.commission.payout import Leavers
from salescli.core.commission.quota_totals import Quotas
from salescli.core.commission.terms import SpecialRate, Term, term_on
from salescli.core.commission.timeline import Timeline
from salescli.core.money import CONTEXT
from salescli.core.periods import FOREVER, add_months
from salescli.core.scales import from_micro, to_micro


class Stretch(NamedTuple):
    """The credits of one stretch of days, added up, in millionths."""

    start: date
    run: int
    quota: int
    pay: int
    units: int
    rate_key: str = ""
    below: Fraction = Fraction(0)  # the highest rate of the levels below
    priced: date | None = None  # the day whose table and rate count, where it is not the first of the stretch
    is_refund: bool = False  # only where a refund takes back the pay of its receipt: the table pays nothing on it
    special: SpecialRate | None = None  # the rate of the person's own that it is paid at, not the plan's

    @property
    def priced_on(self) -> date:
        """The day whose table and rate count."""
        return self.priced or self.start


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One row of the opening sheet, placed: up to run `run` these are the window's figures."""

    run: int
    month: date
    position: int
    units: int
    earned: Fraction | None
    waiting: tuple[tuple[int, Fraction], ...] = ()  # what gates or factors hold of runs


@dataclass(slots=True)
class Facts:
    """Everything about one payee, indexed for one timeline. Built by `build_facts`."""

    timeline: Timeline
    terms: dict[str, list[Term]]
    stretches: dict[str, list[Stretch]]
    openings: dict[str, list[OpeningRow]]
    lines: dict[str, list[CreditLine]]
    inputs: PayeeInputs
    outside: dict[tuple[str, str], Decimal]
    _quotas: dict[tuple[str, str, str], Quotas] = field(default_factory=dict)
    _readings: dict[tuple[str, str], list[Reading]] = field(default_factory=dict)
    _wholes: dict[str, dict[int, Decimal] | None] = field(default_factory=dict)

    def quota(
        self, key: tuple[str, str, str], start: date, end: date, seen: date, upto: date = FOREVER
    ) -> Fraction | None:
        """Return the quota of `[start, end)` as seen on a day, of the months before `upto`, if there is one."""
        found = self._quotas.get(key)
        return None if found is None else found.total(start, min(end, upto), seen)

    def within(self, component: str, start: date, end: date) -> Facts:
        """Return the facts without the credits of a component outside `[start, end)`: its own days, the plan's."""
        stretches, lines = self.stretches.get(component, []), self.lines.get(component, [])
        days = [one.start for one in stretches] + [one.date for one in lines]
        if not days or (start <= min(days) and max(days) < end):
            return self
        inside = [one for one in stretches if start <= one.start < end]
        own = [one for one in lines if start <= one.date < end]
        stretches_of, lines_of = {**self.stretches, component: inside}, {**self.lines, component: own}
        return replace(self, stretches=stretches_of, lines=lines_of)

    def credit_of(self, component: str, run: int) -> Decimal:
        """Return the pay credit of a run (or its units, where only units are counted)."""
        if component not in self._wholes:
            self._wholes[component] = wholes(self, component)
        if (of_group := self._wholes[component]) is not None:
            return of_group.get(run, Decimal(0))
        if component in self.stretches:
            return from_micro(sum(one.pay or one.units for one in self.stretches[component] if one.run == run))
        lines = self.lines.get(component, [])
        return from_micro(sum(to_micro(one.pay_credit) for one in lines if self.timeline.index(one.date) == run))

    def term(self, name: str, day: date) -> Decimal | None:
        """Return one of the person's own terms on a day."""
        found = term_on(self.terms.get(name, ()), name, day)
        return None if found is None else found.value

    def terms_on(self, day: date) -> dict[str, Decimal]:
        """Return all of the person's own terms on a day."""
        found = {name: self.term(name, day) for name in self.terms}
        return {name: value for name, value in found.items() if value is not None}

    def part_of(self, count: Count, start: date, end: date, plan_end: date) -> Fraction:
        """Return how much of the window `[start, end)` the person is on the plan."""
        timeline = self.timeline
        return share_of_window(
            count,
            max(timeline.start, self.inputs.start),
            min(timeline.end, self.inputs.end, plan_end),
            (start, end),
            self.working_in(start, end) if count == "working-days" else {},
            self.inputs.away,
        )

    def working_in(self, start: date, end: date) -> Mapping[date, bool]:
        """Return the calendar that the window `[start, end)` is measured by: its first closed run's, else today's.

        So a threshold or a cap is one number for all runs of its window, whatever a later one knows of its days.
        """
        inputs, runs = self.inputs, self.timeline.runs
        for run in runs[:-1]:
            known = inputs.frozen.get(run.start) if run.start < end and start < run.end else None
            if known is not None and known.counts_working_days:
                return inputs.worked.get(run.start, inputs.working)
        return inputs.working

    def reading(self, metric: str, of: str, window_start: date, month: date, basis: str = "") -> GateReading | None:
        """Return a metric over `[window_start, end of month]`, or None where it was not given."""
        given = [one for one in self._readings.get((metric, of), []) if not (basis and one.basis) or basis == one.basis]
        first = window_start.replace(day=1)
        starts = (first, window_start)
        exact = [one for one in given if one.month == month and (one.start or one.month) in starts]
        if exact:
            return _read([exact[-1]])
        months = [one for one in given if (one.start or one.month) == one.month and first <= one.month <= month]
        wanted = (month.year - first.year) * 12 + month.month - first.month + 1
        if len({one.month for one in months}) == wanted == len(months) and all(one.additive for one in months):
            return _read(months)
        return None


ApartOn = Callable[[str, date], bool]
"""Whether a component's refunds of a day are folded apart from its receipts."""


def none_apart(_component: str, _day: date) -> bool:
    """Return what holds where refunds are negative credits."""
    return False


def build_facts(
    inputs: PayeeInputs, timeline: Timeline, leavers: LeaversOn = nobody_leaves, apart: ApartOn = none_apart
) -> Facts:
    """Lay the facts out on a timeline; what comes in after a person's last day is cut to the leaver's part.

    Raises:
        FinerThanMicro: a credit has more than six decimals.
    """
    opened = _openings(inputs, timeline)
    outside: dict[tuple[str, str], Decimal] = {}
    lines: dict[str, list[CreditLine]] = {}
    for line in sorted(inputs.lines, key=lambda one: (one.date, one.key, one.contract)):
        if _is_open(line.component, line.date.replace(day=1), opened) and not is_away(inputs.away, line.date):
            lines.setdefault(line.component, []).append(leaver_line(line, inputs, leavers(line.date)))
    terms: dict[str, list[Term]] = {}
    for term in inputs.terms:
        terms.setdefault(term.name, []).append(term)
    credits = inputs.credits
    over: dict[date, str] = {}
    if any(one.start >= inputs.end for one in credits):
        whole, credits = credits, tuple(leaver_sum(one, inputs, leavers(one.start)) for one in credits)
        _note_rests(whole, credits, outside)
        over = {one.start: "credit-after-leaving" for one in credits if is_over(one.start, inputs, leavers)}
    if inputs.away:
        over |= {one.start: "credit-while-away" for one in credits if is_away(inputs.away, one.start)}
    stretches = _stretches(credits, timeline, opened, outside, apart, over)
    facts = Facts(timeline, terms, stretches, opened, lines, inputs, outside)
    rows: dict[tuple[str, str, str], list[tuple[date, date, Decimal | None]]] = {}
    for quota in inputs.quotas:
        if inputs.away and is_wholly_away(inputs.away, quota.month, add_months(quota.month, 1)):
            continue
        key = (quota.metric, quota.level, quota.of)
        amount = None if quota.withdrawn else quota.amount
        rows.setdefault(key, []).append((quota.month, quota.effective_from, amount))
    facts._quotas = {key: Quotas(found) for key, found in rows.items()}
    for reading in inputs.readings:
        facts._readings.setdefault((reading.metric, reading.of), []).append(reading)
    return facts


def own_lines(inputs: PayeeInputs, leavers: Leavers | None) -> list[CreditLine]:
    """Return a person's transactions as they count: of what came in after the last day, the part that is theirs."""
    return [leaver_line(line, inputs, leavers) for line in inputs.lines if not is_away(inputs.away, line.date)]


def _note_rests(whole: Sequence[CreditSum], cut: Sequence[CreditSum], outside: dict[tuple[str, str], Decimal]) -> None:
    """What a leaver's part leaves over is nobody's until it is given to somebody: it is totalled, never lost."""
    for before, after in zip(whole, cut, strict=True):
        if after is not before:
            key = (before.component, "rest-after-leaving")
            rest = CONTEXT.subtract(_came_in(before), _came_in(after))
            outside[key] = CONTEXT.add(outside.get(key, Decimal(0)), rest)


def _came_in(credit: CreditSum) -> Decimal:
    """Return what came in: a credit as it moves the position, before the factors of what is paid on."""
    return credit.quota_credit if credit.quota_credit and credit.pay_credit else credit.pay_credit


def _stretches(
    credits: Sequence[CreditSum],
    timeline: Timeline,
    opened: dict[str, list[OpeningRow]],
    outside: dict[tuple[str, str], Decimal],
    apart: ApartOn,
    over: Mapping[date, str],
) -> dict[str, list[Stretch]]:
    folded: dict[tuple[str, date, bool, str, Fraction, date], list[int]] = {}
    start = timeline.start
    for credit in credits:
        day = credit.start
        if day >= timeline.end or day < start or day in over:
            kind = "credit-before-start" if day < start else over.get(day, "credit-after-leaving")
            key = (credit.component, kind)
            outside[key] = outside.get(key, Decimal(0)) + _came_in(credit)
            continue
        if opened and not _is_open(credit.component, credit.month, opened):
            continue
        is_refund = credit.refund and apart(credit.component, day)
        priced = credit.priced or day
        stretch = (credit.component, day, is_refund, credit.rate_key, credit.below, priced)
        sums = folded.setdefault(stretch, [0, 0, 0])
        sums[0] += to_micro(credit.quota_credit)
        sums[1] += to_micro(credit.pay_credit)
        if credit.units:
            sums[2] += to_micro(credit.units)
    found: dict[str, list[Stretch]] = {}
    for (component, day, is_refund, rate_key, below, priced), (quota, pay, units) in sorted(folded.items()):
        run = timeline.index(day)
        if run is not None:
            found.setdefault(component, []).append(
                Stretch(day, run, quota, pay, units, rate_key, below, priced, is_refund)
            )
    return found


def _openings(inputs: PayeeInputs, timeline: Timeline) -> dict[str, list[OpeningRow]]:
    found: dict[str, list[OpeningRow]] = {}
    for row in sorted(inputs.openings, key=lambda one: (one.component, one.month or date.max)):
        month = row.month or _month_before(inputs.opening or timeline.runs[-1].start)
        run = timeline.index(month)
        if run is None:
            continue
        earned = None if row.earned is None else Fraction(row.earned)
        waiting = tuple(
            (run if at is None or at > run else at, Fraction(one.amount))
            for one in row.waiting
            for at in (timeline.index(one.month or month),)
        )
        placed = OpeningRow(run, month, to_micro(row.position), to_micro(row.units), earned, waiting)
        found.setdefault(row.component, []).append(placed)
    return found


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _is_open(component: str, month: date, opened: dict[str, list[OpeningRow]]) -> bool:
    """Tell whether credits of a month count by themselves, and are not inside an opening row."""
    rows: list[Opening] | list[OpeningRow] = opened.get(component, [])
    return not rows or month > rows[-1].month  # type: ignore[operator]


def _read(readings: Sequence[Reading]) -> GateReading:
    numerator = sum((Fraction(one.numerator) for one in readings), Fraction(0))
    denominator = sum((Fraction(one.denominator) for one in readings), Fraction(0))
    samples = [one.sample for one in readings if one.sample is not None]
    value = numerator / denominator if denominator else None
    return GateReading(value, numerator, denominator, sum(samples) if samples else None, readings[-1].source)
