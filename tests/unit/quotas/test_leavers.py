"""Leavers, heirs and people who come back, worked by hand; the ramp that colleagues carry."""

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.split import compute_split
from tests.unit.quotas.build import by_month, inputs, member, policy, team, year_of

JULY = date(2026, 7, 1)
GONE = member("P1", end=JULY, manager="M1", manager_name="周经理")
PAIR = (member("P2"), member("P3"))


def split(rule, *members, amount="36,000", more=""):
    return compute_split(policy(amount, people=f"split_by: equal{rule}", more=more), inputs(team("A", *members)))


def steps(result):
    return [(step.name, step.change) for step in result.bridge if step.team == "A"]


def test_by_default_the_team_shares_what_a_leaver_leaves_and_a_note_says_so():
    result = split("", GONE, *PAIR)
    assert [year_of(result, key) for key in ("P1", "P2", "P3")] == [Decimal(6_000), Decimal(15_000), Decimal(15_000)]
    (note,) = [each.title for each in result.notes if each.name == "leavers-with-team"]
    assert note.en == "the team shares the remaining months of P1 (the policy does not say `leavers`)"
    (note,) = [each.title for each in split(", leavers: team", GONE, *PAIR).notes if each.name == "leavers-with-team"]
    assert note.en == "the team shares the remaining months of P1"


def test_a_successor_carries_both_weights_from_the_day_after():
    result = split(", leavers: successor, successors: {P1: P2}", GONE, *PAIR)
    assert [year_of(result, key) for key in ("P1", "P2", "P3")] == [Decimal(6_000), Decimal(18_000), Decimal(12_000)]
    assert by_month(result, holder_key="P2")["2026-06"] == Decimal(1_000)
    assert by_month(result, holder_key="P2")["2026-07"] == Decimal(2_000)
    assert steps(result)[2:4] == [("left", Decimal(-6_000)), ("taken-over", Decimal(6_000))]
    titles = [step.title.en for step in result.bridge if step.team == "A"][2:4]
    assert titles == ["Months left by P1 (there through 2026-06-30)", "to P2 from 2026-07-01"]
    row = next(each for each in result.years if each.holder_key == "P2")
    assert (row.share, row.inherited, row.amount) == (Decimal(12_000), Decimal(6_000), Decimal(18_000))


def test_the_manager_has_the_months_left_and_no_others():
    result = split(", leavers: manager", GONE, *PAIR)
    assert set(by_month(result, holder_key="M1").values()) == {Decimal(1_000)}
    assert min(by_month(result, holder_key="M1")) == "2026-07"
    assert year_of(result, "P3") == Decimal(12_000)


def test_a_vacant_seat_has_the_months_left():
    result = split(", leavers: vacant-seat", GONE, *PAIR)
    assert year_of(result, "seat-of-P1", holder="seat") == Decimal(6_000)
    assert ("vacant-seats", Decimal(-6_000)) in steps(result)


def test_an_heir_who_leaves_passes_both_on():
    second = member("P2", end=date(2026, 10, 1))
    named = ", leavers: successor, successors: {P1: P2, P2: P3}"
    result = split(named, GONE, second, member("P3"), member("P4"), amount="48,000")
    assert [int(by_month(result, holder_key="P3")[f"2026-{month:02d}"]) for month in (6, 7, 10)] == [1000, 1000, 3000]
    assert year_of(result, "P2") == Decimal(12_000)  # six months of 1,000 and three of 2,000
    assert year_of(result, "P4") == Decimal(12_000)
    assert [step for step in steps(result) if step[0] == "left"] == [
        ("left", Decimal(-3_000)),
        ("left", Decimal(-6_000)),
    ]


def test_who_comes_back_has_one_year_and_takes_the_months_back():
    back = (member("P1", end=date(2026, 4, 1)), member("P1", start=JULY))
    result = split(", leavers: successor, successors: {P1: P2}", *back, *PAIR)
    assert [year_of(result, key) for key in ("P1", "P2", "P3")] == [Decimal(9_000), Decimal(15_000), Decimal(12_000)]
    assert [row.holder_key for row in result.years if row.holder == "person"] == ["P1", "P2", "P3"]
    assert sorted(by_month(result, holder_key="P1")) == [
        f"2026-{month:02d}" for month in (1, 2, 3, 7, 8, 9, 10, 11, 12)
    ]


def test_a_fixed_figure_of_somebody_who_comes_back_counts_once():
    back = (member("P1", end=date(2026, 4, 1)), member("P1", start=JULY))
    fixed = ", fixed: [{person: P1, period: 2026-Q3, amount: 900, rest: team}]"
    result = split(fixed, *back, *PAIR)
    assert sum(by_month(result, holder_key="P1")[f"2026-0{month}"] for month in (7, 8, 9)) == Decimal(900)


