"""One month being checked before it is closed: the computation, and what several points of the list need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.reports.commission.checklist import CheckItem, Detail, State
from salescli.services.commission.payees import Seat, fetch_seats
from salescli.services.commission.running import CommissionRun, Computed
from salescli.services.commission.unpaid import is_money
from salescli.services.context import Context
from salescli.store.entities import labels


def sums_by_currency(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Add up amounts, each currency apart."""
    found: dict[str, list[Decimal]] = {}
    for currency, amount in amounts:
        found.setdefault(currency, []).append(amount)
    return {currency: total(mine) for currency, mine in found.items()}


@dataclass
class Check:
    """One month being checked: the computation, and what several points need."""

    context: Context
    period: Period
    done: CommissionRun
    items: list[CheckItem] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)

    @cached_property
    def seats(self) -> list[Seat]:
        """Seats that touch the month."""
        return [
            one
            for one in fetch_seats(self.context.store)
            if one.start < self.period.end and self.period.start < one.end
        ]

    @cached_property
    def names(self) -> dict[int, str]:
        """What people are called."""
        people = {one.payee.entity for one in self.done.computed} | {one.person for one in self.seats}
        return labels(self.context.store, self.context.store.registry["person"], people)

    @cached_property
    def plans_of(self) -> dict[int, list[Computed]]:
        """Under which plans each person is in the month."""
        found: dict[int, list[Computed]] = {}
        for one in self.done.computed:
            plan, days = one.plan.require(), self.period
            if one.only_shares or plan.end <= days.start or days.end <= plan.start:
                continue  # one that is over still posts differences
            if any(start < days.end and days.start < end for start, end in one.payee.stays):
                found.setdefault(one.payee.entity, []).append(one)
        return found

    @cached_property
    def metrics(self) -> list[str]:
        """The metrics of money that own credits are paid on."""
        shapes = [shape for one in self.done.computed for shape in one.plan.require().components.values()]
        names = dict.fromkeys(shape.pays_on for shape in shapes if shape.metrics and shape.credit == "own")
        return [name for name in names if is_money(self.context.catalogue, name)]

    def add(
        self,
        name: str,
        title: Title,
        state: State,
        said: Title,
        count: int | None = None,
        amounts: Mapping[str, Decimal] | None = None,
    ) -> None:
        """Put a point on the list; amounts by currency."""
        self.items.append(CheckItem(name, title, state, said, count, tuple(sorted((amounts or {}).items()))))
