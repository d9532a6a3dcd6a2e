"""What the cases of a workspace reach of its plans, and what no case reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.table import Column, Ratio, Report, Table
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import text


@dataclass(frozen=True, slots=True)
class CoveredPlan:
    """A plan: its cases, how many rules it has, and those that none of them reaches, with their places."""

    plan: str
    file: str
    cases: int
    rules: int
    unreached: tuple[tuple[Title, str], ...]


def build_coverage(plans: Sequence[CoveredPlan], language: Language, following: tuple[str, ...] = ()) -> Report:
    """Build the share of each plan's rules that cases reach, and the list of the others with file and line."""
    columns = (
        text("plan", "方案", "Plan"),
        Column("cases", Title("用例", "Cases"), "count"),
        Column("rules", Title("规则", "Rules"), "count"),
        Column("reached", Title("已覆盖", "Reached"), "count"),
        Column("share", Title("覆盖率", "Share"), "ratio"),
    )
    rows = tuple(
        (one.plan, one.cases, one.rules, reached := one.rules - len(one.unreached), Ratio(reached, one.rules))
        for one in plans
    )
    listed = (text("rule", "没有用例的规则", "No case reaches"), text("place", "位置", "Place"))
    missing = tuple(
        Table(
            f"unreached-{one.plan}",
            listed,
            tuple((title.text(language), place.rpartition("/")[2]) for title, place in one.unreached),
            Title(one.file, one.file),
        )
        for one in plans
        if one.unreached
    )
    footer = Title(
        "规则:每个档位、费率、门槛的结果、系数、上限与发放条款;只看结果成立的用例",
        "a rule is a tier, a rate, an answer of a gate, a line of factors, a limit or a clause of the payout; "
        "only cases that hold count",
    )
    return Report(
        "commission-coverage",
        Title("用例覆盖", "What the cases reach"),
        (Table("plans", columns, rows, empty=Title("没有方案", "there are no plans")), *missing),
        (footer,),
        next=following if missing else (),
    )
