"""What each report says: hierarchy, pace and its words, places, changes, months that stand out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.periods import FiscalCalendar, Period, parse_period
from salescli.core.table import Facts, Ratio, Report, Table
from salescli.errors import UsageError
from salescli.reports.answers import GroupFigure
from salescli.reports.leaderboard import rank_lines
from salescli.reports.registry import find_report
from salescli.services.context import Context
from salescli.services.report.params import earlier_period
from salescli.services.report.running import run_report
from tests.unit.reports.workspaces import company
from tests.unit.store_support import load


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with company(tmp_path_factory.mktemp("company")) as context:
        yield context


def build(ctx: Context, name: str, **given: Any) -> Report:
    entry = find_report(name)
    assert entry is not None
    return run_report(ctx, entry, given)


def rows(report: Report, block: int = 0) -> list[dict[str, Any]]:
    table = report.blocks[block]
    assert isinstance(table, Table)
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def facts(report: Report, block: int = 0) -> dict[str, Any]:
    found = report.blocks[block]
    assert isinstance(found, Facts)
    return {column.key: value for column, value in found.items}


def test_team_beside_its_targets(ctx: Context) -> None:
    by_team = {row["team"]: row for row in rows(build(ctx, "team", period="2026-03"))}
    one = by_team["一部"]
    assert (one["actual"], one["target"]) == (Decimal("176.5"), Decimal(200))
    assert one["attainment"] == Ratio(Decimal("176.5"), Decimal(200))
    assert one["pace"].en == "▼ missed" and by_team["二部"]["pace"].en == "✓ reached"
    assert (one["gap_person"], one["gap"]) == ("赵磊", Decimal("-36.5"))
    assert by_team["(none)"]["target"] is None and by_team["(none)"]["attainment"] is None
    assert len(one["trend"]) == 6 and one["trend"][-1] == Decimal("176.5")


def test_teams_above_are_rolled_up(ctx: Context) -> None:
    report = build(ctx, "team", period="2026-03")
    (above,) = rows(report, 1)
    assert (above["team"], above["own"], above["with_below"]) == ("销售中心", 0, Decimal("243.5001"))
    assert (above["target_below"], above["teams_below"]) == (257, 2)


def test_a_period_that_is_not_over_is_ahead_or_behind(tmp_path: Path) -> None:
    with company(tmp_path, today=date(2026, 2, 20)) as early:
        report = build(early, "team", period="2026-Q1", metric="receipts", compare="previous")
        words = {row["pace"].en for row in rows(report) if row["pace"] is not None}
        assert words and not words & {"▼ missed", "✓ reached"}
        assert report.title.en.startswith("Teams · 2026-Q1 (day 46 of 90, incomplete)")
        assert any("incomplete: counted through 2026-02-15" in line.en for line in report.footer)
        assert any("compared with 2025-10-01..2025-11-15" in line.en for line in report.footer)


def test_without_targets_nothing_is_missed(ctx: Context) -> None:
    for row in rows(build(ctx, "team", period="2025-03", metric="receipts")):
        assert row["attainment"] is None and row["pace"] is None and row["gap_person"] is None


def test_a_comparison_stands_beside_each_line_and_the_total(ctx: Context) -> None:
    report = build(ctx, "team", period="2026-03", compare="previous")
    table = report.blocks[0]
    assert isinstance(table, Table) and table.total is not None
    assert table.total[-2:] == (Decimal(4600), Decimal("255.5001") - 4600)
    assert {row["team"]: row["earlier"] for row in rows(report)} == {"一部": 3600, "二部": 1000, "(none)": 0}


@pytest.mark.parametrize("name", ["team", "leaderboard"])
def test_whoever_sold_only_earlier_is_in_the_comparison(ctx: Context, name: str) -> None:
    """Of the first days of March there is nothing; of the days before, only what February's receipts were."""
    report = build(ctx, name, period="2026-03-01..2026-03-31", metric="receipts", compare="last-year")
    table = report.blocks[0]
    assert isinstance(table, Table) and table.total is not None
    assert sum((row["earlier"] for row in rows(report)), Decimal(0)) == table.total[-2] == 240


def test_nothing_in_a_part_of_a_month_says_why(ctx: Context) -> None:
    report = build(ctx, "leaderboard", period="2026-03-01..2026-03-10", metric="receipts", compare="previous")
    table = report.blocks[0]
    assert isinstance(table, Table) and not table.rows and table.empty is not None
    assert table.empty.en == "no Receipt in the period"


