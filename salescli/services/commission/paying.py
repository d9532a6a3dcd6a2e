"""Who pays on what: components that pay people on their own credits, by kind of record, with their conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from salescli.core.commission.components.base import CreditedShape
from salescli.core.metrics.model import Filter
from salescli.policy.plans import PlanFile
from salescli.services.commission.credits import dimension_of
from salescli.services.commission.unpaid import is_money
from salescli.services.context import Context

Filters = frozenset[Filter]


@dataclass(frozen=True, slots=True)
class Paying:
    """One component that pays somebody on their own credits: under which conditions, from which day to which.

    `is_team`: it is of a team's credit, in which the own ones of who leads it count.
    """

    plan: PlanFile
    filters: Filters
    start: date
    end: date
    is_team: bool = False

    def pays(self, currency: str) -> bool:
        """Tell whether its plan takes amounts in a currency."""
        plan = self.plan.require()
        return currency in ("", plan.currency) or plan.exchange is not None


def families(context: Context, plans: list[PlanFile]) -> Iterator[tuple[str, dict[str, list[Paying]]]]:
    """Yield each kind of record that own credits of money are paid on: its metric, and who pays under what."""
    named: dict[str, Counter[str]] = {}
    for _, one in _own(context, plans):
        named.setdefault(_family(context, one.pays_on), Counter())[one.pays_on] += 1
    for family, metrics in sorted(named.items()):
        metric = max(metrics, key=lambda name: (metrics[name], name))
        paying: dict[str, list[Paying]] = {file.name: [] for file in plans}
        for file, one in [*_own(context, plans), *_counted(context, plans)]:
            if _family(context, one.pays_on) == family:
                plan = file.require()
                start, through = one.start or plan.start, one.through or plan.through
                end = date.fromordinal(min(through, plan.through).toordinal() + 1)
                filters = _filters(context, one, metric)
                paying[file.name].append(Paying(file, filters, max(start, plan.start), end, one.credit == "team"))
        yield metric, paying


def _own(context: Context, plans: list[PlanFile]) -> Iterator[tuple[PlanFile, CreditedShape]]:
    for file in plans:
        for one in file.require().components.values():
            if one.metrics and one.credit == "own" and is_money(context.catalogue, one.pays_on):
                yield file, one


def _counted(context: Context, plans: list[PlanFile]) -> Iterator[tuple[PlanFile, CreditedShape]]:
    """Yield the components of a team's credit in which the own credits of who leads it count."""
    for file in plans:
        for one in file.require().components.values():
            if not one.metrics or one.credit != "team" or one.team is None or one.team.own_deals != "counted":
                continue
            if is_money(context.catalogue, one.pays_on):
                yield file, one


def _family(context: Context, metric: str) -> str:
    return context.catalogue.base_parts(metric)[0][0].of


def _filters(context: Context, component: CreditedShape, metric: str) -> Filters:
    found = {Filter(dimension_of(path), "=", tuple(values)) for path, values in component.only.items()}
    if component.pays_on != metric:
        found |= set(context.catalogue.base_parts(component.pays_on)[0][0].where)
    return frozenset(found)


def exclude(some: tuple[Filters, ...]) -> bool:
    """Tell whether conditions can never be met together: two of them want other values of one field."""
    wanted: dict[str, set[str]] = {}
    for each in frozenset().union(*some):
        if each.op == "=":
            values = set(each.values)
            wanted[each.path] = wanted[each.path] & values if each.path in wanted else values
    return any(not values for values in wanted.values())
