"""What a run costs, line by line: transactions, what late facts moved of earlier ones, and adjustments by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from salescli.core.commission.cost import CostLine
from salescli.core.commission.origins import Mark, Origins, spread_change
from salescli.core.commission.result import ComponentResult
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import CONTEXT
from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.services.commission.running import CommissionRun, Computed, compute_period
from salescli.services.commission.stored import knowing, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_items, fetch_run

ZERO = Decimal(0)


class CostLines:
    """The lines of runs that are looked at one after another, the oldest first.

    A closed run that was looked at is remembered: what its transactions earned is what later ones put right.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._newest: dict[str, tuple[int, Computed]] = {}
        self._items: dict[int, frozenset[str]] = {}

    def open(self, run: Run) -> tuple[CommissionRun, list[tuple[Computed, list[CostLine]]]]:
        """Compute a run again as it knew things, which must be what is known now; return everybody with their lines."""
        month = self._context.parse_period(run.period)
        done = self._compute(run, month)
        found = [(one, list(self._lines(run, one, month))) for one in done.computed]
        if run.state == "closed":
            self._newest.update((one.item, (run.id, one)) for one in done.computed)
        return done, found

    def _compute(self, run: Run, month: Period) -> CommissionRun:
        plans = list(load_plans(self._context, run).values())
        return compute_period(self._context, month, with_lines=True, plans=plans, upon=run)

    def _lines(self, run: Run, one: Computed, month: Period) -> Iterator[CostLine]:
        currency, person = one.result.currency, one.payee.entity
        for component in one.result.components:
            name = (one.plan.name, component.component)
            for line in component.lines:
                day = line.date or month.last_day
                yield CostLine(currency, person, name, day, line.amount, line.key, line.contract)
        for late, (key, contract, at), amount in self._late(run, one):
            yield CostLine(currency, person, (one.plan.name, late), at or month.last_day, amount, key, contract)
        for adjusted in one.result.adjustments:
            day = month_of(adjusted.period).end - ONE_DAY
            yield CostLine(currency, person, (one.plan.name, adjusted.component), day, adjusted.amount)

    def _late(self, run: Run, one: Computed) -> Iterator[tuple[str, Mark, Decimal]]:
        """Yield what late facts moved of each transaction of earlier runs: component, transaction, amount."""
        last = self._before(run, one.item)
        moved = {(each.component, *pair) for each in one.result.components for pair in _by_run(each).items()}
        told = {(component, origin) for component, origin, _ in moved}
        # what changed and pays the same has no difference, and may be of another contract or product now
        moved |= {(*mark, ZERO) for mark in self._changed(one, last) - told}
        if not moved:
            return
        now, before = self._origins(one), None if last is None else self._origins(last)
        for component, origin, amount in sorted(moved):
            known = before.lines(component, origin) if before is not None else {}
            for mark, change in spread_change(amount, known, now.lines(component, origin)).items():
                yield component, mark, change

    def _changed(self, one: Computed, last: Computed | None) -> set[tuple[str, date]]:
        """Return the components and runs of which a transaction is not what the last closed run knew."""
        if last is None:
            return set()
        window, grain = self._context.calendar.window, GRAIN[one.plan.require().pay]
        end = window(grain, last.result.run).end
        known, found = (
            {(line.component, line.date, line.key, line.contract, line.pay_credit) for line in each.inputs.lines}
            for each in (last, one)
        )
        changed = {mark[:2] for mark in known ^ found if mark[1] < end}
        return {(component, window(grain, day).start) for component, day in changed}

    def _before(self, run: Run, item: str) -> Computed | None:
        """Return somebody as the last closed run that paid them knew things."""
        closed: list[int] = run.manifest["closed"]
        number = next((one for one in reversed(closed) if item in self._items_of(one)), None)
        if number is None:
            return None
        found = self._newest.get(item)
        if found is None or found[0] != number:
            last = fetch_run(self._context.store, number)
            with knowing(self._context, last):
                done = self._compute(last, self._context.parse_period(last.period))
            self._newest.update((one.item, (number, one)) for one in done.computed)
            found = self._newest.get(item)
        return None if found is None or found[0] != number else found[1]

    def _origins(self, one: Computed) -> Origins:
        plan = one.plan.require()
        return Origins(plan, one.inputs, self._context.calendar.window(GRAIN[plan.pay], one.result.run))

    def _items_of(self, number: int) -> frozenset[str]:
        if number not in self._items:
            self._items[number] = frozenset(fetch_items(self._context.store, number))
        return self._items[number]


def _by_run(component: ComponentResult) -> Mapping[date, Decimal]:
    """Return the differences of a component by the run that they are of."""
    found: dict[date, Decimal] = {}
    for one in component.differences:
        found[one.period] = CONTEXT.add(found.get(one.period, ZERO), one.amount)
    return found
