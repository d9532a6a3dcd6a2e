"""A plan's problems: named, at their place, all at once; nothing known and not computed is ever ignored."""

import pytest

from salescli.messages import hint, sentence
from salescli.policy.plans import load_plan
from tests.unit.commission.plans import FULL, HEAD, PAYOUT, SMALL, TIERED

TIERS = "    tiers:\n      - from 0: 3%\n      - from 500,000: 5%\n"
GATE = """    needs:
      - {metric: rate, of: own, over: quarter, at_least: 70%, looked_at: each-run, meanwhile: hold, if_missed:
      lost, if_undefined: pass}
"""
MONTH_GATE = GATE.replace("quarter", "month").replace("metric: rate", "metric: collection-rate")
RATE = """components:
  sales:
    type: rate
    pays_on: receipts
    credit: own
    rate: 3%
    refunds: recompute
"""
MATRIX = """components:
  goals:
    type: matrix
    adds_up_over: quarter
    rows: {metric: receipts, of: own}
    columns: {metric: collection-rate, of: own}
    if_undefined: nothing
    table: [from 0%: {from 0%: 0}]
"""
CHANGES = [
    ("bad-continues", "    refunds", "    continues: sales\n    refunds"),
    ("nothing-to-continue", "over: year", "over: each-transaction\n    continues: old.sales"),
    ("continues-itself", "    refunds", "    continues: small.sales\n    refunds"),
    ("not-a-matrix", TIERED, MATRIX.replace("[from 0%: {from 0%: 0}]", "[from 0%: 5]")),
    ("matrix-line-differs", TIERED, MATRIX.replace("{from 0%: 0}]", "{from 0%: 0}, from 80%: {from 1%: 0}]")),
    ("matrix-mixes-cells", TIERED, MATRIX.replace("{from 0%: 0}", "{from 0%: 0, from 9%: 5%}")),
    ("matrix-amounts-pay-on", TIERED, MATRIX.replace("    rows", "    pays_on: receipts\n    rows")),
    ("missing-key", TIERED, MATRIX.replace("{from 0%: 0}", "{from 0%: 5%}")),
    ("tiers-not-ascending", TIERED, MATRIX.replace("{from 0%: 0}]", "{from 0%: 0}, above -1%: {from 0%: 0}]")),
    ("tiers-overlap", TIERED, MATRIX.replace("{from 0%: 0}", "{from 0%: 0, above 0%: 5}")),
    ("bad-amount", TIERED, MATRIX.replace("{from 0%: 0}", "{from 0%: much}")),
    ("unknown-metric-in-plan", TIERED, MATRIX.replace("metric: receipts", "metric: receits")),
    ("not-an-age", "refunds: recompute", "refunds: {by-age: [50%]}"),
    ("not-an-age", "refunds: recompute", "refunds: {by-age: []}"),
    ("bad-age", "refunds: recompute", "refunds: {by-age: [from 0 weeks: 50%]}"),
    ("age-by-instalments", "refunds: recompute", "refunds: {by-age: [from 0 instalments: 50%]}"),
    ("age-share-out-of-range", "refunds: recompute", "refunds: {by-age: [from 0 days: 101%]}"),
    ("rate-without-percent", "refunds: recompute", "refunds: {by-age: [from 0 days: 1]}"),
    ("ages-mix-units", "refunds: recompute", "refunds: {by-age: [from 0 days: 100%, from 2 months: 50%]}"),
    ("ages-not-ascending", "refunds: recompute", "refunds: {by-age: [from 0 days: 100%, from 0 days: 50%]}"),
    ("ages-begin-late", "refunds: recompute", "refunds: {by-age: [from 1 day: 100%]}"),
    ("unknown-choice", "refunds: recompute", "refunds: original"),
    ("tiers-overlap", "from 500,000: 5%", "from 0: 5%"),
    ("tiers-overlap", "from 500,000: 5%", "above 0: 5%"),
    ("tiers-not-ascending", "from 0: 3%", "from 600,000: 3%"),
    ("tiers-mix-percent", "from 500,000: 5%", "from 50%: 5%"),
    ("tier-below-zero", "from 0: 3%", "from -5: 3%"),
    ("tier-in-percent", TIERS, "    tiers:\n      - from 0%: 3%\n      - from 50%: 5%\n"),
    ("tier-needs-percent", "tier_by: amount", "tier_by: {attainment_of: receipts, of: own, quota: to-date}"),
    ("missing-key", "tier_by: amount", "tier_by: {attainment_of: receipts, of: own, quota: to-date}"),
    ("slices-of-another-measure", "tier_by: amount", "tier_by: units"),
    ("not-a-table", TIERS, "    tiers: 5%\n"),
    ("key-without-quota", "    refunds", "    when_quota_is_zero: nothing\n    refunds"),
    ("missing-key", "500,000: 5%", "500,000: 2 x base_rate"),
    ("base-rate-unused", "    refunds", "    base_rate: 5%\n    refunds"),
    ("bad-base-rate", "    refunds", "    base_rate: income / quota\n    refunds"),
    ("base-rate-needs-quota", "500,000: 5%\n", "500,000: 2 x base_rate\n    base_rate: target-incentive / quota\n"),
    ("rate-without-percent", "from 500,000: 5%", "from 500,000: 5"),
    ("missing-key", TIERS, "    tiers:\n      2026-01-01: [from 0: 3%]\n      2026-07-01: [from 0: 4%]\n"),
    ("table-begins-late", TIERS, "    tiers:\n      2026-02-01: [from 0: 3%]\n"),
    ("missing-key", "credit: own", "credit: team"),
    (
        "team-without-team-credit",
        "credit: own",
        "credit: own\n    team: {depth: everyone-below, own_deals: counted, base: gross}",
    ),
    (
        "credit-factors-without-rate",
        "apply: slice-by-slice",
        "apply: amount-reached\n    credit_factors: [{by: discount, table: [from 0: 1], without: 1}]",
    ),
    (
        "parts-not-whole",
        "    refunds",
        "    pays_in: [{at: signed, share: 30%}, {at: received, share: 60%}]\n    refunds",
    ),
    (
        "special-rates-paid-twice",
        "apply: slice-by-slice",
        "apply: amount-reached\n    special_rates: {position: counts}",
    ),
    (
        "special-rates-without-position",
        "adds_up_over: year",
        "adds_up_over: each-transaction\n    special_rates: {position: left-out}",
    ),
    ("special-rates-of-another-measure", "tier_by: amount", "tier_by: units\n    special_rates: {position: left-out}"),
    (
        "special-rates-without-rate",
        "components:\n",
        "components:\n  prize: {type: bonus, adds_up_over: year, amount: 5, special_rates: {position: counts}}\n",
    ),
    ("parts-not-in-order", "    refunds", "    pays_in: [{at: received, share: 100%}]\n    refunds"),
    (
        "parts-need-own-rate",
        "apply: slice-by-slice",
        "apply: all-at-rate-reached\n    pays_in: [{at: signed, share: 30%}, {at: received, share: 70%}]",
    ),
    ("bad-currency-code", "currency: CNY", "currency: no"),
    ("from-after-through", "through: 2026-12-31", "through: 2025-12-31"),
    ("component-outside-plan", "    type: tiered", "    type: tiered\n    from: 2027-01-01"),
    ("plan-for-nobody", "for: {role: seller}", "for: {}"),
    ("unknown-format", "format: 1", "format: 2"),
    ("round-to-not-positive", "round_to: 0.01", "round_to: 0"),
    ("unknown-component", "payout:", "limits: [{at_most: 5, of: [sale], over: year, excess: lost}]\npayout:"),
    (
        "unknown-component",
        "payout: {below_zero",
        "payout: {holdback: [{keep: 5%, of: sale, until: 2026-12-31}], below_zero",
    ),
    ("missing-key", "payout: {below_zero", "payout: {holdback: [{keep: 5%, of: sales, until: contract.x}], below_zero"),
    ("bad-until", "payout: {below_zero", "payout: {holdback: [{keep: 5%, of: sales, until: later}], below_zero"),
    (
        "transaction-has-no-next-window",
        "payout:",
        "limits: [{at_most: 5, of: sales, over: each-transaction, excess: next-window}]\npayout:",
    ),
    ("unknown-term", "payout:", "limits: [{at_most: 5% of income, of: sales, over: year, excess: lost}]\npayout:"),
    ("lowest-tier-without-tiers", TIERED, RATE + GATE.replace("lost", "lowest-tier")),
    (
        "which-is-not-over",
        PAYOUT,
        "    times:\n      - {grade_from: kpi, over: year, which: same-quarter, until_known: 1, once_known: true-up, "
        "without_grade: 1, table: {A: 1}}\n" + PAYOUT,
    ),
]  # fmt: skip


