"""Linear: nothing at one reading, full marks at another, straight between them and beyond."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from salescli.core.scorecard.curves.base import FULL, CurveShape, CurveStep, Path
from salescli.core.scorecard.values import Bound, BoundText, score_text, shown
from salescli.core.shape_marks import model_validator
from salescli.core.shapes import Fault, faults
from salescli.core.title import Title


class Line(CurveShape):
    """The straight line that `linear` and `capped` share. Where less is better, `zero_at` is above `full_at`."""

    zero_at: Bound
    full_at: Bound

    @model_validator(mode="after")
    def _is_a_line(self) -> Line:
        found = self.faults()
        if found:
            raise faults(found)
        return self

    def faults(self) -> list[Fault]:
        """Find what keeps the two points from being a line."""
        if self.zero_at.is_rate != self.full_at.is_rate:
            return [Fault("curve-mixed-bounds", ("full_at",), {"text": str(self.full_at), "other": str(self.zero_at)})]
        if self.zero_at.value == self.full_at.value:
            return [Fault("curve-flat", ("full_at",), {"text": str(self.full_at)})]
        return []

    def on_line(self, reading: Fraction) -> Fraction:
        """Return the points of the line itself."""
        zero, full = self.zero_at.exact, self.full_at.exact
        return (reading - zero) / (full - zero) * FULL

    def line_step(self, reading: Fraction) -> CurveStep:
        """Say the line's arithmetic."""
        is_rate = self.zero_at.is_rate
        marks = [bound.exact for _, bound in self.bounds()]
        here = shown(reading, is_rate, marks)
        text = f"({here} − {self.zero_at}) ÷ ({self.full_at} − {self.zero_at}) × 100"
        points = score_text(self.on_line(reading))
        return CurveStep(Title(f"{text} = {points} 分", f"{text} = {points} points"), ("full_at",))

    def bounds(self) -> Iterator[tuple[Path, BoundText]]:
        """Yield both ends of the line."""
        yield ("zero_at",), self.zero_at
        yield ("full_at",), self.full_at


class LinearCurve(Line):
    """A straight line without ends."""

    called = Title("线性曲线", "a linear curve")
    summary = Title("线性:从 0 分到满分成比例,两端不限", "in proportion, without ends")
    type: Literal["linear"]

    def points(self, reading: Fraction) -> Fraction:
        """Return what the line gives.

        >>> from salescli.core.scorecard.values import parse_bound
        >>> curve = LinearCurve(type="linear", zero_at="0%", full_at="100%")
        >>> curve.score(Fraction(9, 10))
        Fraction(90, 1)
        """
        return self.on_line(reading)

    def steps(self, reading: Fraction) -> Iterator[CurveStep]:
        """Say the line's arithmetic."""
        yield self.line_step(reading)

    def sentence(self) -> Title:
        """Say both ends."""
        return Title(
            f"{self.zero_at} 得 0 分,{self.full_at} 得 100 分,其间及两端以外按比例",
            f"0 points at {self.zero_at}, 100 at {self.full_at}, in proportion between them and beyond",
        )
