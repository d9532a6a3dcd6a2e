"""What a sheet says in columns that are not read, where it may make the figures wrong, is a warning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.importers.files import read_one, xlsx

HEADER = ("日期", "客户", "回款金额", "业务员")
ROW = ("2026-03-02", "甲", 100, "张三")


def warned(path: Path, *rows: Any) -> list[str]:
    found = read_one(path, xlsx(rows), auto_key=True)
    return [each.name for each in found.notes if each.severity == "warning"]


def test_amounts_that_no_column_reads(tmp_path: Path) -> None:
    header = ("预计回款日期", "合同编号", "客户名称", "预计回款金额", "业务员")
    assert warned(tmp_path / "合同.xlsx", header, ["2026-03-01", "C1", "甲", 500, "张三"]) == ["amounts-unread"]
    months = ("客户名称", "负责人", "1月", "2月")
    assert warned(tmp_path / "客户.xlsx", months, ["甲", "张三", 100, 200]) == ["amounts-unread"]
    assert warned(tmp_path / "客户.xlsx", ("客户名称", "负责人", "星座"), ["甲", "张三", 3]) == []


@pytest.mark.parametrize("word", ["作废", "已作废", "红冲", "Cancelled", "待确认"])
def test_a_status_by_which_a_row_may_not_count(tmp_path: Path, word: str) -> None:
    rows = [(*HEADER, "状态"), (*ROW, "正常"), ("2026-03-03", "乙", 50, "张三", word)]
    assert warned(tmp_path / "a.xlsx", *rows) == ["status-unread"]
    assert warned(tmp_path / "a.xlsx", *rows[:2]) == []


@pytest.mark.parametrize("text", ["张三/李四", "张三、李四", "张三50%,李四50%", "Jon Doe & Ann Roe"])
def test_several_people_in_one_cell(tmp_path: Path, text: str) -> None:
    assert warned(tmp_path / "a.xlsx", HEADER, (*ROW[:3], text)) == ["people-in-one-cell"]
    assert warned(tmp_path / "a.xlsx", HEADER, ROW, ("2026-03-03", "乙/丙", 1, "Smith, John")) == []
