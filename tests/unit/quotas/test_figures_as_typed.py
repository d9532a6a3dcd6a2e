"""Figures that are known from elsewhere, through the command line: typed policies, printed and stored targets."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from salescli.cli.root import main
from salescli.services.context import open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

HEAD = "format: 1\ntargets: t\nfor_year: 2026\nmetric: receipts\n"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    place = create_workspace(tmp_path / "acme", "Acme", "CNY", "en")
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("SALESCLI_TODAY", "2026-01-05")
    return place


def people(place, count, **first):
    """A team of equal people; `first` says more about the first of them."""
    numbers = [f"P{number:02d}" for number in range(1, count + 1)]
    joined = first.get("joined", "2020-01-01")
    with open_context(place, today=date(2026, 1, 5), create=True) as context:
        load(context.store, "team", [{"number": "A", "name": "A"}])
        rows = [{"number": number, "name": number, "joined": "2020-01-01"} for number in numbers]
        load(context.store, "person", [{**rows[0], "joined": joined}, *rows[1:]])
        seats = [{"person": number, "team": "A", "from": "2020-01-01", "role": "rep"} for number in numbers]
        load(context.store, "assignment", [{**seats[0], "from": joined}, *seats[1:]])


def split(place, capsys, policy):
    """Split and accept a policy; return the stored targets by holder: a line of months and the year."""
    (place.config / "targets" / "t.yaml").write_text(HEAD + policy, encoding="utf-8")
    assert main(["quota", "split", "t"]) == 0
    assert main(["quota", "accept"]) == 0
    capsys.readouterr()
    assert main(["quota", "show", "2026", "--by", "month", "-O", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    return {
        (row["team"], row["key"] or row["holder"]): [Decimal(row[month] or 0) for month in months]
        + [Decimal(row["year"])]
        for row in rows
    }


def test_fifteen_million_and_fifteen_percent_over_twenty_people(workspace, capsys):
    people(workspace, 20)
    found = split(
        workspace,
        capsys,
        "amount: 15,000,000\nteams: {split_by: equal}\n"
        "people: {split_by: equal, street_above: 15%}\nmonths: {split_by: equal}\n",
    )
    years = [line[-1] for (_, key), line in found.items() if key.startswith("P")]
    assert years == [Decimal(862_500)] * 20
    assert sum(years) == Decimal(17_250_000)
    for month in range(12):
        assert sum(line[month] for (_, key), line in found.items() if key.startswith("P")) == Decimal(1_437_500)


def test_ramp_is_relief_from_the_full_month(workspace, capsys):
    people(workspace, 2, joined="2026-01-01")
    found = split(
        workspace,
        capsys,
        "amount: 1,200,000\nteams: {split_by: equal}\n"
        "people: {split_by: equal, ramp: {rep: [0%, 25%, 50%, 75%, 100%]}, ramp_gap: open}\n"
        "months: {split_by: equal}\n",
    )
    assert found["A", "P01"][:5] == [Decimal(amount) for amount in (0, 12_500, 25_000, 37_500, 50_000)]
    assert found["A", "P02"] == [Decimal(50_000)] * 12 + [Decimal(600_000)]
    assert found["A", "ramp-gap"][:5] == [Decimal(amount) for amount in (50_000, 37_500, 25_000, 12_500, 0)]


def test_three_equal_people_in_thousands_get_equal_years(workspace, capsys):
    """Each month by itself would give the first one 408,000 and the others 396,000."""
    people(workspace, 3)
    found = split(
        workspace,
        capsys,
        "amount: 1,200,000\nteams: {split_by: equal}\npeople: {split_by: equal}\n"
        "months: {split_by: weights, weights: {1: 13, 2: 7, 3: 10, 4: 11, 5: 9, 6: 10, 7: 10, 8: 8, 9: 12, "
        "10: 10, 11: 10, 12: 10}}\nround_to: 1,000\n",
    )
    mine = [found["A", f"P0{number}"] for number in (1, 2, 3)]
    assert [line[-1] for line in mine] == [Decimal(400_000)] * 3
    assert [sum(cells) for cells in zip(*mine, strict=True)] == found["", "Company"]
    assert all(cell % 1000 == 0 for line in mine for cell in line)


def test_growth_on_what_was_received(workspace, capsys):
    people(workspace, 2)
    with open_context(workspace, today=date(2026, 1, 5)) as context:
        load(context.store, "receipt", [{"number": "R1", "date": "2025-06-01", "owner": "P01", "amount": 100_000}])
    found = split(
        workspace,
        capsys,
        "growth: 15%\nbase: 2025-01-01 through 2025-12-31\nteams: {split_by: equal}\n"
        "people: {split_by: equal}\nmonths: {split_by: equal}\n",
    )
    assert found["", "Company"][-1] == Decimal(115_000)


def test_several_policies_at_once(workspace, capsys):
    people(workspace, 2)
    text = "amount: 1,200\nteams: {split_by: equal}\npeople: {split_by: equal}\nmonths: {split_by: equal}\n"
    for name, metric in (("one", "receipts"), ("two", "bookings"), ("wrong", "win-rate")):
        head = f"format: 1\ntargets: {name}\nfor_year: 2026\nmetric: {metric}\n"
        (workspace.config / "targets" / f"{name}.yaml").write_text(head + text, encoding="utf-8")
    assert main(["quota", "split", "one", "wrong"]) == 1
    assert main(["quota", "accept"]) == 2  # nothing was kept of the sound one either
    capsys.readouterr()
    assert main(["quota", "split", "one", "two", "-O", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["run"], row["policy"], row["people"]) for row in rows] == [("1", "one", "2"), ("2", "two", "2")]
    assert {Decimal(row[key]) for row in rows for key in ("company", "street")} == {Decimal(1200)}
    assert main(["quota", "accept", "1", "9"]) == 2  # an unknown run is said before any is accepted
    assert main(["quota", "show", "2026"]) != 0
    assert main(["quota", "accept", "1", "2"]) == 0
    said = capsys.readouterr().err
    assert said.count("48 new") == 2
