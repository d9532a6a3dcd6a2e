"""The company's months that stand: the others have what is left of the year, and the split law holds in every month."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.grid import round_years
from salescli.core.quotas.kept import KeptTooLarge, keep_months
from salescli.core.quotas.split import compute_split
from tests.unit.quotas.build import by_month, inputs, member, policy, team

FIRST_HALF = [f"2026-{number:02}" for number in range(1, 7)]
SECOND_HALF = [f"2026-{number:02}" for number in range(7, 13)]


def test_a_raised_year_goes_to_the_months_that_are_left():
    """1,200,000 at 100,000 a month; from July the year is 1,500,000: 900,000 are left, 150,000 a month."""
    kept = {"base": dict.fromkeys(FIRST_HALF, Decimal(100_000))}
    result = compute_split(
        policy("1,500,000", people="split_by: equal, street_above: 5%"),
        inputs(team("A", member("a"), member("b")), kept=kept),
    )
    company = by_month(result, holder="company")
    assert {company[month] for month in FIRST_HALF} == {100_000}
    assert {company[month] for month in SECOND_HALF} == {150_000}
    people = by_month(result, holder="person")
    assert {people[month] for month in SECOND_HALF} == {157_500}


def test_what_stands_may_not_be_more_than_the_year():
    kept = {"base": dict.fromkeys(FIRST_HALF, Decimal(300_000))}
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy("1,500,000"), inputs(team("A", member("a")), kept=kept))
    (found,) = caught.value.findings
    assert (found.name, found.path, found.values["over"]) == ("kept-above-year", ("amount",), "300,000.00")


MONTHS = st.lists(st.integers(0, 9), min_size=2, max_size=12).filter(any)


@given(st.integers(0, 10_000), st.sampled_from([1, 7, 100]), MONTHS, st.data())
def test_months_add_up_and_what_stands_stands(whole, unit, weights, data):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    months = round_years([whole * share for share in shares], unit).parts
    stands = data.draw(st.dictionaries(st.integers(0, len(weights) - 1), st.integers(0, 2_000)))
    try:
        found = keep_months(months, stands, shares, unit)
    except KeptTooLarge as error:
        assert sum(stands.values()) > whole or len(stands) == len(weights)
        assert error.over == abs(whole - sum(stands.values()))
        return
    assert sum(found) == whole
    assert {at: found[at] for at in stands} == stands
    assert min(found[at] for at in range(len(found)) if at not in stands) >= 0 if len(stands) < len(found) else True
    assert keep_months(found, stands, shares, unit) == found


@given(st.integers(0, 10_000), st.sampled_from([1, 7, 100]), MONTHS, st.integers(0, 12))
def test_what_the_year_gives_anyway_moves_nothing(whole, unit, weights, upto):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    months = round_years([whole * share for share in shares], unit).parts
    assert keep_months(months, dict(enumerate(months[:upto])), shares, unit) == months
