"""The shape of a commission plan: the whole file, and what its dates and components are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.components.registry import component_shapes
from salescli.core.commission.exchange import Exchange
from salescli.core.commission.limits import Limit
from salescli.core.commission.part_period import PartPeriod
from salescli.core.commission.payout import Leavers, Payout
from salescli.core.commission.timeline import Pay
from salescli.core.scalars import TextRefused
from salescli.core.shape_marks import Field
from salescli.core.shapes import ByKind, Count, Currency, Day, Name, OneOf, OneOrMany, Shape, TitleShape, of_text
from salescli.core.title import Title

Component: TypeAlias = Annotated[Any, OneOf("type", component_shapes)]


class PlanFor(Shape):
    """Whose plan it is; by their assignments, dated."""

    called = Title("适用对象", "for")
    role: OneOrMany[Name] = ()
    team: OneOrMany[Name] = ()
    people: OneOrMany[Name] = ()


def _nothing_scaled(text: str) -> str:
    if text != "nothing-scaled":
        raise TextRefused("unknown-choice", text=text, key="part_period", choices=("nothing-scaled",))
    return text


NothingScaled: TypeAlias = Annotated[str, of_text(_nothing_scaled)]


class Plan(Shape):
    """A commission plan, as its file says it."""

    called = Title("提成方案", "a plan")
    wrong_keys: ClassVar[Mapping[str, str]] = {
        "currency_code": "currency",
        "version": "format",
        "caps": "limits",
        "role": "for",
    }

    format: Count
    plan: Name
    title: TitleShape
    for_: PlanFor = Field(alias="for")
    beside: OneOrMany[Name] = ()  # plans that pay the same people on the same days, on purpose
    start: Day = Field(alias="from")
    through: Day
    currency: Currency
    pay: Pay
    rates_in_force_on: Literal["receipt-date", "signing-date"] | None = None
    part_period: Annotated[str | PartPeriod, ByKind(text=NothingScaled, map=PartPeriod)]
    exchange: Exchange | None = None
    components: Annotated[dict[Name, Component], Field(min_length=1)]
    limits: tuple[Limit, ...] = ()
    payout: Payout
    leavers: Leavers | None = None

    @cached_property
    def end(self) -> date:
        """The day after the last day."""
        return self.through + timedelta(days=1)

    def scales(self, what: str) -> bool:
        """Tell whether part of a period scales thresholds, limits, the draw or fixed amounts."""
        return isinstance(self.part_period, PartPeriod) and what in self.part_period.scale

    @property
    def counts_working_days(self) -> bool:
        """Whether parts of a period are measured in working days."""
        return isinstance(self.part_period, PartPeriod) and self.part_period.count == "working-days"

    @property
    def open_windows(self) -> str:
        """What happens to a window that a leaver has open."""
        return self.leavers.open_windows if self.leavers is not None else "end-on-last-day"

    def component_title(self, name: str) -> Title:
        """Return the title of a component, or its name."""
        component: ComponentShape = self.components[name]
        return component.title or Title(name, name)