def test_part_of_a_month_has_part_of_its_target(ctx: Context) -> None:
    """Five of the 22 working days of March 2026, so that a week is no missed month."""
    by_team = {row["team"]: row for row in rows(build(ctx, "team", period="2026-W10"))}
    assert by_team["一部"]["target"] == Decimal("45.45")


def test_a_rate_has_no_targets(ctx: Context) -> None:
    for metric in ("win-rate", "pipeline-value"):
        with pytest.raises(UsageError) as wrong:
            build(ctx, "team", period="2026-03", metric=metric)
        assert wrong.value.problems[0].name == "report-needs-sum"


def test_before_the_first_record_nothing_is_known(ctx: Context) -> None:
    for row in rows(build(ctx, "team", period="2025-02", metric="receipts", compare="previous")):
        assert row["earlier"] is None and row["change"] is None


def test_person_page(ctx: Context) -> None:
    report = build(ctx, "rep", period="2026-03", person="王芳")
    standing, figures = facts(report), facts(report, 1)
    assert (standing["actual"], standing["target"], standing["rank"], standing["ranked"]) == (113, 100, 1, 2)
    assert standing["pace"].en == "✓ reached" and len(standing["trend"]) == 12
    assert (figures["deals-won"], figures["deals-lost"]) == (4, 4)
    assert figures["win-rate-note"].en == "few cases (8)"
    assert any("commission" in block.name for block in report.blocks)
    assert len(rows(report, 4)) == 4  # the open deals


def test_person_without_target_or_figure(ctx: Context) -> None:
    report = build(ctx, "rep", period="2026-03", person="04")
    assert facts(report)["rank"] is None and facts(report)["actual"] == 0
    assert any("has no receipts" in line.en for line in report.footer)
    assert any("no target" in line.en for line in report.footer)


def test_a_report_on_a_person_needs_one(ctx: Context) -> None:
    with pytest.raises(UsageError) as wrong:
        build(ctx, "rep", period="2026-02-30", metric="receits")
    assert {found.name for found in wrong.value.problems} == {"bad-period", "unknown-metric", "report-needs-person"}


def test_trend_flags_the_month_that_stands_out(ctx: Context) -> None:
    by_month = {row["month"]: row for row in rows(build(ctx, "trend", metric="receipts", months=14))}
    assert {month for month, row in by_month.items() if row["flag"] is not None} == {"2026-02"}
    assert by_month["2026-02"]["flag"].en == "▲ high"
    assert by_month["2026-02"]["mom"] == Ratio(87, 5)
    assert by_month["2026-02"]["yoy"] == Ratio(19, 1)
    assert by_month["2025-02"]["mom"] is None  # before the first record nothing is known
    assert by_month["2025-04"]["average"] == Decimal(240)


def test_trend_of_few_months_flags_nothing(ctx: Context) -> None:
    report = build(ctx, "trend", metric="receipts", months=3)
    assert all(row["flag"] is None for row in rows(report))
    assert any("few complete months (3 < 8)" in line.en for line in report.footer)


def test_a_month_that_is_not_over_is_compared_with_nothing(tmp_path: Path) -> None:
    with company(tmp_path, today=date(2026, 2, 20)) as early:
        last = rows(build(early, "trend", metric="receipts"))[-1]
    assert last["month"] == "2026-02" and last["flag"].en == "incomplete"
    assert (last["mom"], last["yoy"], last["average"]) == (None, None, None)


def test_a_past_month_the_data_does_not_reach_the_end_of_is_incomplete(tmp_path: Path) -> None:
    with company(tmp_path, today=date(2026, 6, 1)) as later:
        last = rows(build(later, "trend", metric="win-rate"))[-1]
        standing = build(later, "leaderboard", period="2026-03", metric="win-rate")
    assert last["month"] == "2026-03" and last["flag"].en == "incomplete"
    assert (last["mom"], last["yoy"], last["average"]) == (None, None, None)
    assert standing.title.en.startswith("Leaderboard · 2026-03 (day ")  # the same in every report


def test_trend_by_team_adds_up(ctx: Context) -> None:
    report = build(ctx, "trend", metric="receipts", by="team")
    table = report.blocks[0]
    assert isinstance(table, Table) and table.total is not None
    assert sum((row["value"] for row in rows(report)), Decimal(0)) == table.total[1]


def test_rates_are_pooled_not_averaged(ctx: Context) -> None:
    (march,) = [row for row in rows(build(ctx, "trend", metric="win-rate", months=2)) if row["month"] == "2026-03"]
    assert march["value"] == Ratio(Decimal(6), Decimal(11))
    assert march["average"] is None  # two of the three months have no closed deal


