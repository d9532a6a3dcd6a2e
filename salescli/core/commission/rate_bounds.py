"""Rates of a plan that nobody can mean: below zero refused, above the whole asked about.

A plan takes money back by refunds, gates and factors, each of which says what it undoes; a rate below zero would take
it back for a sale. A rate above 100 % pays more than comes in: mostly a comma or a zero is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.components.matrix import MatrixComponent
from salescli.core.commission.components.rate import RateComponent
from salescli.core.commission.components.rate_table import RateTable
from salescli.core.commission.components.tiered import TieredComponent, ZeroRate
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.commission.wording import percent
from salescli.core.dated import Dated
from salescli.core.shape_faults import Fault

Rates = Iterator[tuple[Path, Decimal]]


def check_rates(plan: Plan) -> Iterator[Fault]:
    """Yield a fault for every rate below 0 %."""
    for path, rate in rates_of(plan):
        if rate < 0:
            yield Fault("rate-below-zero", path, {"text": percent(rate)})


def find_rates_above_whole(plan: Plan) -> Iterator[Fault]:
    """Yield every rate above 100 %, which is allowed and seldom meant."""
    for path, rate in rates_of(plan):
        if rate > 1:
            yield Fault("rate-above-whole", path, {"text": percent(rate)})


def rates_of(plan: Plan) -> Rates:
    """Yield every rate by which a plan pays, keeps or shares, with its path."""
    for name, component in plan.components.items():
        yield from _of_component(component, ("components", name))
    for index, holdback in enumerate(plan.payout.holdback):
        yield from _each(holdback.keep, ("payout", "holdback", index, "keep"))


def _of_component(component: ComponentShape, path: Path) -> Rates:
    if isinstance(component, RateComponent):
        for place, value in _each(component.rate, (*path, "rate")):
            yield from _of_table(value, place) if isinstance(value, RateTable) else ((place, value),)
    elif isinstance(component, MatrixComponent):
        for place, table in _each(component.table, (*path, "table")):
            for line, row in enumerate(table):
                for cell in row.cells:
                    if cell.rate is not None:
                        yield (*place, line, row.key, cell.key), cell.rate
    elif isinstance(component, TieredComponent):
        for place, table in _each(component.tiers, (*path, "tiers")):
            for tier in table:
                if tier.amount is None and tier.rate.rate is not None:
                    yield (*place, tier.index, tier.key), tier.rate.rate
        if isinstance(component.when_quota_is_zero, ZeroRate):
            yield (*path, "when_quota_is_zero", "rate"), component.when_quota_is_zero.rate


def _of_table(table: RateTable, path: Path) -> Rates:
    for key, cell in table.table.items():
        if cell.each is None:
            yield (*path, "table", key), cell.rate
    if table.otherwise.each is None:
        yield (*path, "otherwise"), table.otherwise.rate


def _each(value: Dated[Any], path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield the values of a number that may change, each with its path."""
    for day, one in value.values:
        yield (path if value.is_constant else (*path, day.isoformat())), one
