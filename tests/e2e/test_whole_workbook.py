"""A workbook of twenty sheets and seven types, taken whole by one command: lists go in before what names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell import Shell
from tests.unit.importers.files import xlsx

FACTS = {
    **{
        f"{month}月回款": [
            ["回款编号", "日期", "金额", "合同编号", "客户", "负责人"],
            *(
                [f"R{month}-{at}", f"2026-{month:02d}-{at:02d}", 100 * at, f"H{at}", f"客户{at}", "王芳"]
                for at in (1, 2)
            ),
            ["合计", None, 300, None, None, None],
        ]
        for month in range(1, 13)
    },
    "合同": [["合同编号", "客户", "签订日期", "合同金额", "负责人"], ["H1", "客户1", "2026-01-05", 5000, "赵磊"]],
    "合同续": [["合同编号", "客户", "签订日期", "合同金额", "负责人"], ["H2", "客户2", "2026-01-06", 7000, "王芳"]],
    "商机": [
        ["商机编号", "商机名称", "客户", "阶段", "预计金额", "负责人"],
        ["D1", "扩容", "客户2", "谈判", 900, "王芳"],
    ],
    "说明": [["本表由财务部整理"], ["每月五日更新"]],
}
LISTS = {
    "客户": [["客户编号", "客户名称", "行业"], ["C1", "客户1", "医疗"], ["C2", "客户2", "物流"]],
    "人员": [["工号", "姓名", "部门"], ["0071", "王芳", "销售部"], ["0072", "赵磊", "销售部"]],
    "团队": [["团队编号", "团队名称"], ["T1", "销售部"]],
    "产品": [["产品编号", "产品名称", "单价"], ["P1", "网关", 10]],
}
COUNTS = {"receipt": 24, "contract": 2, "deal": 1, "customer": 2, "person": 2, "team": 1, "product": 1}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    (tmp_path / "salescli.yaml").write_text("name: T\ncurrency: CNY\nlanguage: en\n", encoding="utf-8")
    return Shell(tmp_path)


@pytest.mark.parametrize("is_lists_first", [True, False])
def test_twenty_sheets_in_one_command(shell: Shell, is_lists_first: bool) -> None:
    sheets = {**LISTS, **FACTS} if is_lists_first else {**FACTS, **LISTS}
    assert len(sheets) == 20
    (shell.folder / "全部.xlsx").write_bytes(xlsx(sheets))
    said = shell("import", "全部.xlsx", "-O", "json")
    assert "introduced" not in [block["name"] for block in said.json["blocks"]], "the lists were there before"
    for name, count in COUNTS.items():
        (row,) = shell("sql", f'SELECT count(*) AS n FROM "{name}"', "-O", "json").table("rows")
        assert int(str(row["n"])) == count, name
    people = shell("sql", "SELECT DISTINCT p.number FROM person p JOIN receipt r ON r.owner_id = p.id", "-O", "json")
    assert [row["number"] for row in people.table("rows")] == ["0071"], "the list's person, and no second one"
    totals = said.table("totals")
    assert [row["agrees"] for row in totals if str(row["file"]).endswith("月回款")] == [True] * 12
    assert len({row["file"] for row in totals}) == len(totals), "each sum names its sheet"
    again = shell("import", "全部.xlsx")
    assert "nothing changed, no batch written" in again.out
