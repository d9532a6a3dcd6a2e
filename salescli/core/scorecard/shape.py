"""The shape of a scorecard: what `config/scorecards/*.yaml` may say.

A scorecard is a contract too: its weights sum to 100 % exactly, each KPI says what happens where there is nothing to
measure, and grades have lower bounds alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from salescli.core.money import CONTEXT
from salescli.core.scorecard.curves.base import CurveShape
from salescli.core.scorecard.curves.registry import curve_shapes
from salescli.core.scorecard.values import percent_text
from salescli.core.shape_marks import Field, PlainValidator, WithJsonSchema, model_validator
from salescli.core.shapes import (
    AT_KEY,
    Count,
    Day,
    Factor,
    Fault,
    Name,
    OneOf,
    OneOfKeys,
    OneOrMany,
    Rate,
    Shape,
    TitleShape,
    fault,
    faults,
    parse_step,
)
from salescli.core.title import Title

Curve: TypeAlias = Annotated[Any, OneOf("type", curve_shapes)]
Missing = Literal["nothing", "neutral", "exclude"]
ReadAs = Literal["actual", "attainment", "growth"]
Over = Literal["month", "quarter", "year"]


class ScorecardFor(Shape):
    """Whose scorecard it is; by their assignments, dated."""

    called = Title("考核对象", "for")
    role: OneOrMany[Name] = ()
    team: OneOrMany[Name] = ()
    people: OneOrMany[Name] = ()

    @model_validator(mode="after")
    def _means_somebody(self) -> ScorecardFor:
        if not (self.role or self.team or self.people):
            raise fault("one-of-keys-missing", choices=("role", "team", "people"))
        return self


class ScoreLimits(Shape):
    """What every score is held between, whatever its curve gives."""

    called = Title("得分上下限", "score limits")
    at_least: Factor
    at_most: Factor

    @model_validator(mode="after")
    def _in_order(self) -> ScoreLimits:
        if self.at_least > self.at_most:
            raise fault("score-limits-crossed", "at_least")
        return self


class ViewShape(Shape):
    """A group of KPIs, and how much of the whole it should be."""

    called = Title("考核维度", "a view")
    title: TitleShape
    at_least: Rate | None = None
    at_most: Rate | None = None


class _Kpi(Shape):
    """What every KPI says."""

    title: TitleShape | None = None
    view: Name = ""
    weight: Rate
    curve: Curve
    if_missing: Missing
    neutral: Factor | None = None

    def own_faults(self) -> list[Fault]:
        """Find what is missing or says nothing."""
        found = []
        if self.weight <= 0:
            found.append(Fault("number-too-small", ("weight",), {"text": percent_text(self.weight), "limit": "0%"}))
        if self.if_missing == "neutral" and self.neutral is None:
            found.append(Fault("missing-key", (), {"key": "neutral"}))
        if self.if_missing != "neutral" and self.neutral is not None:
            found.append(
                Fault("key-says-nothing", ("neutral", AT_KEY), {"key": "neutral", "needs": "if_missing: neutral"})
            )
        return found

    @model_validator(mode="after")
    def _is_complete(self) -> _Kpi:
        if found := self.own_faults():
            raise faults(found)
        return self


class MetricKpi(_Kpi):
    """A KPI that reads a metric of the catalogue."""

    called = Title("指标考核项", "a KPI on a metric")
    wrong_keys: ClassVar[Mapping[str, str]] = {"name": "title", "target": "read_as", "vs": "against"}
    metric: Name
    of: Literal["own", "team"]
    read_as: ReadAs
    level: Name = "base"
    against: Literal["period-before", "year-before"] | None = None
    min_sample: Count | None = None

    def own_faults(self) -> list[Fault]:
        """Find what is missing or says nothing."""
        found = super().own_faults()
        if self.read_as == "growth" and self.against is None:
            found.append(Fault("missing-key", (), {"key": "against"}))
        if self.read_as != "growth" and self.against is not None:
            found.append(Fault("key-says-nothing", ("against", AT_KEY), {"key": "against", "needs": "read_as: growth"}))
        if self.read_as != "attainment" and "level" in self.model_fields_set:
            found.append(Fault("key-says-nothing", ("level", AT_KEY), {"key": "level", "needs": "read_as: attainment"}))
        return found


class RatingKpi(_Kpi):
    """A KPI that somebody scores by hand, in rating records, with evidence."""

    called = Title("评分考核项", "a KPI on ratings")
    rating: Name


KpiShape: TypeAlias = Annotated[MetricKpi | RatingKpi, OneOfKeys({"metric": MetricKpi, "rating": RatingKpi})]


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One grade: from this score on. `key` is the text of its key, the last part of its path."""

    threshold: Decimal
    word: str
    key: str


