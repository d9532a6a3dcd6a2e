"""What is wrong with pools, rankings, budgets and levels: a component of the small plan, and what makes it faulty."""

from tests.unit.commission.plans import SMALL

COMPONENT = SMALL[SMALL.index("    type: tiered") : SMALL.index("payout:")]
TEAM = "    credit: team\n    team: {depth: everyone-below, own_deals: counted, base: gross}\n"
POOL = f"""    type: pool
    pays_on: receipts
{TEAM}    adds_up_over: quarter
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 2%
    refunds: recompute
    shares:
      - manager: 20%
      - members: 80%
    members: {{roles: seller, on: last-day}}
    members_by: equal
    nobody_to_share: manager
"""
RANK = """    type: rank
    adds_up_over: year
    rank_by: {metric: receipts, of: own}
    prizes: [500]
    ties: same
"""
GATE = """    needs:
      - {metric: collection-rate, of: own, over: year, at_least: 70%, looked_at: each-run, meanwhile: hold,
      if_missed: lost, if_undefined: fail}
"""
RATE = f"""    type: tiered
    pays_on: receipts
{TEAM.replace("gross", "rate-difference")}    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 2%
    refunds: recompute
"""


def of(component: str, old: str, new: str) -> tuple[str, str]:
    """Return the small plan's component, and a faulty one in its place."""
    assert old in component, old
    return COMPONENT, component.replace(old, new, 1)


BUDGET = "    refunds: recompute\n    budget: {amount: 500, when_spent: first-come}\n"
GROUP_FAULTS: dict[str, tuple[str, str]] = {
    "pool-needs-team": of(POOL, TEAM, "    credit: own\n"),
    "pool-needs-window": of(POOL, "over: quarter", "over: each-transaction"),
    "pool-shares-not-whole": of(POOL, "80%", "70%"),
    "pool-in-parts": of(
        POOL, "    shares:", "    pays_in: [{at: signed, share: 30%}, {at: received, share: 70%}]\n    shares:"
    ),
    "members-grade-unused": of(
        POOL, "    nobody", "    members_grade: {grade_from: kpi, without_grade: 1, table: {A: 1.2}}\n    nobody"
    ),
    "group-takes-back": of(POOL, "refunds: recompute", "refunds: original-rate"),
    "rank-of-company": of(
        RANK, "{metric: receipts, of: own}", "{attainment_of: receipts, of: company, quota: full-window}"
    ),
    "rank-pays-to": of(RANK, "    ties: same", "    ties: same\n    pays_to: manager"),
    "rank-gate": of(RANK, "    ties: same\n", "    ties: same\n" + GATE),
    "rank-needs-role": (
        SMALL[SMALL.index("for:") : SMALL.index("payout:")],
        (SMALL[SMALL.index("for:") : SMALL.index("payout:")])
        .replace("{role: seller}", "{people: [P1]}")
        .replace(COMPONENT, RANK + "    min_days_in_role: 30\n"),
    ),
    "prize-not-positive": of(RANK, "[500]", "[500, 0]"),
    "budget-not-positive": of(COMPONENT, "    refunds: recompute\n", BUDGET.replace("500", "0")),
    "budget-on-group": of(POOL, "    refunds: recompute\n", BUDGET),
    "rate-difference-needs-rate": of(RATE, "2%", "3%"),
}
