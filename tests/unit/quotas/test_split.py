"""The split on small examples worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.split import compute_split
from salescli.policy.targets import read_targets
from tests.unit.quotas.build import MARCH_10, by_month, inputs, member, policy, team, text, year_of

THREE = team("A", member("P1"), member("P2"), member("P3"))


def test_three_equal_people_get_equal_years_and_every_month_adds_up():
    result = compute_split(policy(more="round_to: 1_000"), inputs(THREE))
    assert [year_of(result, key) for key in ("P1", "P2", "P3")] == [Decimal(400_000)] * 3
    assert set(by_month(result, holder="person").values()) == {Decimal(100_000)}
    assert all(leaf.amount % 1000 == 0 for leaf in result.leaves)


def test_street_above_over_twenty_people():
    many = team("A", *(member(f"P{n:02d}") for n in range(20)))
    result = compute_split(policy("15,000,000", people="split_by: equal, street_above: 15%"), inputs(many))
    years = [row.amount for row in result.years if row.holder == "person"]
    assert years == [Decimal(862_500)] * 20
    assert sum(years) == Decimal(17_250_000)


def test_growth_on_a_base():
    source = text(more="growth: 15%\nbase: 2024-11-01 through 2025-10-31").replace("amount: 1,200,000\n", "")
    grown = read_targets(source).require()
    result = compute_split(grown, inputs(THREE, base=Decimal(100_000)))
    assert year_of(result, "", holder="company") == Decimal(115_000)


def test_blend_of_history_and_equal():
    pair = team("A", member("P1", 300), member("P2", 100))
    result = compute_split(
        policy("1000", people="split_by: {history: 70%, equal: 30%}, without_history: nothing"), inputs(pair)
    )
    assert year_of(result, "P1") == Decimal(675)  # 1000 × (0.7 × 0.75 + 0.3 × 0.5)
    assert year_of(result, "P2") == Decimal(325)


@pytest.mark.parametrize(("word", "expected"), [("team-median", 400), ("nothing", 0)])
def test_without_history(word, expected):
    trio = team("A", member("P1", 100), member("P2", 300), member("P3"))
    result = compute_split(policy("1200", people=f"split_by: history, without_history: {word}"), inputs(trio))
    assert year_of(result, "P3") == Decimal(expected)


def test_weights_of_teams_and_months():
    result = compute_split(
        policy(
            "1200",
            teams="split_by: weights, weights: {A: 3, B: 1}",
            months="split_by: weights, weights: {1: 2, 2: 1}",
        ),
        inputs(team("A", member("P1")), team("B", member("P2"))),
    )
    assert (year_of(result, "", holder="team"), year_of(result, "P2")) == (Decimal(900), Decimal(300))
    assert by_month(result, holder_key="P1")["2026-01"] == Decimal(600)
    assert by_month(result, holder_key="P1")["2026-03"] == Decimal(0)


def test_the_rest_below_the_unit_stays_with_the_largest():
    pair = team("A", member("P1", 100), member("P2", 300))
    result = compute_split(
        policy("1,000,500", people="split_by: history, without_history: nothing", more="round_to: 1_000"), inputs(pair)
    )
    assert year_of(result, "P1") == Decimal(250_000)
    assert year_of(result, "P2") == Decimal(750_500)
    assert [note.title.en for note in result.notes if note.name == "rest"] == [
        "500.00, below the rounding unit, stays with A",
        "500.00, below the rounding unit, stays with P2",
    ]


def test_levels_scale_everything():
    result = compute_split(policy("1000", more="levels: {base: 100%, stretch: 110%}"), inputs(THREE))
    assert year_of(result, "", "stretch", "company") == Decimal(1100)
    assert sum(by_month(result, "stretch", holder="person").values()) == Decimal(1100)


def test_limits_are_met_and_the_others_take_the_difference():
    trio = team("A", member("P1", 100), member("P2", 100), member("P3", 400))
    result = compute_split(
        policy("900", people="split_by: equal, at_least: 90% of own last year, at_most: 300% of own last year"),
        inputs(trio),
    )
    assert [year_of(result, key) for key in ("P1", "P2", "P3")] == [Decimal(270), Decimal(270), Decimal(360)]


def test_impossible_limits_name_who_binds():
    pair = team("A", member("P1", 600), member("P2", 600))
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy("900", people="split_by: equal, at_least: 90% of own last year"), inputs(pair))
    (found,) = caught.value.findings
    assert (found.name, found.path) == ("limits-impossible", ("people", "at_least"))
    assert found.values["people"] == ("P1", "P2")
    assert found.values["total"] == "1,080.00"


FIXED = "split_by: equal, fixed: [{{person: P1, period: 2026-Q1, amount: 900, rest: {}}}]"


def test_a_fixed_quarter_whose_rest_goes_to_the_team():
    result = compute_split(policy("12,000", people=FIXED.format("team")), inputs(THREE))
    months = by_month(result, holder_key="P1")
    assert [months[f"2026-0{n}"] for n in (1, 2, 3)] == [Decimal(300)] * 3
    assert year_of(result, "P1") == Decimal(3900)  # 900 + 9/12 of 4,000
    assert year_of(result, "P2") == year_of(result, "P3") == Decimal(4050)
    assert set(by_month(result, team="A", holder="person").values()) == {Decimal(1000)}


def test_a_fixed_quarter_whose_rest_stays_in_the_own_year():
    result = compute_split(policy("12,000", people=FIXED.format("own-year")), inputs(THREE))
    assert year_of(result, "P1") == Decimal(4000)
    assert set(by_month(result, team="A", holder="person").values()) == {Decimal(1000)}


def test_fixed_above_the_total_is_placed_at_the_figure():
    with pytest.raises(CannotSplit) as caught:
        compute_split(policy("1200", people=FIXED.format("team")), inputs(THREE))
    (found,) = caught.value.findings
    assert (found.name, found.path) == ("fixed-above-total", ("people", "fixed", 0, "amount"))
    assert found.values["over"] == "200.00"


def test_ramp_leaves_an_open_gap():
    new = member("P2", role="am", start=date(2026, 1, 1), hired=date(2026, 2, 20))
    pair = team("A", member("P1"), new)
    people = "split_by: equal, ramp: {am: [0%, 25%, 50%, 75%, 100%]}, ramp_gap: open"
    result = compute_split(policy("1,200,000", people=people), inputs(pair))
    months = by_month(result, holder_key="P2")
    shown = [int(months[f"2026-0{n}"]) for n in (1, 2, 3, 4, 5, 6)]
    assert shown == [50_000, 0, 12_500, 25_000, 37_500, 50_000]
    gap = by_month(result, holder="ramp-gap")
    assert all(months[m] + by_month(result, holder_key="P1")[m] + gap[m] == Decimal(100_000) for m in months)
    steps = {step.name: step.change for step in result.bridge if not step.team}
    assert steps["ramp-gap"] == Decimal(-125_000)


def test_a_joiner_has_no_target_before_and_days_in_seat_after():
    pair = team("A", member("P1"), member("P2", start=MARCH_10))
    result = compute_split(policy("12,000"), inputs(pair))
    joiner = by_month(result, holder_key="P2")
    assert min(joiner) == "2026-03"
    assert joiner["2026-03"] == Decimal("415.09")  # 1,000 × (22/31) ÷ (1 + 22/31)
    assert joiner["2026-12"] == Decimal(500)
    assert set(by_month(result, holder="person").values()) == {Decimal(1000)}


def test_a_month_without_anybody_is_shown_and_not_lost():
    result = compute_split(policy("12,000"), inputs(team("A", member("P1", start=date(2026, 3, 1)))))
    assert by_month(result, holder="nobody")["2026-02"] == Decimal(1000)
    assert year_of(result, "P1") == Decimal(10_000)


def test_a_vacant_seat_has_a_target():
    result = compute_split(policy("1200"), inputs(team("A", member("P1"), member("S1", is_seat=True))))
    assert year_of(result, "S1", holder="seat") == Decimal(600)


def test_a_unit_too_coarse_for_the_keeper_is_said():
    many = team("A", *(member(f"P{n:02d}") for n in range(40)))
    result = compute_split(
        policy("240,000", people="split_by: equal, street_above: 4.5%", more="round_to: 1_000"), inputs(many)
    )
    assert any(note.name == "coarse-unit" for note in result.notes)
    assert set(by_month(result, holder="person").values()) == {Decimal(20_900)}
    assert all(leaf.amount >= 0 for leaf in result.leaves)


def test_every_problem_is_found_at_once():
    wrong = policy(
        "1,200.005",
        teams="split_by: weights, weights: {Z: 1}",
        people="split_by: equal, fixed: [{person: PX, period: 2026-Q9, amount: 1, rest: team}]",
    )
    twice = team("B", member("P1"))
    empty = team("C")
    with pytest.raises(CannotSplit) as caught:
        compute_split(wrong, inputs(THREE, twice, empty))
    names = sorted(finding.name for finding in caught.value.findings)
    assert names == [
        "bad-fixed-period",
        "finer-than-currency",
        "person-in-two-teams",
        "team-without-people",
        "unknown-person",
        "unknown-team",
        "weights-sum-to-zero",
    ]


def test_the_nearest_person_is_offered_by_key_or_name():
    wrong = policy(people="split_by: weights, weights: {王方: 1, P2: 1}")
    with pytest.raises(CannotSplit) as caught:
        compute_split(wrong, inputs(team("A", member("P1", name="王芳"), member("P2"))))
    (found,) = caught.value.findings
    assert (found.name, found.values["nearest"]) == ("unknown-person", "P1")
