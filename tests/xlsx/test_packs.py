"""Managers' packs: what they show, what comes back as records, and what is refused, at the cell."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.e2e.group_workspace import MANAGERS, build_workspace, write_plan
from tests.shell import Shell

MONTH, DAY = "2026-03", "--today=2026-04-10"
PACK = "M1-Mia Fox.xlsx"
Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A quarter whose pot waits for the manager's sheet, and its packs."""
    shell = build_workspace(tmp_path_factory.mktemp("packs") / "w")
    write_plan(shell.folder, "managers", MANAGERS.replace("members_by: contribution", "members_by: manager-sheet"))
    for month in ("2026-01", "2026-02"):
        shell("commission", "close", month, DAY)
    shell("commission", "run", MONTH, DAY)
    shell("commission", "pack", MONTH, "-o", "packs", "--lang", "en", DAY)
    return shell


@pytest.fixture
def shell(written: Shell, tmp_path: Path) -> Iterator[Shell]:
    shutil.copytree(written.folder, tmp_path / "w")
    yield Shell(tmp_path / "w")


def fill(shell: Shell, *changes: Change, source: str = PACK, name: str = "filled.xlsx") -> str:
    """Change a pack as a person would in Excel, and return the file."""
    book = load_workbook(shell.folder / "packs" / source)
    for change in changes:
        change(book)
    book.save(shell.folder / name)
    return name


def put(sheet: str, cell: str, value: object) -> Change:
    return lambda book: book[sheet].__setitem__(cell, value)


def shares(*amounts: object) -> Change:
    def change(book: Any) -> None:
        for row, amount in enumerate(amounts, 5):
            book["Share the pot"][f"E{row}"] = amount

    return change


def take(shell: Shell, *files: str, code: int | None = 0, lang: str = "en") -> Any:
    words = [word for file in files for word in ("--from", file)]
    return shell("commission", "pack", MONTH, *words, "--lang", lang, DAY, code=code)


def records(shell: Shell, kind: str) -> list[dict[str, Any]]:
    return shell("record", "list", kind, "-O", "json", DAY).json["blocks"][0]["rows"]


def test_a_pack_for_each_manager(written: Shell) -> None:
    files = {path.name for path in (written.folder / "packs").iterdir()}
    assert files == {PACK, "M2-Noah Gray.xlsx", "M3-Olga Hill.xlsx"}
    book = load_workbook(written.folder / "packs" / PACK)
    assert book.sheetnames == ["To confirm", "Share the pot", "E1 Ann Lee", "E2 Ben Cole", "_salescli"]
    assert book["_salescli"].sheet_state == "hidden"
    (offered,) = book["To confirm"].data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref)) == ('"yes,no"', "J6:J7")
    assert book["Share the pot"]["B12"].value == "=SUM(B11:B11)-B13"


def test_the_same_packs_again(shell: Shell) -> None:
    before = {path.name: path.read_bytes() for path in (shell.folder / "packs").iterdir()}
    shell("commission", "pack", MONTH, "-o", "packs", "--lang", "en", DAY)
    assert before == {path.name: path.read_bytes() for path in (shell.folder / "packs").iterdir()}


def test_one_manager_and_everyone_below(shell: Shell) -> None:
    shell("commission", "pack", MONTH, "--manager", "Noah Gray", "-o", "one", DAY)
    assert [path.name for path in (shell.folder / "one").iterdir()] == ["M2-Noah Gray.xlsx"]
    assert "pack-of-nobody" in shell("commission", "pack", MONTH, "--manager", "E1", "-o", "no", DAY, code=2).err


def test_what_comes_back_is_recorded_once_and_can_be_undone(shell: Shell) -> None:
    file = fill(
        shell, put("To confirm", "J6", "yes"), put("To confirm", "J7", "no"), put("To confirm", "K7", "Where is R7?"),
        put("To confirm", "L7", "see mail"), shares(5000, 4600),
    )  # fmt: skip
    assert (
        "nothing was written"
        in shell("commission", "pack", MONTH, "--from", file, "--dry-run", "--lang", "en", DAY).out
    )
    assert records(shell, "confirmation") == []
    said = take(shell, file)
    assert "undo: salescli undo" in said.out
    confirmed = {
        row["person"]: (row["said"], row["by"], row["run"], row.get("note")) for row in records(shell, "confirmation")
    }
    assert confirmed == {"Ann Lee": ("yes", "Mia Fox", "3", None), "Ben Cole": ("no", "Mia Fox", "3", "see mail")}
    (asked,) = records(shell, "dispute")
    assert (asked["person"], asked["question"], asked["raised_by"], asked["state"]) == (
        "Ben Cole",
        "Where is R7?",
        "Mia Fox",
        "open",
    )
    given = {row["person"]: row["amount"] for row in records(shell, "pool-share")}
    assert {name: float(amount) for name, amount in given.items()} == {"Ann Lee": 5000, "Ben Cole": 4600}
    source = shell("record", "show", "confirmation", f"{MONTH}|3|accounts-2026|E1", "--lang", "en", DAY, code=None)
    assert "filled.xlsx!To confirm" in source.out + source.err
    assert "nothing changed" in take(shell, file).out
    shell("undo", "--yes", DAY)
    assert records(shell, "confirmation") == records(shell, "dispute") == records(shell, "pool-share") == []


