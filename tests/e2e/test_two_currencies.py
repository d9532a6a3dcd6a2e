"""Dollars and euros in one workspace: nothing is added across them, nothing left out in silence."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.shell import Shell, example

DAY = "--today=2026-10-05"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example Acme Cloud with its inbox imported and nothing run."""
    shell = example("acme", tmp_path_factory.mktemp("base") / "acme")
    shell("import", "inbox/*")
    return shell.folder


@pytest.fixture
def shell(imported: Path, tmp_path: Path) -> Shell:
    return Shell(shutil.copytree(imported, tmp_path / "acme"))


def sums(rows: list[dict[str, Any]], key: str) -> Decimal:
    return sum((Decimal(row[key]) for row in rows), Decimal(0))


def test_the_register_has_a_table_and_a_total_for_each_currency(shell: Shell) -> None:
    said = shell("commission", "run", "2026-09", DAY, "-O", "json").json
    tables = {block["name"]: block for block in said["blocks"]}
    assert {"people-eur", "people-usd", "components-eur", "components-usd"} <= tables.keys()
    assert "people" not in tables
    for currency in ("eur", "usd"):
        people, components = tables[f"people-{currency}"], tables[f"components-{currency}"]
        total = Decimal(people["total"]["payable"])
        assert total == sums(people["rows"], "payable") == sums(components["rows"], "earned") > 0
    teams = {row["person"] for row in tables["people-eur"]["rows"]}
    assert teams == {"Luca Moretti", "Emma Dubois", "Katrin Vogel"}


def test_a_month_worked_by_hand_is_what_the_workspace_pays(shell: Shell) -> None:
    for month in ("2026-04", "2026-05"):
        shell("commission", "close", month, DAY)
    rows = shell("commission", "run", "2026-06", DAY, "-O", "json").table("people-usd")
    (jake,) = (row for row in rows if row["person"] == "Jake Morrison")
    assert Decimal(jake["payable"]) == 5_170


