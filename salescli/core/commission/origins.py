"""What each run of a payee earns by today's facts, transaction by transaction: late facts are told by it.

A difference is one amount for a whole run of the past. What its transactions earn now, less what they earned as the
last closed run knew them, says which of them it is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.series import Series, added_by, build_series, taken_by
from salescli.core.commission.statement import statement_lines
from salescli.core.money import CONTEXT, total
from salescli.core.periods import Period

Mark = tuple[str, str, date | None]
"""A transaction: key, contract, day. The key is "" for what no single one has."""
Lines = Mapping[Mark, Decimal]
REST: Mark = ("", "", None)
ZERO = Decimal(0)


class Origins:
    """The runs of one payee by today's facts; each by the plan that it was closed with."""

    def __init__(self, plan: Plan, inputs: PayeeInputs, upto: Period) -> None:
        self._series: Series = build_series(plan, inputs, upto)

    def lines(self, component: str, run: date) -> Lines:
        """Return what each transaction of a run earns; nothing where the payee has no such run, or it is not paid."""
        series = self._series
        number = series.timeline.index(run)
        if number is None or number < series.first_paid:
            return {}
        walk = series.by_run[number].components.get(component)
        if walk is None:
            return {}
        unit = series.by_run[number].plan.payout.round_to
        found: dict[Mark, Decimal] = {}
        for line in statement_lines(walk, added_by(walk, number), unit, taken_by(walk, number)):
            mark = (line.key, line.contract, line.date)
            found[mark] = CONTEXT.add(found.get(mark, ZERO), line.amount)
        return found


def spread_change(amount: Decimal, before: Lines, now: Lines) -> dict[Mark, Decimal]:
    """Return what of a difference each transaction has; what they do not say is of none. They add up to it.

    >>> one, two = ("R1", "C1", None), ("R2", "C1", None)
    >>> spread_change(Decimal(30), {one: Decimal(100)}, {one: Decimal(80), two: Decimal(60)}) == {
    ...     one: Decimal(-20), two: Decimal(60), REST: Decimal(-10)}
    True
    """
    marks: Iterable[Mark] = dict.fromkeys([*before, *now])
    found = {mark: CONTEXT.subtract(now.get(mark, ZERO), before.get(mark, ZERO)) for mark in marks}
    rest = CONTEXT.subtract(amount, total(found.values()))
    found[REST] = CONTEXT.add(found.get(REST, ZERO), rest)
    return {mark: one for mark, one in found.items() if one}
