"""What every curve has in common: from an exact reading to points, and the words of the way there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, NamedTuple

from salescli.core.scorecard.values import BoundText
from salescli.core.shapes import Factor, Fault, Shape
from salescli.core.title import Title

FULL = Fraction(100)
Path = tuple[str | int, ...]


class CurveStep(NamedTuple):
    """One line of the way from a reading to its points: the words, and the path in the curve that they follow."""

    text: Title
    path: Path


class CurveShape(Shape, ABC):
    """A curve: a function of one reading. Scores are on the scale where 100 is full marks.

    A curve type is one file: its keys, `points`, and `steps`, which says in words what `points` did.
    """

    called = Title("得分曲线", "a curve")
    summary: ClassVar[Title]
    """What the curve does, for the reference."""

    @property
    def full_marks(self) -> Fraction:
        """How many points full marks are."""
        return FULL

    @abstractmethod
    def points(self, reading: Fraction) -> Fraction:
        """Return the points of a reading."""

    def score(self, reading: Fraction) -> Fraction:
        """Return the points of a reading on the scale of 100."""
        return self.points(reading) * FULL / self.full_marks

    @abstractmethod
    def steps(self, reading: Fraction) -> Iterator[CurveStep]:
        """Say how the points of a reading came about."""

    @abstractmethod
    def sentence(self) -> Title:
        """Say the whole curve in one sentence, for whoever signs it."""

    @abstractmethod
    def bounds(self) -> Iterator[tuple[Path, BoundText]]:
        """Yield the bounds that readings are compared with, and where each stands."""


class PointsOf(CurveShape):
    """A curve that gives points of a maximum of its own: 25 points in all, of which 20 are reached."""

    out_of: Factor = Decimal(100)

    @property
    def full_marks(self) -> Fraction:
        """How many points full marks are."""
        return Fraction(self.out_of)


def mixed_bounds(curve: CurveShape) -> list[Fault]:
    """Find bounds of one curve that are partly rates and partly numbers."""
    found = list(curve.bounds())
    return [
        Fault("curve-mixed-bounds", path, {"text": str(bound), "other": str(found[0][1])})
        for path, bound in found
        if bound.is_rate != found[0][1].is_rate
    ]
