"""What is recognised, with the reasons, without a workspace; and the first rows as they would be stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.registry import built_in
from salescli.core.table import Facts, Report, Table
from salescli.core.title import Title
from salescli.errors import DecisionNeeded, ProblemsFound
from salescli.importers.result import FilesRead
from salescli.services.importing.preview import preview_files
from salescli.services.importing.request import Ground, as_typed, build_options
from salescli.services.importing.sniffing import sniff_files
from tests.unit.importers.files import csv_text, xlsx

GROUND = Ground(built_in(), None, date(2026, 4, 5), "CNY")
HEADER = ("回款编号", "日期", "客户", "金额", "合同号码", "备注")
ROWS = [("R1", "2026-03-02", "港通", "1,200.50", "HT-1", None), ("R2", "2026-03-03", "远洋", "12,5O0", "HT-2", "尾款")]


def sniff(path: Path, content: bytes | str, *said: str, **options: Any) -> tuple[Report, FilesRead]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return sniff_files(GROUND, build_options(GROUND, [str(path)], **options), said)


def fact(report: Report, key: str, block: int = 0) -> str:
    facts = [each for each in report.blocks if isinstance(each, Facts)][block]
    value = {column.key: value for column, value in facts.items}[key]
    return value.en if isinstance(value, Title) else str(value)


def columns(report: Report) -> dict[str, tuple[Any, ...]]:
    table = next(each for each in report.blocks if isinstance(each, Table) and each.name == "columns-1")
    return {str(row[1]): row for row in table.rows}


def test_type_header_and_rows_are_explained(tmp_path: Path) -> None:
    content = xlsx({"回款": [["三月回款"], [], HEADER, *ROWS, ["合计", None, None, 1200.5]]})
    report, read = sniff(tmp_path / "三月.xlsx", content)
    assert fact(report, "type") == "Receipt (receipt)"
    assert fact(report, "why").startswith("5 columns are its fields, all that are required, and the sheet's")
    assert "Refund" in fact(report, "others")
    assert fact(report, "header") == "row 3"
    assert fact(report, "rows") == "3: 1 can go in, 1 would be rejected, skipped 1 title row, 1 totals row"
    assert fact(report, "key") == "回款编号"
    assert fact(report, "totals") == "金额 1,200.50 = the file's total ✓"
    assert [each.name for each in read.problems] == ["bad-amount"]


def test_each_column_says_by_what_it_is_a_field(tmp_path: Path) -> None:
    report, _ = sniff(tmp_path / "回款.csv", csv_text([HEADER, *ROWS]), maps=["备注=method"])
    found = columns(report)
    assert found["金额"][:4] == ("D", "金额", Title("回款金额", "Amount"), "amount")
    how = {header: row[4].en for header, row in found.items()}
    assert how == {
        "回款编号": "title", "日期": "alias", "客户": "title", "金额": "alias",
        "合同号码": "proposed --map 合同号码=contract", "备注": "--map",
    }  # fmt: skip
    assert found["备注"][5] == "尾款"


def test_decisions_to_come_stand_in_the_next_command(tmp_path: Path) -> None:
    rows = [("日期", "付款单位", "金额"), ("03/04/2026", "港通", 5)]
    report, read = sniff(tmp_path / "a b.csv", csv_text(rows), "--as receipt", as_type="receipt")
    assert {each.name for each in read.decisions} == {"key-needed", "date-order-unknown"}
    expected = "--as receipt --key 日期,付款单位,金额 --date-order …"
    assert report.next == (f'salescli import "{tmp_path}/a b.csv" {expected}',)
    assert fact(report, "key") == "none yet, see below"
    readings = next(each for each in report.blocks if each.name == "readings-1")
    assert isinstance(readings, Table)
    assert [row[0] for row in readings.rows] == ["A"]


def test_proved_layouts_say_what_proves_them(tmp_path: Path) -> None:
    rows = [("回款编号", "日期", "客户", "金额"), ("R1", "23/04/2026", "港通", 5), ("R2", "03/04/2026", "港通", 5)]
    report, _ = sniff(tmp_path / "回款.csv", csv_text(rows))
    readings = next(each for each in report.blocks if each.name == "readings-1")
    assert isinstance(readings, Table)
    assert "23/04/2026 can only be 2026-04-23" in readings.rows[0][1].en  # type: ignore[union-attr]


def test_text_says_its_encoding_and_delimiter(tmp_path: Path) -> None:
    report, _ = sniff(tmp_path / "回款.csv", csv_text([HEADER, *ROWS], ";").encode("gb18030"))
    assert fact(report, "encoding") == "GB18030, parted by semicolon"
    assert report.data["sheets"][0]["encoding"] == "gb18030"  # type: ignore[index]


def test_what_is_not_recognised_says_what_lacks(tmp_path: Path) -> None:
    report, read = sniff(tmp_path / "x.csv", "订单 ID,退回\n1,是\n")
    assert fact(report, "type") == "not recognised"
    assert "Order line" in fact(report, "others") and "lacks" in fact(report, "others")
    assert [each.name for each in read.blocking] == ["sheet-not-recognised"]


def test_every_score_is_said_to_programs(tmp_path: Path) -> None:
    report, _ = sniff(tmp_path / "回款.csv", csv_text([HEADER, *ROWS]))
    sheet = report.data["sheets"][0]  # type: ignore[index]
    scores = [Decimal(each["score"]) for each in sheet["types"]]
    assert sheet["types"][0]["type"] == sheet["type"] == "receipt"
    assert scores == sorted(scores, reverse=True)
    assert sheet["mapped"]["金额"] == "amount"


def test_preview_shows_rows_as_stored_and_those_refused(tmp_path: Path) -> None:
    path = tmp_path / "回款.csv"
    path.write_text(csv_text([HEADER, *ROWS, ("R3", "2026年3月5日", "港通", "1.2万", None, None)]), encoding="utf-8")
    report, problems = preview_files(GROUND, build_options(GROUND, [str(path)]), 3)
    rows, rejected = report.blocks
    assert isinstance(rows, Table) and isinstance(rejected, Table)
    assert [column.key for column in rows.columns] == ["row", "number", "date", "amount", "customer"]
    assert [row[0] for row in rows.rows] == [2, 4]
    assert [row[3] for row in rows.rows] == [Decimal("1200.5"), Decimal(12000)]
    assert str(rows.rows[1][2]) == "2026-03-05"
    assert rejected.rows[0][0] == 3
    assert "12,5O0" in str(rejected.rows[0][2])
    assert "bad-amount" in {each.name for each in problems}
    report, _ = preview_files(GROUND, build_options(GROUND, [str(path)]), 1)
    assert [len(each.rows) for each in report.blocks if isinstance(each, Table)] == [1]


def test_preview_stops_where_an_import_would(tmp_path: Path) -> None:
    path = tmp_path / "回款.csv"
    path.write_text("日期,付款单位,金额\n2026-03-01,港通,5\n", encoding="utf-8")
    with pytest.raises(DecisionNeeded):
        preview_files(GROUND, build_options(GROUND, [str(path)]), 3)
    path.write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        preview_files(GROUND, build_options(GROUND, [str(path)]), 3)


def test_a_stated_source_fills_a_field_that_no_column_gives(tmp_path: Path) -> None:
    path = tmp_path / "商机.csv"
    path.write_text("商机编号,商机名称,客户,负责人,金额,创建日期\nD1,甲,港通,王芳,5,2026-03-01\n", encoding="utf-8")
    report, problems = preview_files(GROUND, build_options(GROUND, [str(path)], source="展会"), 1)
    rows = report.blocks[0]
    assert isinstance(rows, Table)
    assert "展会" in rows.rows[0]
    assert "source-not-taken" not in {each.name for each in problems}
    path.write_text(
        "商机编号,商机名称,客户,负责人,金额,创建日期,来源\nD1,甲,港通,王芳,5,2026-03-01,电话\n", encoding="utf-8"
    )
    report, problems = preview_files(GROUND, build_options(GROUND, [str(path)], source="展会"), 1)
    assert "source-not-taken" in {each.name for each in problems}
    assert isinstance(report.blocks[0], Table) and "电话" in report.blocks[0].rows[0]


@pytest.mark.parametrize(
    ("text", "typed"), [("inbox/回款.xlsx", "inbox/回款.xlsx"), ("a b.csv", '"a b.csv"'), ("a(1).csv", '"a(1).csv"')]
)
def test_words_as_typed(text: str, typed: str) -> None:
    assert as_typed(text) == typed
