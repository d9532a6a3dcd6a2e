"""`commission lint` as a Report: what each plan would have paid in the months that were looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.commission.lint.history import MonthPaid
from salescli.core.commission.plan import Plan
from salescli.core.money import total
from salescli.core.table import Block, Chart, Column, Report, Table
from salescli.core.title import Language, Title
from salescli.errors import Problem
from salescli.messages import sentence
from salescli.reports.commission.columns import money, text


@dataclass(frozen=True, slots=True)
class LintedPlan:
    """One plan: the window that was looked at (empty: none), its months, and how many (warnings, notes) were found."""

    plan: Plan
    window: str
    months: tuple[MonthPaid, ...]
    found: tuple[int, int]


def build_lint(plans: Sequence[LintedPlan], asked: str, problems: Sequence[Problem], language: Language) -> Report:
    """Build the list of plans, and for each the months over which it was computed again."""
    columns = (
        text("plan", "方案", "Plan"),
        Column("warnings", Title("警告", "Warnings"), "count"),
        Column("notes", Title("提示", "Notes"), "count"),
        Column("window", Title("重算期间", "Computed over"), blank=Title("没有完整月份", "no complete month")),
    )
    rows = tuple((one.plan.plan, *one.found, one.window or None) for one in plans)
    blocks: list[Block] = [Table("plans", columns, rows)]
    blocks += [_months(one) for one in plans if any(month.people for month in one.months)]
    warned = sum(1 for one in problems if one.severity == "warning")
    title = (
        Title(f"方案检查:{warned} 条警告", f"Plans checked: {warned} {'warning' if warned == 1 else 'warnings'}")
        if warned
        else Title("方案检查:没有警告", "Plans checked: no warnings")
    )
    name = asked or plans[0].plan.plan
    footer = (
        Title(
            "应计,按方案逐月重算;早于方案的年份取相同月份,没有目标与约定的用方案年度的",
            "earned, computed month by month as the plan says; of a year before the plan the same months, with the "
            "plan's own quotas and terms where it had none",
        ),
    )
    following = ("salescli commission test --coverage", f"salescli commission curve {name}")
    return Report("commission-lint", title, tuple(blocks), footer, next=following, data=_data(problems, language))


def _data(problems: Sequence[Problem], language: Language) -> dict[str, object]:
    """Return the findings for programs: people read them beside the report."""
    findings = [
        {"name": one.name, "severity": one.severity, "place": str(one.where), "said": sentence(one, language)}
        for one in sorted(problems, key=Problem.sort_key)
    ]
    return {"findings": findings}


def _months(one: LintedPlan) -> Table:
    currency = one.plan.currency
    columns = (
        text("month", "月份", "Month"),
        Column("people", Title("有提成", "Paid"), "count"),
        money("earned", "应计合计", "Earned", currency),
        money("least", "单人最少", "Least of one", currency),
        text("person", "人员", "Person"),
    )
    rows = tuple(
        (month.run.label, month.people, month.amount, month.least if month.people else None, month.least_person)
        for month in one.months
    )
    sums = (None, None, total(month.amount for month in one.months), None, None)
    title = Title(f"{one.plan.title.zh} · {one.window}", f"{one.plan.title.en} · {one.window}")
    charts = (Chart("line", Title("应计合计", "Earned"), "month", ("earned",)),)
    return Table(f"months-{one.plan.plan}", columns, rows, title, sums, charts=charts)
