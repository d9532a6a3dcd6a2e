"""Equal rows without numbers on several sheets: what stands on both is taken once, and what stands twice is two."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell import Shell
from tests.unit.importers.files import xlsx

HEADER = ["日期", "客户", "回款金额", "业务员"]
ROW = ["2026-03-02", "甲", 100, "张三"]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"华东": [HEADER, ROW], "全部": [HEADER, ROW, ROW]}, 2),
        ({"华东": [HEADER, ROW], "华南": [HEADER, ROW], "全部": [HEADER, ROW, ROW]}, 2),
        ({"华东": [HEADER, ROW], "华东 (2)": [HEADER, ROW]}, 1),
    ],
)
def test_equal_rows_of_several_sheets(tmp_path: Path, sheets: dict[str, list[list[object]]], expected: int) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(sheets))
    shell = Shell(tmp_path)
    said = shell("start", "a.xlsx", "--currency", "CNY", "--lang", "en")
    assert "equal-on-other-sheet" in said.err
    shell("import", "a.xlsx")
    assert shell("sql", "SELECT count(*) FROM receipt", "-O", "csv").out.split()[1] == str(expected)
