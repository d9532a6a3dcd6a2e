"""Split methods that look at potential, pipeline and capacity, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from salescli.core.periods import FOREVER
from salescli.core.quotas.capacity import compute_capacity
from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.parts import member_part, team_part
from salescli.core.quotas.split import compute_split
from tests.unit.quotas.build import inputs, member, months, policy, team, year_of

RAMP = (Decimal("0"), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


def test_potential_weighs_by_what_customers_may_buy():
    people = [member("a", potential=Fraction(300)), member("b", potential=Fraction(100)), member("c")]
    result = compute_split(policy(people="split_by: potential"), inputs(team("A", *people)))
    assert [year_of(result, key) for key in "abc"] == [Decimal(900_000), Decimal(300_000), Decimal(0)]


def test_pipeline_weighs_teams_and_what_is_below_zero_weighs_nothing():
    teams = [
        replace(team("A", member("a")), pipeline=Fraction(50)),
        replace(team("B", member("b")), pipeline=Fraction(150)),
        replace(team("C", member("c")), pipeline=Fraction(-70)),
    ]
    result = compute_split(policy(teams="split_by: pipeline"), inputs(*teams))
    assert [year_of(result, key) for key in "abc"] == [Decimal(300_000), Decimal(900_000), Decimal(0)]


@pytest.mark.parametrize("method", ["potential", "pipeline"])
def test_nobody_with_any_is_the_problem_of_weights_that_sum_to_zero(method):
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy(people=f"split_by: {method}"), inputs(team("A", member("a"), member("b"))))
    assert [one.name for one in caught.value.findings] == ["team-weights-sum-to-zero"]


def test_capacity_counts_days_in_seat_by_the_ramp_of_the_tenure_month():
    hired = date(2026, 3, 17)  # 15 of March's 31 days: the first month of the ramp
    found = compute_capacity(months(), hired, FOREVER, hired, RAMP)
    assert found == (0, 0, 0, *(Fraction(percent, 100) for percent in (25, 50, 75, 100, 100, 100, 100, 100, 100)))
    half = compute_capacity(months(), hired, FOREVER, hired, (Decimal("0.5"),))
    assert half[2] == Fraction(15, 31) / 2
    assert compute_capacity(months(), date(2020, 1, 1), FOREVER, None, RAMP) == (1,) * 12


def test_a_team_weighs_the_capacity_of_its_seats_vacant_ones_from_their_start():
    july = date(2026, 7, 1)
    found = team("A", member("a"), member("S1", start=july, hired=july, is_seat=True))
    assert team_part(found, months(), {"rep": RAMP}).capacity == 12 + Fraction(3, 2) + 2
    other = team("B", member("b"))  # 12 months: 15.5 to 12
    shape = policy(amount="275,000", teams="split_by: capacity, capacity: {rep: [0%, 25%, 50%, 75%]}")
    result = compute_split(shape, inputs(found, other))
    assert year_of(result, "", holder="team") == Decimal(155_000)
    assert year_of(result, "b") == Decimal(120_000)


def test_a_person_weighs_the_mean_ramp_of_the_days_that_the_split_counts_anyway():
    july = date(2026, 7, 1)
    joiner = member("j", start=july, hired=july)
    assert member_part(joiner, months(), {"rep": RAMP}).capacity == Fraction(7, 12)  # 3.5 of 6 months
    shape = policy(amount="1,200,000", people="split_by: capacity, capacity: {rep: [0%, 25%, 50%, 75%]}")
    result = compute_split(shape, inputs(team("A", member("a"), joiner)))
    half = Decimal(600_000)  # of the second half year 12/19 and 7/19
    assert abs(year_of(result, "j") - half * 7 / 19) < 1
    assert year_of(result, "a") + year_of(result, "j") == Decimal(1_200_000)


def test_a_blend_adds_shares_of_each_method():
    people = [
        member("a", potential=Fraction(3), pipeline=Fraction(1)),
        member("b", potential=Fraction(1), pipeline=Fraction(3)),
    ]
    shape = policy(amount="100,000", people="split_by: {potential: 50%, pipeline: 30%, equal: 20%}")
    result = compute_split(shape, inputs(team("A", *people)))
    assert year_of(result, "a") == Decimal(55_000)  # 50 % × 3/4 + 30 % × 1/4 + 20 % × 1/2
    assert year_of(result, "b") == Decimal(45_000)
