"""The published figures of a real pipeline, read from its workbook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.real.test_reference_figures import MANAGERS, MAVEN, QUARTERS
from tests.shell import Shell

WHOLE = "2016-10-01..2017-12-31"


@pytest.fixture(scope="module")
def workbook(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder = tmp_path_factory.mktemp("maven")
    (folder / "salescli.yaml").write_text("name: Maven\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "imports").mkdir(parents=True)
    (folder / "config" / "imports" / "maven.yaml").write_text(MAVEN, encoding="utf-8")
    shell = Shell(folder)
    shell("import", str(real_data / "maven-crm" / "*.csv"), "--profile", "maven")
    shell("export", "workbook", WHOLE, "-o", "maven.xlsx", "--on", "2017-12-31", "--today", "2017-12-31")
    return load_workbook(folder / "maven.xlsx")


def cells(workbook: Workbook, sheet: str) -> dict[object, list[object]]:
    """Return what stands behind the first cell of each row."""
    return {row[0]: list(row[1:]) for row in workbook[sheet].iter_rows(values_only=True) if row[0] is not None}


def test_managers(workbook: Workbook) -> None:
    found = cells(workbook, "Results by manager")
    assert {name: found[name][0] for name in MANAGERS} == MANAGERS


def test_agents_add_up(workbook: Workbook) -> None:
    found = cells(workbook, "Results by person")
    assert found["Total"][0] == 10_005_534
    assert found["Darcel Schlecht"][0] == 1_153_214


def test_win_rates(workbook: Workbook) -> None:
    """Of closed, of engaged, of all: three answers to one question. 500 deals have no day on which they began, so that
    the rate of all stands where all are counted: in the stock."""
    rates = {row[3] for row in workbook["Funnel"].iter_rows(values_only=True) if isinstance(row[3], float)}
    assert {"63.15%", "51.06%"} <= {f"{Decimal(repr(rate)):.2%}" for rate in rates}
    assert f"{cells(workbook, 'Open deals')['Won'][1]:.2%}" == "48.16%"


def test_cycle_and_stuck_deals(workbook: Workbook) -> None:
    assert round(Decimal(repr(cells(workbook, "Sales cycle")["Won"][2])), 2) == Decimal("51.78")
    said = [str(cell) for row in workbook["Ageing"].iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("1,291 of 1,589" in text for text in said)


def test_months_of_the_trend_are_those_of_the_quarters(workbook: Workbook) -> None:
    found = cells(workbook, "Trend")
    for quarter, amount in QUARTERS.items():
        first = 3 * int(quarter[-1]) - 2
        assert sum(found[f"2017-{month:02d}"][0] or 0 for month in range(first, first + 3)) == amount  # type: ignore[misc]
