"""A template written, filled in and imported: the same values stand in the store, and a second time nothing changes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.shell import Shell

ROWS = {
    "lead": {"Lead number": "X-1", "Lead name": "李卫东", "Company": "远洋", "Owner": "王芳", "Lead source": "展会",
             "Created": "2026-03-01 09:30", "Converted": "yes"},
    "contact": {"Contact number": "0071", "Contact name": "陈洁", "Customer": "远洋", "Birthday": "1980-04-12"},
    "campaign": {"Campaign number": "M-1", "Campaign name": "春季展会", "Campaign kind": "展会", "From": "2026-03-01",
                 "Budget": "120000.00"},
    "activity": {"Activity kind": "visit", "Owner": "王芳", "Customer": "远洋", "Activity time": "2026-03-02 10:00"},
    "complaint": {"Customer": "远洋", "Opened": "2026-03-02 09:00:00", "Severity": "high", "Handler": "王芳"},
    "survey": {"Survey kind": "nps", "Customer": "远洋", "Score": "9", "Answered": "2026-03-02"},
    "quote": {"Quote number": "Q-1", "Customer": "远洋", "Quote date": "2026-03-02", "Quote amount": "5000.00",
              "Discount rate": "5%"},
    "invoice": {"Invoice number": "044031900111", "Invoice date": "2026-03-02", "Invoice amount": "1130.00",
                "Tax rate": "13%", "Customer": "远洋"},
}  # fmt: skip


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    (tmp_path / "salescli.yaml").write_text("name: T\ncurrency: CNY\nlanguage: en\n", encoding="utf-8")
    found = Shell(tmp_path)
    (tmp_path / "people.csv").write_text("工号,姓名\n0071,王芳\n", encoding="utf-8")
    (tmp_path / "customers.csv").write_text("客户编号,客户名称\nC-1,远洋\n", encoding="utf-8")
    found("import", "people.csv", "customers.csv")
    return found


def fill(path: Path, values: dict[str, str]) -> None:
    """Type values under their headers, as text."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            (header,) = csv.reader(file)
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow([values.get(title, "") for title in header])
        return
    book = load_workbook(path)
    page = book.worksheets[0]
    for cell in list(page[1]):
        if cell.value in values:
            page.cell(2, cell.column).value = values[cell.value]
    book.save(path)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ROWS)
def test_filled_in_and_imported(shell: Shell, name: str, form: str) -> None:
    file = f"filled.{form}"
    shell("record", "template", name, "-o", file)
    fill(shell.folder / file, ROWS[name])
    said = shell("import", file)
    assert "error" not in said.err
    (row,) = shell("record", "list", name, "-O", "json").json["blocks"][0]["rows"]
    stored = {str(value) for value in row.values()}
    for value in ROWS[name].values():
        plain = value.removesuffix(":00") if value.count(":") == 2 else value
        assert any(plain in one or one in (_share(value), "True") for one in stored), (value, stored)
    again = shell("import", file)
    assert "nothing changed" in again.out


def _share(text: str) -> str:
    return f"0.{int(text[:-1]):02d}" if text.endswith("%") else "-"


def test_names_of_the_store_and_stages_are_offered(shell: Shell) -> None:
    shell("record", "template", "deal", "-o", "deals.xlsx")
    page = load_workbook(shell.folder / "deals.xlsx").worksheets[0]
    titles = {cell.column_letter: cell.value for cell in page[1]}
    offers = {
        titles[str(one.sqref).split("2:", maxsplit=1)[0]]: one.formula1 for one in page.data_validations.dataValidation
    }
    assert offers["Owner"] == '"王芳"' and offers["Customer"] == '"远洋"'
    assert "Negotiation" in offers["Stage"]
    notes = load_workbook(shell.folder / "deals.xlsx")["Notes"]
    examples = {row[0]: row[4] for row in notes.iter_rows(min_row=3, values_only=True)}
    assert examples["Owner"] == "王芳"


def test_many_names_stand_on_a_sheet_that_holds_no_records(shell: Shell) -> None:
    rows = "".join(f"C-{at},公司{at},\n" for at in range(2, 120))
    (shell.folder / "more.csv").write_text(f"客户编号,客户名称,行业\n{rows}", encoding="utf-8")
    shell("import", "more.csv")
    shell("record", "template", "contact", "-o", "contacts.xlsx")
    book = load_workbook(shell.folder / "contacts.xlsx")
    assert book["Choices"].max_row == 120
    fill(shell.folder / "contacts.xlsx", ROWS["contact"])
    said = shell("import", "contacts.xlsx")
    assert "1" in said.out and "Choices" not in said.err
