"""`report market-share`: shares of the same period only, markets without sales, competitors, wrong files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Ratio, Report, Table
from salescli.errors import ProblemsFound
from salescli.reports.registry import find_report
from salescli.services.report.running import run_report
from tests.unit.reports.workspaces import company
from tests.unit.store_support import load

SIZES = """
format: 1
sizes:
  - {period: 2026-03, metric: bookings, amount: 1000, source: 协会}
  - {period: 2026-02, metric: bookings, amount: 500}
  - {period: 2026-03, metric: bookings, region: 东, amount: 400}
  - {period: 2026-03, metric: bookings, region: 西, amount: 100}
  - {period: 2026-03, metric: bookings, competitor: 甲, amount: 600}
"""


def contracts(store: Any) -> None:
    rows = [("1", "2026-02-10", "东", 50), ("2", "2026-03-31", "东", 100), ("3", "2026-03-01", "南", 20)]
    found = [{"number": n, "signed": day, "region": region, "amount": amount} for n, day, region, amount in rows]
    load(store, "contract", [*found, {"number": "4", "signed": "2026-03-02", "amount": 30}])


def run(tmp_path: Path, text: str = SIZES, **given: Any) -> Report:
    entry = find_report("market-share")
    assert entry is not None
    with company(tmp_path, parts=contracts) as ctx:
        if text:
            (ctx.workspace.config / "market.yaml").write_text(text, encoding="utf-8")
        return run_report(ctx, entry, {"period": "2026-03", "metric": "bookings", **given})


def rows_of(report: Report, name: str) -> dict[Any, tuple[Any, ...]]:
    table = next(block for block in report.blocks if isinstance(block, Table) and block.name == name)
    found = {getattr(row[0], "en", row[0]): row[1:] for row in table.rows}
    return found | ({"total": table.total[1:]} if table.total else {})


def test_shares_of_regions_and_of_the_whole(tmp_path: Path) -> None:
    rows = rows_of(run(tmp_path), "market")
    assert list(rows) == ["东", "南", "西", "(none)", "total"]
    assert rows["东"][1:3] == (Decimal(400), Ratio(Decimal(100), Decimal(400)))
    assert rows["南"][1:3] == (None, None) and rows["(none)"][1:3] == (None, None)
    assert rows["西"][0] == 0 and rows["西"][2] == Ratio(Decimal(0), Decimal(100))
    assert rows["total"][0] == 150 == sum(row[0] for name, row in rows.items() if name != "total")
    assert rows["total"][2] == Ratio(Decimal(150), Decimal(1000))
    assert rows["total"][5] == Ratio(Decimal(50), Decimal(500)) and rows["total"][6] == Decimal("5.00")


def test_competitors_and_the_relative_share(tmp_path: Path) -> None:
    rows = rows_of(run(tmp_path), "sellers")
    assert list(rows) == ["甲", "own sales"]
    assert rows["own sales"] == (150, Ratio(Decimal(150), Decimal(1000)), Ratio(Decimal(150), Decimal(600)))


def test_a_period_without_its_own_size_has_no_share(tmp_path: Path) -> None:
    report = run(tmp_path, period="2026-Q1")
    assert rows_of(report, "market")["total"][1:3] == (None, None)
    assert any("none is guessed from a longer period" in line.en for line in report.footer)


def test_without_sizes_it_says_how_to_give_them(tmp_path: Path) -> None:
    report = run(tmp_path, "")
    assert rows_of(report, "market")["total"][:3] == (150, None, None)
    assert any("config/market.yaml" in line.en and "period: 2026-03" in line.en for line in report.footer)


def test_everything_wrong_with_the_file_is_said_at_once(tmp_path: Path) -> None:
    text = (
        SIZES
        + "  - {period: 2026-13, metric: bokings, amount: 1}\n  - {period: 2026-03, metric: bookings, amount: 2}\n"
    )
    text += "  - {period: 2026-03, metric: bookings, amount: 2, region: 东, line: 云}\n"
    with pytest.raises(ProblemsFound) as wrong:
        run(tmp_path, text)
    found = {(each.name, each.where.file) for each in wrong.value.problems}
    names = ("bad-period", "unknown-metric", "said-twice", "keys-exclude-each-other")
    assert found == {(name, "config/market.yaml") for name in names}
