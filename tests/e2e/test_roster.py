"""The roster of a month, held against the people there are: one joins, one leaves, one moves, one comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from salescli.core.records.registry import built_in
from salescli.store.connection import open_store
from salescli.store.state import dump_state
from tests.shell import Shell, example

HEADERS = ("工号", "姓名", "部门", "岗位", "入职日期", "离职日期")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = example("huachen", tmp_path / "华辰")
    shell("import", "inbox/*")
    return shell


def state(shell: Shell) -> dict[str, list[dict[str, Any]]]:
    with open_store(shell.folder / "salescli.db", built_in()) as store:
        return dump_state(store)


def facts(shell: Shell) -> dict[str, list[dict[str, Any]]]:
    return {name: rows for name, rows in state(shell).items() if rows}


def people(shell: Shell) -> dict[str, dict[str, Any]]:
    return {one["number"]: one for one in state(shell)["person"]}


def seats(shell: Shell, number: str) -> list[tuple[str, str | None, str]]:
    found = state(shell)
    teams = {one["id"]: one["name"] for one in found["team"]}
    person = people(shell)[number]["id"]
    own = [one for one in found["assignment"] if one["person"] == person]
    return sorted((one["from"], one["through"], teams.get(one["team"], "")) for one in own)


def roster_rows(shell: Shell) -> dict[str, list[Any]]:
    """The roster of everybody employed on 2026-04-01, with team and role as they are."""
    found = state(shell)
    teams = {one["id"]: one["name"] for one in found["team"]}
    latest: dict[int, dict[str, Any]] = {}
    for one in sorted(found["assignment"], key=lambda one: one["from"]):
        latest[one["person"]] = one
    rows = {}
    for one in found["person"]:
        if one["left"] and one["left"] < "2026-04-01":
            continue
        seat = latest.get(one["id"], {})
        rows[one["number"]] = [
            one["number"], one["name"], teams.get(seat.get("team")), seat.get("role"), one["joined"], one["left"],
        ]  # fmt: skip
    return rows


def write(shell: Shell, rows: dict[str, list[Any]], name: str = "花名册-4月.xlsx", headers: Any = HEADERS) -> str:
    book = Workbook()
    book.active.title = "花名册"
    book.active.append(list(headers))
    for row in rows.values():
        book.active.append(row)
    book.save(shell.folder / name)
    return name


def test_the_roster_of_everybody_says_nothing_new(shell: Shell) -> None:
    before = facts(shell)
    file = write(shell, roster_rows(shell))
    done = shell("import", file, "--as", "roster", "--for", "2026-04")
    assert "roster-" not in done.err
    assert facts(shell) == before


def test_who_joined_left_and_moved_is_asked_then_written_in_one_batch_and_undone(shell: Shell) -> None:
    before = facts(shell)
    rows = roster_rows(shell)
    joined, (left, moved) = "0999", [number for number in rows if rows[number][2] and "一部" in rows[number][2]][-2:]
    rows[joined] = [joined, "新人甲", rows[moved][2], "客户经理", None, None]
    name = rows.pop(left)[1]
    team = next(row[2] for row in rows.values() if row[2] and row[2] != rows[moved][2] and "二部" in row[2])
    old, rows[moved][2] = rows[moved][2], team
    file = write(shell, rows)

    asked = shell("import", file, "--as", "roster", "--for", "2026-04", code=3)
    assert "入职 1 人" in asked.err and "新人甲" in asked.err
    assert "离职 1 人" in asked.err and f"{name} (2026-03-31)" in asked.err
    assert "调动 1 人" in asked.err and f"{old} → {team}" in asked.err
    assert facts(shell) == before

    dry = shell("import", file, "--as", "花名册", "--for", "2026-04", "--dry-run")
    assert "调动 1 人" in dry.err and facts(shell) == before

    shell("import", file, "--as", "roster", "--for", "2026-04", "--accept-roster")
    found = people(shell)
    assert found[joined]["joined"] == "2026-04-01" and found[left]["left"] == "2026-03-31"
    assert seats(shell, joined) == [("2026-04-01", None, old)]
    assert seats(shell, moved)[-1] == ("2026-04-01", None, team) and seats(shell, moved)[-2][2] == old

    again = shell("import", file, "--as", "roster", "--for", "2026-04")
    assert "未写批次" in again.out
    shell("undo")
    assert facts(shell) == before


def test_who_comes_back_has_nobodys_days_between(shell: Shell) -> None:
    left = next(one for one in people(shell).values() if one["left"] and one["left"] < "2026-04-01")
    rows = roster_rows(shell)
    team = next(row[2] for row in rows.values() if row[2])
    rows[left["number"]] = [left["number"], left["name"], team, "客户经理", None, None]
    file = write(shell, rows)
    asked = shell("import", file, "--as", "roster", "--for", "2026-04", code=3)
    assert "重新入职 1 人" in asked.err
    shell("import", file, "--as", "roster", "--for", "2026-04", "--accept-roster")
    found = people(shell)[left["number"]]
    assert (found["left"], found["joined"]) == (None, left["joined"])
    own = seats(shell, left["number"])
    assert own[-1][0] == "2026-04-01" and all(through == left["left"] for _, through, _ in own[-2:-1])
    assert "未写批次" in shell("import", file, "--as", "roster", "--for", "2026-04").out


def test_a_day_that_the_sheet_gives_is_taken(shell: Shell) -> None:
    rows = roster_rows(shell)
    number = next(iter(rows))
    rows[number][5] = "2026-04-15"
    rows["0999"] = ["0999", "新人甲", None, None, "2026-04-07", None]
    file = write(shell, rows)
    shell("import", file, "--as", "roster", "--for", "2026-04", "--accept-roster")
    found = people(shell)
    assert (found[number]["left"], found["0999"]["joined"]) == ("2026-04-15", "2026-04-07")


def test_a_bad_row_is_no_absence(shell: Shell) -> None:
    rows = roster_rows(shell)
    number = next(iter(rows))
    rows[number][4] = "没有日期"
    done = shell("import", write(shell, rows), "--as", "roster", "--for", "2026-04", code=1)
    assert "roster-leaves" not in done.err and people(shell)[number]["left"] is None


def test_a_name_that_fits_two_is_a_problem(shell: Shell) -> None:
    names = [one["name"] for one in people(shell).values()]
    twice = next(name for name in names if names.count(name) > 1)
    rows = {row[1]: [row[1], row[2]] for row in roster_rows(shell).values()}
    file = write(shell, rows, headers=("姓名", "部门"))
    done = shell("import", file, "--as", "roster", "--for", "2026-04", code=1)
    assert "ambiguous-reference" in done.err and twice in done.err


def test_another_number_for_the_same_name_is_pointed_out(shell: Shell) -> None:
    rows = roster_rows(shell)
    number = next(number for number, row in rows.items() if [one[1] for one in rows.values()].count(row[1]) == 1)
    rows[number][0] = "A" + number
    done = shell("import", write(shell, rows), "--as", "roster", "--for", "2026-04", code=3)
    assert "roster-renumbered" in done.err and "rekey" in done.err


def test_the_first_roster_is_an_ordinary_list(tmp_path: Path) -> None:
    shell = example("huachen", tmp_path / "华辰")
    done = shell("import", "inbox/花名册.xlsx", "--as", "roster", "--for", "2026-03")
    assert "roster-first" in done.err
    book = load_workbook(shell.folder / "inbox" / "花名册.xlsx")
    assert len(people(shell)) == book.active.max_row - 3


def test_what_is_no_roster_is_said(shell: Shell) -> None:
    assert "roster-needs-month" in shell("import", "inbox/花名册.xlsx", "--as", "roster", code=2).err
    assert "roster-of-people" in shell("import", "inbox/客户.xlsx", "--as", "客户", "--for", "2026-04", code=2).err
    assert "option-month" in shell("import", "inbox/花名册.xlsx", "--as", "roster", "--for", "4月", code=2).err


def test_a_roster_in_which_only_somebody_is_missing_is_written_too(shell: Shell) -> None:
    rows = roster_rows(shell)
    number, _ = rows.popitem()
    file = write(shell, rows)
    done = shell("import", file, "--as", "roster", "--for", "2026-04", "--accept-roster", "-O", "json")
    (line,) = done.table("sheets")
    counts = [line[name] for name in ("new", "changed", "unchanged", "rejected", "skipped")]
    assert sum(counts) == line["rows"] == len(rows)
    assert people(shell)[number]["left"] == "2026-03-31"


def test_the_row_of_a_person_merged_into_another_moves_nobody(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell("init", "--name", "x")
    lines = ["工号,姓名,部门,岗位", "1,王芳,一部,客户经理", "2,王方,二部,客户经理", "3,赵磊,一部,客户经理"]
    (tmp_path / "花名册.csv").write_text("\n".join(lines), encoding="utf-8")
    shell("import", "花名册.csv")
    collides = shell("record", "merge", "person", "1", "2", code=1)
    assert "merge-collides" in collides.err, "both sit somewhere from the beginning"
    shell("record", "remove", "assignment", "2|0001-01-01")
    shell("record", "merge", "person", "1", "2")
    before = state(shell)
    assert "no batch written" in shell("import", "花名册.csv").out
    assert "no batch written" in shell("import", "花名册.csv", "--as", "roster", "--for", "2026-04").out
    assert state(shell) == before
