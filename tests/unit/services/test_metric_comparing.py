"""A metric beside an earlier period: the same days of a period that is not over, totals of their own, refusals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from salescli.core.table import Ratio, Report, Table
from salescli.errors import UsageError
from salescli.services.context import Context
from salescli.services.metric.comparing import How, build_comparison_report
from salescli.services.metric.showing import MetricRequest
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load


def compare(ctx: Context, name: str, *by: str, period: str, how: How = "previous", **more: object) -> Report:
    return build_comparison_report(ctx, MetricRequest(name, by, period, **more), how)  # type: ignore[arg-type]


def table(report: Report, place: int = 0) -> Table:
    block = report.blocks[place]
    assert isinstance(block, Table)
    return block


def test_the_same_days_of_a_period_that_is_not_over(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        more = [{"number": f"B{day}", "date": f"2026-02-{day}", "amount": day} for day in (11, 12)]
        load(ctx.store, "receipt", more, "more")
        report = compare(ctx, "receipts", period="2026-03")
        assert table(report).rows[0][:3] == (Decimal(57), Decimal("111.01"), Decimal("-54.01"))
        assert "2026-02-01 through 2026-02-11" in report.footer[0].en
        assert report.title.en.endswith("against 2026-02-01..2026-02-11")


def test_a_period_that_is_over_is_compared_with_the_whole_one_before(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "receipt", [{"number": "B1", "date": "2026-01-31", "amount": 50}], "more")
        report = compare(ctx, "receipts", period="2026-02")
        assert table(report).rows[0] == (Decimal("100.01"), Decimal(50), Decimal("50.01"), Ratio(5001, 5000))
        assert report.title.en == "Receipts · 2026-02 · against 2026-01"
        assert compare(ctx, "receipts", period="2026-02", how="last-year").title.en.endswith("against 2025-02")


def test_lines_of_either_period_and_a_total_of_its_own(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        found = table(compare(ctx, "receipts", "person", period="2026-03"))
        assert [row[:3] for row in found.rows] == [
            ("赵磊", Decimal(50), Decimal("30.003")),
            ("王芳", Decimal(0), Decimal("60.006")),
            ("(none)", Decimal(7), Decimal("10.001")),
        ]
        assert found.total is not None and found.total[1:3] == (Decimal(57), Decimal("100.01"))


def test_rates_change_by_points_and_rows_are_those_of_now(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "deal", [{"number": "D3", "stage": "赢单", "closed": "2026-03-30", "amount": 1}], "more")
        found = table(compare(ctx, "win-rate", period="2026-03"))
        assert found.rows == ((Ratio(Decimal(1), Decimal(2)), Ratio(Decimal(1), Decimal(1)), Ratio(-1, 2)),)
        rows = table(compare(ctx, "won-value", period="2026-03", with_rows=True), 1)
        assert [row[0] for row in rows.rows] == ["D3"]


def test_nothing_in_either_period_says_why(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        found = table(compare(ctx, "receipts", period="2026-03"))
        assert found.rows == ()
        assert found.empty is not None and "import" in found.empty.en


@pytest.mark.parametrize(
    ("name", "by", "period", "problem"),
    [
        ("receipts", (), "", "compare-needs-period"),
        ("deals-open", (), "2026-03", "compare-needs-date"),
        ("receipts", ("month",), "2026-03", "compare-not-by-time"),
    ],
)
def test_what_cannot_be_compared(tmp_path: Path, name: str, by: tuple[str, ...], period: str, problem: str) -> None:
    with workspace_context(tmp_path) as ctx, pytest.raises(UsageError) as caught:
        compare(ctx, name, *by, period=period)
    assert [one.name for one in caught.value.problems] == [problem]
