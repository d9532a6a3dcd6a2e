"""Capped: a line with a floor and a cap, and perhaps a reading below which there is nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from salescli.core.scorecard.curves.base import CurveStep, Path
from salescli.core.scorecard.curves.linear import Line
from salescli.core.scorecard.values import Bound, BoundText, plain, score_text, shown
from salescli.core.shapes import Factor, Fault
from salescli.core.title import Title


class CappedCurve(Line):
    """A line that stays between a floor and a cap."""

    called = Title("封顶线性曲线", "a capped curve")
    summary = Title("封顶线性:按比例,有下限和上限", "in proportion, between a floor and a cap")
    type: Literal["capped"]
    at_least: Factor
    at_most: Factor
    nothing_below: Bound | None = None

    def faults(self) -> list[Fault]:
        """Find a crossed floor and cap, and a reading below which nothing is paid where less is better."""
        found = super().faults()
        if self.at_least > self.at_most:
            found.append(Fault("score-limits-crossed", ("at_least",), {}))
        if self.nothing_below is None:
            return found
        if self.nothing_below.is_rate != self.zero_at.is_rate:
            other: dict[str, object] = {"text": str(self.nothing_below), "other": str(self.zero_at)}
            found.append(Fault("curve-mixed-bounds", ("nothing_below",), other))
        elif self.zero_at.value > self.full_at.value:
            found.append(Fault("curve-less-is-better", ("nothing_below",), {}))
        return found

    def points(self, reading: Fraction) -> Fraction:
        """Return what the line gives, held between floor and cap; nothing below the reading that asks for it.

        >>> curve = CappedCurve(type="capped", zero_at="0%", full_at="100%", at_least="0", at_most="120")
        >>> curve.points(Fraction(3, 2)), curve.points(Fraction(-1, 2))
        (Fraction(120, 1), Fraction(0, 1))
        """
        if self._is_nothing(reading):
            return Fraction(0)
        return min(max(self.on_line(reading), Fraction(self.at_least)), Fraction(self.at_most))

    def _is_nothing(self, reading: Fraction) -> bool:
        return self.nothing_below is not None and reading < self.nothing_below.exact

    def steps(self, reading: Fraction) -> Iterator[CurveStep]:
        """Say the line's arithmetic, and the floor or cap that it met."""
        if self._is_nothing(reading):
            marks = [bound.exact for _, bound in self.bounds()]
            text = f"{shown(reading, self.zero_at.is_rate, marks)} < {self.nothing_below}"
            yield CurveStep(Title(f"{text}:0 分", f"{text}: 0 points"), ("nothing_below",))
            return
        yield self.line_step(reading)
        found, on_line = self.points(reading), self.on_line(reading)
        if found < on_line:
            cap = score_text(found)
            yield CurveStep(Title(f"封顶 {cap} 分", f"capped at {cap}"), ("at_most",))
        elif found > on_line:
            floor = score_text(found)
            yield CurveStep(Title(f"保底 {floor} 分", f"raised to the floor of {floor}"), ("at_least",))

    def sentence(self) -> Title:
        """Say both ends, floor and cap."""
        low, high = plain(self.at_least), plain(self.at_most)
        zh = f"{self.zero_at} 得 0 分,{self.full_at} 得 100 分,按比例,最低 {low} 分、最高 {high} 分"
        en = f"0 points at {self.zero_at}, 100 at {self.full_at}, in proportion, at least {low} and at most {high}"
        if self.nothing_below is None:
            return Title(zh, en)
        return Title(f"{zh};低于 {self.nothing_below} 得 0 分", f"{en}; below {self.nothing_below} nothing")

    def bounds(self) -> Iterator[tuple[Path, BoundText]]:
        """Yield the ends of the line, and the reading below which there is nothing."""
        yield from super().bounds()
        if self.nothing_below is not None:
            yield ("nothing_below",), self.nothing_below
