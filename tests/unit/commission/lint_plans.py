"""For each finding of `commission lint` a plan in which it is found, and a like one in which it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.unit.commission.plans import HEAD, PAYOUT

SALES = """components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 3%, from 500_000: 5%]
    refunds: recompute
"""
SLICES = HEAD + SALES + PAYOUT
QUOTA = SLICES.replace("tier_by: amount", "tier_by: {attainment_of: receipts, of: own, quota: full-window}").replace(
    "tiers: [from 0: 3%, from 500_000: 5%]",
    "tiers: [from 0%: 3%, from 100%: 5%, from 200%: 8%]\n    when_quota_is_zero: nothing\n"
    "    when_quota_changes: from-then-on",
)
UNITS = (
    HEAD
    + "components:\n  units: {type: per-unit, pays_on: new-customers, credit: own, amount: 800, shared_unit: each, "
    "refunds: recompute}\n" + PAYOUT
)
GRADED = SLICES.replace(
    "payout:",
    "    times:\n      - {grade_from: kpi, over: quarter, which: same-quarter, until_known: 1.0, once_known: true-up, "
    "without_grade: 1.0, table: {A: 1.2, B: 1.0, D: 0}}\npayout:",
)
DRAWN = SLICES.replace(
    "{below_zero: carry, round_to: 0.01}",
    "{draw: {tops_up_to: 4_000, for_months: 6, recover: 50% of pay above the draw, recover_from_month: 4, "
    "at_plan_end: forgiven}, below_zero: carry, round_to: 0.01}",
)
GUARANTEED = SLICES.replace(
    "{below_zero: carry, round_to: 0.01}",
    "{draw: {tops_up_to: 4_000, for_months: 6, recover: nothing}, below_zero: carry, round_to: 0.01}",
)
KEPT = SLICES.replace(
    "{below_zero: carry, round_to: 0.01}",
    "{holdback: [{keep: 10%, of: [sales], until: 2026-12-31}], below_zero: carry, round_to: 0.01}",
)


@dataclass(frozen=True)
class Case:
    """`old` replaced by `new` in a sound plan makes the finding appear, at a line that holds `at`."""

    plan: str
    old: str
    new: str
    at: str
    values: dict[str, object] = field(default_factory=dict)

    @property
    def wrong(self) -> str:
        assert self.old in self.plan, self.old
        return self.plan.replace(self.old, self.new, 1)


TIERS = "tiers: [from 0: 3%, from 500_000: 5%]"
LINE = SLICES.replace("slice-by-slice", "straight-line").replace(
    TIERS, "beyond: flat\n    tiers: [at 0: 0, at 500_000: 6_000, at 900_000: 9_000]"
)
LIMIT = "limits: [{at_most: 900_000, of: [sales], over: year, excess: lost}]\n"
LIMITED = SLICES.replace(PAYOUT, LIMIT + PAYOUT)
CASES: dict[str, Case] = {
    "lint-nothing-below": Case(SLICES, "from 0: 3%", "from 100: 3%", "from 100", {"below": "100"}),
    "lint-factor-below-first": Case(
        SLICES.replace(
            "payout:",
            "    times:\n      - {metric: collection-rate, of: own, over: quarter, looked_at: window-end, "
            "until_known: 1.0, once_known: true-up, if_undefined: 1.0, table: [from 0%: 0.5, from 80%: 1.0]}\npayout:",
        ),
        "from 0%: 0.5, from 80%: 1.0", "from 80%: 1.0, from 90%: 1.1", "from 80%", {"below": "80 %", "factor": "1"},
    ),
    "lint-band-hole": Case(
        GRADED, "{A: 1.2, B: 1.0, D: 0}", "{95-100: 1.2, 85-94: 1.0, 0-85: 0.5}", "95-100", {"value": "94.5"}
    ),
    "lint-band-overlap": Case(GRADED, "{A: 1.2, B: 1.0, D: 0}", "{95-100: 1.2, 85-95: 1.0}", "85-95", {"value": "95"}),
    "lint-grade-without-factor": Case(GRADED, "B: 1.0, ", "", "grade_from", {"grades": ["B"], "factor": "1"}),
    "lint-factor-without-grade": Case(GRADED, "D: 0", "D: 0, E: 0.5", "E: 0.5", {"grade": "E"}),
    "lint-tier-beyond-cap": Case(
        SLICES, "    refunds", "    at_most: 10_000\n    refunds", "from 500_000",
        {"cap": "10,000.00", "reached": "333,333.34", "position": "500,000.00"},
    ),
    "lint-cliff": Case(
        SLICES, "slice-by-slice", "all-at-rate-reached", "from 500_000",
        {"position": "500,000.00", "amount": "10,000.00", "before": "15,000.00", "after": "25,000.00"},
    ),
    "lint-cliff-down": Case(
        SLICES.replace("slice-by-slice", "all-at-rate-reached"), "5%", "2%", "from 500_000", {"amount": "5,000.00"}
    ),
    "lint-pay-falls": Case(LINE, "900_000: 9_000", "900_000: 5_000", "at 500_000", {"position": "500,000.00"}),
    "lint-marginal-above-whole": Case(SLICES, "5%", "120%", "from 500_000", {"rate": "120 %"}),
    "lint-together-above-whole": Case(
        SLICES.replace(
            "payout:", "  more: {type: rate, pays_on: receipts, credit: own, rate: 40%, refunds: recompute}\npayout:"
        ).replace("3%", "30%"),
        "5%", "70%", "sales:", {"rate": "110 %"},
    ),
    "lint-refund-across-window": Case(
        SLICES, "recompute", "at-refund-date", "at-refund-date",
        {"paid": "5,000.00", "back": "3,000.00", "lost": "2,000.00", "sample": "100,000"},
    ),
    "lint-unit-paid-to-each": Case(
        UNITS.replace("each", "divide"), "divide", "each", "shared_unit", {"amount": "800.00", "both": "1,600.00"}
    ),
    "lint-order": Case(
        LIMITED, f"{LIMIT}{PAYOUT}", f"{PAYOUT}{LIMIT}", "limits:", {"key": "limits", "other": "payout"},
    ),
    "lint-draw-never-recovered": Case(
        DRAWN, "recover_from_month: 4", "recover_from_month: 13", "recover_from_month", {"most": "24,000.00"}
    ),
    "lint-draw-recovered-after-plan": Case(
        DRAWN.replace("forgiven", "owed"), "recover_from_month: 4", "recover_from_month: 13", "recover_from_month",
        {"begins": 13, "months": 12},
    ),
    "lint-guarantee-without-end": Case(
        GUARANTEED, "for_months: 6, ", "", "recover: nothing", {"amount": "4,000.00", "most": "48,000.00"}
    ),
    "lint-holdback-keeps-nothing": Case(KEPT, "2026-12-31}]", "2026-01-01}]", "until: 2026-01-01"),
    "lint-grade-takes-back-share": Case(
        GRADED.replace("true-up", "from-then-on"), "from-then-on", "true-up", "D: 0", {"grade": "D", "share": "100 %"}
    ),
}  # fmt: skip
