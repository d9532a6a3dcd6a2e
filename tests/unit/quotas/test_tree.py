"""Teams in a tree, worked by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.split import compute_split
from tests.unit.quotas.build import by_month, inputs, member, policy, team, year_of


def under(parent, one):
    return replace(one, parent=parent)


SALES = team("S", member("P0"), history=100)
EAST = under("S", team("E", member("P1"), history=300))
WEST = under("S", team("W", member("P2"), member("P3"), history=200))
OTHER = team("O", member("P4"), history=400)
HISTORY = "split_by: history, street_above: 10%"


def targets(result):
    return {row.team: row.amount for row in result.years if row.holder == "team"}


def test_a_team_with_people_of_its_own_keeps_a_part_beside_its_sub_teams():
    result = compute_split(policy("1,000,000", teams=HISTORY), inputs(SALES, EAST, WEST, OTHER))
    # 1,100,000 among S (100 + 300 + 200 of 1,000) and O (400); below S there is no street above again
    assert targets(result) == {"S": 660_000, "E": 330_000, "W": 220_000, "O": 440_000}
    assert year_of(result, "direct", holder="direct") == Decimal(110_000)
    assert year_of(result, "P0") == Decimal(110_000)
    assert year_of(result, "P2") == year_of(result, "P3") == Decimal(110_000)
    months = by_month(result, holder="team", team="S")
    below = [by_month(result, holder="team", team=key) for key in "EW"]
    direct = by_month(result, holder="direct")
    assert all(months[label] == below[0][label] + below[1][label] + direct[label] for label in months)


def test_rows_are_in_tree_order_and_the_bridge_of_a_team_is_of_everything_below():
    people = "split_by: equal, street_above: 50%"
    result = compute_split(policy("1,000,000", teams=HISTORY, people=people), inputs(WEST, OTHER, EAST, SALES))
    assert list(dict.fromkeys(row.team for row in result.years)) == ["", "O", "S", "E", "W"]
    steps = [(step.name, step.change, step.after) for step in result.bridge if step.team == "S"]
    assert steps == [
        ("team-target", Decimal(660_000), Decimal(660_000)),
        ("street-above-team", Decimal(330_000), Decimal(990_000)),
        ("street", Decimal(0), Decimal(990_000)),
    ]


def test_a_parent_without_people_has_no_part_of_its_own():
    top = replace(SALES, members=())
    result = compute_split(policy("600,000", teams="split_by: history"), inputs(top, EAST, WEST))
    assert targets(result) == {"S": 600_000, "E": 360_000, "W": 240_000}
    assert not by_month(result, holder="direct")


def test_a_parent_weighs_what_its_sub_teams_weigh_unless_it_is_said():
    by_weight = "split_by: weights, weights: {{E: 2, W: 1, O: 1{}}}"
    top = replace(SALES, members=())
    result = compute_split(policy("400,000", teams=by_weight.format("")), inputs(top, EAST, WEST, OTHER))
    assert targets(result) == {"S": 300_000, "E": 200_000, "W": 100_000, "O": 100_000}
    said = by_weight.format(", S: 1")
    result = compute_split(policy("300,000", teams=said), inputs(top, EAST, WEST, OTHER))
    assert targets(result) == {"S": 150_000, "E": 100_000, "W": 50_000, "O": 150_000}


def test_the_people_directly_in_a_team_have_a_weight_of_their_own():
    by_weight = "split_by: weights, weights: {S.direct: 1, E: 2, W: 1}"
    result = compute_split(policy("400,000", teams=by_weight), inputs(SALES, EAST, WEST))
    assert targets(result) == {"S": 400_000, "E": 200_000, "W": 100_000}
    assert year_of(result, "P0") == Decimal(100_000)


def test_sub_teams_without_weight_share_nothing_in_equal_parts_and_something_not_at_all():
    new = [under("N", team("N1", member("P5"))), under("N", team("N2", member("P6")))]
    history = policy("400,000", teams="split_by: history")
    result = compute_split(history, inputs(team("N"), *new, OTHER))
    assert targets(result) == {"N": 0, "N1": 0, "N2": 0, "O": 400_000}
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy("400,000", teams="split_by: {history: 50%, equal: 50%}"), inputs(team("N"), *new, OTHER))
    (found,) = caught.value.findings
    assert (found.name, found.path) == ("sub-team-weights-sum-to-zero", ("teams", "split_by"))
    assert found.values == {"method": "history", "team": "N"}


def test_a_circle_of_teams_is_named_and_what_leads_to_it_is_not():
    circle = [under("B", team("A", member("P1"))), under("A", team("B", member("P2")))]
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy(), inputs(*circle, under("A", team("C", member("P3"))), OTHER))
    (found,) = caught.value.findings
    assert (found.name, found.values["teams"]) == ("team-circle", ("A", "B"))


def test_a_branch_without_anybody_is_an_error_and_a_parent_above_people_is_not():
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy(), inputs(replace(SALES, members=()), EAST, under("S", team("X"))))
    assert [(found.name, found.values["team"]) for found in caught.value.findings] == [("team-without-people", "X")]


def test_what_is_below_the_unit_stays_with_the_largest_at_every_level():
    result = compute_split(
        policy("1,000,500", teams="split_by: history", more="round_to: 1_000"), inputs(SALES, EAST, WEST)
    )
    assert targets(result) == {"S": 1_000_500, "E": 500_500, "W": 333_000}
    assert year_of(result, "P0") == Decimal(167_000)
    assert [note.title.en for note in result.notes if note.name == "rest"][:2] == [
        "500.00, below the rounding unit, stays with S",
        "500.00, below the rounding unit, stays with E",
    ]
