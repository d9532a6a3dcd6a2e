"""The pay curve: every point is the engine's, its bends are the plan's, and the way back is exact to the cent."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.commission import curve_facts
from salescli.core.commission.curve import Curve, amount_of, build_curve, steps_of
from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.curve_points import edges_of, even_positions, least_position, points_of
from salescli.core.commission.inputs import CreditSum, PayeeInputs, Term
from salescli.policy.plans import load_plan
from salescli.reports.commission.curve_words import ASSUMPTIONS
from tests.unit.commission.plans import HEAD, PAYOUT, TIERED

DAY = date(2026, 3, 1)
BY_QUOTA = """components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: year
    tier_by: {attainment_of: receipts, of: own, quota: full-window}
    base_rate: target-incentive / quota
    apply: slice-by-slice
    tiers: [from 0%: 1 x base_rate, from 100%: 1.5 x base_rate, from 125%: 2 x base_rate]
    when_quota_is_zero: nothing
    when_quota_changes: from-then-on
    refunds: recompute
limits:
  - {at_most: 300% of target-incentive, of: [sales], over: year, excess: lost}
"""
TYPICAL = Assumed(Decimal(1_200_000), (Term("target-incentive", Decimal(120_000)),))


def curve(body: str = TIERED, assumed: Assumed | None = None, inputs: PayeeInputs | None = None, **more: bool) -> Curve:
    plan = load_plan(HEAD + body + PAYOUT).require()
    return build_curve(plan, "sales", inputs or PayeeInputs("P1"), DAY, assumed or Assumed(), **more)


def table(apply: str, *tiers: str, window: str = "year") -> str:
    lines = "".join(f"      - {one}\n" for one in tiers)
    found = TIERED[: TIERED.index("    tiers:")].replace("slice-by-slice", apply).replace("year", window)
    return f"{found}    tiers:\n{lines}    refunds: recompute\n"


def test_points_of_a_worked_plan() -> None:
    one = curve(BY_QUOTA, TYPICAL)
    paid = {amount: one.pay(steps_of(amount)) for amount in (1_150_000, 1_550_000, 2_475_000, 9_000_000)}
    assert paid == {
        1_150_000: Decimal(115_000),
        1_550_000: Decimal(175_000),
        2_475_000: Decimal(360_000),
        9_000_000: Decimal(360_000),
    }
    keys = [(edge.key, amount_of(edge.position)) for edge in edges_of(one)]
    assert keys == [
        ("from 100%", Decimal(1_200_000)),
        ("from 125%", Decimal(1_500_000)),
        ("at_most 300% of target-incentive", Decimal(2_475_000)),
    ]
    assert one.quota == 1_200_000


def test_the_way_back_stops_at_the_cap() -> None:
    one = curve(BY_QUOTA, TYPICAL)
    edges = [edge.position for edge in edges_of(one)]
    assert least_position(one.pay, Decimal(165_000), edges) == steps_of(1_500_000) - 3  # 164,999.9955 rounds to it
    assert amount_of(least_position(one.pay, Decimal(360_000), edges) or 0) == Decimal("2474999.98")
    assert least_position(one.pay, Decimal("360000.01"), edges) is None
    free = one.without_caps()
    assert least_position(free.pay, Decimal("360000.01"), edges) is not None


@pytest.mark.parametrize(("word", "first"), [("from", 50_000_000), ("above", 50_000_001)])
def test_a_cliff_stands_where_its_word_says(word: str, first: int) -> None:
    one = curve(table("all-at-rate-reached", "from 0: 3%", f"{word} 500,000: 5%"))
    (edge,) = edges_of(one)
    assert (edge.position, edge.inclusive) == (first, word == "from")
    assert one.pay(first) - one.pay(first - 1) == Decimal(10_000)
    assert abs(one.jump(first) - 10_000) < Fraction(1, 100)
    assert least_position(one.pay, Decimal(15_001), [first]) == first


def test_slopes_are_the_rates() -> None:
    one = curve()
    assert (one.slope_before(50_000_000), one.slope_after(50_000_000)) == (Fraction(3, 100), Fraction(5, 100))
    assert one.jump(50_000_000) == 0


def test_new_money_at_the_rate_reached_comes_in_equal_months() -> None:
    one = curve(table("new-at-rate-reached", "from 0: 3%", "from 600,000: 5%"))
    assert [each.name for each in one.assumptions] == ["even-months"]
    assert one.pay(steps_of(600_000)) == 11 * 50_000 * Decimal("0.03") + 50_000 * Decimal("0.05")


def test_on_top_of_what_somebody_has() -> None:
    had = CreditSum("sales", date(2026, 1, 1), Decimal(400_000), Decimal(400_000))
    one = curve(inputs=PayeeInputs("P1", credits=(had,)), standing=True)
    assert one.pay(0) == Decimal(12_000)
    (edge,) = edges_of(one)
    assert amount_of(edge.position) == Decimal(100_000)
    assert amount_of(least_position(one.pay, Decimal(20_000), [edge.position]) or 0) == Decimal("199999.90")


def gated(body: str) -> str:
    gate = (
        "    needs:\n      - {metric: receipts-attainment, of: own, over: year, quota: full-window, at_least: 70%, "
        "looked_at: window-end, meanwhile: pay, if_missed: lost, if_undefined: fail}\n"
    )
    return body + gate


def test_a_gate_reads_the_quota_of_the_components_own_window() -> None:
    monthly = gated(TIERED.replace("adds_up_over: year", "adds_up_over: month"))
    one = curve(monthly, Assumed(Decimal(1_200_000)))
    first = edges_of(one)[0]
    assert (first.key, amount_of(first.position)) == ("70%", Decimal(70_000))
    assert curve(monthly).missing == ("no-quota",)


def test_a_bonus_with_a_gate_is_a_step() -> None:
    bonus = gated("components:\n  sales:\n    type: bonus\n    amount: 6_000\n    adds_up_over: year\n")
    one = curve(bonus, Assumed(Decimal(1_000_000)))
    assert [one.pay(steps_of(amount)) for amount in (699_999, 700_000)] == [Decimal(0), Decimal(6_000)]
    (edge,) = edges_of(one)
    assert edge.kind == "gate"
    assert (edge.position, one.jump(edge.position)) == (70_000_000, Fraction(6_000))


def test_every_assumption_has_its_words() -> None:
    source = Path(curve_facts.__file__).read_text(encoding="utf-8")
    names = set(re.findall(r'"((?:grade|gate|factor|all|first|even|credit|same)-[a-z-]+|otherwise|budget)"', source))
    assert names == set(ASSUMPTIONS)


def test_missing_quota_and_terms_are_said() -> None:
    assert curve(BY_QUOTA).missing == ("no-quota",)
    assert curve(BY_QUOTA, Assumed(Decimal(1_000))).missing == ("no-base-rate",)
    assert curve(BY_QUOTA, TYPICAL).missing == ()


def test_a_table_has_round_lines_beyond_the_last_tier() -> None:
    one = curve()
    even = even_positions(one, edges_of(one), None, None, None)
    assert (even[0], even[1], even[-1]) == (0, steps_of(100_000), steps_of(800_000))
    (point,) = points_of(one, [steps_of(600_000)])
    assert (point.pay, point.marginal) == (Decimal(20_000), Fraction(1, 20))


RATES = st.integers(0, 30)
SIZES = st.integers(1, 40)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SIZES, RATES), min_size=1, max_size=4), st.integers(0, 3_000), st.booleans())
def test_what_is_lacking_is_exact(steps: list[tuple[int, int]], wanted: int, everything: bool) -> None:
    bounds, tiers = 0, []
    for size, rate in steps:
        tiers.append(f"from {bounds}: {rate}%")
        bounds += size * 100
    one = curve(table("all-at-rate-reached" if everything else "slice-by-slice", *tiers))
    found = least_position(one.pay, Decimal(wanted), [edge.position for edge in edges_of(one)])
    if found is None:
        assert one.pay(steps_of(10**9)) < wanted
    else:
        assert one.pay(found) >= wanted
        assert found == 0 or one.pay(found - 1) < wanted
