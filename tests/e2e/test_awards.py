"""`scorecard awards`: the rankings of the plans as they are paid, before and after they are due."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.group_workspace import MANAGERS, build_workspace
from tests.shell import Shell

NEXT_YEAR = "--today=2027-01-05"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return build_workspace(tmp_path_factory.mktemp("awards") / "w")


def rows(shell: Shell, *words: str) -> list[dict[str, object]]:
    return shell("scorecard", "awards", "2026", *words, "-O", "json", "--lang", "en").table("award-1")


def test_equal_figures_share_the_prizes_of_their_places(shell: Shell) -> None:
    """30,000 and 15,000 tied: 22,500 each, and the next has the third prize."""
    found = [(row["rank"], row["person"], Decimal(str(row["prize"]))) for row in rows(shell, NEXT_YEAR)]
    assert found == [
        (1, "Mia Fox", Decimal(22_500)),
        (1, "Noah Gray", Decimal(22_500)),
        (3, "Olga Hill", Decimal(8_000)),
    ]


def test_before_its_window_ends_nobody_has_won(shell: Shell) -> None:
    assert "not due before 2027-01-01" in shell("scorecard", "awards", "2026", "--today=2026-06-05").out
    assert rows(shell, "--today=2026-06-05") == []


def test_awards_are_what_the_run_pays(shell: Shell) -> None:
    """The prizes on the page are those that the December run has for the same people."""
    shell("commission", "run", "2026-12", NEXT_YEAR)
    people = shell("commission", "show", "2026-12", NEXT_YEAR, "-O", "json").table("people")
    said = rows(shell, NEXT_YEAR)
    for row in said:
        name = str(row["person"])
        explained = shell("commission", "explain", "2026-12", "--person", name, NEXT_YEAR, "--lang", "en").out
        assert re.search(rf"(?<![\d,]){Decimal(str(row['prize'])):,.2f}\b", explained), name
    assert {str(row["person"]) for row in said} <= {str(row["person"]) for row in people}


def test_a_workspace_without_rankings_says_so(tmp_path: Path) -> None:
    plain = build_workspace(tmp_path / "w", {"managers": MANAGERS})
    (plain.folder / "config" / "plans" / "managers.yaml").unlink()
    plain("commission", "new", "--template", "flat", "--rate", "2%", "--for-everyone")
    assert "no plan has a ranking" in plain("scorecard", "awards", "2026", NEXT_YEAR).out
