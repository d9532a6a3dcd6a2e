"""The example's quarter: closed month by month, then late files. What is closed never moves; the differences add up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.services.commission.running import compute_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import find_workspace
from salescli.store.runs import closed_runs, fetch_results
from tests.shell import Shell, example

DAY = "--today=2026-04-05"
LATE = ("late/回款-2026-03-补.xlsx", "late/回款-2026-04.xlsx")
Copy = Callable[[str], Shell]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its inbox imported and nothing run."""
    shell = example("huachen", tmp_path_factory.mktemp("base") / "华辰 提成")
    shell("import", "inbox/*")
    return shell.folder


@pytest.fixture(scope="module")
def closed_quarter(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with January, February and March closed."""
    folder = tmp_path_factory.mktemp("closed") / "华辰 提成"
    shutil.copytree(imported, folder)
    for month in ("2026-01", "2026-02", "2026-03"):
        Shell(folder)("commission", "close", month, DAY)
    return folder


@pytest.fixture
def fresh(imported: Path, tmp_path: Path) -> Shell:
    return Shell(shutil.copytree(imported, tmp_path / "另一份"))


@pytest.fixture
def shell(closed_quarter: Path, tmp_path: Path) -> Shell:
    return Shell(shutil.copytree(closed_quarter, tmp_path / "华辰 提成"))


@contextmanager
def opened(shell: Shell) -> Iterator[Context]:
    with open_context(find_workspace(shell.folder), today=date(2026, 4, 5)) as context:
        yield context


def closed_results(shell: Shell) -> dict[str, dict[str, str]]:
    with opened(shell) as context:
        runs = closed_runs(context.store, "commission")
        return {period: fetch_results(context.store, run.id) for period, run in runs.items()}


def posted(shell: Shell) -> dict[str, tuple[Decimal, Decimal]]:
    """What closed runs have posted in all: earned, and payable with the balance still carried."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    last: dict[str, Decimal] = {}
    for results in closed_results(shell).values():
        for item, text in results.items():
            said = json.loads(text)
            earned, paid = found.get(item, (Decimal(0), Decimal(0)))
            found[item] = (earned + Decimal(said["earned"]), paid + Decimal(said["payable"]))
            last[item] = Decimal(said["carried_out"])
    return {item: (earned, paid + last[item]) for item, (earned, paid) in found.items()}


def recomputed(shell: Shell, month: str = "2026-04") -> dict[str, tuple[Decimal, Decimal]]:
    """Everything from January through a month by today's facts, in one run of a store where nothing was ever closed."""
    shell("commission", "open", "2026-01", DAY)
    with opened(shell) as context:
        done = compute_period(context, context.parse_period(month))
    return {one.item: (one.result.earned, one.result.earned - one.result.kept_change) for one in done.computed}


def check_law(shell: Shell, other: Shell) -> None:
    expected, found = recomputed(other), posted(shell)
    assert set(found) <= set(expected)
    assert {item: found.get(item, (Decimal(0), Decimal(0))) for item in expected} == expected


def test_a_late_receipt_is_one_difference_in_the_open_month(shell, fresh):
    before = closed_results(shell)
    explained = shell("commission", "explain", "2026-03", "--person", "王芳", "-O", "json", DAY).out
    shell("import", *LATE)
    said = shell("commission", "run", "2026-04", "-O", "json", DAY)
    differences = {(row["person"], row["component"]): row for row in said.table("differences")}
    assert set(differences) == {("王芳", "阶梯回款提成"), ("周建明", "团队回款提成")}
    row = differences["王芳", "阶梯回款提成"]
    # 194,700 at 6 % tax is 183,679.2453; × 1.5 % × 1.2 (the quarter's A), rounded with the window's total
    assert (row["period"], row["cause"]) == ("2026-03 差异", "迟到的回款 R2603-0135")
    assert row["credit_change"] == "183679.2453" and row["amount"] == "3306.22"
    shell("commission", "close", "2026-04", DAY)
    after = closed_results(shell)
    assert {period: after[period] for period in before} == before
    assert shell("commission", "explain", "2026-03", "--person", "王芳", "-O", "json", DAY).out == explained
    assert all(row["differing"] == 0 for row in shell("commission", "verify", "-O", "json").table("runs"))
    fresh("import", *LATE)
    check_law(shell, fresh)


def test_new_owners_move_nothing_of_a_closed_quarter_unless_they_are_a_correction(shell, fresh):
    shell("import", "late/合同台账-新负责人.xlsx", "--changes-from", "2026-04-01")
    said = shell("commission", "run", "2026-04", "-O", "json", DAY)
    assert not [block for block in said.json["blocks"] if block["name"] == "differences"]
    shell("import", "late/合同台账-新负责人.xlsx", "--correct", code=None)
    assert all(row["differing"] == 0 for row in shell("commission", "verify", "-O", "json").table("runs"))


def test_a_correction_of_owners_is_posted_as_differences(shell, fresh):
    before = closed_results(shell)
    asked = shell("import", "late/合同台账-新负责人.xlsx", "--correct", code=3)
    assert "closed-months-move" in asked.err or "--accept-posting" in asked.err
    shell("import", "late/合同台账-新负责人.xlsx", "--correct", "--accept-posting")
    said = shell("commission", "run", "2026-04", "-O", "json", DAY)
    assert {row["cause"].partition(" ")[0] for row in said.table("differences")} & {"归属变动(负责人或团队)"}
    shell("commission", "close", "2026-04", DAY)
    assert {period: results for period, results in closed_results(shell).items() if period in before} == before
    fresh("import", "late/合同台账-新负责人.xlsx", "--correct")
    check_law(shell, fresh)


def test_running_again_is_the_same_run_and_a_reopened_month_closes_to_the_same_bytes(shell):
    first = shell("commission", "run", "2026-04", "-O", "json", DAY)
    again = shell("commission", "run", "2026-04", "-O", "json", DAY)
    assert first.out == again.out and "无变化" in again.err
    before = closed_results(shell)
    shell("commission", "reopen", "2026-02", "--reason", "测试", code=1)
    shell("commission", "reopen", "2026-03", "--reason", "测试")
    assert set(closed_results(shell)) == {"2026-01", "2026-02"}
    shell("commission", "close", "2026-03", DAY)
    assert closed_results(shell) == before


def test_editing_a_plan_or_a_metric_moves_no_closed_month(shell):
    explained = shell("commission", "explain", "2026-03", "--person", "王芳").out
    plan = shell.folder / "config/plans/account-manager-2026.yaml"
    plan.write_text(
        "# 改过\n" + plan.read_text(encoding="utf-8").replace("from 0: 1%", "from 0: 1.2%"), encoding="utf-8"
    )
    metric = "receipts-net:\n  {title: {zh: 净额, en: Net}, plus: [receipts], minus: [refunds]}\n"
    (shell.folder / "config/metrics.yaml").write_text(metric, encoding="utf-8")
    assert all(row["differing"] == 0 for row in shell("commission", "verify", "-O", "json").table("runs"))
    assert shell("commission", "explain", "2026-03", "--person", "王芳").out == explained


def test_months_are_closed_in_order_and_once(shell):
    assert "already-closed" in shell("commission", "close", "2026-03", code=1).err
    assert "close-in-order" in shell("commission", "close", "2026-05", code=1).err
    checked = shell("commission", "check", "2026-05", "-O", "json", code=1).table("checks")
    assert [row["check"] for row in checked if row["state"].startswith("✗")] == ["上月关账"]


@pytest.mark.parametrize("month", ["2026-01", "2026-02", "2026-03"])
def test_every_statement_adds_up_to_the_register(shell, month):
    people = shell("commission", "show", month, "-O", "json").table("people")
    assert len(people) >= 20
    for person in people:
        said = shell("commission", "statement", month, "--person", person["key"], "-O", "json").json
        tables = [b for b in said["blocks"] if b["type"] == "table" and b["name"] != "holdback"]
        total = sum(Decimal(b["total"]["commission"]) for b in tables)
        lines = sum(Decimal(row["commission"]) for b in tables for row in b["rows"])
        assert total == lines == Decimal(person["earned"])


def test_explain_leads_to_the_line_of_the_plan_and_the_row_of_the_sheet(shell):
    said = shell("commission", "explain", "2026-03", "--person", "宋丽", "--component", "receipts").out
    plan = (shell.folder / "config/plans/account-manager-2026.yaml").read_text(encoding="utf-8").splitlines()
    rate = next(number for number, line in enumerate(plan, 1) if "from 0: 1%" in line)
    assert f"config/plans/account-manager-2026.yaml:{rate}" in said
    assert "inbox/回款-2026-03.xlsx!回款!78" in said and "30 %" in said  # R2603-0075, shared with 刘洋


def test_explain_says_why_nothing(shell):
    assert "销售工程师" in shell("commission", "explain", "2026-03", "--person", "谢婷").out
    assert "没有归属本人" in shell("commission", "explain", "2026-03", "--person", "冯涛", "--why-zero").out
    outside = shell("commission", "explain", "2026-03", "--transaction", "R2603-0005").out
    assert "不在 客户经理 2026 年提成方案 的 only 之内" in outside
    assert "未认领" in shell("commission", "explain", "2026-03", "--transaction", "R2603-0071").out
    assert "no-such-transaction" in shell("commission", "explain", "2026-03", "--transaction", "X", code=2).err
    assert "ambiguous-record" in shell("commission", "explain", "2026-03", "--person", "李娜", code=2).err


def test_compare_finds_the_mistakes_of_the_old_sheets(fresh):
    for month in ("2026-01", "2026-02"):
        fresh("commission", "close", month, DAY)
    rows = fresh("commission", "compare", "2026-03", "paysheets/提成表-2026-03.xlsx", "-O", "json", code=1).table(
        "people"
    )
    found = {row["person"]: row["cause"] for row in rows if Decimal(row["difference"] or 0)}
    assert found == {
        "王芳": "表里没有按分成比例:HC-2025-0211 全额计入",
        "高峰": "表里按含税金额算,没有扣税和外采",
        "梁晓燕": "表里没有乘绩效 C 的系数",
        "孙浩": "表里没有扣退款 TK-2026-004、TK-2026-003",
        "罗军": "表里没有此人",
        "曹颖": "表里没有承接 罗军 离开方案后的业绩",
    }
    rows = fresh("commission", "compare", "2026-02", "paysheets/提成表-2026-02.xlsx", "-O", "json", code=1).table(
        "people"
    )
    found = {row["person"]: row["cause"] for row in rows if Decimal(row["difference"] or 0)}
    assert found["刘洋"] == "表里按含税金额算,没有扣税和外采"
    assert found["宋丽"].startswith("表里漏了 R2602-0060")


def test_the_opening_sheet_goes_out_and_in_and_continues_the_positions(fresh, closed_quarter):
    fresh("commission", "open", "2026-03", "--template", "-o", "期初.xlsx")
    said = fresh("commission", "open", "2026-03", "--from", "期初.xlsx", "-O", "json")
    lines = said.table("opening")
    assert not said.err, "what gates hold goes on too"
    assert sum(Decimal(row["waiting"] or 0) for row in lines) == Decimal("9570.59")
    assert lines and not any(row["differs"] for row in lines)
    assert all(row["position"] == row["implied_position"] for row in lines)
    earned = {
        row["key"]: Decimal(row["earned"])
        for row in fresh("commission", "run", "2026-03", "-O", "json").table("people")
    }
    kept = Shell(closed_quarter)("commission", "show", "2026-03", "-O", "json").table("people")
    # the sheet's earned figures are rounded to the cent, so a window may round one cent otherwise
    assert len(kept) > 12
    assert all(abs(earned[row["key"]] - Decimal(row["earned"])) <= Decimal("0.01") for row in kept)
    assert "before-opening" in fresh("commission", "close", "2026-02", code=1).err
    fresh("commission", "close", "2026-03", DAY)
    assert "open-after-close" in fresh("commission", "open", "2026-04", code=1).err


def test_a_wrong_opening_sheet_stores_nothing_and_says_everything(fresh):
    sheet = "姓名,方案,组件,累计业绩,已计提\n王方,,receipts,1,1\n王芳,,receipt,1,1\n王芳,,,1,1\n谢婷,,receipts,1,1\n"
    sheet += "刘洋,,receipts,10O,1\n"
    (fresh.folder / "期初.csv").write_text(sheet, encoding="utf-8")
    said = fresh("commission", "open", "2026-03", "--from", "期初.csv", code=1).err
    for name in ("unknown-record", "opening-unclear", "not-on-a-plan", "bad-amount"):
        assert name in said
    with opened(fresh) as context:
        assert not closed_runs(context.store, "commission-opening")


@pytest.mark.parametrize("name", ["text", "plain", "csv", "json", "markdown", "html"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_has_every_format(shell, name, language):
    commands = (
        ("run", "2026-04"),
        ("show", "2026-03", "--person", "0023"),
        ("statement", "2026-03", "--person", "0085"),
        ("explain", "2026-03", "--person", "0023"),
        ("explain", "2026-03", "--transaction", "R2603-0005"),
        ("check", "2026-04"),
        ("verify",),
        ("read", "account-manager-2026"),
        ("test",),
        ("new",),
    )
    for command in commands:
        said = shell("commission", *command, "-O", name, "--lang", language, DAY)
        assert said.out.strip(), command


def test_a_report_as_a_workbook(shell):
    from openpyxl import load_workbook

    shell("commission", "show", "2026-03", "-o", "三月.xlsx")
    book = load_workbook(shell.folder / "三月.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "王芳" in cells and 9228.21 in cells


def test_editing_a_metric_never_moves_a_closed_month(shell):
    """After the close `receipts-net` is redefined as gross: the closed quarter stays, April is computed anew."""
    text = "receipts-net:\n  {title: {zh: 净额, en: Net}, plus: [receipts], minus: [refunds]}\n"
    (shell.folder / "config" / "metrics.yaml").write_text(text, encoding="utf-8")
    said = shell("commission", "run", "2026-04", DAY, "-O", "json", code=None)
    assert said.code == 0, said.err
    with opened(shell) as context:
        run = compute_period(context, context.parse_period("2026-04"))
        moved = [each for one in run.computed for part in one.result.components for each in part.differences]
    assert moved == []
    verified = shell("commission", "verify", "--lang", "en")
    assert verified.code == 0
