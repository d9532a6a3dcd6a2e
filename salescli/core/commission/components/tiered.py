"""`tiered`: a table of tiers on a position that adds up over a window.

The shape is here, the arithmetic in `tiered_window.py`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from salescli.core.commission.components.base import (
    ZERO,
    CreditedShape,
    Formula,
    Task,
    Window,
    settle_openings,
)
from salescli.core.commission.components.tiered_single import compute_singly
from salescli.core.commission.components.tiered_window import WindowPricer
from salescli.core.commission.facts import Stretch
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.special_rates import Weights, rate_of, stretches_of
from salescli.core.commission.tiers import Tiers, build_scale, build_value_scale
from salescli.core.commission.values import BaseRate
from salescli.core.scalars import TextRefused
from salescli.core.scales import Scale
from salescli.core.shapes import ByKind, Dated, Name, Rate, Shape, of_text
from salescli.core.title import Title
from salescli.core.value_scales import ValueScale

BY_RATE = ("slice-by-slice", "all-at-rate-reached", "new-at-rate-reached")
BY_VALUE = (
    "straight-line",
    "amount-reached",
    "amounts-add-up",
    "as-stated",
)  # tables of what a position is worth
WHOLE = Fraction(1)


class Attainment(Shape):
    """Tiers by position ÷ quota."""

    called = Title("达成率定档", "tier_by")
    attainment_of: Name
    of: Literal["own", "team", "company"]
    quota: Literal["full-window", "to-date"]
    level: Name = "base"


class ZeroRate(Shape):
    """What a window with a quota of 0 pays."""

    called = Title("零目标", "when_quota_is_zero")
    rate: Rate


def _measure(text: str) -> str:
    if text not in ("amount", "units"):
        raise TextRefused("unknown-choice", text=text, key="tier_by", choices=("amount", "units"))
    return text


def _nothing(text: str) -> str:
    if text != "nothing":
        raise TextRefused("unknown-choice", text=text, key="when_quota_is_zero", choices=("nothing",))
    return text


MeasureName: TypeAlias = Annotated[str, of_text(_measure)]
TierBy: TypeAlias = Annotated[str | Attainment, ByKind(text=MeasureName, map=Attainment)]
NothingWord: TypeAlias = Annotated[str, of_text(_nothing)]
WhenZero: TypeAlias = Annotated[str | ZeroRate, ByKind(text=NothingWord, map=ZeroRate)]


class TieredComponent(CreditedShape):
    """YAML of a `tiered` component."""

    called = Title("阶梯组件", "a tiered component")
    type: Literal["tiered"]
    adds_up_over: Window
    tier_by: TierBy
    apply: Literal[
        "slice-by-slice",
        "all-at-rate-reached",
        "new-at-rate-reached",
        "straight-line",
        "amount-reached",
        "amounts-add-up",
        "as-stated",
    ]
    tiers: Dated[Tiers]
    beyond: Literal["flat", "same-slope"] | None = None
    base_rate: BaseRate | None = None
    when_quota_is_zero: WhenZero | None = None
    when_quota_changes: Literal["from-then-on", "whole-window"] | None = None

    @property
    def attainment(self) -> Attainment | None:
        """The quota that the tiers are measured by, or None."""
        return self.tier_by if isinstance(self.tier_by, Attainment) else None

    @property
    def is_by_value(self) -> bool:
        """Whether its tables say what a position is worth in all, instead of rates."""
        return self.apply in BY_VALUE

    @cached_property
    def uses_terms(self) -> bool:
        """Whether its amounts are shares of the person's own terms."""
        return any(one.amount is not None and one.amount.term for table in self.tiers.all() for one in table)

    @cached_property
    def scale_for_all(self) -> Scale | ValueScale | None:
        """The scale of whole windows where one table holds for everybody on all days, else None."""
        if self.attainment is not None or self.base_rate is not None or not self.tiers.is_constant or self.uses_terms:
            return None
        (table,) = self.tiers.all()
        if self.is_by_value:
            return build_value_scale(table, self.apply, self.beyond or "flat", WHOLE, None, {})
        return build_scale(table, WHOLE, None)

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metric it pays on, and the one that moves the position where it is another."""
        other = self.attainment
        return (self.pays_on,) if other is None else tuple(dict.fromkeys((self.pays_on, other.attainment_of)))

    @property
    def has_two_measures(self) -> bool:
        """Whether the position is made of another measure than the pay."""
        quota = self.attainment
        if quota is not None:
            return quota.attainment_of != self.pays_on or (quota.of == "own") != (self.credit != "team")
        return self.tier_by == "units"


class TieredType:
    """The registry line of `tiered`."""

    name = "tiered"
    title = Title("阶梯费率", "Tiered rates")
    shape = TieredComponent

    def compute(self, component: TieredComponent, task: Task) -> Formula:
        """Price the credits of each window."""
        if component.adds_up_over == "each-transaction":
            return compute_singly(component, task)
        size = task.now + 1
        lowest = [ZERO] * size if component.needs or component.attainment is not None else None  # for gates alone
        formula = Formula([ZERO] * size, task.spans, lowest)
        implied: dict[int, Fraction] = {}
        at_lowest: dict[int, Fraction] = {}
        stretches, openings = stretches_of(component, task), task.openings
        window_of = {run: span.first for span in task.spans for run in range(span.first, span.last + 1)}
        inside: dict[int | None, list[Stretch]] = {}  # by the first run of the window; None: in no window
        for one in stretches:
            inside.setdefault(window_of.get(one.run), []).append(one)
        pricers = []
        for span in task.spans:
            rows = [one for one in openings if span.first <= one.run <= span.last]
            pricer = WindowPricer(component, task, span, inside.get(span.first, []), rows)
            pricer.price(formula)
            pricers.append(pricer)
            implied.update({row.run: pricer.implied(row.position) for row in rows})
            at_lowest.update({row.run: pricer.implied_lowest(row.position) for row in rows})
        if not component.is_by_value:
            formula.rate_of = lambda line: _rate_reached(component, pricers, line)
        if any(one.special is not None for one in stretches):
            formula.weigh = Weights(component, task, formula, stretches).weigh
        return settle_openings(formula, task, implied, at_lowest)


def _rate_reached(component: TieredComponent, pricers: list[WindowPricer], line: CreditLine) -> Fraction:
    """Return the rate of the tier that the position had reached with a credit, or its special rate."""
    special = rate_of(component, line)
    if special is not None:
        return special
    inside = [one for one in pricers if one.span.start <= line.date < one.span.end]
    return inside[0].rate_on(line.date) if inside else ZERO
