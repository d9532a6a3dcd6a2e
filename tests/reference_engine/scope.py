"""Which cases the second engine can be asked: every key that it does not know puts a case outside."""

PLAN = {
    "format",
    "plan",
    "title",
    "for",
    "from",
    "through",
    "currency",
    "pay",
    "rates_in_force_on",
    "part_period",
    "components",
    "limits",
    "payout",
    "leavers",
}
COMPONENT = {
    "title",
    "type",
    "pays_on",
    "credit",
    "team",
    "only",
    "owner_on",
    "adds_up_over",
    "tier_by",
    "apply",
    "tiers",
    "beyond",
    "base_rate",
    "when_quota_is_zero",
    "when_quota_changes",
    "refunds",
    "needs",
    "times",
    "at_least",
    "at_most",
    "rate",
    "amount",
    "shared_unit",
    "special_rates",
}
TYPES = {"tiered", "rate", "per-unit", "bonus"}
GATE = {
    "title",
    "metric",
    "of",
    "over",
    "at_least",
    "looked_at",
    "meanwhile",
    "if_missed",
    "if_undefined",
    "min_sample",
}
FACTOR = {
    "metric",
    "of",
    "over",
    "looked_at",
    "until_known",
    "once_known",
    "if_undefined",
    "table",
    "grade_from",
    "which",
    "without_grade",
}
LIMIT = {"at_most", "of", "over", "excess", "title"}
PAYOUT = {"holdback", "draw", "deductions", "below_zero", "round_to"}
GIVEN = {"on_plan", "opening", "credits", "quotas", "terms", "grades", "readings", "contracts", "deductions"}
GIVEN |= {"special_rates"}
CREDIT = {
    "component",
    "date",
    "amount",
    "key",
    "share",
    "quota_credit",
    "units",
    "shares",
    "seat",
    "customer",
    "contract",
    "undoes",
    "rate_key",
    "known_in",
}


def knows(case):
    """Whether the second engine knows everything that a case says."""
    plan, given = case["plan"], case["given"] or {}
    if set(case) - {"case", "title", "plan", "fiscal_year_starts", "given", "expect"}:
        return False
    rows = list(given.get("credits") or [])
    blocks = [(plan, PLAN), (plan["payout"], PAYOUT), (given, GIVEN), *((one, CREDIT) for one in rows)]
    blocks += [(one, LIMIT) for one in plan.get("limits") or []]
    for component in plan["components"].values():
        if component["type"] not in TYPES or component.get("refunds", "recompute") not in (
            "recompute",
            "at-refund-date",
        ):
            return False
        blocks.append((component, COMPONENT))
        blocks += [(one, GATE) for one in component.get("needs") or []]
        blocks += [(one, FACTOR) for one in component.get("times") or []]
        team = component.get("team") or {}
        if team.get("base", "gross") != "gross" or component.get("owner_on") == "signing-date":
            return False
    if any(set(block) - known for block, known in blocks):
        return False
    if (given.get("on_plan") or {}).get("away"):
        return False
    has_left = "through" in (given.get("on_plan") or {})
    opening = given.get("opening") or {}
    held = "undeducted" in opening or any({"held", "waiting"} & set(one) for one in opening.get("rows") or [])
    return not (has_left and "leavers" in plan) and not held and plan.get("rates_in_force_on") != "signing-date"
