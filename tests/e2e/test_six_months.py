"""The tables of the guide on draws, caps and holdback are what the six runs say, number by number."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import ROOT, Shell

GUIDE = ROOT / "docs" / "guides" / "six-months.md"
DAY = "--today=2026-07-05"
KEYS = {"earned": "earned", "paid": "payable", "owed": "owed", "carried": "carried_out", "kept": "holdback"}


def tables() -> dict[tuple[str, str], list[Decimal]]:
    """The guide's figures by person and row: six months each."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    person = ""
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (\w+): ", line):
            person = heading[1]
        elif line.startswith("## "):
            person = ""
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = cells[0].split(",")[0]
        if person and name in KEYS and len(cells) == 7:
            found[person, KEYS[name]] = [
                Decimal(cell.replace(",", "").replace("−", "-") or "0") for cell in cells[1:]
            ]  # fmt: skip
    return found


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], dict[str, Decimal]]:
    folder: Path = tmp_path_factory.mktemp("six") / "w"
    shutil.copytree(ROOT / "tests" / "cli" / "six-months", folder)
    shell = Shell(folder)
    shell("import", "inbox/*")
    found = {}
    for month in range(1, 7):
        shell("commission", "close", f"2026-0{month}", DAY)
        for row in shell("commission", "show", f"2026-0{month}", DAY, "-O", "json").table("people"):
            amounts = {key: Decimal(row.get(key) or 0) for key in KEYS.values()}
            found[row["person"], month] = amounts
    return found


@pytest.mark.parametrize(("person", "figure"), sorted(tables()))
def test_each_row_of_the_guide(runs: dict[tuple[str, int], dict[str, Decimal]], person: str, figure: str) -> None:
    said = [runs.get((person, month), {}).get(figure, Decimal(0)) for month in range(1, 7)]
    assert said == tables()[person, figure]


def test_the_guide_has_all_four() -> None:
    assert {person for person, _ in tables()} == {"Ann", "Ben", "Cho", "Dee"}
    assert len(tables()) == 4 * 2 + 2 + 1 + 1  # earned and paid of all; owed of two, carried and kept of one each
