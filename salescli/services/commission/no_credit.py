"""Why a component does not credit one transaction: its metric, a filter, a share, a date, a currency, whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.result import Path
from salescli.core.metrics.model import BaseMetric, Filter
from salescli.core.metrics.query import Query
from salescli.core.periods import ONE_DAY, Period
from salescli.core.title import Title
from salescli.services.commission.credits import dimension_of
from salescli.services.commission.running import Computed
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.metric_lines import Line, fetch_lines

Why = tuple[Title, Path]


@dataclass(frozen=True, slots=True)
class Transaction:
    """A record that may be credited: its type and id, and its rows before any plan chooses among them."""

    type_name: str
    entity: int
    rows: tuple[Line, ...]

    @property
    def day(self) -> date | None:
        """The day on which it is credited."""
        days = [row.day for row in self.rows if row.day]
        return date.fromisoformat(days[0]) if days else None


def why_not_credited(context: Context, one: Computed, name: str, found: Transaction) -> Iterator[Why]:
    """Yield every rule of a component that keeps a transaction out of one person's credit."""
    plan = one.plan.require()
    component = plan.components[name]
    path: Path = ("components", name)
    if not component.metrics:
        return
    bases = [base for base, _ in context.catalogue.base_parts(component.pays_on) if base.of == found.type_name]
    metric = context.catalogue.get(component.pays_on).title if component.pays_on in context.catalogue else None
    called = metric or Title(component.pays_on, component.pays_on)
    if not bases:
        yield (
            Title(f"按「{called.zh}」计提,与此单无关", f"pays on {called.en}, of which this is no part"),
            (*path, "pays_on"),
        )
        return
    if not any(_rows(context, base, found, ()) for base in bases):
        yield Title(f"「{called.zh}」不含此单", f"{called.en} does not count it"), (*path, "pays_on")
        return
    for key, values in component.only.items():
        only = (Filter(dimension_of(key), "=", tuple(values)),)
        if not any(_rows(context, base, found, only) for base in bases):
            listed = "、".join(values)
            yield (
                Title(f"only:{key} 不是 {listed}", f"only: its {key} is not {', '.join(values)}"),
                (*path, "only", key),
            )
    yield from _dates(one, component, path, found)
    yield from _whose(context, one, component, path, found)
    foreign = {row.currency for row in found.rows} - {"", plan.currency}
    if foreign and plan.exchange is None:
        codes = ", ".join(sorted(foreign))
        yield (
            Title(f"币种 {codes},方案为 {plan.currency}", f"in {codes}, the plan is in {plan.currency}"),
            ("currency",),
        )


def _rows(context: Context, base: BaseMetric, found: Transaction, only: Sequence[Filter]) -> list[Line]:
    day = found.day
    period = Period(day, day + ONE_DAY) if day is not None else None
    rows = fetch_lines(context.store, base, Query(base.name, (), period, tuple(only)), context.on.isoformat())
    return [row for row in rows if row.entity == found.entity]


def _dates(one: Computed, component: ComponentShape, path: Path, found: Transaction) -> Iterator[Why]:
    day, plan = found.day, one.plan.require()
    if day is None:
        return
    if not plan.start <= day < plan.end:
        yield Title(f"{day} 不在方案期内", f"{day} is outside the plan's dates"), ("from",)
    elif not one.payee.is_on(day):
        days = "、".join(f"{start} 至 {end - ONE_DAY}" for start, end in one.payee.stays)
        yield (
            Title(f"{day} 不在册({days})", f"{day} is not among their days on the plan"),
            ("for",),
        )
    if component.start is not None and day < component.start:
        yield Title(f"组件自 {component.start} 起", f"the component begins on {component.start}"), (*path, "from")
    if component.through is not None and day > component.through:
        yield Title(f"组件至 {component.through} 止", f"the component ends on {component.through}"), (*path, "through")


def _whose(context: Context, one: Computed, component: ComponentShape, path: Path, found: Transaction) -> Iterator[Why]:
    credit = getattr(component, "credit", "own")
    if credit == "team":
        yield Title("只计下属的业绩", "credits what is of the people below only"), (*path, "credit")
        return
    if credit == "overlay":
        yield Title("只计另行申报的业绩", "credits what is declared beside only"), (*path, "credit")
        return
    holders = [row.person for row in found.rows if row.person is not None]
    if one.payee.entity not in holders:
        names = labels(context.store, context.store.registry["person"], holders)
        whose = "、".join(dict.fromkeys(names[person] for person in holders))
        if whose:
            yield Title(f"没有份额:归 {whose}", f"no share of it: it is {whose}'s"), (*path, "credit")
        else:
            yield Title("没有份额:不归任何人", "no share of it: it is nobody's"), (*path, "credit")
