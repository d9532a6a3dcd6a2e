"""Laws of revisions: what stands stands, year and months add up, and what changed nothing is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.revising import compare_revision, find_moves, is_same
from salescli.core.quotas.split import compute_split
from salescli.core.quotas.versions import add_versions, version_in_force
from tests.properties.test_quotas import split, targets, worlds
from tests.unit.quotas.build import by_month, months

MONTHS = [month.label for month in months()]


def kept_of(result, month):
    """The company's months before one, by level."""
    return {
        level: {label: amount for label, amount in by_month(result, level, holder="company").items() if label < month}
        for level in result.levels
    }


@given(worlds(), st.sampled_from(MONTHS))
def test_a_revision_that_changes_nothing_is_the_split_itself(world, month):
    policy, inputs = world
    result = split(world)
    if result is None:
        return
    again = compute_split(policy, replace(inputs, kept=kept_of(result, month)))
    assert again == result
    assert is_same(list(result.leaves), list(again.leaves), month)
    assert find_moves(list(result.leaves), list(again.leaves), month) == []


@given(worlds(), st.sampled_from(MONTHS[1:]), st.integers(0, 9_999_999), st.data())
def test_the_past_stands_and_the_year_and_every_month_add_up(world, month, more, data):
    policy, inputs = world
    result = split(world)
    if result is None:
        return
    raised = policy.model_copy(update={"amount": policy.amount + Decimal(more)})
    gone = data.draw(
        st.sampled_from([(at, one) for at, team in enumerate(inputs.teams) for one in team.members[1:]] or [None])
    )
    teams = list(inputs.teams)
    if gone and not policy.people.fixed:
        at, member = gone
        left = [replace(one, end=min(one.end, max(one.start, date(2026, int(month[5:]), 1)))) if one is member else one
                for one in teams[at].members]  # fmt: skip
        teams[at] = replace(teams[at], members=tuple(one for one in left if one.start < one.end))
    kept = kept_of(result, month)
    try:
        revised = compute_split(raised, replace(inputs, teams=tuple(teams), kept=kept))
    except CannotSplit:
        return
    for level, rate in raised.levels.items():
        company = by_month(revised, level, holder="company")
        assert {label: company[label] for label in kept[level]} == kept[level]
        assert abs(sum(company.values()) - raised.amount * rate) <= inputs.smallest / 2
        top = targets(revised, level, [team for team in teams if not team.parent])
        for label in (each for each in MONTHS if each >= month):
            assert abs(top[label] - company[label] * (1 + raised.teams.street_above)) <= inputs.smallest
    lines = compare_revision(list(result.leaves), list(revised.leaves), month)
    for line in (one for one in lines if one.holder == "company"):
        assert line.year == sum(by_month(revised, line.level, holder="company").values())
        assert line.held == sum(kept[line.level].values())


SINCE = st.sampled_from(["", *MONTHS])
LINE = st.dictionaries(SINCE, st.none() | st.integers(0, 99).map(Decimal), max_size=4).map(
    lambda found: list(found.items())
)


@given(st.lists(LINE, max_size=3), st.sampled_from(MONTHS), st.sampled_from(MONTHS))
def test_the_versions_of_a_sum_are_the_sum_of_the_versions(lines, month, seen):
    in_force = [version_in_force(line, month, seen) for line in lines]
    amounts = [amount for amount in in_force if amount is not None]
    assert version_in_force(add_versions(lines), month, seen) == (sum(amounts) if amounts else None)


@given(LINE, st.sampled_from(MONTHS), st.sampled_from(MONTHS))
def test_a_later_version_changes_nothing_before_it(line, month, seen):
    later = [(since, amount) for since, amount in line if since <= min(month, seen)]
    assert version_in_force(line, month, seen) == version_in_force(later, month, seen)
