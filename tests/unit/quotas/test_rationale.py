"""Why a target is what it is: the numbers beside it, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from salescli.core.money import round_half_away
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.quotas.rationale import Market, TargetFrame
from salescli.errors import Refused, UsageError
from salescli.services.context import open_context
from salescli.services.quota.rationale import show_rationale
from salescli.services.quota.splitting import accept_quota, split_quota
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

POLICY = """format: 1
targets: t
for_year: 2026
metric: receipts
amount: 144,000
rationale: {zh: 两家续约, en: two renewals}
levels: {base: 100%, stretch: 110%}
teams: {split_by: {weights: 100%}, weights: {T1: 3, T2: 1}, rationale: {一部: new market}}
people: {split_by: equal}
months: {split_by: equal}
"""
MARKET = """format: 1
sizes:
  - {period: 2026, metric: receipts, amount: 1_440_000, source: survey}
  - {period: 2025, metric: receipts, amount: 1_200_000}
  - {period: 2026, metric: receipts, amount: 540_000, region: 华东}
  - {period: 2026, metric: receipts, amount: 288_000, competitor: Rival}
"""
YEAR = parse_period("2026", FiscalCalendar())


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "en")
    (place.config / "targets" / "t.yaml").write_text(POLICY, encoding="utf-8")
    (place.config / "market.yaml").write_text(MARKET, encoding="utf-8")
    with open_context(place, today=date(2026, 1, 2), create=True) as context:
        teams = [{"number": "T1", "name": "一部", "region": "华东"}, {"number": "T2", "name": "二部"}]
        load(context.store, "team", teams)
        load(context.store, "person", [{"number": f"P{n}", "name": f"n{n}"} for n in range(1, 4)])
        seats = [("P1", "T1", "2024-01-01"), ("P2", "T1", "2026-01-01"), ("P3", "T2", "2024-01-01")]
        load(context.store, "assignment", [{"person": p, "team": t, "from": day} for p, t, day in seats])
        load(context.store, "seat", [{"number": "S1", "team": "T2", "from": "2026-07-01"}])
        load(
            context.store,
            "receipt",
            [
                {"number": "R1", "date": "2025-02-10", "owner": "P1", "amount": 72_000},
                {"number": "R2", "date": "2025-12-10", "owner": "P3", "amount": 48_000},
            ],
        )
        split_quota(context)
        accept_quota(context)
    return place


def frames(workspace, day=date(2026, 1, 2), period=YEAR, metric=""):
    with open_context(workspace, today=day, language="en") as context:
        report = show_rationale(context, period, metric)
    return {block.title.en: {column.key: value for column, value in block.items} for block in report.blocks}, report


def shown(ratio):
    return round_half_away(ratio.exact(), Decimal("0.0001"))


def test_the_company_with_its_market(workspace):
    company = frames(workspace)[0]["Company"]
    assert company["why"].en == "two renewals"
    assert company["target"] == 144_000
    assert company["target_stretch"] == 158_400
    assert company["last_year"] == 120_000
    assert shown(company["growth"]) == Decimal("0.2")
    assert shown(company["market_growth"]) == Decimal("0.2")
    assert shown(company["share"]) == Decimal("0.1")
    assert shown(company["last_share"]) == Decimal("0.1")
    assert company["competitor_1"] == 288_000
    assert company["market_source"] == "survey"
    assert "trailing" not in company  # the last 12 months are the year before


def test_a_team_has_its_region_and_its_heads(workspace):
    found = frames(workspace)[0]
    assert list(found) == ["Company", "一部", "二部"]
    first = found["一部"]
    assert first["why"].en == "new market"
    assert (first["target"], first["last_year"]) == (108_000, 72_000)
    assert shown(first["share"]) == Decimal("0.2")
    assert (first["heads"], first["last_heads"]) == (2, 1)
    assert (first["per_head"], first["last_per_head"]) == (54_000, 72_000)
    assert shown(first["growth_per_head"]) == Decimal("-0.25")
    second = found["二部"]
    assert second["why"] is None
    assert second["vacant"] == 1
    assert "market" not in second


def test_later_in_the_year_the_last_12_months_are_told(workspace):
    with open_context(workspace, today=date(2026, 3, 5)) as context:
        load(context.store, "receipt", [{"number": "R3", "date": "2026-02-20", "owner": "P1", "amount": 12_000}])
    company = frames(workspace, day=date(2026, 3, 5))[0]["Company"]
    assert company["trailing"] == 48_000 + 12_000  # 2025-03..2026-02
    assert shown(company["growth_on_trailing"]) == Decimal("1.4")


def test_months_that_the_data_does_not_reach_are_none_of_the_last_12(workspace):
    """Asked in November of data through May: the last 12 months end in May, and nothing is missing from them."""
    with open_context(workspace, today=date(2026, 11, 22)) as context:
        load(context.store, "receipt", [{"number": "R3", "date": "2026-05-10", "owner": "P1", "amount": 24_000}])
    found, report = frames(workspace, date(2026, 11, 22))
    assert found["Company"]["trailing"] == 48_000 + 24_000
    assert any(line.en == "trailing 12 months: 2025-06..2026-05" for line in report.footer)


def test_a_quarter_is_beside_the_same_quarter(workspace):
    found, report = frames(workspace, period=parse_period("2026-Q1", FiscalCalendar()))
    assert (found["Company"]["target"], found["Company"]["last_year"]) == (36_000, 72_000)
    assert shown(found["Company"]["growth"]) == Decimal("-0.5")
    assert "market" not in found["Company"]  # a quarter is never guessed from a year
    assert report.next == ()


def test_without_a_reason_it_says_how_to_write_one(workspace):
    path = workspace.config / "targets" / "t.yaml"
    path.write_text(POLICY.replace("rationale: {zh: 两家续约, en: two renewals}\n", ""), encoding="utf-8")
    assert frames(workspace)[1].next == ("salescli quota set 2026 --name t --replace --why '…'",)


def test_what_is_not_there_is_said(workspace):
    with pytest.raises(Refused) as none:
        frames(workspace, period=parse_period("2031", FiscalCalendar()))
    assert none.value.problems[0].name == "no-targets"
    with pytest.raises(UsageError) as other:
        frames(workspace, metric="bookings")
    assert other.value.problems[0].name == "no-targets-of-metric"


def test_nothing_is_divided_by_nothing():
    bare = TargetFrame("", "x", None, Decimal(5), last_year=Decimal(0), market=Market(size=Decimal(0)))
    ratios = (bare.growth, bare.growth_on_trailing, bare.share, bare.last_share, bare.market_growth, bare.cover)
    assert set(ratios) == {None}
    assert (bare.per_head, bare.last_per_head, bare.growth_per_head) == (None, None, None)
    loss = TargetFrame("", "x", None, Decimal(5), last_year=Decimal(-5), heads=Fraction(1), last_heads=Fraction(1))
    assert loss.growth_per_head is None
