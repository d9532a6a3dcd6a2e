"""What a person decided is kept for the next file of its name, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from salescli.errors import DecisionNeeded, Refused, UsageError
from salescli.services.context import Context
from salescli.services.importing.files import ImportOutcome, import_files
from salescli.services.importing.request import build_request
from salescli.services.record.editing import edit
from tests.unit.importers.files import csv_text, xlsx
from tests.unit.services.workspaces import workspace_context

HEADER = ("日期", "付款单位", "金额", "备注")
MARCH = [("2026-03-02", "上海港通", 100, "一"), ("2026-03-03", "宁波远洋", 200, "二")]
APRIL = [*MARCH, ("2026-04-01", "宁波远洋", 300, "三")]


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    with workspace_context(tmp_path / "here", is_filled=False) as opened:
        monkeypatch.chdir(tmp_path / "here")
        yield opened


def put(name: str, *rows: tuple[Any, ...], header: tuple[str, ...] = HEADER, **sheets: Any) -> str:
    """Write a file of receipts, as a workbook or as text by its name."""
    table = [header, *rows]
    content = xlsx(sheets or {"Sheet1": table}) if name.endswith(".xlsx") else csv_text(table).encode()
    Path(name).write_bytes(content)
    return name


def run(context: Context, *files: str, **options: Any) -> ImportOutcome:
    return import_files(context, build_request(context, files, **options))


def said(outcome: ImportOutcome) -> list[str]:
    return [title.en for each in outcome.remembered for title in each.decisions]


def profile_text(name: str) -> str:
    return Path("config/imports", f"{name}.yaml").read_text(encoding="utf-8")


def test_next_month_asks_nothing_and_an_edit_stays(context: Context) -> None:
    march = put("三月回款.xlsx", *MARCH)
    with pytest.raises(DecisionNeeded):
        run(context, march)
    first = run(context, march, key="日期,付款单位")
    assert [(each.profile, each.path, said(first)) for each in first.remembered] == [
        ("回款", "config/imports/回款.yaml", ["key 日期,付款单位"])
    ]
    assert 'match: "{date}回款.xlsx"' in profile_text("回款")
    edit(context, "receipt", "2026-03-02|上海港通|1", ["amount=150"])
    again = run(context, march)
    assert (again.batch, again.remembered, said(again)) == (None, [], [])
    assert [(one.new, one.changed, one.unchanged) for one in again.results] == [(0, 0, 2)]
    april = run(context, put("四月回款.xlsx", *APRIL))
    assert [(one.new, one.changed, one.unchanged) for one in april.results] == [(1, 0, 2)]
    assert april.profiles["四月回款.xlsx"].name == "回款"
    feeds = {row[0] for row in context.store.db.execute("SELECT feed FROM source WHERE feed NOT LIKE 'edit:%'")}
    assert feeds == {"回款"}


def test_what_is_found_without_help_is_not_remembered(context: Context) -> None:
    numbered = put("回款.xlsx", ("R1", *MARCH[0]), header=("回款编号", *HEADER))
    for options in ({}, {"as_type": "receipt"}, {"maps": []}):
        assert run(context, numbered, **options).remembered == []
    assert not list(Path("config/imports").iterdir())


def test_every_kind_of_decision(context: Context) -> None:
    Path("x3.csv").write_bytes(csv_text([("单据", "到账", "款项"), ("R1", "2026-03-02", "5")]).encode("gb18030"))
    options = {"as_type": "receipt", "maps": ["单据=number", "到账=date", "款项=amount"], "encoding": "gb18030"}
    outcome = run(context, "x3.csv", **options)
    assert said(outcome) == [
        "encoding GB18030", "column 单据 is number", "column 到账 is date", "column 款项 is amount",
    ]  # fmt: skip
    Path("x4.csv").write_bytes(csv_text([("单据", "到账", "款项"), ("R2", "2026-04-02", "6")]).encode("gb18030"))
    assert run(context, "x4.csv").results[0].new == 1
    refunds = run(context, put("流水3.csv", *MARCH), as_type="refund", key="日期,付款单位")
    assert said(refunds) == ["type refund", "key 日期,付款单位"]
    assert run(context, put("流水4.csv", *MARCH)).results[0].type.name == "refund"


def test_one_sheet_of_several(context: Context) -> None:
    sheets = {"明细": [HEADER, *MARCH], "旧": [HEADER, ("2025-01-01", "甲", 1, None)]}
    march = put("回款3.xlsx", **sheets)
    assert said(run(context, march, sheet="明细", key="日期,金额")) == ["sheet 明细", "key 日期,金额"]
    assert [one.new + one.unchanged for one in run(context, put("回款4.xlsx", **sheets)).results] == [2]
    dated = {"三月": [HEADER, *MARCH], "旧": [HEADER]}
    assert said(run(context, put("收款3.xlsx", **dated), sheet="三月", key="日期,金额")) == ["key 日期,金额"]


def test_other_sheets_are_still_read(context: Context) -> None:
    sheets = {"回款": [HEADER, *MARCH], "客户": [("客户编号", "客户名称"), ("K1", "上海港通")]}
    run(context, put("三月.xlsx", **sheets), key="日期,付款单位")
    outcome = run(context, put("三月.xlsx", **sheets))
    assert sorted(one.type.name for one in outcome.results) == ["customer", "receipt"]


def test_dry_runs_and_refusals_and_no_remember_write_nothing(context: Context) -> None:
    march = put("三月回款.xlsx", *MARCH)
    run(context, march, key="日期,付款单位", dry_run=True)
    run(context, march, key="日期,付款单位", remember=False)
    with pytest.raises(Exception, match="no-such-column"):
        run(context, march, key="日期,没有")
    assert not list(Path("config/imports").iterdir())


def test_a_later_decision_extends_what_was_written_by_hand(context: Context) -> None:
    folder = Path("config/imports")
    folder.mkdir(parents=True, exist_ok=True)
    text = "# 财务\nformat: 1\nprofile: fin  # 名\nfiles:\n  - match: '*回款.xlsx'  # 每月\n    unit: 元\n"
    (folder / "fin.yaml").write_text(text, encoding="utf-8")
    outcome = run(context, put("三月回款.xlsx", *MARCH), key="日期,付款单位")
    assert [each.path for each in outcome.remembered] == ["config/imports/fin.yaml"]
    written = profile_text("fin")
    assert all(part in written for part in ("# 财务", "# 名", "# 每月", 'key: ["日期", "付款单位"]'))
    assert sorted(each.name for each in folder.iterdir()) == ["fin.yaml"]
    assert run(context, put("四月回款.xlsx", *APRIL)).results[0].new == 1


def test_what_is_said_of_one_file_is_not_said_of_all(context: Context) -> None:
    folder = Path("config/imports")
    folder.mkdir(parents=True, exist_ok=True)
    text = "format: 1\nprofile: all\nfiles:\n  - match: '*.xlsx'\n    null_tokens: ['?']\n"
    (folder / "all.yaml").write_text(text, encoding="utf-8")
    outcome = run(context, put("三月回款.xlsx", *MARCH), key="日期,付款单位")
    assert said(outcome) == ["key 日期,付款单位"]
    assert profile_text("all").startswith(text)
    profile = run(context, put("四月回款.xlsx", *APRIL)).profiles["四月回款.xlsx"]
    assert profile.source == "all"
    entries = [profile.entry(name) for name in ("四月回款.xlsx", "other.xlsx")]
    assert [(each.key, each.null_tokens) for each in entries if each] == [(("日期", "付款单位"), ("?",)), ((), ("?",))]


def test_a_folder_that_cannot_be_written_is_a_note(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.errors import problem
    from salescli.services import atomic

    def refuse(path: Path, content: bytes) -> None:
        raise Refused(problem("cannot-write", path=str(path), reason="Read-only file system"))

    monkeypatch.setattr(atomic, "write_file", refuse)
    outcome = run(context, put("三月回款.xlsx", *MARCH), key="日期,付款单位")
    assert outcome.batch == 1
    note = next(each for each in outcome.notes if each.name == "profile-not-written")
    assert note.severity == "note"
    assert note.values["reason"].en == "Read-only file system"


def test_a_shipped_profile_need_not_be_named_again(context: Context) -> None:
    header = ("Deal Id", "Deal Name", "Account Name", "Amount", "Stage", "Created Time")
    row = ("D1", "one", "Acme", "5", "Closed Won", "2026-03-01")
    first = run(context, put("Deals_2026-03.csv", row, header=header), profile="zoho")
    assert [(each.profile, said(first)) for each in first.remembered] == [("zoho-own", ["uses zoho"])]
    second = run(context, put("Deals_2026-04.csv", row, header=header))
    assert second.profiles["Deals_2026-04.csv"].source == "zoho"
    assert [(one.type.name, one.unchanged) for one in second.results] == [("deal", 1)]
    assert run(context, "Deals_2026-04.csv", profile="zoho").remembered == []
    third = run(context, put("Deals_2026-05.csv", row, header=header), profile="zoho", maps=["Stage=note"])
    assert said(third) == ["uses zoho", "column Stage is note"]


def test_aliases_are_kept_with_the_file_that_uses_them(context: Context) -> None:
    run(context, put("客户.csv", ("K1", "上海港通"), header=("客户编号", "客户名称")))
    rows = ("R1", "2026-03-02", "港通", 5)
    outcome = run(
        context, put("回款.csv", rows, header=("回款编号", "日期", "客户", "金额")), aliases=["customer:港通=上海港通"]
    )
    assert said(outcome) == ["customer 港通 = 上海港通"]
    assert run(context, "回款.csv").batch is None


def test_the_first_hour_keeps_the_key_it_made(context: Context) -> None:
    outcome = run(context, put("三月回款.xlsx", *MARCH), auto_key=True)
    assert said(outcome) == ["key 日期,付款单位,金额"]
    assert run(context, put("四月回款.xlsx", *APRIL)).results[0].new == 1


def test_each_file_has_its_own_profile(context: Context) -> None:
    run(context, put("三月回款.csv", *MARCH), key="日期,付款单位")
    run(
        context,
        put("三月退款.csv", ("2026-03-05", "宁波远洋", 9, None), header=("退款日期", *HEADER[1:])),
        key="退款日期,金额",
    )
    outcome = run(
        context,
        put("四月回款.csv", *APRIL),
        put("四月退款.csv", ("2026-04-05", "甲", 9, None), header=("退款日期", *HEADER[1:])),
    )
    assert {file: each.name for file, each in outcome.profiles.items()} == {
        "四月回款.csv": "回款",
        "四月退款.csv": "退款",
    }


def test_equal_patterns_are_a_usage_problem(context: Context) -> None:
    folder = Path("config/imports")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(f"format: 1\nprofile: {name}\nfiles:\n  - match: '*回款.csv'\n", "utf-8")
    with pytest.raises(UsageError, match="profiles-tie"):
        run(context, put("三月回款.csv", *MARCH))
    assert run(context, "三月回款.csv", profile="b", key="日期,金额").profiles["三月回款.csv"].name == "b"


def test_folders_and_their_files(context: Context, tmp_path: Path) -> None:
    Path("in").mkdir()
    for name in ("b.csv", "a.csv"):
        Path(put(name, *MARCH)).rename(f"in/{name}")
    Path("in/readme.txt").write_text("no")
    Path("in/~$a.xlsx").write_text("no")
    Path("in/a.rejects.xlsx").write_text("no")
    request = build_request(context, ["in"])
    assert request.paths == ("in/a.csv", "in/b.csv")
    assert [(each.name, each.values["count"]) for each in request.notes] == [("folder-read", 2)]
    Path("empty").mkdir()
    with pytest.raises(UsageError, match="folder-without-files"):
        build_request(context, ["empty"])


def test_blank_and_changes_from_reach_the_merge(context: Context) -> None:
    header = ("客户编号", "客户名称", "行业", "客户负责人")
    run(context, put("人员.csv", ("1", "王芳"), ("2", "赵磊"), header=("工号", "姓名")))
    run(context, put("客户.csv", ("K1", "港通", "航运", "1"), header=header))
    folder = Path("config/imports")
    folder.mkdir(parents=True, exist_ok=True)
    entry = "format: 1\nprofile: 客户\nfiles:\n  - match: 客户.csv\n    blank: clear\n    changes_from: 2026-03-01\n"
    (folder / "客户.yaml").write_text(entry, "utf-8")
    outcome = run(context, put("客户.csv", ("K1", "港通", None, "2"), header=header))
    cells = {cell.field: cell.after for cell in outcome.results[0].cells}
    assert cells["industry"] is None
    assert set(cells) == {"industry", "owner"}


def test_accepted_dates_are_remembered_by_layout(context: Context) -> None:
    header = ("回款编号", "日期", "客户", "金额")
    proved = [(f"R{day}", f"{day:02d}/03/2026", "港通", 5) for day in (1, 2, 3)]
    first = run(context, put("三月回款.csv", *proved, header=header), date_order="dmy")
    assert said(first) == ["dates of 日期 day-month-year"]
    assert '"00/00/0000": "dmy"' in profile_text("回款")
    second = run(context, put("四月回款.csv", ("R9", "04/04/2026", "港通", 6), header=header))
    assert second.remembered == []
    days = [row[0] for row in context.store.db.execute("SELECT date FROM receipt WHERE number = 'R9'")]
    assert days == ["2026-04-04"]


def test_percents_are_remembered(context: Context) -> None:
    header = ("商机编号", "商机名称", "客户", "负责人", "金额", "创建日期", "赢率")
    row = ("D1", "甲", "港通", "王芳", 5, "2026-03-01", 1)
    with pytest.raises(DecisionNeeded):
        run(context, put("三月商机.csv", row, header=header))
    assert said(run(context, "三月商机.csv", percent="percent")) == ["in 赢率 5 is 5 %"]
    assert run(context, put("四月商机.csv", row, header=header)).batch is None


def test_a_later_word_replaces_the_earlier_one(context: Context) -> None:
    march = put("三月回款.xlsx", *MARCH)
    run(context, march, key="日期,付款单位")
    run(context, march, key="日期,付款单位,金额", dry_run=True)
    assert 'key: ["日期", "付款单位"]' in profile_text("回款")
    run(context, march, key="日期,付款单位,金额")
    assert 'key: ["日期", "付款单位", "金额"]' in profile_text("回款")
    assert profile_text("回款").startswith("# What was decided when 三月回款.xlsx was imported")


def test_a_name_that_is_a_shipped_profile_is_not_taken(context: Context) -> None:
    outcome = run(context, put("zoho.csv", *MARCH), key="日期,付款单位")
    assert [(each.profile, each.path) for each in outcome.remembered] == [("zoho-2", "config/imports/zoho-2.yaml")]
    assert outcome.batch is not None
    again = run(context, "zoho.csv")
    assert (again.batch, again.profiles["zoho.csv"].source) == (None, "zoho")


def test_undo_takes_the_records_back_and_leaves_how_the_file_is_read(context: Context) -> None:
    from salescli.services.batches import undo

    first = run(context, put("三月回款.xlsx", *MARCH), key="日期,付款单位")
    undo(context, first.batch)
    assert 'key: ["日期", "付款单位"]' in profile_text("回款")
    assert run(context, "三月回款.xlsx").results[0].new == 2


def test_a_stated_type_is_of_the_sheets_that_hold_it(context: Context) -> None:
    sheets = {"明细": [HEADER, *MARCH], "封面": [("一季度报告",), ("制表", "李娜")]}
    assert "type refund" in said(run(context, put("流水3.xlsx", **sheets), as_type="refund", key="日期,付款单位"))
    outcome = run(context, put("流水4.xlsx", **sheets))
    assert [one.type.name for one in outcome.results] == ["refund"]


def test_sheets_that_contradict_have_an_entry_each(context: Context) -> None:
    from dataclasses import replace

    from salescli.core.records.profile import FileProfile, Profile
    from salescli.importers.result import Decided, SheetReading, SheetReport
    from salescli.services.importing.remembering import _changed, _changes

    readings = [
        SheetReading(SheetReport("a3.xlsx", sheet), decided=Decided(dates={"日期": {"00/00/0000": order}}))
        for sheet, order in (("一", "dmy"), ("二", "mdy"))
    ]
    target = Profile("a")
    changes = _changes(target, "a3.xlsx", readings, is_bare=False)
    profile = _changed(target, changes, {})
    orders = {sheet: profile.entry("a4.xlsx", sheet) for sheet in ("一", "二", "三")}
    assert [each.dates for each in orders.values() if each] == [
        {"日期": {"00/00/0000": "dmy"}}, {"日期": {"00/00/0000": "mdy"}}, {},
    ]  # fmt: skip
    alike = [replace(each, decided=Decided(key=("日期",))) for each in readings]
    assert _changes(target, "a3.xlsx", alike, is_bare=False) == [(None, FileProfile("a{date}.xlsx", key=("日期",)))]
