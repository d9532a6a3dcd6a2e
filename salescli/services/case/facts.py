"""The facts of a case, turned into the engine's inputs as each of its runs knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from salescli.core.commission.adjusting import Adjustment
from salescli.core.commission.away import Days, gaps_between, joined, stays_in
from salescli.core.commission.components.per_unit import PerUnitComponent, unit_of
from salescli.core.commission.components.rate import RateComponent
from salescli.core.commission.credit_factors import pay_credit_of
from salescli.core.commission.exchanged import exchange
from salescli.core.commission.inputs import (
    Continued,
    CreditLine,
    CreditSum,
    Deduction,
    Grade,
    HeldFor,
    Opening,
    PayeeInputs,
    QuotaMonth,
    Reading,
    Term,
    WaitingFor,
)
from salescli.core.commission.needs import cut_days
from salescli.core.commission.payout import days_after_leaving
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import from_e4, part, to_e4
from salescli.core.periods import FOREVER, FiscalCalendar, Period, add_months
from salescli.services.case.credit_facts import (
    less_below,
    line_factors,
    received_at,
    special_rate_of_line,
    special_rates_at,
)
from salescli.services.case.exchange import convert_credit

if TYPE_CHECKING:
    from salescli.core.commission.case_shapes import Case, CreditFact, ReadingFact
    from salescli.core.commission.plan import Plan
    from salescli.core.commission.terms import SpecialRate

ZERO = Decimal(0)


@dataclass(frozen=True)
class CaseFacts:
    """A case beside its plan."""

    case: Case
    plan: Plan

    @property
    def calendar(self) -> FiscalCalendar:
        """The case's fiscal calendar."""
        return FiscalCalendar(self.case.fiscal_year_starts)

    def first_run(self) -> Period:
        """Return the first run that is paid."""
        opening = self.case.given.opening
        first = opening.first_run if opening is not None else max(self.plan.start, self._start())
        return self.calendar.window(GRAIN[self.plan.pay], first)

    def runs(self) -> Iterator[Period]:
        """Yield the runs from the first paid to the last that something is expected of."""
        run = self.first_run()
        while run.start <= max(self.case.expect):
            yield run
            run = self.calendar.window(GRAIN[self.plan.pay], run.end)

    def inputs_at(self, run: Period) -> PayeeInputs:
        """Return what is known in a run."""
        given = self.case.given
        special = special_rates_at(given, run)
        known = [(number, fact) for number, fact in enumerate(given.credits) if self._knows(fact, run)]
        lines = [self._special(self._line(fact, number), fact, special) for number, fact in known]
        quotas = [
            QuotaMonth(
                one.metric,
                month,
                one.each_month,
                one.effective_from or date.min,
                one.level,
                one.of,
                withdrawn=one.withdrawn,
            )
            for one in given.quotas
            if one.known_in is None or one.known_in < run.end
            for month in _months(one.start, one.through)
        ]
        opening = given.opening
        return PayeeInputs(
            person=self.case.case,
            calendar=self.calendar,
            start=self._start(),
            end=self._end(),
            away=self._away(),
            opening=None if opening is None else opening.first_run,
            credits=tuple(self._sum(line, quotas) for line in lines),
            lines=tuple(lines),
            quotas=tuple(quotas),
            terms=tuple(Term(one.name, one.value, one.start or date.min, one.through) for one in given.terms),
            special_rates=special,
            grades=tuple(Grade(one.scorecard, one.period, one.grade, one.known_in) for one in given.grades),
            readings=tuple(_reading(one) for one in given.readings if one.known_in is None or one.known_in < run.end),
            openings=()
            if opening is None
            else tuple(
                Opening(
                    one.component,
                    one.position or ZERO,
                    one.units or ZERO,
                    one.earned,
                    one.held or ZERO,
                    one.month,
                    held_for=tuple(HeldFor(each.amount, each.contract, each.until) for each in one.held_for),
                    waiting=tuple(WaitingFor(each.amount, each.month) for each in one.waiting),
                )
                for one in opening.rows
            ),
            continued=tuple(
                Continued(
                    one.component, one.window, one.position, one.position if one.pay is None else one.pay, one.earned
                )
                for one in given.continued
            ),
            carried=ZERO if opening is None or opening.carried is None else opening.carried,
            owed=ZERO if opening is None or opening.owed is None else opening.owed,
            undeducted=ZERO if opening is None or opening.undeducted is None else opening.undeducted,
            deductions=tuple(
                Deduction(one.date, one.amount, one.key)
                for one in given.deductions
                if one.known_in is None or one.known_in < run.end
            ),
            adjustments=tuple(
                Adjustment(one.key, one.month, one.amount)
                for one in given.adjustments
                if one.known_in is None or one.known_in < run.end
            ),
            received=received_at(given, run),
            contract_dates={
                (one.contract, field): getattr(one, field)
                for one in given.contracts
                for field in ("warranty_end", "accepted_on")
            },
        )

    def _start(self) -> date:
        days = self.case.given.on_plan
        return days.start if days is not None and days.start is not None else self.plan.start

    def _end(self) -> date:
        days = self.case.given.on_plan
        return FOREVER if days is None or days.through is None else days.through + timedelta(days=1)

    def _away(self) -> tuple[Days, ...]:
        days = self.case.given.on_plan
        gaps = () if days is None else joined((one.start, one.through + timedelta(days=1)) for one in days.away)
        return gaps_between(stays_in(self._start(), self._end(), gaps))

    def _knows(self, fact: CreditFact, run: Period) -> bool:
        return (fact.known_in or fact.date) < run.end

    def _line(self, fact: CreditFact, number: int) -> CreditLine:
        """One credit; a refund under `recompute` has the date of what it undoes."""
        component = self.plan.components[fact.component]
        undone = next((one for one in self.case.given.credits if fact.undoes and one.key == fact.undoes), None)
        back = undone is not None and getattr(component, "refunds", "") == "recompute"
        credit = fact.amount
        if fact.share is not None:
            credit = from_e4(part(to_e4(fact.amount), int(fact.share * 1_000_000)))
        credit, exchanged = convert_credit(self.plan, self.case.given, fact, credit)
        day = undone.date if back and undone is not None else fact.date
        factors = line_factors(
            component, fact, undone.fields if undone is not None else {}, undone.date if undone is not None else day
        )
        return CreditLine(
            component=fact.component,
            date=day,
            key=fact.key or f"#{number + 1}",
            pay_credit=less_below(pay_credit_of(credit, factors), fact),
            factors=factors,
            quota_credit=credit if fact.quota_credit is None else fact.quota_credit,
            amount=fact.amount if exchanged is None else exchange(fact.amount, exchanged.rate.factor),
            share=fact.share if fact.share is not None else Decimal(1),
            units=self._units(fact),
            customer=fact.customer,
            contract=fact.contract,
            kind="refund" if fact.undoes else "",
            taken_below=fact.earned_below or ZERO,
            below=Fraction(fact.rate_below or 0),
            undoes=fact.undoes,
            happened=fact.date,
            rate_key=fact.rate_key,
            priced=self._priced(fact, undone),
            exchanged=exchanged,
        )

    def _special(self, line: CreditLine, fact: CreditFact, rates: tuple[SpecialRate, ...]) -> CreditLine:
        """Give a credit the person's own rate for it; a refund has that of what it undoes, but on its own day."""
        if not rates:
            return line
        undone = next((one for one in self.case.given.credits if fact.undoes and one.key == fact.undoes), None)
        day = line.priced or line.date
        if undone is not None and getattr(self.plan.components[fact.component], "refunds", "") != "at-refund-date":
            day = line.priced or undone.date
            line = replace(line, customer=line.customer or undone.customer, contract=line.contract or undone.contract)
        return replace(line, special=special_rate_of_line(rates, line, day))

    def _units(self, fact: CreditFact) -> Decimal:
        component = self.plan.components[fact.component]
        if fact.units is not None:
            return fact.units
        if isinstance(component, RateComponent) and component.pays_each and not fact.undoes:
            return fact.share if fact.share is not None else Decimal(1)
        if isinstance(component, PerUnitComponent):
            return unit_of(component.shared_unit, fact.shares or (Decimal(1),), fact.seat)
        return ZERO

    def _sum(self, line: CreditLine, quotas: list[QuotaMonth]) -> CreditSum:
        cuts = [day for day in cut_days(self.plan, line.component, quotas) if day <= line.date]
        month = line.date.replace(day=1)
        end = self._end()
        late = end if end == FOREVER else end + timedelta(days=days_after_leaving(self.plan.leavers))
        cuts += [self._start(), end, late, *chain(*self._away())]
        stretch = max([month, *(day for day in cuts if day <= line.date)])
        component = self.plan.components[line.component]
        if component.takes_back or component.credit_factors:
            stretch = line.date  # the position moves on each day
        return CreditSum(
            line.component,
            month,
            line.pay_credit,
            line.quota_credit,
            line.units,
            stretch,
            bool(line.undoes),
            line.rate_key,
            priced=line.priced,
            below=line.below,
        )

    def _priced(self, fact: CreditFact, undone: CreditFact | None) -> date | None:
        """When a credit was signed, where the numbers in force then are the ones that count; a refund's receipt's."""
        if self.plan.rates_in_force_on != "signing-date":
            return None
        return fact.signed or (undone.signed if undone is not None else None)


def _reading(one: ReadingFact) -> Reading:
    return Reading(
        one.metric,
        one.month,
        one.numerator,
        one.denominator,
        one.start,
        one.of,
        basis=one.basis,
        sample=one.sample,
    )


def _months(start: date, through: date) -> Iterator[date]:
    while start <= through:
        yield start
        start = add_months(start, 1)
