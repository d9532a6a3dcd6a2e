"""How the cases of a workspace went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.reports.commission.columns import text


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case: its plan and file, how many runs it took, and how many numbers differ."""

    case: str
    plan: str
    file: str
    runs: int
    problems: int


def build_cases(rows: Sequence[CaseRow], following: tuple[str, ...] = ()) -> Report:
    """Build the list of cases; `following` are commands to type next."""
    columns = (
        text("case", "用例", "Case"),
        text("plan", "方案", "Plan"),
        text("file", "文件", "File"),
        Column("runs", Title("期数", "Runs"), "count"),
        Column("differing", Title("不符", "Differing"), "count"),
        Column("holds", Title("成立", "Holds"), "flag"),
    )
    cells = tuple((one.case, one.plan, one.file, one.runs, one.problems, not one.problems) for one in rows)
    good = sum(1 for one in rows if not one.problems)
    empty = Title(
        "config/cases 中还没有用例:把一张核对过的提成单留作第一个",
        "there are no cases in config/cases yet: keep a statement that was checked as the first one",
    )
    cases = "1 case" if len(rows) == 1 else f"{len(rows)} cases"
    footer = Title(f"{len(rows)} 个用例,{good} 个成立", f"{cases}, {good} hold{'s' if good == 1 else ''}")
    return Report(
        "commission-cases",
        Title("方案用例", "Cases"),
        (Table("cases", columns, cells, empty=empty),),
        (footer,),
        next=following,
    )
