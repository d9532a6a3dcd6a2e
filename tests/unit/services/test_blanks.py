"""A blank gives nothing, unless the profile says that it clears; an absent column never clears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from salescli.services.record.editing import edit
from tests.unit.services.importing import give, records
from tests.unit.services.workspaces import workspace_context

HEADER = ("商机编号", "商机名称", "金额", "来源", "赢率")
PROFILE = """format: 1
profile: crm
files:
  - match: "商机*.csv"
    type: deal
    blank: clear
    percent: percent
"""


def row(context: Any, key: str = "D1") -> tuple[Any, ...]:
    image = records(context, "deal")[key]
    return image["name"], image["amount"], image["source"]


def put_profile(context: Any) -> None:
    folder = context.workspace.config / "imports"
    folder.mkdir(exist_ok=True)
    (folder / "crm.yaml").write_text(PROFILE, encoding="utf-8")


def test_a_blank_gives_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "商机.csv", [["D1", "项目", 10, "电话", None]], HEADER, percent="percent")
        outcome = give(context, "商机.csv", [["D1", None, None, None, None]], HEADER, percent="percent")
        assert outcome.batch is None
        assert row(context) == ("项目", 100_000, "电话")


def test_where_the_profile_says_so_a_blank_clears_what_its_source_gave(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        put_profile(context)
        give(context, "商机.csv", [["D1", "项目", 10, "电话", None]], HEADER)
        outcome = give(context, "商机.csv", [["D1", "项目", None, None, None]], HEADER)
        assert outcome.results[0].changed == 1
        assert row(context) == ("项目", None, None)
        assert give(context, "商机.csv", [["D1", "项目", None, None, None]], HEADER).batch is None


def test_an_absent_column_never_clears(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        put_profile(context)
        give(context, "商机.csv", [["D1", "项目", 10, "电话", None]], HEADER)
        assert give(context, "商机-2.csv", [["D1", "项目"]], HEADER[:2]).batch is None
        assert row(context) == ("项目", 100_000, "电话")


def test_what_was_edited_since_is_kept_and_said(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        put_profile(context)
        give(context, "商机.csv", [["D1", "项目", 10, "电话", None]], HEADER)
        edit(context, "deal", "D1", ["source=展会"])
        outcome = give(context, "商机.csv", [["D1", "项目", 10, None, None]], HEADER)
        assert [each.name for each in outcome.notes if each.severity == "warning"] == ["edited-since"]
        assert row(context) == ("项目", 100_000, "展会")
        taken = give(context, "商机.csv", [["D1", "项目", 10, None, None]], HEADER, prefer_file=True)
        assert taken.results[0].changed == 1 and row(context)[2] is None


def test_an_amount_is_not_written_beside_a_currency_that_was_edited_since(tmp_path: Path) -> None:
    header = ("商机编号", "商机名称", "金额", "币种")

    def money(context: Any) -> tuple[int, str]:
        (image,) = records(context, "deal").values()
        return image["amount"], image["currency"]

    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "商机.csv", [["D1", "项目", 10, "USD"]], header)
        edit(context, "deal", "D1", ["currency=EUR"])
        outcome = give(context, "商机.csv", [["D1", "项目", 12, "USD"]], header)
        assert [each.name for each in outcome.notes if each.severity == "warning"] == ["currency-edited"]
        assert (outcome.batch, money(context)) == (None, (100_000, "EUR"))
        give(context, "商机.csv", [["D1", "项目", 12, "USD"]], header, prefer_file=True)
        assert money(context) == (120_000, "USD")
        edit(context, "deal", "D1", ["currency=EUR"])
        both = give(context, "商机.csv", [["D1", "项目", 13, "EUR"]], header)
        assert (both.results[0].changed, money(context)) == (1, (130_000, "EUR"))


def test_what_its_source_never_gave_is_not_cleared(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        put_profile(context)
        give(context, "商机.csv", [["D1", "项目", 10, None, None]], HEADER)
        edit(context, "deal", "D1", ["source=展会"])
        assert give(context, "商机.csv", [["D1", "项目", 10, None, None]], HEADER).batch is None
        assert row(context)[2] == "展会"


def test_what_a_record_must_have_is_never_cleared(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        put_profile(context)
        (context.workspace.config / "imports" / "receipts.yaml").write_text(
            PROFILE.replace("crm", "receipts").replace("商机*", "回款*").replace("deal", "receipt"), encoding="utf-8"
        )
        header = ("回款编号", "日期", "金额", "备注")
        give(context, "回款.csv", [["R1", "2026-03-01", 5, "x"]], header)
        outcome = give(context, "回款.csv", [["R1", "2026-03-01", None, None]], header)
        assert [each.name for one in outcome.rejected for each in one.problems] == ["cell-blank"]
        assert records(context)["R1"]["amount"] == 50_000
