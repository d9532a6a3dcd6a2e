"""The arithmetic of a sheet: weights, what is missing, limits, grades by exact bounds, ranks, peers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.money import round_off_bounds
from salescli.core.scorecard.compute import compute_person, compute_ranks
from salescli.core.scorecard.peers import compare_with_peers
from salescli.core.scorecard.result import PersonScore, Reading, read_person_score
from tests.unit.scorecard.sample import CONDUCT, RECEIPTS, card

F = Fraction
CARD = card()
NONE = Reading(missing="no-target")
UNRATED = Reading(missing="no-rating")


def reading(actual: int | str, target: int | str) -> Reading:
    return Reading(Decimal(actual), Decimal(target))


def rated(score: int | str) -> Reading:
    return Reading(Decimal(score))


def person(receipts: Reading, conduct: Reading, number: int = 1, team: int = 1, days: int = 90) -> PersonScore:
    return compute_person(CARD, number, team, days, {"receipts": receipts, "conduct": conduct})


def test_weights_times_scores() -> None:
    one = person(reading(90, 100), rated(80))
    assert one.total == F(9, 10) * 60 + F(80) * F(4, 10) == 86
    assert (one.grade, [each.contribution for each in one.kpis]) == ("A", [54, 32])


def test_what_is_left_out_gives_its_weight_to_the_others() -> None:
    one = person(NONE, rated(80))
    assert (one.total, one.kpi("receipts").weight, one.kpi("conduct").weight) == (80, 0, 1)


def test_without_a_reading_nothing_is_scored_where_the_sheet_says_nothing() -> None:
    assert person(reading(100, 100), UNRATED).total == 60


def test_neutral_is_what_the_sheet_says() -> None:
    neutral = card(kpis=RECEIPTS + CONDUCT.replace("if_missing: nothing", "if_missing: neutral\n    neutral: 75"))
    one = compute_person(neutral, 1, 1, 90, {"receipts": reading(100, 100), "conduct": UNRATED})
    assert one.total == 60 + 30


def test_nothing_measured_is_no_grade_and_not_zero() -> None:
    one = person(NONE, UNRATED)
    assert (one.total, one.grade, one.why_no_grade) == (None, "", "nothing-measured")


def test_too_few_days_are_no_grade() -> None:
    short = card(head="min_days: 60\n")
    readings = {"receipts": reading(100, 100), "conduct": rated(100)}
    assert compute_person(short, 1, 1, 59, readings).why_no_grade == "not-enough-days"
    assert compute_person(short, 1, 1, 60, readings).grade == "S"


def test_scores_are_held_between_the_limits_of_the_sheet() -> None:
    held = card(head="score: {at_least: 0, at_most: 120}\n")
    readings = {"receipts": reading(500, 100), "conduct": rated(100)}
    assert compute_person(held, 1, 1, 90, readings).kpi("receipts").score == 120
    readings = {"receipts": reading(-500, 100), "conduct": rated(100)}
    assert compute_person(held, 1, 1, 90, readings).kpi("receipts").score == 0


@pytest.mark.parametrize(
    ("score", "grade", "shown"),
    [
        ("94.9999", "A", "94.99"),
        ("95", "S", "95.00"),
        ("94.5", "A", "94.50"),
        ("84.99999", "B", "84.99"),
        ("0", "D", "0.00"),
    ],
)
def test_grades_compare_exactly_and_print_on_their_side(score: str, grade: str, shown: str) -> None:
    one = person(reading(score, 100), rated(score))
    assert one.grade == grade
    assert str(round_off_bounds(one.total or 0, CARD.grade_bounds)) == shown


def test_below_all_grades_is_said() -> None:
    none = card(grades="grades:\n  - from 60: C\n", factors="")
    one = compute_person(none, 1, 1, 90, {"receipts": reading(1, 100), "conduct": rated(1)})
    assert (one.total, one.grade, one.why_no_grade) == (1, "", "below-all-grades")


def test_equal_totals_share_a_place() -> None:
    people = [person(reading(actual, 100), rated(0), number) for number, actual in enumerate((50, 90, 90, 10))]
    assert compute_ranks([*people, person(NONE, UNRATED, 9)]) == {0: 3, 1: 1, 2: 1, 3: 4}


def test_peers_are_the_team_and_with_fewer_than_five_everyone() -> None:
    team = [person(reading(actual, 100), rated(50), actual, 1) for actual in (60, 70, 80, 90, 100)]
    other = [person(reading(10, 100), rated(90), number, 2) for number in (1, 2, 3)]
    beside = compare_with_peers(team[4], [*team, *other])
    assert (beside.basis, beside.count) == ("team", 5)
    assert [(one.kpi, one.median, one.difference, one.points) for one in beside.strengths] == [("receipts", 80, 20, 12)]
    assert beside.gaps == ()
    beside = compare_with_peers(other[0], [*team, *other])
    assert (beside.basis, beside.count) == ("everyone", 8)
    assert [one.kpi for one in beside.gaps] == ["receipts"] and [one.kpi for one in beside.strengths] == ["conduct"]


def test_four_people_are_not_compared() -> None:
    people = [person(reading(actual, 100), rated(50), actual) for actual in (60, 70, 80, 90)]
    assert compare_with_peers(people[0], people).basis == "too-few"
    assert compare_with_peers(person(NONE, UNRATED, 7), people).basis == "no-total"


NUMBER = st.integers(-500, 500).map(lambda number: Reading(Decimal(number), Decimal(100)))
ANY = st.one_of(NUMBER, st.just(NONE))
RATED = st.one_of(st.integers(0, 120).map(rated), st.just(UNRATED))


@given(ANY, RATED)
def test_contributions_add_up_and_results_come_back_as_they_were_kept(receipts: Reading, conduct: Reading) -> None:
    one = person(receipts, conduct)
    if one.total is not None:
        assert sum(each.contribution for each in one.kpis) == one.total
        assert sum(each.weight for each in one.kpis if each.score is not None) == 1
    assert read_person_score(one.to_data()) == one


@given(st.fractions(0, 120), st.lists(st.integers(0, 120), max_size=4))
def test_what_is_printed_is_on_the_same_side_of_every_bound(value: Fraction, bounds: list[int]) -> None:
    shown = Fraction(round_off_bounds(value, bounds))
    assert abs(shown - value) < F(1, 100)
    for bound in bounds:
        assert (shown > bound) == (value > bound) and (shown < bound) == (value < bound)
