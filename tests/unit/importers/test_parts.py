"""Columns that are parts of a field: first and last names; choices that take other words as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.importers.files import csv_text, names, read_one


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        (("First Name", "Last Name"), ("Ada", "Lovelace"), "Ada Lovelace"),
        (("Last Name", "First Name"), ("Lovelace", "Ada"), "Ada Lovelace"),
        (("姓", "名"), ("王", "芳"), "王芳"),
        (("First Name", "Last Name"), ("", "Rozario Diego"), "Rozario Diego"),
        (("First Name", "Last Name"), ("Ada", ""), "Ada"),
        (("First Name", "Last Name"), ("芳", "Wang"), "芳 Wang"),
    ],
)
def test_a_name_in_two_columns_is_one(header: tuple[str, ...], row: tuple[str, ...], name: str, tmp_path: Path) -> None:
    found = read_one(tmp_path / "users.csv", csv_text([("User ID", *header), ("1", *row)]))
    assert found.report.type == "person"
    assert found.staged is not None and found.staged.columns["name"] == [name]
    assert not {"first_name", "last_name"} & found.staged.columns.keys()


def test_a_whole_name_stands_before_its_parts(tmp_path: Path) -> None:
    rows = [
        ("Contact ID", "Full Name", "First Name", "Last Name"),
        ("1", "A. Byron", "Ada", "Byron"),
        ("2", "", "B", "C"),
    ]
    found = read_one(tmp_path / "contacts.csv", csv_text(rows))
    assert found.staged is not None and found.staged.columns["name"] == ["A. Byron", "B C"]


def test_a_name_that_lacks_is_an_error_where_its_parts_stand(tmp_path: Path) -> None:
    rows = [("First Name", "Last Name", "Employee Number", "Email"), ("", "", "", "a@example.com")]
    found = read_one(tmp_path / "users.csv", csv_text(rows))
    assert [(each.name, each.where.cell[1:]) for each in found.row_problems] == [("cell-blank", "2")]


def test_a_number_is_enough_where_the_name_is_blank(tmp_path: Path) -> None:
    rows = [("客户编号", "客户名称", "行业"), ("C-1", "", "物流"), ("", "", "制造")]
    found = read_one(tmp_path / "客户.csv", csv_text(rows))
    assert found.staged is not None and found.staged.columns["number"] == ["C-1"]
    assert names(found.row_problems) == ["cell-blank"]


def test_an_open_list_keeps_other_words(tmp_path: Path) -> None:
    rows = [
        ("拜访人", "拜访时间", "拜访类型"),
        *(("王芳", "2026-03-02", kind) for kind in ("电话", "Call", "技术交流", "")),
    ]
    found = read_one(tmp_path / "拜访.csv", csv_text(rows))
    assert found.staged is not None
    assert found.staged.columns["kind"] == ["call", "call", "技术交流", None]


def test_a_closed_list_does_not(tmp_path: Path) -> None:
    rows = [("客户", "调查类型", "评分"), ("甲", "NPS", 9), ("甲", "乱写", 9)]
    found = read_one(tmp_path / "满意度.csv", csv_text(rows))
    assert names(found.row_problems) == ["unknown-choice"]
    assert found.staged is not None and found.staged.columns["kind"] == ["nps"]