def test_limits_go_with_the_weight():
    leaver, heir = member("P1", 12_000, end=JULY), member("P2", 6_000)
    rule = ", at_least: 100% of own last year, leavers: successor, successors: {P1: P2}"
    result = split(rule, leaver, heir, member("P3"), member("P4"), amount="24,000")
    assert year_of(result, "P1") == Decimal(6_000)  # half of its 12,000
    assert year_of(result, "P2") == Decimal(12_000)  # its own 6,000, and the other half


def test_a_mover_is_no_leaver_and_passes_months_on_only_where_it_is_said():
    teams = (team("A", member("P1", end=JULY), member("P2")), team("B", member("P1", start=JULY), member("P3")))
    said = policy("48,000", people="split_by: equal, leavers: vacant-seat")
    result = compute_split(said, inputs(*teams))
    assert not by_month(result, holder="seat")
    assert by_month(result, team="A", holder_key="P2")["2026-07"] == Decimal(2_000)
    named = policy("48,000", people="split_by: equal, leavers: vacant-seat, successors: {P1: P2}")
    assert [step.name for step in compute_split(named, inputs(*teams)).bridge if step.team == "A"][2] == "left"


@pytest.mark.parametrize(
    ("rule", "name", "path"),
    [
        (", leavers: successor", "leaver-without-successor", ("people", "leavers")),
        (", leavers: manager", "leaver-without-manager", ("people", "leavers")),
        (", successors: {P1: P4}", "successor-not-in-seat", ("people", "successors", "P1")),
        (", successors: {P1: P9}", "unknown-person", ("people", "successors", "P1")),
        (", successors: {P9: P2}", "unknown-person", ("people", "successors", "P9")),
    ],
)
def test_what_cannot_be_passed_on_is_said_once(rule, name, path):
    with pytest.raises(CannotSplit) as caught:
        split(rule, member("P1", end=JULY), *PAIR, member("P4", end=date(2026, 5, 1)))
    named = [found for found in caught.value.findings if found.values.get("person", found.values.get("text")) != "P4"]
    assert [(found.name, found.path) for found in named] == [(name, path)]


RAMP = ", ramp: {am: [0%, 50%]}, ramp_gap: colleagues"
NEW = member("P1", role="am", start=date(2026, 1, 1), hired=date(2026, 1, 5))


def test_colleagues_carry_the_ramp_by_weight_and_it_is_printed():
    result = split(RAMP, NEW, *PAIR)
    assert not by_month(result, holder="ramp-gap")
    years = {row.holder_key: (row.relief, row.colleagues, row.amount) for row in result.years}
    assert years["P1"] == (Decimal(-1_500), Decimal(0), Decimal(10_500))
    assert years["P2"] == years["P3"] == (Decimal(0), Decimal(750), Decimal(12_750))
    assert by_month(result, holder_key="P2")["2026-01"] == Decimal(1_500)
    assert by_month(result, holder_key="P2")["2026-02"] == Decimal(1_250)
    assert set(by_month(result, team="A", holder="person").values()) == {Decimal(3_000)}


def test_seats_fixed_months_and_others_in_ramp_carry_nothing():
    other = member("P4", role="am", start=date(2026, 1, 1), hired=date(2026, 1, 20))
    fixed = ", fixed: [{person: P2, period: 2026-01, amount: 100, rest: team}]"
    result = split(RAMP + fixed, NEW, other, *PAIR, member("S1", is_seat=True))
    carried = {row.holder_key: row.colleagues for row in result.years if row.holder in ("person", "seat")}
    assert carried["P1"] == carried["P4"] == carried["S1"] == 0
    assert by_month(result, holder_key="P2")["2026-01"] == Decimal(100)
    assert carried["P3"] > carried["P2"] > 0  # P2 carries in February only
    assert not by_month(result, holder="ramp-gap")


def test_a_gap_that_nobody_can_take_stays_open_and_is_said():
    result = split(RAMP, NEW, member("P2", start=date(2026, 2, 1)))
    assert by_month(result, holder="ramp-gap")["2026-01"] == Decimal(3_000)
    assert by_month(result, holder="ramp-gap")["2026-02"] == Decimal(0)
    (note,) = [each.title for each in result.notes if each.name == "ramp-gap-open"]
    assert note.en == "A: 3,000.00 of ramp gap stays open, no colleague is there to take it"