def problems(text):
    return load_plan(text, "plan.yaml", metrics={"receipts", "collection-rate"}).problems


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_a_wrong_plan_is_refused_by_name(name, old, new):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    found = problems(text)
    assert name in [one.name for one in found], [(one.name, str(one.where)) for one in found]
    for one in found:
        assert "<" not in sentence(one, "en") + sentence(one, "zh") + hint(one, "en")
        assert one.where.line


@pytest.mark.parametrize(("old", "new"), [("over: year", "over: month"), ("    refunds", MONTH_GATE + "    refunds")])
def test_what_is_shorter_than_a_run_is_refused(old, new):
    text = SMALL.replace("pay: monthly", "pay: quarterly")
    assert problems(text) == ()
    (found,) = problems(text.replace(old, new, 1))
    assert found.name == "window-shorter-than-run"


def test_the_small_and_the_full_plan_are_right():
    assert problems(SMALL) == ()
    assert load_plan(FULL).problems == ()


def test_a_problem_stands_at_its_words():
    text = SMALL.replace("from 500,000: 5%", "from 0: 5%")
    (found,) = problems(text)
    assert "from 0: 5%" in text.splitlines()[found.where.line - 1]


def test_an_unknown_metric_is_compared_with_the_catalogue():
    (found,) = problems(SMALL.replace("pays_on: receipts", "pays_on: receits"))
    assert found.name == "unknown-metric-in-plan"
    assert "receipts" in hint(found, "en")


def test_all_problems_are_shown_at_once():
    text = (
        HEAD.replace("format: 1", "format: 3")
        + TIERED.replace("credit: own", "credit: own\n    continues: small.sales")
        + PAYOUT
    )
    assert {"unknown-format", "continues-itself"} <= {one.name for one in problems(text)}


def test_a_misspelt_key_is_an_error_with_the_nearest_key():
    (found,) = problems(SMALL.replace("adds_up_over: year", "adds_up_ovr: year"))
    assert found.name == "unknown-key"
    assert "adds_up_over" in hint(found, "en")
