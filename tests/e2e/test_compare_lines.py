"""A commission sheet with a line per receipt, beside the run: each transaction that differs, by the reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import Shell, example

SHEET = """姓名,回款编号,业绩,提成
杨帆,R2603-0009,28380.50,1225.71
,R2603-0012,100.00,1.50
韩雪,R2603-0036,51886.80,526.50
小计,,,
"""


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    found = example("huachen", tmp_path_factory.mktemp("lines") / "华辰")
    found("import", "inbox/*")
    found("commission", "run", "2026-03", "--today=2026-04-05")
    (found.folder / "明细.csv").write_text(SHEET, encoding="utf-8")
    return found


def amounts(row: dict[str, object], *names: str) -> list[Decimal]:
    return [Decimal(str(row[name] or 0)) for name in names]


def test_what_parts_each_person_adds_up(shell: Shell) -> None:
    said = shell("commission", "compare", "2026-03", "明细.csv", "-O", "json", code=1)
    people = {row["key"]: row for row in said.table("people")}
    reasons = {row["key"]: row for row in said.table("reasons")}
    assert set(reasons) == {"0058", "0069"}
    for key, row in reasons.items():
        parts = [name for name in row if name not in ("key", "person", "difference")]
        assert sum(amounts(row, *parts)) == Decimal(str(row["difference"])) == Decimal(str(people[key]["difference"]))


def test_a_person_written_once_has_the_lines_below(shell: Shell) -> None:
    lines = shell("commission", "compare", "2026-03", "明细.csv", "-O", "json", "--lang", "en", code=1).table("lines")
    by_key = {row["transaction"]: row for row in lines}
    assert (by_key["R2603-0012"]["person"], by_key["R2603-0012"]["reason"]) == ("杨帆", "not in ours")
    assert by_key["R2603-0012"]["cell"] == "D3"
    assert by_key["R2603-0036"]["reason"].startswith("another credit: 51,886.80, ours 25,943.3962")
    assert by_key["R2603-0002"]["reason"] == "not in the sheet"
    assert by_key["R2603-0002"]["source"].endswith("回款-2026-03.xlsx!回款!5")


def test_a_line_per_person_has_no_lines(shell: Shell, tmp_path: Path) -> None:
    (shell.folder / "每人.csv").write_text("姓名,提成\n杨帆,1\n", encoding="utf-8")
    said = shell("commission", "compare", "2026-03", "每人.csv", "-O", "json", code=1)
    assert [block["name"] for block in said.json["blocks"]] == ["people"]
