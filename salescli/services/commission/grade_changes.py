"""Grades that a month's figures move by: of which scorecard and period, the grade, its factor, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.factors import GradeFactor
from salescli.core.commission.inputs import Grade
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import period, quantity
from salescli.core.periods import add_months
from salescli.core.title import Title
from salescli.reports.commission.columns import CreditChange
from salescli.services.commission.running import Computed

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class GradeMoved:
    """A grade that counts for the credits of `[start, end)`; `is_new`: what was known before says another, or none."""

    grade: Grade
    over: str
    start: date
    end: date
    factor: Decimal
    is_new: bool
    moves: bool = True  # what was posted before it was known

    def is_of(self, day: date | None) -> bool:
        """Tell whether it is of the credits of a day."""
        return day is not None and self.start <= day < self.end

    @property
    def words(self) -> Title:
        """Name scorecard, period, grade and factor."""
        named, factor = period(self.grade.period, self.over), quantity(Fraction(self.factor))
        of, value = self.grade.scorecard, self.grade.value
        if not self.is_new:
            return Title(f"{named.zh} {of} 等级 {value},× {factor}", f"grade of {named.en} ({of}): {value}, × {factor}")
        zh = f"{named.zh} {of} 等级已定:{value},× {factor}"
        return Title(zh, f"grade of {named.en} ({of}) became known: {value}, × {factor}")

    @property
    def short(self) -> Title:
        """The same for a line of a statement."""
        named, factor = period(self.grade.period, self.over), quantity(Fraction(self.factor))
        value, brief = self.grade.value, named.en[:1].isdigit()  # `2026-Q1` is short in both languages
        zh = named.en if brief else named.zh
        return Title(f"等级 {value} × {factor}({zh})", f"grade {value} × {factor} ({named.en})")

    def change(self, month: date) -> CreditChange:
        """Return it as what is behind a difference."""
        return CreditChange("", "grade", Decimal(0), month, "", self.grade.source, self.words)


Grades = tuple[GradeMoved, ...]


def grades_moved(new: Computed, old: Computed | None, component: str) -> Grades:
    """Return the grades that closed months of a component are multiplied by, each beside what was known before.

    What became known for the run itself is in its own amount, and in no difference.
    """
    then = {} if old is None else _last(old)
    return tuple(
        one
        for grade in _last(new).values()
        if grade.known_in < new.result.run
        for one in _of(new, component, grade, _is_other(grade, then))
    )


def grades_of_run(one: Computed, component: str) -> Grades:
    """Return the grades that became known for a run and put earlier months right: another factor than until then."""
    run = one.result.run
    found = [grade for grade in _grades(one) if grade.known_in == run]
    return tuple(each for grade in found for each in _of(one, component, grade, True) if each.moves)


def _of(one: Computed, component: str, grade: Grade, is_new: bool) -> list[GradeMoved]:
    shape = one.plan.require().components.get(component)
    found = []
    for factor in shape.times if shape is not None else ():
        if isinstance(factor, GradeFactor) and factor.grade_from == grade.scorecard:
            months = MONTHS[factor.over]
            start = add_months(grade.period, months if factor.which.startswith("previous") else 0)
            end = add_months(start, months)
            table = in_force(factor.table, start)
            value = Decimal(table.get(grade.value, factor.without_grade))
            until = factor.until_known
            moves = isinstance(until, str) or (factor.once_known == "true-up" and Decimal(until) != value)
            found.append(GradeMoved(grade, factor.over, start, end, value, is_new, moves))
    return found


def _last(one: Computed) -> dict[tuple[str, date], Grade]:
    """Return the grade that counts of each scorecard and period: the last one that became known."""
    return {_mark(grade): grade for grade in sorted(_grades(one), key=lambda each: each.known_in)}


def _grades(one: Computed) -> list[Grade]:
    return [grade for grade in one.inputs.grades if grade.known_in <= one.result.run]


def _mark(grade: Grade) -> tuple[str, date]:
    return grade.scorecard, grade.period


def _is_other(grade: Grade, then: dict[tuple[str, date], Grade]) -> bool:
    was = then.get(_mark(grade))
    return was is None or was.value != grade.value
