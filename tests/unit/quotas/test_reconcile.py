"""Children against parents: sums by month, streets and bands, parent teams, currencies, ratios by weight."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.quotas.reconcile import Held, Street, compute_sums, nearest_above
from salescli.core.quotas.reconcile_ratio import compute_ratios
from salescli.core.quotas.result import Leaf

CENT = {"CNY": Decimal("0.01")}
TEN = {"m": Street(Fraction(1, 10), Fraction(1, 10))}


def held(holder, amount, team="", key="", month="2026-01", currency="CNY", level="base", metric="m", record=0):
    return Held(Leaf(metric, level, holder, team, key, month, Decimal(str(amount))), currency, record)


def states(lines):
    return {(line.kind, line.team): line.state for line in lines}


def test_every_level_is_compared_with_the_one_above():
    rows = [
        held("company", 100),
        held("team", 60, "A"),
        held("team", 50, "B"),
        held("person", 40, "A", "1"),
        held("seat", 10, "A", "S"),
        held("ramp-gap", 10, "A", "ramp-gap"),
        held("nobody", 6, "A", "nobody"),
        held("person", 54, "B", "2"),
    ]
    lines = compute_sums(rows, {}, TEN, CENT)
    assert states(lines) == {("teams", ""): "adds-up", ("people", "A"): "adds-up", ("people", "B"): "short"}
    short = lines[-1]
    assert (short.parent, short.children, short.due) == (50, 54, 55)
    assert short.over is not None and short.over.exact() == Fraction(4, 50)
    assert [month.month for month in short.wrong] == ["2026-01"]


def test_months_that_make_up_for_each_other_are_found():
    rows = [
        held("team", 100, "A"),
        held("team", 100, "A", month="2026-02"),
        held("person", 90, "A", "1", record=7),
        held("person", 110, "A", "1", month="2026-02"),
    ]
    (line,) = compute_sums(rows, {}, {"m": Street()}, CENT)
    assert (line.state, line.parent, line.children) == ("short", 200, 200)
    assert [(month.month, month.children) for month in line.wrong] == [("2026-01", 90), ("2026-02", 110)]
    assert 7 in line.wrong[0].records


def test_less_than_one_smallest_amount_is_rounding_and_a_whole_one_is_not():
    """0.05 × 1.1 is 0.055: running totals make it 0.06 or 0.05."""
    for amount, right in (("0.05", True), ("0.06", True), ("0.07", False), ("0.04", False)):
        rows = [held("team", "0.05", "A"), held("person", amount, "A", "1")]
        assert (compute_sums(rows, {}, TEN, CENT)[0].state == "adds-up") is right
    rows = [held("team", 10, "A", currency="JPY"), held("person", "11.5", "A", "1", currency="JPY")]
    assert compute_sums(rows, {}, TEN, {"JPY": Decimal(1)})[0].state == "adds-up"


def test_a_band_allows_both_ways():
    band = {"m": Street(band=Fraction(1, 100))}
    for amount, state in ((99, "adds-up"), (101, "adds-up"), (98, "short"), ("101.5", "over")):
        assert compute_sums([held("company", 100), held("team", amount, "A")], {}, band, CENT)[0].state == state


def test_without_a_policy_more_than_the_parent_is_only_shown():
    for amount, state in ((100, "adds-up"), (120, "above"), ("99.99", "short")):
        (line,) = compute_sums([held("company", 100), held("team", amount, "A")], {}, {}, CENT)
        assert (line.state, line.street) == (state, None)


def test_a_parent_team_is_its_sub_teams_and_its_own_people():
    parents = {"B": "A", "C": "A", "D": "C"}
    rows = [
        held("company", 100),
        held("team", 100, "A"),
        held("team", 30, "B"),
        held("team", 50, "D"),
        held("seat", 20, "A", "direct"),
        held("person", 20, "A", "1"),
        held("person", 30, "B", "2"),
    ]
    lines = compute_sums(rows, parents, {"m": Street()}, CENT)
    assert states(lines) == {
        ("teams", ""): "adds-up",
        ("sub-teams", "A"): "adds-up",
        ("people", "A"): "adds-up",
        ("people", "B"): "adds-up",
    }
    assert nearest_above("D", parents, ["A", "B"]) == "A"
    assert nearest_above("x", {"x": "y", "y": "x"}, ["a"]) == ""


def test_a_month_without_a_parents_target_does_not_add_up():
    rows = [held("company", 10), held("team", 10, "A"), held("team", 5, "A", month="2026-02")]
    (line,) = compute_sums(rows, {}, {"m": Street()}, CENT)
    assert [(month.month, month.due) for month in line.wrong] == [("2026-02", None)]
    assert line.state == "over"


def test_currencies_levels_and_metrics_are_never_added():
    rows = [
        held("company", 10),
        held("team", 10, "A"),
        held("team", 99, "A", currency="USD"),
        held("team", 99, "A", level="stretch"),
        held("team", 99, "A", metric="n"),
    ]
    (line,) = compute_sums(rows, {}, {"m": Street()}, CENT)
    assert (line.children, line.state) == (10, "adds-up")


def test_a_ratio_is_weighted_by_its_denominators():
    """40 % of 300 and 70 % of 100 are 47.5 % of 400; their sum, 110 %, is nothing."""
    rows = [
        held("company", "0.475", metric="r"),
        held("company", "0.475", metric="r", month="2026-02"),
        held("team", "0.4", "A", metric="r"),
        held("team", "0.7", "B", metric="r"),
        held("team", "0.5", "A", metric="r", month="2026-02"),
        held("team", "0.7", "B", metric="r", month="2026-02"),
        held("person", "0.5", "A", "1", metric="r", month="2026-02"),
        held("person", "0.6", "A", "2", metric="r", month="2026-02"),
    ]
    weights = {("r", "A"): Fraction(300), ("r", "B"): Fraction(100)}
    first, second, people = compute_ratios(rows, {}, weights, {})
    assert (first.mean, first.is_right, first.months) == (Fraction(19, 40), True, ("2026-01",))
    assert (second.mean, second.is_right) == (Fraction(55, 100), False)
    assert (people.kind, people.mean, people.is_right) == ("people", None, True)


def test_months_with_the_same_ratios_are_one_line():
    rows = [
        each
        for month in ("2026-01", "2026-02", "2026-03")
        for each in (held("company", "0.5", metric="r", month=month), held("team", "0.5", "A", metric="r", month=month))
    ]
    (line,) = compute_ratios(rows, {}, {("r", "A"): Fraction(3)}, {})
    assert line.months == ("2026-01", "2026-02", "2026-03")
