"""Rejected rows as people meet them: written beside the file, corrected, and imported as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.shell import Shell

HEADER = ["日期", "客户", "金额", "业务员", "备注"]
KEY = ("--key", "日期,客户,金额")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "新 店")
    shell.folder.mkdir()
    shell("init", ".", "--lang", "zh")
    put(shell, "人员名单.csv", "工号,姓名\n0071,王芳\n0072,赵磊\n")
    shell("import", "人员名单.csv")
    return shell


def put(shell: Shell, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = shell.folder / name
    path.write_bytes(text.encode(encoding))
    return path


def book(shell: Shell, name: str, sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> Path:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
        for area in merged:
            page.merge_cells(area)
    path = shell.folder / name
    made.save(path)
    return path


def rejects(shell: Shell, name: str) -> Any:
    return load_workbook(shell.folder / f"{name}.rejects.xlsx")


def amounts(shell: Shell, *filters: str) -> list[str]:
    said = shell("sql", "SELECT amount_e4 / 10000.0 AS a FROM receipt ORDER BY 1", "-O", "csv")
    return said.out.split()[1:]


def test_cells_stand_as_they_were_with_their_reasons_in_both_languages(shell: Shell) -> None:
    rows = [
        ["合同编号", "客户", "合同金额", "签订日期", "备注"],
        ["0012345678901234567", "甲", "12,5O0", date(2026, 3, 2), "=1+1"],
        ["0071", "乙", 10, date(2026, 3, 3), None],
    ]
    for language, word in (("zh", "不是金额"), ("en", "is not an amount")):
        book(shell, "合同.xlsx", {"合同": rows})
        page = load_workbook(shell.folder / "合同.xlsx")
        page["合同"]["E2"].data_type = "s"
        page.save(shell.folder / "合同.xlsx")
        shell("import", "合同.xlsx", "--lang", language, code=1)
        (line,) = list(rejects(shell, "合同").active.iter_rows(min_row=2))
        assert [cell.value for cell in line[:4]] == ["0012345678901234567", "甲", "12,5O0", line[3].value]
        assert line[3].value.date() == date(2026, 3, 2) and line[3].is_date
        assert line[0].number_format == "@" and line[4].data_type != "f"
        assert line[2].fill.fgColor.rgb.endswith("FFC7CE") and word in line[2].comment.text
        assert line[5].value == 2 and line[6].value == "C" and word in line[7].value
        assert line[0].comment is None


def test_an_equal_receipt_that_was_rejected_is_one_more_and_never_the_one_that_is_there(shell: Shell) -> None:
    same = "2026-03-02,甲,100,{},\n"
    rows = same.format("王芳") + same.format("王芳") + same.format("王方")
    put(shell, "三月回款.csv", ",".join(HEADER) + "\n" + rows)
    shell("import", "三月回款.csv", *KEY, code=1)
    assert amounts(shell) == ["100"] * 2
    workbook = rejects(shell, "三月回款")
    workbook.active["D2"] = "王芳"
    workbook.save(shell.folder / "三月回款.rejects.xlsx")
    for _ in range(2):  # imported again it changes nothing
        shell("import", "三月回款.rejects.xlsx", *KEY)
        assert amounts(shell) == ["100"] * 3
    put(shell, "三月回款.csv", ",".join(HEADER) + "\n" + rows.replace("王方", "王芳"))
    assert "没有变化" in shell("import", "三月回款.csv", *KEY).out
    shell("undo")
    assert amounts(shell) == ["100"] * 2


def test_the_corrected_original_and_then_its_rejects_pay_nothing_twice(shell: Shell) -> None:
    rows = "2026-03-02,甲,100,王芳,b\n2026-03-02,甲,1OO,王芳,a\n"
    put(shell, "三月回款.csv", ",".join(HEADER) + "\n" + rows)
    shell("import", "三月回款.csv", *KEY, code=1)
    workbook = rejects(shell, "三月回款")
    workbook.active["C2"] = 100
    workbook.save(shell.folder / "三月回款.rejects.xlsx")
    put(shell, "三月回款.csv", ",".join(HEADER) + "\n" + rows.replace("1OO", "100"))
    shell("import", "三月回款.csv", *KEY)
    assert "没有变化" in shell("import", "三月回款.rejects.xlsx", *KEY).out
    assert amounts(shell) == ["100"] * 2


def test_rows_rejected_again_keep_their_number_and_their_columns(shell: Shell) -> None:
    rows = "2026-03-02,甲,1OO,王芳,x\n2026-03-03,甲,2OO,王方,y\n2026-03-04,甲,300,王芳,z\n"
    put(shell, "三月回款.csv", ",".join(HEADER) + "\n" + rows)
    shell("import", "三月回款.csv", *KEY, code=1)
    workbook = rejects(shell, "三月回款")
    workbook.active["C2"], workbook.active["C3"] = 100, 200
    workbook.save(shell.folder / "三月回款.rejects.xlsx")
    shell("import", "三月回款.rejects.xlsx", *KEY, code=1)
    page = rejects(shell, "三月回款").active
    assert [cell.value for cell in page[1]] == [*HEADER, "_row", "_column", "_error", "_hint", "_key"]
    assert [row[5] for row in page.iter_rows(min_row=2, values_only=True)] == [3]
    assert amounts(shell) == ["100", "300"]
    workbook = rejects(shell, "三月回款")
    workbook.active["D2"] = "王芳"
    workbook.save(shell.folder / "三月回款.rejects.xlsx")
    shell("import", "三月回款.rejects.xlsx", *KEY)
    assert amounts(shell) == ["100", "200", "300"]


def test_a_gbk_file_with_a_profile_has_rejects_that_the_profile_fits(shell: Shell) -> None:
    profile = (
        "format: 1\nprofile: external\nfiles:\n  - match: 外部*.csv\n    type: receipt\n    columns:\n"
        "      钱: amount\n    key: [日期, 客户, 钱]\n"
    )
    (shell.folder / "config" / "imports").mkdir(parents=True, exist_ok=True)
    put(shell, "config/imports/external.yaml", profile)
    put(shell, "外部三月.csv", "日期,客户,钱,业务员\n2026-03-02,甲,1OO,王芳\n2026-03-02,甲,50,王芳\n", "gb18030")
    shell("import", "外部三月.csv", code=1)
    workbook = rejects(shell, "外部三月")
    workbook.active["C2"] = 100
    workbook.save(shell.folder / "外部三月.rejects.xlsx")
    shell("import", "外部三月.rejects.xlsx")
    assert amounts(shell) == ["50", "100"]


def test_a_unit_above_the_table_several_sheets_and_two_header_rows_come_back(shell: Shell) -> None:
    receipts = [["单位:万元"], ["回款编号", "日期", "金额"], ["R-1", "2026-03-02", "1O"], ["R-2", "2026-03-02", 2]]
    contracts = [
        ["合同信息", None, "金额信息"],
        ["合同编号", "客户", "合同金额"],
        ["C-1", "甲", "5O"],
        ["C-2", "乙", 7],
    ]
    book(shell, "双表.xlsx", {"回款": receipts, "合同": contracts})
    shell("import", "双表.xlsx", code=1)
    workbook = rejects(shell, "双表")
    assert set(workbook.sheetnames) == {"回款", "合同"}
    workbook["回款"]["C3"] = 1
    row = next(row for row in workbook["合同"].iter_rows() if row[0].value == "C-1")
    row[2].value = 5
    workbook.save(shell.folder / "双表.rejects.xlsx")
    shell("import", "双表.rejects.xlsx")
    assert amounts(shell) == ["10000", "20000"]
    said = shell("sql", "SELECT count(*) AS n, sum(amount_e4) AS s FROM contract", "-O", "csv")
    assert said.out.split()[1] == "2,120000"


def test_a_set_of_shares_is_rejected_whole_and_comes_back_whole(shell: Shell) -> None:
    put(shell, "合同.csv", "合同编号,客户,合同金额\nC-1,甲,5\nC-2,乙,5\n")
    shell("import", "合同.csv")
    put(shell, "分成.csv", "合同编号,人员,分成比例\nC-1,王芳,50%\nC-1,赵石,50%\nC-2,王芳,40%\nC-2,赵磊,6O%\n")
    said = shell("import", "分成.csv", code=1)
    assert said.err.count("set-rejected") == 2
    workbook = rejects(shell, "分成")
    page = workbook.active
    assert [row[3] for row in page.iter_rows(min_row=2, values_only=True)] == [2, 3, 4, 5]
    page["B3"], page["C5"] = "赵磊", "60%"
    workbook.save(shell.folder / "分成.rejects.xlsx")
    shell("import", "分成.rejects.xlsx")
    said = shell(
        "sql",
        "SELECT sum(share_m) AS s FROM credit_split GROUP BY contract_id",
        "-O",
        "csv",
        code=None,
    )
    assert said.out.split()[1:] == ["1000000", "1000000"], said


def test_many_bad_rows_are_said_in_few_lines_and_all_stand_in_the_workbook(shell: Shell) -> None:
    rows = "".join(f"R-{n},2026-03-02,{n}O\n" for n in range(3000))
    put(shell, "三月回款.csv", "回款编号,日期,金额\n" + rows)
    said = shell("import", "三月回款.csv", code=1)
    assert len(said.err.splitlines()) < 60 and "3,000" in said.err.replace("3000", "3,000")
    page = rejects(shell, "三月回款").active
    cells = [row[2] for row in page.iter_rows(min_row=2)]
    assert len(cells) == 3000 and all(cell.fill.fgColor.rgb.endswith("FFC7CE") for cell in cells)
    assert sum(cell.comment is not None for cell in cells) == 1000


def test_two_files_of_one_name_do_not_write_over_each_other(shell: Shell) -> None:
    put(shell, "回款.csv", "回款编号,日期,金额\nR-1,2026-03-02,1O\n")
    book(shell, "回款.xlsx", {"回款": [["回款编号", "日期", "金额"], ["R-2", "2026-03-02", "2O"]]})
    shell("import", "回款.csv", "回款.xlsx", code=1)
    found = {load_workbook(path).active["A2"].value for path in shell.folder.glob("*.rejects.xlsx")}
    assert found == {"R-1", "R-2"}
    shell("import", "回款-2.rejects.xlsx", "--dry-run", code=1)
