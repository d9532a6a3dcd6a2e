"""The rest of a year at an attainment: the engine computes it, the quotas say how much and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.diff.paid import compute_paid
from salescli.core.commission.inputs import CreditSum, Grade, PayeeInputs, QuotaMonth, Reading
from salescli.core.commission.outlook import GoesOn, extend_year
from salescli.core.commission.plan import Plan
from salescli.core.periods import Period, months_in
from salescli.policy.plans import load_plan

PLAN = """format: 1
plan: p
title: {zh: 方案, en: Plan}
for: {role: rep}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    only: {product.line: [cloud]}
    adds_up_over: year
    tier_by: {attainment_of: receipts, of: own, quota: full-window}
    apply: slice-by-slice
    tiers: [from 0%: 10%, from 100%: 20%]
    when_quota_is_zero: nothing
    when_quota_changes: from-then-on
    refunds: recompute
    GATE
  new: {type: per-unit, pays_on: contracts-signed, credit: own, amount: 100, shared_unit: divide, refunds: recompute}
payout: {below_zero: carry, round_to: 0.01}
"""
GATE = """needs:
      - {metric: collection-rate, of: own, over: quarter, at_least: 70%, looked_at: each-run, meanwhile: hold,
         if_missed: keep-held, if_undefined: fail}"""
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
KNOWN = date(2026, 4, 1)
QUOTAS = tuple(
    QuotaMonth("receipts", date(2026, month, 1), Decimal(50 if month < 7 else 150)) for month in range(1, 13)
)  # 1,200 in all
CREDITS = (
    CreditSum("sales", date(2026, 1, 1), Decimal(100), Decimal(100)),
    CreditSum("sales", date(2026, 3, 1), Decimal(100), Decimal(100)),
    CreditSum("sales", date(2026, 4, 1), Decimal(999), Decimal(999)),  # of a month that is not over
    CreditSum("new", date(2026, 2, 1), Decimal(6), Decimal(6), Decimal(6)),
)
INPUTS = PayeeInputs("P", start=date(2026, 1, 1), credits=CREDITS, quotas=QUOTAS)


def plan_of(gate: str = "") -> Plan:
    return load_plan(PLAN.replace("    GATE\n", f"    {gate}\n" if gate else "")).require()


def whole(inputs: PayeeInputs, share: str, actual: int, plan: Plan | None = None) -> dict[str, Decimal]:
    plan = plan or plan_of()
    extended, _ = extend_year(plan, inputs, YEAR, KNOWN, Fraction(share), {"receipts": Decimal(actual)})
    return compute_paid(plan, "P", extended, list(months_in(YEAR))).earned


def test_rest_of_the_quota_comes_as_the_months_to_come_have_it() -> None:
    extended, said = extend_year(plan_of(), INPUTS, YEAR, KNOWN, Fraction(1), {"receipts": Decimal(200)})
    found = {one.month.month: one.quota_credit for one in extended.credits if one.component == "sales"}
    # 1,200 − 200 known = 1,000 over 3 × 50 + 6 × 150 = 1,050
    assert sum(found.values()) == 1200
    assert {found[month] for month in (7, 8, 9, 10, 11, 12)} <= {Decimal("142.8571"), Decimal("142.8572")}
    assert found[4] in (Decimal("47.6190"), Decimal("47.6191"))
    assert said == (GoesOn("sales", "quota", "receipts"), GoesOn("new", "average"))


def test_engine_pays_the_whole_year_at_each_scenario() -> None:
    assert whole(INPUTS, "4/5", 200)["sales"] == Decimal("96.00")  # 960 at 10 %
    assert whole(INPUTS, "1", 200)["sales"] == Decimal("120.00")
    assert whole(INPUTS, "6/5", 200)["sales"] == Decimal("168.00")  # 240 above the quota at 20 %


def test_who_is_above_a_scenario_stays_there() -> None:
    assert whole(INPUTS, "1/10", 200)["sales"] == Decimal("20.00")


def test_component_with_a_condition_keeps_its_part_of_the_metric() -> None:
    # Half of what came in was of the component's products: of the 800 that are missing, half too.
    assert whole(INPUTS, "1", 400)["sales"] == Decimal("60.00")


def test_what_has_no_quota_goes_on_at_its_average() -> None:
    assert whole(INPUTS, "1", 200)["new"] == Decimal("2400.00")  # 6 in three months: 24 in the year


def test_year_that_is_over_is_what_it_was() -> None:
    extended, _ = extend_year(plan_of(), INPUTS, YEAR, YEAR.end, Fraction(2), {"receipts": Decimal(200)})
    assert extended.credits == INPUTS.credits


def test_last_day_ends_the_credits() -> None:
    leaver = replace(INPUTS, end=date(2026, 7, 1))
    extended, _ = extend_year(plan_of(), leaver, YEAR, KNOWN, Fraction(1), {"receipts": Decimal(200)})
    assert max(one.month for one in extended.credits) == date(2026, 6, 1)
    assert sum(one.quota_credit for one in extended.credits if one.component == "sales") == 300  # quota to June


def test_other_gates_pass_in_the_months_to_come_and_known_ones_stay_as_they_were() -> None:
    missed = Reading("collection-rate", date(2026, 3, 1), Decimal(1), Decimal(2), date(2026, 1, 1), additive=False)
    gated = replace(INPUTS, readings=(missed,))
    found = whole(gated, "1", 200, plan_of(GATE))["sales"]
    assert found == Decimal("120.00")  # what the first quarter kept is paid when a later one passes
    lost = plan_of(GATE.replace("keep-held", "lost"))
    assert whole(gated, "1", 200, lost)["sales"] == Decimal("100.00")


def test_more_attainment_never_pays_less_under_rising_tiers() -> None:
    grades = (Grade("k", date(2026, 1, 1), "A", date(2026, 3, 1)),)
    inputs = replace(INPUTS, grades=grades)
    paid = [whole(inputs, f"{share}/10", 200)["sales"] for share in range(21)]
    assert paid == sorted(paid)
