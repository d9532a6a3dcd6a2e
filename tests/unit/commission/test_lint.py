"""Each finding is found where it is, with its place and its money, and not in a like plan without it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs, QuotaMonth, Term
from salescli.core.commission.lint.history import History, months_paid, recompute
from salescli.core.commission.lint.registry import lint_plan
from salescli.core.commission.lint.shift import shift_plan
from salescli.core.commission.lint.subject import Finding, Subject
from salescli.core.periods import Period, months_in
from salescli.errors import Problem
from salescli.messages import catalogue, hint, sentence
from salescli.policy.plans import PlanFile, load_plan
from tests.unit.commission.lint_plans import CASES, DRAWN, GRADED, LIMITED, QUOTA, SLICES
from tests.unit.commission.plans import FULL

BY_HISTORY = {
    "lint-grade-takes-back",
    "lint-component-not-reached",
    "lint-tier-not-reached",
    "lint-limit-not-reached",
    "lint-kept-without-date",
    "lint-draw-left",
    "lint-people-lack",
    "lint-worst-month",
    "lint-worst-month-below-zero",
}
BY_STORE = {"lint-no-plan", "lint-two-plans", "lint-split-not-whole", "lint-rules-without-case"}
GRADES = {"kpi": ("A", "B", "D")}
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def lint(text: str, history: History | None = None, typical: Assumed | None = None) -> tuple[PlanFile, list[Finding]]:
    file = load_plan(text, "small.yaml")

    def place_of(path: tuple[str | int, ...]) -> tuple[int, int]:
        where = file.where(*path)
        return where.line, where.column

    grades = {} if "95-100" in text or "85-95" in text else GRADES
    return file, lint_plan(
        Subject(file.require(), place_of=place_of, typical=typical or Assumed(), grades=grades), history
    )


def past(text: str, *people: tuple[str, PayeeInputs]) -> History:
    plan = load_plan(text).require()
    runs = tuple(months_in(YEAR))
    return History(plan, "2026", runs, tuple(recompute(plan, name, one, runs) for name, one in people))


def paid(*amounts: tuple[int, int], **more: object) -> PayeeInputs:
    """Somebody who was credited with amounts in months."""
    credits = tuple(CreditSum("sales", date(2026, month, 1), Decimal(one), Decimal(one)) for month, one in amounts)
    return PayeeInputs("P1", credits=credits, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CASES)
def test_finding_is_found_with_its_place_and_its_money(name: str) -> None:
    case = CASES[name]
    file, found = lint(case.wrong)
    mine = [one for one in found if one.name == name]
    assert mine, [one.name for one in found]
    where = file.where(*mine[0].path)
    assert case.at in file.text.splitlines()[where.line - 1]
    assert {key: mine[0].values[key] for key in case.values} == case.values
    for language in ("zh", "en"):
        said = Problem(name, where, mine[0].values)
        assert "<" not in sentence(said, language) + hint(said, language), "a value lacks"


@pytest.mark.parametrize("name", CASES)
def test_a_like_plan_has_it_not(name: str) -> None:
    _, found = lint(CASES[name].plan)
    assert name not in [one.name for one in found]


def test_every_finding_has_a_case() -> None:
    names = {name for name in catalogue() if name.startswith("lint-")}
    assert names == set(CASES) | BY_HISTORY | BY_STORE


def test_a_sound_plan_has_nothing() -> None:
    assert lint(SLICES)[1] == []


def test_what_depends_on_a_quota_names_it() -> None:
    text = QUOTA.replace("slice-by-slice", "all-at-rate-reached")
    _, found = lint(text, typical=Assumed(Decimal(1_200_000)))
    first = next(one for one in found if one.name == "lint-cliff")
    assert first.values["amount"] == "24,000.00"
    assert sentence(Problem(first.name, values=first.values)).endswith("(quota 1,200,000.00 a year)")


@pytest.mark.parametrize("over", ["year", "quarter"])
def test_a_gate_and_a_factor_on_attainment_are_cliffs(over: str) -> None:
    gate = (
        f"    needs:\n      - {{metric: receipts-attainment, of: own, over: {over}, quota: full-window, at_least: 70%, "
        "looked_at: window-end, meanwhile: hold, if_missed: lost, if_undefined: fail}\npayout:"
    )
    factor = (
        f"    times:\n      - {{metric: receipts-attainment, of: own, over: {over}, quota: full-window, looked_at: "
        "window-end, until_known: 1.0, once_known: true-up, if_undefined: 1.0, table: [from 0%: 1.0, from 80%: 1.5]}\n"
        "payout:"
    )
    typical = Assumed(Decimal(1_000_000))
    for block, position, amount in ((gate, "700,000.00", "21,000.00"), (factor, "800,000.00", "12,000.00")):
        file, found = lint(QUOTA.replace("payout:", block), typical=typical)
        (cliff,) = [one for one in found if one.name == "lint-cliff"]
        assert (cliff.values["position"], cliff.values["amount"]) == (position, amount)
        assert "receipts-attainment" in file.text.splitlines()[file.where(*cliff.path).line - 1]


def test_every_key_can_be_looked_at() -> None:
    lint(FULL)


def test_components_and_tiers_that_nobody_reached() -> None:
    two = SLICES.replace(
        "payout:", "  idle: {type: rate, pays_on: receipts, credit: own, rate: 1%, refunds: recompute}\npayout:"
    )
    history = past(two, ("Ann", paid((1, 300_000), (2, 100_000))), ("Bob", paid((3, 90_000))))
    _, found = lint(two, history)
    tier = next(one for one in found if one.name == "lint-tier-not-reached")
    assert (tier.values["person"], tier.values["reached"], tier.values["key"]) == ("Ann", "400,000.00", "from 500_000")
    assert [one.path for one in found if one.name == "lint-component-not-reached"] == [("components", "idle")]
    _, found = lint(SLICES, past(SLICES, ("Ann", paid((1, 500_000)))))
    assert [one.name for one in found] == ["lint-worst-month"]


def test_a_limit_that_never_bound() -> None:
    history = past(LIMITED, ("Ann", paid((1, 600_000))))
    found = {one.name: one for one in lint(LIMITED, history)[1]}
    assert found["lint-limit-not-reached"].values["amount"] == "20,000.00"
    assert found["lint-limit-not-reached"].values["cap"] == "900,000.00"
    bound = LIMITED.replace("900_000, of", "19_000, of")
    names = [one.name for one in lint(bound, past(bound, ("Ann", paid((1, 600_000)))))[1]]
    assert "lint-limit-not-reached" not in names
    own = SLICES.replace("    refunds", "    at_most: 900_000\n    refunds")
    names = [one.name for one in lint(own, past(own, ("Ann", paid((1, 600_000)))))[1]]
    assert "lint-limit-not-reached" in names


def test_money_that_would_stay_kept() -> None:
    kept = SLICES.replace(
        "{below_zero",
        "{holdback: [{keep: 10%, of: [sales], until: contract.warranty_end, without_date: keep-and-list}], below_zero",
    )
    line = CreditLine("sales", date(2026, 1, 5), "R1", Decimal(100_000), Decimal(100_000), contract="C1")
    without = paid((1, 100_000), lines=(line,))
    found = {one.name: one for one in lint(kept, past(kept, ("Ann", without)))[1]}
    assert found["lint-kept-without-date"].values["amount"] == "300.00"
    dated = paid((1, 100_000), lines=(line,), contract_dates={("C1", "warranty_end"): date(2026, 6, 1)})
    assert "lint-kept-without-date" not in [one.name for one in lint(kept, past(kept, ("Ann", dated)))[1]]


def test_people_without_a_quota() -> None:
    months = [month.start for month in months_in(YEAR)]
    quotas = tuple(QuotaMonth("receipts", month, Decimal(100)) for month in months)
    history = past(QUOTA, ("Ann", paid((1, 100), quotas=quotas)), ("Bob", paid((1, 100))))
    found = {one.name: one for one in lint(QUOTA, history)[1]}
    assert (found["lint-people-lack"].values["count"], found["lint-people-lack"].values["people"]) == (1, 2)
    whole = past(QUOTA, ("Ann", paid((1, 100), quotas=quotas)))
    assert "lint-people-lack" not in [one.name for one in lint(QUOTA, whole)[1]]


def test_a_draw_that_nobody_earned_back() -> None:
    history = past(DRAWN, ("Ann", paid((1, 100_000))), ("Bob", paid((1, 100_000), (8, 900_000))))
    found = {one.name: one for one in lint(DRAWN, history)[1]}
    values = found["lint-draw-left"].values  # January 1,000, five months of 4,000; Bob earned 37,000: 16,500 came back
    assert (values["people"], values["amount"], values["person"]) == (2, "25,500.00", "Ann")
    assert values["most"] == "21,000.00"
    earned = past(DRAWN, ("Ann", paid(*((month, 200_000) for month in range(1, 7)))))
    assert "lint-draw-left" not in [one.name for one in lint(DRAWN, earned)[1]]


def test_every_table_of_the_plan_is_looked_at() -> None:
    dated = SLICES.replace(
        "tiers: [from 0: 3%, from 500_000: 5%]",
        "tiers:\n      2026-01-01: [from 0: 3%, from 500_000: 5%]\n      2026-07-01: [from 0: 3%, from 600_000: 4%]",
    ).replace("slice-by-slice", "all-at-rate-reached")
    file, found = lint(with_rates(dated))
    cliffs = [(one.values["position"], file.where(*one.path).line) for one in found if one.name == "lint-cliff"]
    first = next(number for number, line in enumerate(file.text.splitlines(), 1) if "2026-01-01: [" in line)
    assert cliffs == [("500,000.00", first), ("600,000.00", first + 1)]


def with_rates(text: str) -> str:
    return text.replace("components:", "rates_in_force_on: receipt-date\ncomponents:", 1)


def test_the_most_that_a_grade_could_have_taken_back() -> None:
    history = past(GRADED, ("Ann", paid((1, 300_000), (2, 300_000), (4, 100_000))), ("Bob", paid((5, 100_000))))
    found = {one.name: one for one in lint(GRADED, history)[1]}
    values = found["lint-grade-takes-back"].values
    assert (values["amount"], values["person"], values["period"]) == ("20,000.00", "Ann", "2026-Q1")
    assert "lint-grade-takes-back-share" not in found
    graded = paid((1, 300_000), grades=(Grade("kpi", date(2026, 1, 1), "A", date(2026, 3, 1)),))
    again = {one.name: one for one in lint(GRADED, past(GRADED, ("Ann", graded)))[1]}
    assert again["lint-grade-takes-back"].values["amount"] == "9,000.00"


def test_the_worst_month() -> None:
    history = past(SLICES, ("Ann", paid((1, 300_000), (2, 10_000))), ("Bob", paid((1, 100_000), (3, 50_000))))
    values = next(one.values for one in lint(SLICES, history)[1] if one.name == "lint-worst-month")
    assert (values["month"], values["amount"], values["people"]) == ("2026-02", "300.00", 1)
    assert (values["person"], values["least"], values["least_month"]) == ("Ann", "300.00", "2026-02")
    assert [one.amount for one in months_paid(history)][:4] == [Decimal(12_000), Decimal(300), Decimal(1_500), 0]
    below = past(SLICES, ("Ann", paid((1, 300_000), (2, -10_000))))
    found = next(one for one in lint(SLICES, below)[1] if one.name == "lint-worst-month-below-zero")
    assert (found.severity, found.values["least"]) == ("warning", "-300.00")


def test_a_plan_in_an_earlier_year_names_the_same_days_of_it() -> None:
    plan = load_plan(FULL).require()
    earlier = shift_plan(plan, 2)
    assert (earlier.start, earlier.through) == (date(2024, 1, 1), date(2024, 12, 31))
    tiers = earlier.components["tiers"]
    assert (tiers.start, tiers.through) == (date(2024, 2, 1), date(2024, 11, 30))
    assert tiers.tiers.starts() == (date(2024, 1, 1), date(2024, 7, 1))
    assert shift_plan(earlier, -2).model_copy(update={"plan": plan.plan}) == plan


def test_terms_are_typical_where_they_are_known() -> None:
    text = SLICES.replace("    refunds", "    at_most: 10% of target-incentive\n    refunds")
    typical = Assumed(None, (Term("target-incentive", Decimal(50_000)),))
    _, found = lint(text, typical=typical)
    first = next(one for one in found if one.name == "lint-tier-beyond-cap")
    assert first.values["cap"] == "5,000.00"
    assert "50,000.00" in sentence(Problem(first.name, values=first.values))
