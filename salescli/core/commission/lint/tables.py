"""Tables: what lies below their first line, bands with holes, grades without a line and lines without a grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.factors import GradeFactor, MetricFactor
from salescli.core.commission.lint.subject import Finding, Subject, percent_or_number
from salescli.core.commission.result import Path
from salescli.core.commission.wording import quantity
from salescli.core.shapes import Dated

_BAND = re.compile(r"\D*?(\d+(?:\.\d+)?)\s*%?\s*(?:-|–|—|~|至|到)\s*(\d+(?:\.\d+)?)\D*")
_OPEN = re.compile(r"\D*?(\d+(?:\.\d+)?)\s*%?\s*(?:\+|以上|及以上|and above|or more)\D*")


def find_below_first(subject: Subject) -> Iterator[Finding]:
    """Find tables that begin above zero: below their first line nothing is paid, or the first factor holds."""
    for path, table in _tables(subject):
        first = table[0]
        if not first.threshold:
            continue
        is_factor = path[2] == "times"
        values = {"key": first.key, "below": percent_or_number(first.threshold, first.is_rate)}
        if is_factor:
            values["factor"] = quantity(first.factor)
        name = "lint-factor-below-first" if is_factor else "lint-nothing-below"
        yield Finding(name, (*path, first.index, first.key), values, "note")


def _tables(subject: Subject) -> Iterator[tuple[Path, Sequence[Any]]]:
    for name, shape in subject.plan.components.items():
        if isinstance(shape, TieredComponent):
            yield from _dated(("components", name, "tiers"), shape.tiers)
        for index, factor in enumerate(shape.times):
            if isinstance(factor, MetricFactor):
                yield from _dated(("components", name, "times", index, "table"), factor.table)


def _dated(path: Path, table: Dated[Any]) -> Iterator[tuple[Path, Any]]:
    for day, value in table.values:
        yield (path if table.is_constant else (*path, day.isoformat())), value


def find_band_holes(subject: Subject) -> Iterator[Finding]:
    """Find bands such as 85–94 and 95–100, written as grades: 94.5 is in none; 85–95 and 95–100: 95 is in both."""
    for path, factor in _grade_factors(subject):
        for day, table in factor.table.values:
            place = (*path, "table") if factor.table.is_constant else (*path, "table", day.isoformat())
            yield from _holes(tuple(table), place)
        yield from _holes(subject.bands.get(factor.grade_from, ()), (*path, "grade_from"), factor.grade_from)


def _holes(words: Iterable[str], path: Path, scorecard: str = "") -> Iterator[Finding]:
    for (_, upper, one), (lower, _, two) in pairwise(sorted(_bands(words))):
        key = (*path, one) if not scorecard else path
        values: dict[str, object] = {"one": one, "two": two, **({"remark": scorecard} if scorecard else {})}
        if upper is not None and upper < lower:
            yield Finding("lint-band-hole", key, {**values, "value": quantity((upper + lower) / 2)})
        elif upper is None or upper >= lower:
            yield Finding("lint-band-overlap", key, {**values, "value": quantity(lower)})


def _bands(words: Iterable[str]) -> Iterator[tuple[Decimal, Decimal | None, str]]:
    for word in words:
        if match := _BAND.fullmatch(word):
            yield Decimal(match[1]), Decimal(match[2]), word
        elif match := _OPEN.fullmatch(word):
            yield Decimal(match[1]), None, word


def find_grades_without_line(subject: Subject) -> Iterator[Finding]:
    """Find grades that a scorecard gives and the plan's table does not know, and lines that no grade reaches."""
    for path, factor in _grade_factors(subject):
        given = subject.grades.get(factor.grade_from)
        if given is None:
            continue
        for _, table in factor.table.values:
            unknown = [word for word in given if word not in table]
            if unknown:
                values = {"grades": unknown, "scorecard": factor.grade_from, "factor": quantity(factor.without_grade)}
                yield Finding("lint-grade-without-factor", (*path, "table"), values)
            for word in table:
                if word not in given:
                    values = {"grade": word, "scorecard": factor.grade_from, "grades": given}
                    yield Finding("lint-factor-without-grade", (*path, "table", word), values)


def _grade_factors(subject: Subject) -> Iterator[tuple[Path, GradeFactor]]:
    for name, shape in subject.plan.components.items():
        for index, factor in enumerate(shape.times):
            if isinstance(factor, GradeFactor):
                yield ("components", name, "times", index), factor
