"""Growth, ranges, coverage, doubts and differences: each on a few figures worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.quotas.differences import find_differences
from salescli.core.quotas.doubts import Seating, find_doubts, shorten_months
from salescli.core.quotas.reconcile import Held
from salescli.core.quotas.result import Leaf
from salescli.core.quotas.sanity import Asked, find_range, gather_coverage, judge_growth
from tests.unit.quotas.test_reconcile import held

MONTHS = tuple(f"2026-{number:02d}" for number in range(1, 13))


def asked(key, target, trailing, **values):
    return Asked("person", values.pop("team", "A"), key, Decimal(target), Decimal(trailing), **values)


def test_growth_outside_the_teams_range():
    """Growth of 10, 12, 8, 10 and 60 %: the median is 10 %, deviations 0, 2, 2, 0, 50; the least range is ± 25."""
    rows = [asked(str(at), target, 100) for at, target in enumerate((110, 112, 108, 110, 160))]
    found = judge_growth([Asked("company", "", "", Decimal(600), Decimal(500)), *rows])
    assert [row.is_outside for row in found] == [False] * 5 + [True]
    assert found[5].median == Fraction(1, 10)
    assert found[0].growth.exact() == Fraction(1, 5)


def test_a_wide_team_has_a_wide_range_and_a_small_one_none():
    assert find_range([Fraction(n, 10) for n in (0, 2, 4, 6, 8)]) == (Fraction(2, 5), Fraction(-1, 5), Fraction(1))
    assert find_range([Fraction(1)] * 3) is None
    rows = judge_growth([asked("1", 900, 100), asked("2", 110, 100), asked("3", 110, 100)])
    assert not any(row.is_outside for row in rows)


def test_part_years_are_not_compared():
    part = asked("1", 500, 100, is_comparable=False)
    assert part.growth is None
    assert asked("1", 500, 0).growth is None
    rows = judge_growth([part, *(asked(str(at), 110, 100) for at in range(4))])
    assert not any(row.is_outside for row in rows)


def test_coverage_is_the_gap_over_the_win_rate():
    """800 to go at 5 of 20 needs 3,200; 1,600 is half of it."""
    targets = {"": Decimal(1000), "B": Decimal(10)}
    company, team = gather_coverage(targets, {"": Decimal(200)}, {"": (5, 20), "B": (1, 9)}, {"": Decimal(1600)})
    assert (company.gap, company.needed, company.covered.exact()) == (800, 3200, Fraction(1, 2))
    assert (company.is_short, company.is_few) == (True, False)
    assert (team.needed, team.is_few, team.is_short) == (90, True, False)
    (done,) = gather_coverage({"": Decimal(5)}, {"": Decimal(9)}, {"": (0, 30)}, {})
    assert (done.gap, done.needed, done.covered) == (0, None, None)


def seating(present=None, expected=None, last=None):
    return Seating(MONTHS, present or {}, expected or {}, last or {})


def names(doubts):
    return {(one.name, one.holder, one.team): one.months for one in doubts}


def test_targets_without_a_seat():
    present = {"1": {"2026-01": {"A": 31}}, "2": {"2026-01": {"B": 31}}, "4": {"2026-03": {"A": 31}}}
    rows = [
        held("person", 5, "A", "1"),
        held("person", 5, "A", "1", "2026-02"),
        held("person", 0, "A", "1", "2026-03"),
        held("person", 5, "A", "2"),
        held("person", 5, "A", "3"),
        held("person", 5, "A", "4"),
    ]
    found = find_doubts(rows, seating(present, last={"1": "2026-01", "2": "9999-12", "4": "9999-12"}), {})
    assert names(found) == {
        ("quota-after-leaving", "1", "A"): ("2026-02",),
        ("quota-in-other-team", "2", "A"): ("2026-01",),
        ("quota-without-seat", "3", "A"): ("2026-01",),
        ("quota-without-seat", "4", "A"): ("2026-01",),
    }
    assert [one.severity for one in found].count("error") == 1


def test_a_successor_in_another_team_is_as_planned():
    rows = [held("person", 5, "A", "1")]
    present = {"1": {"2026-01": {"B": 31}}}
    assert names(find_doubts(rows, seating(present), {})) == {("quota-in-other-team", "1", "A"): ("2026-01",)}
    planned = seating(present)._replace(planned=frozenset({("1", "A", "2026-01")}))
    assert not find_doubts(rows, planned, {})


def test_people_in_seat_without_a_target():
    present = {"1": {"2026-01": {"A": 31}, "2026-02": {"A": 28}}}
    rows = [held("person", 5, "A", "9"), held("person", 5, "A", "9", "2026-02"), held("person", 5, "A", "1")]
    expected = {"1": frozenset({"2026-01", "2026-02", "2026-03"}), "9": frozenset({"2026-01"})}
    found = [one for one in find_doubts(rows, seating(present, expected), {}) if one.name == "seat-without-quota"]
    assert [(one.holder, one.team, one.months) for one in found] == [("1", "A", ("2026-02",))]


def test_levels_currencies_months_and_empty_teams():
    rows = [
        *(held("company", 5, month=month) for month in MONTHS),
        *(held("team", 5, "A", month=month) for month in MONTHS[:10]),
        *(held("team", 5, "B", month=month) for month in MONTHS),
        *(held("team", 5, "P", month=month) for month in MONTHS),
        held("team", 4, "B", level="stretch", month="2026-05"),
        held("team", 3, "B", level="challenge", month="2026-05"),
        held("seat", 5, "A", "S", currency="USD"),
    ]
    found = {one.name: one for one in find_doubts(rows, seating(), {"A": "P"})}
    assert found["quota-levels"].months == ("2026-05",) and found["quota-levels"].team == "B"
    assert found["quota-months-missing"].severity == "warning"
    missing = [one for one in find_doubts(rows, seating(), {}) if one.name == "quota-months-missing"]
    assert (missing[0].team, missing[0].months) == ("A", ("2026-11", "2026-12"))
    assert found["quota-team-without-people"].team == "B"
    assert dict(found["quota-currencies"].values) == {"currency": "CNY", "others": ("USD",)}


def test_runs_of_months():
    assert shorten_months(["2025-12", "2026-01", "2026-03"]) == "2025-12..2026-01, 2026-03"
    assert shorten_months([]) == ""


def leaf(key, amount, month="2026-01", team="A"):
    return Leaf("m", "base", "person", team, key, month, Decimal(amount))


def test_differences_are_by_holder_and_say_why():
    leaves = [leaf("1", 5), leaf("1", 6, "2026-02"), leaf("2", 7), leaf("4", 0)]
    stands = [Held(leaf("1", 5), "CNY", 1), Held(leaf("1", 8, "2026-02"), "CNY", 2), Held(leaf("3", 9), "CNY", 3)]
    found = find_differences(leaves, stands, {3}, False)
    assert [(one.key, one.said, one.in_force, one.months, one.why) for one in found] == [
        ("1", 6, 8, ("2026-02",), "facts"),
        ("2", 7, None, ("2026-01",), "facts"),
        ("3", None, 9, ("2026-01",), "edited"),
        ("4", 0, None, ("2026-01",), "facts"),
    ]
    assert [one.change for one in found] == [2, -7, 9, 0]
    assert {one.why for one in find_differences(leaves, stands, {3}, True)} == {"policy", "edited"}
    assert not find_differences(leaves[:1], stands[:1], (), True)
