"""Deduction: points taken off, or put on, for each unit away from a mark (每增长1%计1分,每下降1%扣1分)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from salescli.core.money import round_half_away
from salescli.core.scorecard.curves.base import CurveStep, Path, PointsOf
from salescli.core.scorecard.values import Bound, BoundText, plain, score_text, shown
from salescli.core.shape_marks import model_validator
from salescli.core.shapes import Factor, Fault, faults
from salescli.core.title import Title


class DeductionCurve(PointsOf):
    """Points begin at `start_with` where the reading is `at`, and move for each unit below or above it."""

    called = Title("加减分曲线", "a deduction curve")
    summary = Title("加减分:偏离基准每一单位加减若干分", "points off or on for each unit from a mark")
    wrong_keys: ClassVar[Mapping[str, str]] = {"per": "for_each", "base": "at"}
    type: Literal["deduction"]
    start_with: Factor
    at: Bound
    for_each: Bound
    count: Literal["whole-units", "in-proportion"]
    below: Factor = Decimal(0)
    above: Factor = Decimal(0)
    at_least: Factor | None = None
    at_most: Factor | None = None

    @model_validator(mode="after")
    def _moves(self) -> DeductionCurve:
        found: list[Fault] = []
        if self.for_each.is_rate != self.at.is_rate:
            found.append(
                Fault("curve-mixed-bounds", ("for_each",), {"text": str(self.for_each), "other": str(self.at)})
            )
        if self.for_each.value <= 0:
            found.append(Fault("number-too-small", ("for_each",), {"text": str(self.for_each), "limit": "0.01%"}))
        if not self.below and not self.above:
            found.append(Fault("one-of-keys-missing", (), {"choices": ("below", "above")}))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            found.append(Fault("score-limits-crossed", ("at_least",), {}))
        if found:
            raise faults(found)
        return self

    def _moved(self, reading: Fraction) -> tuple[Fraction, Fraction]:
        """Return how many units the reading is away, and the points of each; part units only where they count."""
        away = (reading - self.at.exact) / self.for_each.exact
        units = abs(away)
        if self.count == "whole-units":
            units = Fraction(units.numerator // units.denominator)
        return units, Fraction(self.below if away < 0 else self.above)

    def points(self, reading: Fraction) -> Fraction:
        """Return the points that are left.

        >>> keys = dict(start_with="100", at="100%", for_each="1%", below="-1", count="whole-units")
        >>> DeductionCurve(type="deduction", **keys).points(Fraction(975, 1000))
        Fraction(98, 1)
        """
        units, each = self._moved(reading)
        found = Fraction(self.start_with) + units * each
        if self.at_least is not None:
            found = max(found, Fraction(self.at_least))
        return found if self.at_most is None else min(found, Fraction(self.at_most))

    def steps(self, reading: Fraction) -> Iterator[CurveStep]:
        """Say how far the reading is from the mark, and what that takes off or puts on."""
        units, each = self._moved(reading)
        away = reading - self.at.exact
        side = "below" if away < 0 else "above"
        here = shown(reading, self.at.is_rate, [self.at.exact])
        start, total = plain(self.start_with), Fraction(self.start_with) + units * each
        if not units or not each:
            yield CurveStep(
                Title(f"{here}(基准 {self.at}):{start} 分,不加不减", f"{here}, the mark is {self.at}: {start} points"),
                ("start_with",),
            )
        else:
            count, size = plain(round_half_away(units)), plain(abs(self.below if away < 0 else self.above))
            sum_text = f"{start} {'+' if each > 0 else '−'} {count} × {size} = {score_text(total)}"
            zh = f"{here},{'低于' if away < 0 else '高于'}基准 {self.at} 共 {count} 个 {self.for_each}"
            en = f"{here} is {count} × {self.for_each} {side} {self.at}"
            yield CurveStep(Title(f"{zh}:{sum_text} 分", f"{en}: {sum_text} points"), (side,))
        found = self.points(reading)
        if found != total:
            word = "at_most" if found < total else "at_least"
            zh, en = ("封顶", "capped at") if found < total else ("最低", "raised to")
            yield CurveStep(Title(f"{zh} {score_text(found)} 分", f"{en} {score_text(found)}"), (word,))

    def sentence(self) -> Title:
        """Say the mark, and what each unit away from it does."""
        zh = f"{self.at} 得 {plain(self.start_with)} 分"
        en = f"{plain(self.start_with)} points at {self.at}"
        for points, side_zh, side_en in ((self.below, "低", "below"), (self.above, "高", "above")):
            if points:
                verb = "加" if points > 0 else "扣"
                zh += f",每{side_zh} {self.for_each} {verb} {plain(abs(points))} 分"
                en += f", {plain(points) if points < 0 else '+' + plain(points)} for each {self.for_each} {side_en} it"
        whole = self.count == "whole-units"
        zh += "(只计整数个)" if whole else "(不足一个按比例)"
        en += ", whole units only" if whole else ", part units in proportion"
        if self.at_least is not None:
            zh, en = f"{zh},最低 {plain(self.at_least)} 分", f"{en}, at least {plain(self.at_least)}"
        if self.at_most is not None:
            zh, en = f"{zh},最高 {plain(self.at_most)} 分", f"{en}, at most {plain(self.at_most)}"
        full = plain(self.out_of)
        return Title(f"{zh}({full} 分为满分)", f"{en} (out of {full})") if self.out_of != 100 else Title(zh, en)

    def bounds(self) -> Iterator[tuple[Path, BoundText]]:
        """Yield the mark and the unit."""
        yield ("at",), self.at
        yield ("for_each",), self.for_each
