"""ABC classes, phases of growth, and what is said of a product."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.analysis.abc import USUAL, classify_abc
from salescli.core.analysis.growth import classify_growth
from salescli.core.analysis.verdict import judge_product

AMOUNTS = st.lists(st.none() | st.fractions(min_value=-1000, max_value=1000), max_size=30)
TENTH = Fraction(1, 10)


def fractions(*numbers: int) -> list[Fraction | None]:
    return [Fraction(number) for number in numbers]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (fractions(80, 15, 5), "ABC"),
        (fractions(79, 2, 14, 5), "ACAB"),
        (fractions(100), "A"),
        (fractions(50, 50), "AA"),
        (fractions(5, 90, 5), "BAB"),
        (fractions(90, -5, 0), "ACC"),
    ],
)
def test_classes(values: list[Fraction | None], expected: str) -> None:
    assert "".join(grade or "-" for grade in classify_abc(values)) == expected


def test_nothing_positive_has_no_class() -> None:
    assert classify_abc([Fraction(0), Fraction(-3), None]) == [None, None, None]
    assert classify_abc([]) == []


@given(AMOUNTS)
def test_a_reaches_the_first_bound_and_a_with_b_the_second(values: list[Fraction | None]) -> None:
    grades = classify_abc(values)
    positive = [(value, grade) for value, grade in zip(values, grades, strict=True) if value is not None and value > 0]
    whole = sum((value for value, _ in positive), Fraction(0))
    for bound, inside in zip(USUAL, ("A", "AB"), strict=True):
        reached = sum((value for value, grade in positive if grade is not None and grade in inside), Fraction(0))
        assert reached >= bound * whole
        smallest = [value for value, grade in positive if grade is not None and grade in inside]
        if smallest:
            least = min(smallest)  # without the last group of equals the bound is not reached
            assert sum((value for value in smallest if value > least), Fraction(0)) < bound * whole


@given(AMOUNTS)
def test_larger_is_never_in_a_lower_class(values: list[Fraction | None]) -> None:
    known = [(v, g) for v, g in zip(values, classify_abc(values), strict=True) if v is not None and g is not None]
    ordered = sorted(known, key=lambda pair: -pair[0])
    assert [grade for _, grade in ordered] == sorted(grade for _, grade in known)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (110, 100, "growing"),
        (109, 100, "steady"),
        (91, 100, "steady"),
        (90, 100, "falling"),
        (0, 100, "ended"),
        (-5, 100, "ended"),
        (5, 0, "new"),
        (0, 0, None),
        (5, None, None),
        (None, 5, None),
    ],
)
def test_phases(now: int | None, before: int | None, expected: str | None) -> None:
    values = [None if value is None else Fraction(value) for value in (now, before)]
    assert classify_growth(values[0], values[1], TENTH) == expected


@pytest.mark.parametrize(
    ("grade", "phase", "margin", "expected"),
    [
        ("C", "falling", Fraction(9, 100), "retire"),
        ("C", "ended", Fraction(-1), "retire"),
        ("C", "falling", None, "improve"),
        ("C", "falling", TENTH, "improve"),
        ("A", "falling", Fraction(0), "improve"),
        ("C", "growing", Fraction(0), "improve"),
        ("A", "growing", Fraction(0), None),
        ("B", "growing", None, "grow"),
        ("C", "growing", TENTH, "grow"),
        ("A", "falling", TENTH, None),
        ("C", "new", None, None),
        (None, None, None, None),
    ],
)
def test_verdicts(grade, phase, margin, expected) -> None:
    assert judge_product(grade, phase, margin, TENTH) == expected