def without_exchange(shell: Shell, *, only: str = "") -> None:
    """Let the plans in euros convert nothing; with `only` they say that they mean nothing else."""
    for name in ("ae-emea-fy2026", "manager-emea-fy2026"):
        path = shell.folder / "config" / "plans" / f"{name}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "only: {currency" not in line and not line.startswith("exchange:")]
        if only:
            kept.insert(
                next(at for at, line in enumerate(kept) if "pays_on: bookings-acv" in line) + 1, f"    {only}\n"
            )
        path.write_text("".join(kept), encoding="utf-8")


def test_credits_in_another_currency_are_named_with_whom_they_concern_and_stop_the_closing(shell: Shell) -> None:
    without_exchange(shell)
    said = shell("commission", "run", "2026-09", DAY, code=1)
    problems = [line for line in said.err.splitlines() if "credit-other-currency" in line]
    assert [("Luca Moretti" in line, "Katrin Vogel" in line) for line in problems] == [(True, False), (False, True)]
    assert all("36,000.00 USD" in line for line in problems)
    shell("commission", "close", "2026-09", DAY, code=1)


def test_a_sale_outside_a_plan_for_its_currency_is_on_the_list_before_closing(shell: Shell) -> None:
    without_exchange(shell, only="only: {currency: [EUR]}")
    said = shell("commission", "check", "2026-09", DAY, "-O", "json", code=None)
    (row,) = said.table("unpaid")
    assert (row["what"], row["currency"], Decimal(row["amount"])) == ("Luca Moretti", "USD", 36_000)
    drafts = [row for row in said.table("checks") if row["check"] == "The newest draft"]
    assert [row["currency"] for row in drafts] == ["EUR", "USD"]


def test_attainment_is_measured_in_one_currency_and_says_what_it_leaves_out(shell: Shell) -> None:
    dollars = shell("quota", "attainment", "FY2026", DAY, "-O", "json")
    assert "EUR" in dollars.err
    rows = {row["name"]: row for row in dollars.table("attainment")}
    assert Decimal(rows["East"]["target"]) == 3_600_000
    assert rows["EMEA"]["target"] is None and Decimal(rows["EMEA"]["actual"]) == 36_000
    euros = shell("quota", "attainment", "FY2026", "--currency", "eur", DAY, "-O", "json")
    assert "USD" in euros.err
    targets = [(row["name"], Decimal(row["target"])) for row in euros.table("attainment")]
    assert targets == [("Sales", 1_920_000), ("EMEA", 1_920_000)]  # the team above has what is below it


def test_what_reaches_nobody_is_said_in_each_currency(shell: Shell) -> None:
    path = shell.folder / "inbox" / "stray.csv"
    path.write_text(
        "Receipt number,Date,Amount,Currency,Payer\nX-1,2026-09-02,100,USD,Nobody\nX-2,2026-09-03,70,EUR,Nobody\n",
        encoding="utf-8",
    )
    before = {row["what"]: row for row in shell("status", DAY, "--lang", "en", "-O", "json").table("waiting")}
    assert not [what for what in before if what.startswith("Receipts that reach nobody")]
    shell("import", str(path), "--as", "receipt", "--lang", "en")
    rows = shell("status", DAY, "--lang", "en", "-O", "json").table("waiting")
    found = {row["what"]: Decimal(row["amount"]) for row in rows if row["what"].startswith("Receipts that reach")}
    assert found == {
        "Receipts that reach nobody, since 2026-04-01": 100,
        "Receipts that reach nobody (EUR), since 2026-04-01": 70,
    }


def close(shell: Shell, *months: str) -> None:
    for month in months:
        shell("commission", "close", month, DAY)


def amounts(rows: list[dict[str, Any]], key: str) -> dict[str, Decimal]:
    """Return the amounts of rows added up by currency."""
    codes = {row["currency"] for row in rows}
    return {code: sums([row for row in rows if row["currency"] == code], key) for code in codes}


def test_a_sheet_of_two_currencies_is_compared_in_each(shell: Shell) -> None:
    close(shell, "2026-04", "2026-05")
    people = {
        row["key"]: row
        for code in ("usd", "eur")
        for row in shell("commission", "run", "2026-06", DAY, "-O", "json").table(f"people-{code}")
        if Decimal(row["earned"])
    }
    lines = "".join(f"{key},{row['person']},{row['earned']}\n" for key, row in people.items())
    whole = sum(Decimal(row["earned"]) for row in people.values())
    (shell.folder / "old.csv").write_text(f"Number,Name,Commission\n{lines}Total,,{whole}\n", encoding="utf-8")
    said = shell("commission", "compare", "2026-06", "old.csv", DAY, "-O", "json", "--lang", "en")
    blocks = {block["name"]: block for block in said.json["blocks"]}
    assert set(blocks) == {"people-eur", "people-usd"}
    for block in blocks.values():
        assert Decimal(block["total"]["theirs"]) == Decimal(block["total"]["ours"]) == sums(block["rows"], "ours") > 0
    shown = shell("commission", "compare", "2026-06", "old.csv", DAY, "--lang", "en").out
    assert "yuan" not in shown and "Sheet − ours EUR" in shown
    assert f"the sheet's own total, {whole:,}, is of several currencies" in shown


def test_a_sheet_says_the_currency_of_its_lines(shell: Shell) -> None:
    run = shell("commission", "run", "2026-04", DAY, "-O", "json")
    first = next(row for row in run.table("people-usd") if Decimal(row["earned"]))
    head = "Number,Name,Currency,Commission\n"
    (shell.folder / "old.csv").write_text(f"{head}{first['key']},{first['person']},欧元,5\n", encoding="utf-8")
    said = shell("commission", "compare", "2026-04", "old.csv", DAY, "-O", "json", "--lang", "en", code=1)
    (euros,) = said.table("people-eur")
    assert (euros["ours"], Decimal(euros["theirs"]), euros["cause"]) == (None, 5, "under no plan with us")
    dollars = {row["key"]: row for row in said.table("people-usd")}
    assert dollars[first["key"]]["cause"] == "the sheet has no figure of theirs in this currency"


def test_what_commission_costs_has_a_total_for_each_currency(shell: Shell) -> None:
    close(shell, "2026-04", "2026-05", "2026-06")
    said = shell("commission", "cost", "FY2026-Q1", "--by", "team,person", DAY, "-O", "json")
    totals = {row["currency"]: row for row in said.table("cost-totals")}
    assert set(totals) == {"EUR", "USD"}
    for key in ("commission", "receipts"):
        assert amounts(said.table("cost"), key) == {code: Decimal(row[key]) for code, row in totals.items()}


def test_the_outlook_names_the_currency_of_everybody(shell: Shell) -> None:
    said = shell("commission", "cost", "FY2026", "--attainment", "100%", "--by", "person", DAY, "-O", "json")
    people, totals = said.table("people"), said.table("plans-totals")
    for key in ("so_far", "at_100"):
        assert amounts(people, key) == {row["currency"]: Decimal(row[key]) for row in totals}
    assert len(totals) == 2


def test_the_schedule_has_a_total_for_each_currency(shell: Shell) -> None:
    close(shell, "2026-04", "2026-05", "2026-06")
    said = shell("commission", "schedule", "2026-06", "--months", "12", DAY, "-O", "json")
    totals = {row["currency"]: row for row in said.table("contracts-totals")}
    assert set(totals) == {"EUR", "USD"}
    for key in ("commission", "capitalised", "left"):
        assert amounts(said.table("contracts"), key) == {code: Decimal(row[key]) for code, row in totals.items()}


@pytest.mark.parametrize("words", [("statement",), ("explain",)])
def test_what_is_not_in_the_base_currency_says_its_own(shell: Shell, words: tuple[str, ...]) -> None:
    close(shell, "2026-04", "2026-05")
    shell("commission", "run", "2026-06", DAY)
    for name, code, other in (("Emma Dubois", "EUR", "USD"), ("Jake Morrison", "USD", "EUR")):
        said = shell("commission", *words, "2026-06", "--person", name, DAY, "--lang", "en").out
        heads = [line for line in said.splitlines() if line.endswith(f" · {code}")]
        assert heads and "yuan" not in said and f" · {other}" not in said
    page = shell.folder / "emma.html"
    shell("commission", "statement", "2026-06", "--person", "Emma Dubois", DAY, "-o", str(page))
    assert "· EUR" in page.read_text(encoding="utf-8")