def test_the_pot_is_paid_as_the_sheet_says(shell: Shell) -> None:
    take(shell, fill(shell, shares(5000, 4600)))
    shell("commission", "close", MONTH, DAY)
    rows = shell("commission", "show", MONTH, "-O", "json", DAY).table("people")
    paid = {(row["key"], row["plan"]): row["earned"] for row in rows}
    assert (paid["E1", "Sales manager plan 2026"], paid["E2", "Sales manager plan 2026"]) == ("5000.00", "4600.00")
    shell("commission", "verify", DAY)


def test_who_had_something_and_is_left_out_later_has_nothing(shell: Shell) -> None:
    take(shell, fill(shell, shares(5000, 4600)))
    take(shell, fill(shell, shares(9600), name="again.xlsx"))
    given = {row["person"]: float(row["amount"]) for row in records(shell, "pool-share")}
    assert given == {"Ann Lee": 9600, "Ben Cole": 0}


REFUSED = [
    ("pack-pot-unspent", "filled.xlsx!Share the pot!E6", [shares(5000, 4599.99)]),
    ("pack-amount-text", "filled.xlsx!Share the pot!E6", [shares(5000, "4600")]),
    ("pack-amount-negative", "filled.xlsx!Share the pot!E6", [shares(10000, -400)]),
    ("pack-amount-fine", "filled.xlsx!Share the pot!E5", [shares(5000.001, 4599.999)]),
    ("pack-stranger", "filled.xlsx!Share the pot!B7", [shares(5000, 4600), put("Share the pot", "B7", "Dan Moss")]),
    ("pack-twice", "filled.xlsx!Share the pot!B6",
     [shares(5000, 4600), put("Share the pot", "A6", "E1"), put("Share the pot", "B6", "Ann Lee")]),
    ("pack-stranger", "filled.xlsx!To confirm!B9",
     [put("To confirm", "A9", "E4"), put("To confirm", "B9", "Dan Moss")]),
    ("pack-figure", "filled.xlsx!To confirm!I6", [put("To confirm", "I6", 9000)]),
    ("pack-figure", "filled.xlsx!To confirm!G7", [put("To confirm", "G7", "7,000.00")]),
    ("pack-figure", "filled.xlsx!To confirm!D7", [put("To confirm", "D7", "USD")]),
    ("pack-answer", "filled.xlsx!To confirm!J6", [put("To confirm", "J6", "perhaps")]),
    ("pack-twice", "filled.xlsx!To confirm!B7", [put("To confirm", "A7", "E1"), put("To confirm", "B7", "Ann Lee")]),
    ("pack-other-period", "filled.xlsx", [put("_salescli", "B4", "2026-02")]),
    ("pack-old-run", "filled.xlsx", [put("_salescli", "B5", "2")]),
    ("pack-not-of-run", "filled.xlsx", [put("_salescli", "B6", "M2")]),
    ("pack-unmarked", "filled.xlsx", [lambda book: book.remove(book["_salescli"])]),
    ("pack-unmarked", "filled.xlsx", [put("_salescli", "B3", "9")]),
    ("pack-sheet-missing", "filled.xlsx", [put("To confirm", "J5", "OK?")]),
    ("pack-sheet-unknown", "filled.xlsx!Share the pot",
     [shares(5000, 4600), *(put("Share the pot", f"D{row}", "2025-Q4") for row in (5, 6, 7))]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "place", "changes"), REFUSED, ids=[f"{one[0]}-{at}" for at, one in enumerate(REFUSED)]
)
def test_what_does_not_fit_is_refused_at_its_cell(shell: Shell, name: str, place: str, changes: list[Change]) -> None:
    file = fill(shell, put("To confirm", "K6", "a question"), *changes)
    for language in ("en", "zh"):
        said = take(shell, file, code=1, lang=language)
        assert f"{place}: error[{name}]" in said.err, said.err
    assert records(shell, "dispute") == records(shell, "pool-share") == [], "nothing of it is written"


def test_a_newer_run_makes_a_pack_old(shell: Shell) -> None:
    take(shell, fill(shell, shares(5000, 4600)))
    shell("commission", "run", MONTH, DAY)
    said = take(shell, fill(shell, put("To confirm", "J6", "yes"), name="late.xlsx"), code=1)
    assert "this pack shows run #3; the newest of 2026-03 is run #4" in said.err


def test_the_same_manager_twice_is_refused(shell: Shell) -> None:
    first, second = fill(shell), fill(shell, name="second.xlsx")
    assert "pack-again" in take(shell, first, second, code=1).err


def test_no_workbook(shell: Shell) -> None:
    (shell.folder / "x.xlsx").write_bytes(b"nothing")
    take(shell, "x.xlsx", code=1)
    take(shell, "missing.xlsx", code=1)
    assert "pack-folder" in shell("commission", "pack", MONTH, DAY, code=2).err
