"""Steps: a table of bounds and points, such as the four levels 10 / 15 / 20 / 25 of many Chinese sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias

from salescli.core.scalars import TextRefused, parse_factor
from salescli.core.scorecard.curves.base import CurveStep, Path, PointsOf, mixed_bounds
from salescli.core.scorecard.values import BoundText, plain, shown
from salescli.core.shape_marks import Field, PlainValidator, WithJsonSchema, model_validator
from salescli.core.shapes import AT_KEY, Fault, fault, faults, parse_step
from salescli.core.title import Title

WORDS = ("from", "above")


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the table: `from 80%: 20`, or `above 80%: 20` where the bound itself is still below."""

    bound: BoundText
    inclusive: bool
    points: Decimal
    key: str

    def is_reached(self, reading: Fraction) -> bool:
        """Compare exactly."""
        return reading >= self.bound.exact if self.inclusive else reading > self.bound.exact


def _read_line(value: Any) -> StepLine:
    line = parse_step(value, WORDS)
    try:
        points = parse_factor(line.text)
    except TextRefused as refused:
        raise fault(refused.name, line.key, **refused.values) from None
    return StepLine(BoundText(line.threshold, line.is_rate), line.word == "from", points, line.key)


StepRow: TypeAlias = Annotated[
    StepLine,
    PlainValidator(_read_line),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "patternProperties": {r"^(from|above) \S.*$": {"type": ["string", "number"]}},
            "additionalProperties": False,
        }
    ),
]


class StepCurve(PointsOf):
    """Points by the last line that the reading reaches; below all lines, nothing."""

    called = Title("分档曲线", "a step table")
    summary = Title("分档:达到哪一档得哪一档的分", "the points of the last line reached")
    type: Literal["step"]
    steps_: Annotated[tuple[StepRow, ...], Field(min_length=1)] = Field(alias="steps")

    @model_validator(mode="after")
    def _lines_ascend(self) -> StepCurve:
        found = mixed_bounds(self)
        for index, (one, two) in enumerate(pairwise(self.steps_), 1):
            if (two.bound.value, not two.inclusive) <= (one.bound.value, not one.inclusive):
                path = ("steps", index, two.key, AT_KEY)
                found.append(Fault("curve-steps-not-ascending", path, {"text": two.key, "other": one.key}))
        found += [
            Fault(
                "points-above-full",
                ("steps", index, line.key),
                {"text": plain(line.points), "full": plain(self.out_of)},
            )
            for index, line in enumerate(self.steps_)
            if line.points > self.out_of and "out_of" in self.model_fields_set
        ]
        if found:
            raise faults(found)
        return self

    def _line(self, reading: Fraction) -> int:
        """Return the index of the last line reached, or -1."""
        return max((index for index, line in enumerate(self.steps_) if line.is_reached(reading)), default=-1)

    def points(self, reading: Fraction) -> Fraction:
        """Return the points of the last line that the reading reaches.

        >>> rows = [{"from 0%": "10"}, {"from 80%": "15"}, {"from 90%": "20"}, {"from 100%": "25"}]
        >>> curve = StepCurve(type="step", out_of="25", steps=rows)
        >>> curve.points(Fraction(9, 10)), curve.score(Fraction(8999, 10000))
        (Fraction(20, 1), Fraction(60, 1))
        """
        index = self._line(reading)
        return Fraction(self.steps_[index].points) if index >= 0 else Fraction(0)

    def steps(self, reading: Fraction) -> Iterator[CurveStep]:
        """Say which line is reached."""
        index = self._line(reading)
        marks = [line.bound.exact for line in self.steps_]
        here = shown(reading, self.steps_[0].bound.is_rate, marks)
        if index < 0:
            first = self.steps_[0]
            yield CurveStep(
                Title(f"{here} 未达到 {first.bound}:0 分", f"{here} is below {first.bound}: 0 points"), ("steps", 0)
            )
            return
        line = self.steps_[index]
        sign = "≥" if line.inclusive else ">"
        given, full = plain(line.points), plain(self.out_of)
        zh, en = (f"{given} 分", f"{given} points") if full == "100" else (f"{given} / {full} 分", f"{given} of {full}")
        reached = f"{here} {sign} {line.bound}"
        yield CurveStep(Title(f"{reached}:{zh}", f"{reached}: {en}"), ("steps", index))
        if index + 1 < len(self.steps_):
            above = self.steps_[index + 1]
            yield CurveStep(
                Title(
                    f"下一档 {above.bound}:{plain(above.points)} 分", f"next at {above.bound}: {plain(above.points)}"
                ),
                ("steps", index + 1),
            )

    def sentence(self) -> Title:
        """Say the table."""
        zh = ",".join(
            f"{line.bound} 起 {plain(line.points)} 分"
            if line.inclusive
            else f"超过 {line.bound} {plain(line.points)} 分"
            for line in self.steps_
        )
        en = ", ".join(
            f"{'from' if line.inclusive else 'above'} {line.bound} {plain(line.points)}" for line in self.steps_
        )
        full = plain(self.out_of)
        return Title(f"分档({full} 分为满分):{zh}", f"in steps, out of {full}: {en}")

    def bounds(self) -> Iterator[tuple[Path, BoundText]]:
        """Yield the bound of each line."""
        for index, line in enumerate(self.steps_):
            yield ("steps", index, line.key, AT_KEY), line.bound
