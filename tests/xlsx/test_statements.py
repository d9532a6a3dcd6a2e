"""Statements as files: one per person, with the sources, and nobody else's pay in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from salescli.services.export.statements import file_name
from tests.shell import Shell, example

MONTH = "2026-03"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALESCLI_TODAY", "2026-04-05")
        shell = example("huachen", tmp_path_factory.mktemp("statements") / "w")
        shell("import", *sorted(f"inbox/{path.name}" for path in (shell.folder / "inbox").iterdir()), code=None)
        shell("commission", "close", "2026-01")
        shell("commission", "close", "2026-02")
        shell("commission", "run", MONTH)
        shell("export", "statements", MONTH, "-o", "out")
        yield shell


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in load_workbook(path).worksheets}


def people(shell: Shell) -> list[dict[str, str]]:
    return shell("commission", "show", MONTH, "-O", "json").table("people")


def test_a_file_for_everyone_who_is_paid(shell: Shell) -> None:
    files = {path.name for path in (shell.folder / "out").iterdir()}
    assert files == {f"{one['key']}-{one['person']}.xlsx" for one in people(shell)}
    assert {"0071-李娜.xlsx", "0112-李娜.xlsx"} <= files, "two people of one name"


def test_statement_then_trace_then_notes(shell: Shell) -> None:
    found = cells(shell.folder / "out" / "0023-王芳.xlsx")
    assert list(found) == ["提成明细", "计算过程", "说明"]
    said = shell("commission", "statement", MONTH, "--person", "0023", "-O", "json").json
    payout = next(block for block in said["blocks"] if block["name"] == "payout")
    assert ("应发", 8394.34) in [row[:2] for row in found["提成明细"]]
    assert "8394.34" in str(payout)
    lines = {str(row[0]) for row in found["提成明细"] if row[0]}
    assert {
        row["transaction"] for block in said["blocks"] for row in block.get("rows", ()) if row.get("transaction")
    } <= lines
    sources = [str(row[2]) for row in found["计算过程"] if row[2]]
    assert any(source.startswith("config/plans/account-manager-2026.yaml:") for source in sources)
    assert any(source.startswith("inbox/回款-2026-03.xlsx!回款!") for source in sources)


def test_nobody_elses_pay(shell: Shell) -> None:
    """Of others a file holds their names where a transaction is shared, and none of their amounts."""
    rows = people(shell)
    total = _amounts(shell("commission", "show", MONTH, "-O", "json").json["blocks"][0]["total"])
    for one in rows:
        found = cells(shell.folder / "out" / f"{one['key']}-{one['person']}.xlsx")
        shown = {
            f"{value:.2f}" for sheet in found.values() for row in sheet for value in row if isinstance(value, float)
        }
        texts = [str(value) for sheet in found.values() for row in sheet for value in row if isinstance(value, str)]
        own = _amounts(one)
        others = {amount for other in rows if other["key"] != one["key"] for amount in _amounts(other)} | total
        assert not (others - own) & shown, one["person"]
        keys = {other["key"] for other in rows} - {one["key"]}
        assert not [text for text in texts if text in keys], one["person"]


def _amounts(row: dict[str, str]) -> set[str]:
    """The amounts that would tell a person's pay; small round ones are paid to many."""
    found = {row[name] for name in ("own", "earned", "holdback", "payable") if row.get(name)}
    return {amount for amount in found if not amount.endswith(".00")}


def test_the_same_files_again(shell: Shell) -> None:
    before = {path.name: path.read_bytes() for path in (shell.folder / "out").iterdir()}
    shell("export", "statements", MONTH, "-o", "out")
    assert before == {path.name: path.read_bytes() for path in (shell.folder / "out").iterdir()}


def test_english(shell: Shell) -> None:
    shell("export", "statements", MONTH, "-o", "en", "--lang", "en")
    assert list(cells(shell.folder / "en" / "0023-王芳.xlsx")) == ["Statement", "How it came about", "Notes"]


def test_sums_are_formulas_that_come_to_what_is_said(shell: Shell) -> None:
    path = shell.folder / "out" / "0023-王芳.xlsx"
    written = {cell.coordinate: cell.value for row in load_workbook(path)["提成明细"].iter_rows() for cell in row}
    known = load_workbook(path, data_only=True)["提成明细"]
    formulas = {place: str(value) for place, value in written.items() if str(value).startswith("=")}
    assert len(formulas) == 6, "two components, two sums of the holdback, earned, payable"
    for place, formula in formulas.items():
        stretches = re.findall(r"([A-Z]+)(\d+)(?::[A-Z]+(\d+))?", formula)
        parts = [
            Decimal(str(known[f"{letter}{row}"].value or 0))
            for letter, first, last in stretches
            for row in range(int(first), int(last or first) + 1)
        ]
        assert sum(parts) == Decimal(str(known[place].value)), formula
    assert [row[1] for row in known.iter_rows(values_only=True) if row[0] == "应发"] == [8394.34, 8394.34]


def test_a_page_to_sign(shell: Shell) -> None:
    shell("commission", "statement", MONTH, "--person", "王芳", "-o", "王芳.html")
    page = (shell.folder / "王芳.html").read_text("utf-8")
    assert "size: A4" in page and page.count("<i></i>") == 4 and "本人签字" in page
    assert "8,394.34" in page and "R2603-0118" in page and "inbox/" not in page
    shell("export", "statements", MONTH, "-o", "pages", "-O", "html")
    assert (shell.folder / "pages" / "0023-王芳.html").read_bytes() == page.encode()
    assert "statement-form" in shell("export", "statements", MONTH, "-o", "pages", "-O", "csv", code=2).err


def test_one_file_of_one_person(shell: Shell) -> None:
    shell("commission", "statement", MONTH, "--person", "0071", "-o", "mine.xlsx")
    assert (shell.folder / "mine.xlsx").read_bytes() == (shell.folder / "out" / "0071-李娜.xlsx").read_bytes()


def test_a_file_is_no_folder(shell: Shell) -> None:
    said = shell("export", "statements", MONTH, "-o", "salescli.yaml", code=1)
    assert "not-a-folder" in said.err


def test_a_month_never_run_is_refused(shell: Shell) -> None:
    assert "no-run" in shell("export", "statements", "2026-07", "-o", "never", code=1).err
    assert not (shell.folder / "never").exists()


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        ("0023", "王芳", "0023-王芳.xlsx"),
        ("", 'A/B: "C"*?', "A_B_ _C_.xlsx"),
        ("1", "../../etc", "1-.._.._etc.xlsx"),
        ("", "...", "_.xlsx"),
        ("7", "x" * 200, "7-" + "x" * 78 + ".xlsx"),
        ("", "Con", "_Con.xlsx"),
        ("", "😀" * 80, "😀" * 55 + ".xlsx"),
    ],
)
def test_file_names_are_safe(number: str, name: str, expected: str) -> None:
    class Person:
        pass

    person = Person()
    person.number, person.name = number, name  # type: ignore[attr-defined]
    taken: set[str] = set()
    assert file_name(person, taken) == expected
    assert file_name(person, taken) == expected.removesuffix(".xlsx") + "-2.xlsx"