def test_leaderboard_of_people_who_share_a_name(ctx: Context) -> None:
    places = rows(build(ctx, "leaderboard", period="2026-02"))
    assert [(row["rank"], row["key"], row["value"]) for row in places] == [
        (1, "01", 2240),
        (2, "02", 1360),
        (3, "03", 1000),
    ]
    march = rows(build(ctx, "leaderboard", period="2026-03"))
    assert march[-1]["person"] == "(none)" and march[-1]["rank"] is None


def test_only_one_is_nobody_to_compare_with(ctx: Context) -> None:
    report = build(ctx, "leaderboard", period="2026-03", metric="win-rate")
    assert [row["rank"] for row in rows(report)] == [None, None]
    assert rows(report)[0]["note"].en == "few cases (8), not ranked"


def line(name: str | None, value: Any) -> GroupFigure:
    return GroupFigure((name,), (name or "(none)",), value)


def test_ties_share_a_place_and_nearly_equal_does_not() -> None:
    lines = [line("a", Decimal("1.0000")), line("b", Decimal(2)), line("c", Decimal("1.0001")), line("d", Decimal(1))]
    found = rank_lines([*lines, line(None, Decimal(9))], has_cases=False)
    assert [(one.rank, one.line.keys[0]) for one in found] == [(1, "b"), (2, "c"), (3, "a"), (3, "d"), (None, None)]


def test_rates_that_cannot_be_told_apart_say_so() -> None:
    lines = [line("a", Ratio(90, 100)), line("b", Ratio(85, 100)), line("c", Ratio(10, 100)), line("d", Ratio(3, 3))]
    found = rank_lines(lines, has_cases=True)
    assert [(one.rank, one.line.keys[0], one.note.en if one.note else "") for one in found] == [
        (1, "a", ""),
        (2, "b", "interval overlaps the one above"),
        (3, "c", ""),
        (None, "d", "few cases (3), not ranked"),
    ]


@pytest.mark.parametrize(
    ("period", "how", "through", "start", "end"),
    [
        ("2026-03", "previous", "2026-03-31", "2026-02-01", "2026-03-01"),
        ("2026-03", "previous", "2026-03-30", "2026-02-01", "2026-03-01"),  # February has no 30th day
        ("2026-03", "previous", "2026-03-10", "2026-02-01", "2026-02-11"),
        ("2026-Q1", "last-year", "2026-02-14", "2025-01-01", "2025-02-15"),
        ("2026", "previous", "2026-12-31", "2025-01-01", "2026-01-01"),
        ("2026-03-03..2026-03-05", "previous", "2026-03-31", "2026-02-28", "2026-03-03"),
        ("2026-03-03..2026-03-05", "last-year", "2026-03-31", "2025-03-03", "2025-03-06"),
    ],
)
def test_earlier_period(ctx: Context, period: str, how: str, through: str, start: str, end: str) -> None:
    asked = parse_period(period, FiscalCalendar(), date(2026, 4, 5))
    found = earlier_period(ctx, asked, how, date.fromisoformat(through))
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert isinstance(found, Period)


def test_what_cannot_be_found_is_said(ctx: Context) -> None:
    ctx.notes.clear()
    build(ctx, "team", period="2025-02", metric="receipts", compare="previous")
    assert [note.name for note in ctx.notes] == ["report-nothing-earlier"]
    ctx.notes.clear()
    build(ctx, "leaderboard", period="2027-01")
    assert [note.name for note in ctx.notes] == ["report-period-ahead"]
    ctx.notes.clear()


def test_a_stock_has_no_months_and_no_period(ctx: Context) -> None:
    with pytest.raises(UsageError) as wrong:
        build(ctx, "trend", metric="pipeline-value")
    assert wrong.value.problems[0].name == "no-such-dimension"
    report = build(ctx, "leaderboard", period="2026-03", metric="pipeline-value")
    assert any("a stock: as of 2026-04-05" in line.en for line in report.footer)
    with pytest.raises(UsageError) as wrong:
        build(ctx, "trend", metric="receipts", by="month")
    assert wrong.value.problems[0].name == "report-by-time"


def test_a_store_without_teams_says_so(tmp_path: Path) -> None:
    def only_receipts(store: Any) -> None:
        load(store, "receipt", [{"number": "R1", "date": "2026-03-31", "amount": 5}])

    with company(tmp_path, parts=only_receipts) as bare:
        said = [line.en for line in build(bare, "team", period="2026-03").footer]
        assert "there are no teams: import teams and assignments first" in said
        said = [line.en for line in build(bare, "leaderboard", period="2026-03", by="team").footer]
        assert "nothing reaches anyone: import teams and assignments first" in said
