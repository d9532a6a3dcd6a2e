"""Running totals on a workspace: their default period, the rows behind them, and where they are said not to add up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from salescli.core.table import Table
from salescli.services.context import Context
from salescli.services.metric.showing import MetricRequest, build_metric_report
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load


def tables(ctx: Context, *by: str, **more: object) -> list[Table]:
    load(ctx.store, "receipt", [{"number": "R0", "date": "2025-12-10", "amount": 1_000}], "last-year")
    report = build_metric_report(ctx, MetricRequest("receipts-to-date", by, **more))  # type: ignore[arg-type]
    return [block for block in report.blocks if isinstance(block, Table)]


def test_the_year_of_today_is_meant_where_no_period_is_said(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        (found,) = tables(ctx)
        assert found.rows == ((Decimal("157.01"),),)
        report = build_metric_report(ctx, MetricRequest("receipts-to-date"))
        assert report.title.en == "Receipts in the year to date · 2026 (day 90 of 365)"


def test_by_month_it_carries_on_and_has_no_share(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        (found,) = tables(ctx, "month", period="2026")
        assert found.rows == (("2026-02", Decimal("100.01")), ("2026-03", Decimal("157.01")))
        assert found.total == ("", Decimal("157.01"))


def test_teams_roll_up(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        (found,) = tables(ctx, "team", period="2026-03")
        rows = {row[0]: row[1:3] for row in found.rows}
        assert rows["销售中心"][1] == rows["一部"][0] + rows["二部"][0]  # type: ignore[operator]


def test_the_rows_behind_reach_back_to_where_it_began(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        _, rows = tables(ctx, period="2026-03", with_rows=True, with_explanation=True)
        keys = [column.key for column in rows.columns]
        assert sum(row[keys.index("credit")] for row in rows.rows) == Decimal("157.01")  # type: ignore[misc]
        assert rows.total is not None and rows.total[keys.index("credit")] == Decimal("157.01")
