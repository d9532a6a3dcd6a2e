"""Which transactions a difference of an earlier month is of: what they earn now, less what they last earned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from salescli.core.commission.origins import REST, Lines, Mark, Origins, spread_change
from salescli.core.commission.result import ComponentResult
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import total
from salescli.services.commission.running import Computed
from salescli.services.context import Context


class MovedLines:
    """Two computations of the same people: by what a run knows, and by what the closed run before it knew."""

    def __init__(self, context: Context, now: Mapping[str, Computed], then: Mapping[str, Computed]) -> None:
        self._context, self._sides = context, (now, then)
        self._origins: dict[tuple[int, str], Origins | None] = {}

    def of(self, item: str, component: ComponentResult, period: date) -> dict[Mark, Decimal]:
        """Return what of a component's difference of an earlier run each transaction has, largest first."""
        amount = total(each.amount for each in component.differences if each.period == period)
        if not amount:
            return {}
        now, before = (self._lines(side, item, component.component, period) for side in (0, 1))
        found = spread_change(amount, before, now)
        return dict(sorted(found.items(), key=lambda pair: (pair[0] == REST, -abs(pair[1]), str(pair[0]))))

    def of_transaction(self, item: str, component: ComponentResult, key: str) -> list[tuple[date, Decimal]]:
        """Return what a transaction has of the differences of a component, month by month."""
        found = []
        for period in sorted({each.period for each in component.differences}):
            parts = [one for mark, one in self.of(item, component, period).items() if mark[0] == key]
            if total(parts):
                found.append((period, total(parts)))
        return found

    def _lines(self, side: int, item: str, component: str, period: date) -> Lines:
        if (side, item) not in self._origins:
            one = self._sides[side].get(item)
            self._origins[side, item] = None if one is None else self._open(one)
        origins = self._origins[side, item]
        return {} if origins is None else origins.lines(component, period)

    def _open(self, one: Computed) -> Origins:
        plan = one.plan.require()
        return Origins(plan, one.inputs, self._context.calendar.window(GRAIN[plan.pay], one.result.run))
