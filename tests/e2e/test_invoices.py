"""Invoices credit whoever shares their contract, so that a plan can pay on what was invoiced."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.shell import Shell

SHEETS = {
    "合同.csv": "合同编号,客户,签订日期,合同金额,负责人\nHT-1,远洋,2026-01-10,226000,王芳\n",
    "分成.csv": "合同编号,姓名,比例\nHT-1,王芳,60%\nHT-1,赵磊,40%\n",
    "开票.csv": "发票号码,开票日期,客户,合同编号,价税合计,税率\n"
    "0441,2026-02-05,远洋,HT-1,113000,13%\n0442,2026-03-05,远洋,HT-1,56500,13%\n",
}


def test_invoices_are_credited_by_the_split_of_their_contract(tmp_path: Path) -> None:
    (tmp_path / "salescli.yaml").write_text("name: T\ncurrency: CNY\nlanguage: en\n", encoding="utf-8")
    for name, text in SHEETS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    shell = Shell(tmp_path)
    shell("import", *SHEETS)
    rows = shell("metric", "show", "invoiced", "--by", "person", "-O", "json").table("figures")
    assert {row["person"]: Decimal(str(row["value"])) for row in rows} == {"王芳": 101_700, "赵磊": 67_800}
    rows = shell("metric", "show", "invoiced-net", "--by", "month", "-O", "json").table("figures")
    assert {row["month"]: Decimal(str(row["value"])) for row in rows} == {"2026-02": 100_000, "2026-03": 50_000}
