"""What a scorecard run found, per person and KPI; exact, and as canonical JSON for keeping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

MissingReason = Literal[
    "", "no-records", "undefined", "few-cases", "no-target", "zero-target", "no-base", "no-rating", "no-team"
]
NoGrade = Literal["", "not-enough-days", "nothing-measured", "below-all-grades"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a KPI reads of one person.

    `numerator` is the figure (a rating: the score given). `denominator` is what it is divided by: the lower part of a
    ratio, the target, or the figure it grew from; None for a plain figure. `missing` says why there is no reading.
    """

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing: MissingReason = ""
    evidence: str = ""

    def value(self, *, is_growth: bool = False) -> Fraction | None:
        """Return the exact reading."""
        if self.missing or self.numerator is None:
            return None
        if self.denominator is None:
            return Fraction(self.numerator)
        found = Fraction(self.numerator) / Fraction(self.denominator)
        return found - 1 if is_growth else found


@dataclass(frozen=True, slots=True)
class KpiScore:
    """One KPI of one person. `weight` is the one that counted: 0 where it was excluded, more where another one was."""

    kpi: str
    reading: Reading
    value: Fraction | None
    score: Fraction | None
    weight: Fraction

    @property
    def contribution(self) -> Fraction:
        """What the KPI adds to the total."""
        return self.score * self.weight if self.score is not None else Fraction(0)


@dataclass(frozen=True, slots=True)
class PersonScore:
    """One person's sheet. `team` is the team of the last day in the period, by its record."""

    person: int
    team: int | None
    days: int
    kpis: tuple[KpiScore, ...]
    total: Fraction | None
    grade: str = ""
    why_no_grade: NoGrade = ""

    def kpi(self, name: str) -> KpiScore:
        """Return one KPI's score."""
        return next(one for one in self.kpis if one.kpi == name)

    def to_data(self) -> dict[str, Any]:
        """Return what is kept, as plain values; fractions as `n/d`."""
        return {
            "person": self.person,
            "team": self.team,
            "days": self.days,
            "total": _text(self.total),
            "grade": self.grade,
            "why_no_grade": self.why_no_grade,
            "kpis": [_kpi_data(one) for one in self.kpis],
        }


def read_person_score(data: Mapping[str, Any]) -> PersonScore:
    """Return what was kept."""
    return PersonScore(
        data["person"],
        data["team"],
        data["days"],
        tuple(_kpi_of(one) for one in data["kpis"]),
        _fraction(data["total"]),
        data["grade"],
        data["why_no_grade"],
    )


def _kpi_data(one: KpiScore) -> dict[str, Any]:
    reading = one.reading
    return {
        "kpi": one.kpi,
        "numerator": None if reading.numerator is None else str(reading.numerator),
        "denominator": None if reading.denominator is None else str(reading.denominator),
        "missing": reading.missing,
        "evidence": reading.evidence,
        "value": _text(one.value),
        "score": _text(one.score),
        "weight": _text(one.weight),
    }


def _kpi_of(data: Mapping[str, Any]) -> KpiScore:
    reading = Reading(_decimal(data["numerator"]), _decimal(data["denominator"]), data["missing"], data["evidence"])
    weight = _fraction(data["weight"])
    return KpiScore(data["kpi"], reading, _fraction(data["value"]), _fraction(data["score"]), weight or Fraction(0))


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
