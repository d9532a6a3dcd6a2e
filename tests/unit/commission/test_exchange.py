"""Rates that a plan takes: the table of its own, the day's, the month's mean, and the last one known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.exchange import Exchange
from salescli.core.commission.exchanged import Exchanged, PlanRates, exchange, exchange_e4
from salescli.core.metrics.conversion import FxRate
from salescli.core.shape_reading import read_shape
from salescli.policy.cases import load_cases
from salescli.policy.plans import load_plan
from salescli.policy.sentences.plan import plan_sentences
from salescli.services.case.running import run_case
from tests.unit.commission.plans import SMALL

RECORDED = [
    FxRate("GBP", "USD", "2026-02-27", Decimal("1.20")),
    FxRate("GBP", "USD", "2026-03-02", Decimal("1.22")),
    FxRate("GBP", "USD", "2026-03-03", Decimal("1.26")),
    FxRate("USD", "JPY", "2026-03-02", Decimal("150")),
    FxRate("EUR", "GBP", "2026-03-03", Decimal("0.8")),
]


def rates(**block):
    read = read_shape(Exchange, {"rates": "daily", "on": "receipt-date", "if_missing": "stop", **block})
    return PlanRates(read, "USD", RECORDED, "USD")


def found(block, currency, day):
    return rates(**block).find(currency, date.fromisoformat(day))


def test_a_daily_rate_is_of_the_very_day():
    assert found({}, "GBP", "2026-03-02").factor == Fraction("1.22")
    assert found({}, "GBP", "2026-03-04") is None
    assert found({}, "JPY", "2026-03-02").factor == Fraction(1, 150)
    assert found({}, "EUR", "2026-03-03").factor == Fraction("0.8") * Fraction("1.26")
    assert found({}, "EUR", "2026-03-02") is None


@pytest.mark.parametrize(("day", "age"), [("2026-03-03", 0), ("2026-03-04", 1), ("2026-03-10", 7)])
def test_the_last_one_known_says_its_age(day, age):
    rate = found({"if_missing": "last-known-within-7-days"}, "GBP", day)
    assert (rate.factor, rate.age) == (Fraction("1.26"), age)
    words = rate.origin
    assert ("days old" in words.en or "day old" in words.en) == bool(age) == ("天" in words.zh)
    assert "2026-03-03" in words.en


def test_what_is_older_than_seven_days_is_none():
    assert found({"if_missing": "last-known-within-7-days"}, "GBP", "2026-03-11") is None


def test_the_month_s_mean_is_of_the_days_that_have_a_rate():
    rate = found({"rates": "month-average"}, "GBP", "2026-03-30")
    assert (rate.factor, rate.count) == (Fraction("1.24"), 2)
    assert "2 days of 2026-03" in rate.origin.en
    assert found({"rates": "month-average"}, "GBP", "2026-04-30") is None


def test_a_month_without_rates_has_the_one_that_held_when_it_began():
    block = {"rates": "month-average", "if_missing": "last-known-within-7-days"}
    recorded = [FxRate("GBP", "USD", "2026-03-28", Decimal("1.3"))]
    read = read_shape(Exchange, {"on": "receipt-date", **block})
    rate = PlanRates(read, "USD", recorded).find("GBP", date(2026, 4, 30))
    assert (rate.factor, rate.age) == (Fraction("1.3"), 4)
    assert rate.origin.en == "rate of 2026-03-28, 4 days old"


def test_a_plan_s_table_is_dated_as_a_whole():
    block = {
        "rates": "plan-rate",
        "plan_rates": {"2026-01-01": {"GBP": "1.22", "EUR": "1.1"}, "2026-07-01": {"GBP": "1.3"}},
    }
    assert found(block, "GBP", "2025-12-01").factor == found(block, "GBP", "2026-06-30").factor == Fraction("1.22")
    assert found(block, "GBP", "2026-07-01").factor == Fraction("1.3")
    assert found(block, "EUR", "2026-06-30").factor == Fraction("1.1")
    assert found(block, "EUR", "2026-07-01") is None
    assert found({"rates": "plan-rate"}, "GBP", "2026-07-01") is None


def test_a_credit_stands_beside_what_it_was():
    rate = found({}, "GBP", "2026-03-02")
    one = Exchanged(Decimal("4056.00"), Decimal("4056.00"), "GBP", rate, date(2026, 3, 2))
    credit = exchange(one.credit, rate.factor)
    said = one.words(Decimal(1), credit)
    assert said.en == "4,056.00 GBP × 1.22 = 4,948.32 (rate of 2026-03-02)"
    assert said.zh == "4,056.00 GBP × 1.22 = 4,948.32(2026-03-02 的汇率)"
    half = replace(one, credit=Decimal("2028.00"))
    said = half.words(Decimal("0.5"), exchange(half.credit, rate.factor))
    assert said.en.startswith("4,056.00 GBP × 50 % = 2,028.00 GBP × 1.22 = 2,474.16 ")


@given(st.integers(-(10**16), 10**16), st.fractions(min_value=Fraction(1, 10**6), max_value=10**6))
def test_conversion_is_rounded_half_away_and_cancels(value, factor):
    exact = value * factor
    assert abs(exchange_e4(value, factor) - exact) <= Fraction(1, 2)
    assert exchange_e4(-value, factor) == -exchange_e4(value, factor)
    assert exchange(Decimal(value).scaleb(-4), factor) == Decimal(exchange_e4(value, factor)).scaleb(-4)


def sentences(block):
    text = SMALL.replace("part_period", f"exchange: {block}\npart_period", 1)
    return [one.text for one in plan_sentences(load_plan(text).require())]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("daily", "month-average"),
        ("daily", "plan-rate"),
        ("receipt-date", "signing-date"),
        ("stop", "last-known-within-7-days"),
    ],
)
def test_each_choice_has_its_own_words(old, new):
    block = "{rates: daily, on: receipt-date, if_missing: stop}"
    before, after = sentences(block), sentences(block.replace(old, new))
    assert {one.zh for one in after} != {one.zh for one in before}
    assert {one.en for one in after} != {one.en for one in before}


def test_a_plan_without_rates_says_that_it_stops():
    said = sentences("{rates: plan-rate, on: receipt-date, if_missing: stop}")
    assert any("states no rates" in one.en for one in said)
    said = sentences("{rates: plan-rate, on: receipt-date, if_missing: stop, plan_rates: {GBP: 1.22}}")
    assert not any("states no rates" in one.en for one in said)
    assert any(one.en == "1 GBP = 1.22 CNY" for one in said)


CASE = """case: pounds
plan: small
given:
  credits: [{component: sales, date: 2026-03-05, amount: 100, currency: GBP}]
expect: {2026-03: {earned: {sales: 0}}}
"""


@pytest.mark.parametrize("block", ["", "exchange: {rates: daily, on: receipt-date, if_missing: stop}\n"])
def test_a_case_without_a_rate_is_a_problem_at_its_currency(block):
    plan = load_plan(SMALL.replace("part_period", f"{block}part_period", 1)).require()
    (placed,) = load_cases(CASE, "pounds.yaml").cases
    (one,) = run_case(placed, {"small": plan}.get).problems
    assert (one.name, one.values["day"]) == ("case-without-rate", date(2026, 3, 5))
    assert CASE.splitlines()[one.where.line - 1][one.where.column - 1 :].startswith("GBP")


@pytest.mark.parametrize(("day", "names"), [("2026-01-01", []), ("2026-02-01", ["table-begins-late"])])
def test_dated_rates_begin_with_the_plan_and_need_no_other_word(day, names):
    table = f"{{{day}: {{GBP: 1.22}}, 2026-07-01: {{GBP: 1.3}}}}"
    block = f"exchange: {{rates: plan-rate, on: receipt-date, if_missing: stop, plan_rates: {table}}}\n"
    assert [one.name for one in load_plan(SMALL.replace("part_period", f"{block}part_period", 1)).problems] == names
