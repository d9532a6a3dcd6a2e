"""A small policy shape with everything shapes offer, and a sound document of it."""

from __future__ import annotations

from typing import Annotated, Literal

from salescli.core.shape_marks import Field, model_validator
from salescli.core.shapes import (
    Amount,
    ByKind,
    Count,
    Dated,
    Day,
    Factor,
    Month,
    Name,
    OneOf,
    OneOfKeys,
    OneOrMany,
    Rate,
    Shape,
    Step,
    Text,
    Title,
    TitleShape,
    YesNo,
    fault,
)


class Measure(Shape):
    called = Title("度量", "a measure")
    attainment_of: Name
    quota: Literal["full-window", "to-date"]


class ByMetric(Shape):
    called = Title("按指标", "a factor by metric")
    metric: Name


class ByGrade(Shape):
    called = Title("按等级", "a factor by grade")
    grade_from: Name


class Tiered(Shape):
    called = Title("阶梯组件", "a tiered component")
    title: TitleShape
    type: Literal["tiered"]
    tier_by: Annotated[Literal["amount"] | Measure, ByKind(text=Literal["amount"], map=Measure)]
    apply: Literal["slice-by-slice", "all-at-rate-reached"]
    tiers: Dated[tuple[Step, ...]]
    times: tuple[Annotated[ByMetric | ByGrade, OneOfKeys({"metric": ByMetric, "grade_from": ByGrade})], ...] = ()


class Flat(Shape):
    called = Title("比率组件", "a rate component")
    title: TitleShape
    type: Literal["rate"]
    rate: Dated[Rate]
    factor: Factor | None = None


class Plan(Shape):
    called = Title("方案", "a plan")
    wrong_keys = {"validity": "through"}  # noqa: RUF012
    plan: Name
    from_: Day = Field(alias="from")
    through: Day
    people: OneOrMany[Name] = ()
    cap: Amount | None = None
    months: Annotated[Count, Field(ge=1, le=12)] = 1
    first: Month | None = None
    strict: YesNo = False
    note: Text = ""
    pair: tuple[Name, Name] | None = None
    components: dict[str, Annotated[Tiered | Flat, OneOf("type", {"tiered": Tiered, "rate": Flat})]]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Plan:
        if self.through < self.from_:
            raise fault("days-not-in-order", "through", day=self.through, before=self.from_)
        return self


SOUND = """\
# a comment
plan: am
from: 2026-01-01
through: 2026-12-31
people: [0071]
components:
  receipts:
    title: {zh: 阶梯, en: Tiers}
    type: tiered
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 3%
      - from 500,000: 5%
    times:
      - metric: win-rate
  override:
    title: x
    type: rate
    rate: {2026-01-01: 3%, 2026-07-01: 4%}
"""
