"""A CRM's one closing date: expected while a deal is open, and the day it closed once it is won or lost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from salescli.core.records.staged import Source, Staged
from salescli.services.importing.closing import settle_closing
from tests.unit.importers.files import registry

STAGES = {"closed won": ("won", "won", 4), "lost": ("lost", "lost", 5), "offer": ("offer", "open", 2)}


def settled(**columns: list[Any]) -> Staged:
    count = len(next(iter(columns.values())))
    source = Source("a.csv", letters={"closing": "D", "stage": "C"})
    staged = Staged(registry()["deal"], source, list(range(2, count + 2)), columns)
    settle_closing(SimpleNamespace(stages=STAGES), staged)  # type: ignore[arg-type]
    return staged


def test_the_stage_says_which_date_it_is() -> None:
    days = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", None]
    staged = settled(stage=["Closed  Won", "Lost", "Offer", "Something else", "Closed Won"], closing=days)
    assert staged.columns["closed"] == ["2026-03-01", "2026-03-02", None, None, None]
    assert staged.columns["expected"] == [None, None, "2026-03-03", "2026-03-04", None]
    assert "closing" not in staged.columns


def test_a_date_of_its_own_stands() -> None:
    staged = settled(stage=["Lost", "Lost"], closing=["2026-03-01"] * 2, closed=["2026-02-01", None])
    assert staged.columns["closed"] == ["2026-02-01", "2026-03-01"]


def test_without_a_stage_it_is_expected() -> None:
    assert settled(closing=["2026-03-01"]).columns == {"closed": [None], "expected": ["2026-03-01"]}


def test_both_dates_were_read_from_its_cell() -> None:
    staged = settled(stage=["Lost"], closing=["2026-03-01"])
    assert (staged.source.cell(2, "closed"), staged.source.cell(2, "expected")) == ("D2", "D2")


def test_other_sheets_are_left_alone() -> None:
    columns = {"closed": ["2026-03-01"], "stage": ["Offer"]}
    assert settled(**columns).columns == columns
