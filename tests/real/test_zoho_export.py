"""A part of a CRM's export, taken whole by one command with the shipped profile, and the figures known of it."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import Said, Shell

TYPES = {"person": 11, "customer": 2_229, "campaign": 110, "lead": 3_900, "deal": 3_632, "complaint": 797}


@pytest.fixture(scope="module")
def export(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files in a folder of our own: what is said of them may be written beside them."""
    return Path(shutil.copytree(real_data / "zoho-crm", tmp_path_factory.mktemp("zoho") / "files"))


@pytest.fixture(scope="module")
def zoho(export: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, Said]:
    folder = tmp_path_factory.mktemp("workspace")
    shell = Shell(folder)
    shell("init", ".", "--currency", "USD", "--lang", "en")
    return shell, shell("import", str(export / "*.csv"), "--profile", "zoho", "--lang", "en")


@pytest.fixture
def shell(zoho: tuple[Shell, Said]) -> Shell:
    return zoho[0]


def selected(shell: Shell, query: str) -> list[tuple[object, ...]]:
    rows = shell("sql", query, "-O", "json").table("rows")
    return [tuple(int(cell) if str(cell).isdecimal() else cell for cell in row.values()) for row in rows]


def figure(shell: Shell, metric: str) -> Decimal:
    (row,) = shell("metric", "show", metric, "-O", "json").table("figures")
    return Decimal(str(row["value"]))


@pytest.mark.parametrize(("name", "count"), TYPES.items())
def test_every_file_goes_in_whole(shell: Shell, name: str, count: int) -> None:
    assert selected(shell, f'SELECT count(*) FROM "{name}"') == [(count,)]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("deals-won", 1_425), ("won-value", 89_066_200), ("deals-lost", 485), ("deals-open", 1_722)],
)
def test_figures(shell: Shell, metric: str, expected: int) -> None:
    assert figure(shell, metric) == expected


def test_value_of_lost_deals(shell: Shell) -> None:
    query = "SELECT count(*), sum(amount_e4) FROM deal WHERE stage = 'Closed Lost'"
    assert selected(shell, query) == [(485, 32_059_400 * 10_000)]


def test_the_number_is_the_key_and_the_name_is_none(shell: Shell) -> None:
    query = "SELECT count(DISTINCT number), count(*) - count(DISTINCT name) FROM deal"
    assert selected(shell, query) == [(3_632, 2_933)]


def test_thousands_are_exact(shell: Shell) -> None:
    where = "number IN ('24000011', '24000039') ORDER BY number"
    query = f"SELECT expected_revenue_e4, budget_e4 FROM campaign WHERE {where}"
    assert selected(shell, query) == [(3_420_900_000, 1_150_000_000), (11_171_000_000, 2_736_400_000)]
    shown = shell("record", "show", "campaign", "24000011").out
    assert "342,090" in shown and "Campaigns.csv" in shown


def test_moments_with_a_name_of_a_month(shell: Shell) -> None:
    query = "SELECT created FROM lead WHERE number = '4563'"
    assert selected(shell, query) == [("2021-04-15 00:03:00",)]
    assert selected(shell, "SELECT created, expected, closed FROM deal WHERE number = '1832'") == [
        ("2021-04-15", "2021-04-16", None)
    ]


def test_names_of_users_are_the_owners_of_everything(shell: Shell) -> None:
    query = "SELECT number, name FROM person ORDER BY number LIMIT 1"
    assert selected(shell, query) == [(1001, "Rozario Diego")]
    for name in ("deal", "lead", "customer", "complaint"):
        assert selected(shell, f"SELECT count(*) FROM {name} WHERE owner_id IS NULL") == [(0,)]


def test_contradictions_are_listed_and_the_rows_go_in(zoho: tuple[Shell, Said], export: Path) -> None:
    """662 open deals at 100 %, counted beside from the file itself; three accounts without a name."""
    said = zoho[1]
    with (export / "Potentials.csv").open(encoding="utf-8") as file:
        rows = Counter((row["Forecast Type"], row["Probability"]) for row in csv.DictReader(file))
    assert rows["Open", "100"] == 662
    listed = said.err.count("warning[open-at-100]")
    assert f"and {662 - listed} more [open-at-100]" in said.err
    assert said.err.count("warning[name-blank]") == 3
    assert "error[" not in said.err


def test_the_same_files_again_change_nothing(shell: Shell, export: Path) -> None:
    said = shell("import", str(export / "*.csv"), "--profile", "zoho", "--all", "--lang", "en")
    assert said.err.count("warning[open-at-100]") == 662
    assert "nothing changed, no batch written" in said.out
    assert selected(shell, "SELECT max(id) FROM batch") == [(1,)]