def _read_grade(value: Any) -> GradeLine:
    line = parse_step(value, ("from",))
    if line.is_rate:
        raise fault("grade-bound-is-rate", line.key, AT_KEY, text=line.key)
    if not line.text.strip():
        raise fault("empty-text", line.key)
    return GradeLine(line.threshold, line.text.strip(), line.key)


GradeRow: TypeAlias = Annotated[
    GradeLine,
    PlainValidator(_read_grade),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "patternProperties": {r"^from \S.*$": {"type": ["string", "number"]}},
            "additionalProperties": False,
        }
    ),
]


class Scorecard(Shape):
    """A scorecard, as its file says it."""

    called = Title("考核表", "a scorecard")
    wrong_keys: ClassVar[Mapping[str, str]] = {"period": "over", "version": "format", "factors": "bonus_factors"}

    format: Literal["1"]
    scorecard: Name
    title: TitleShape
    for_: ScorecardFor = Field(alias="for")
    over: Over
    start: Day | None = Field(default=None, alias="from")
    through: Day | None = None
    min_days: Count = 0
    score: ScoreLimits | None = None
    kpi_at_most: Rate | None = None
    views: dict[Name, ViewShape] = Field(default_factory=dict)
    kpis: Annotated[dict[Name, KpiShape], Field(min_length=1)]
    grades: Annotated[tuple[GradeRow, ...], Field(min_length=1)]
    bonus_factors: dict[Name, Factor] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _adds_up(self) -> Scorecard:
        found = [*self._weights(), *self._views(), *self._grades(), *self._factors()]
        if self.start is not None and self.through is not None and self.through < self.start:
            found.append(Fault("scorecard-backwards", ("through",), {"text": self.through.isoformat()}))
        if found:
            raise faults(found)
        return self

    def _weights(self) -> Iterator[Fault]:
        total = Decimal(0)
        for kpi in self.kpis.values():
            total = CONTEXT.add(total, kpi.weight)
        if total != 1:
            yield Fault("weights-not-100", ("kpis", AT_KEY), {"total": percent_text(total), "count": len(self.kpis)})

    def _views(self) -> Iterator[Fault]:
        for name, kpi in self.kpis.items():
            if self.views and not kpi.view:
                yield Fault("missing-key", ("kpis", name), {"key": "view", "choices": tuple(self.views)})
            elif kpi.view and kpi.view not in self.views:
                values: dict[str, object] = {"text": kpi.view, "key": "view", "choices": tuple(self.views)}
                yield Fault("unknown-choice", ("kpis", name, "view"), values)

    def _grades(self) -> Iterator[Fault]:
        steps = [(index, one, two) for index, (one, two) in enumerate(pairwise(self.grades), 1)]
        rises = bool(steps) and steps[0][2].threshold > steps[0][1].threshold
        for index, one, two in steps:
            if two.threshold == one.threshold or (two.threshold > one.threshold) != rises:
                path = ("grades", index, two.key, AT_KEY)
                yield Fault("grades-not-in-order", path, {"text": two.key, "other": one.key})
        seen: set[str] = set()
        for index, line in enumerate(self.grades):
            if line.word in seen:
                yield Fault("said-twice", ("grades", index, line.key), {"text": line.word})
            seen.add(line.word)

    def _factors(self) -> Iterator[Fault]:
        words = tuple(line.word for line in self.grades)
        for name in self.bonus_factors:
            if name not in words:
                values: dict[str, object] = {"text": name, "key": "bonus_factors", "choices": words}
                yield Fault("unknown-choice", ("bonus_factors", name, AT_KEY), values)
        if self.bonus_factors:
            for word in words:
                if word not in self.bonus_factors:
                    yield Fault("missing-key", ("bonus_factors",), {"key": word})

    @property
    def end(self) -> date | None:
        """The day after the last day, or None."""
        return None if self.through is None else self.through + timedelta(days=1)

    @property
    def grade_bounds(self) -> tuple[Fraction, ...]:
        """The lower bounds of the grades, ascending."""
        return tuple(sorted(Fraction(line.threshold) for line in self.grades))

    def held(self, score: Fraction) -> Fraction:
        """Hold a score between the limits that the scorecard states."""
        if self.score is None:
            return score
        return min(max(score, Fraction(self.score.at_least)), Fraction(self.score.at_most))

    def grade_index(self, total: Fraction) -> int | None:
        """Return the line of the grade that an exact total reaches; None below all of them."""
        reached = [
            (line.threshold, index) for index, line in enumerate(self.grades) if total >= Fraction(line.threshold)
        ]
        return max(reached)[1] if reached else None

    def curve(self, kpi: str) -> CurveShape:
        """Return the curve of a KPI."""
        found: CurveShape = self.kpis[kpi].curve
        return found
