"""The report of several drafts of quotas: one line each. Data to Report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import total
from salescli.core.quotas.result import SplitResult
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class RunLine:
    """A draft run: its number, policy and year, and what it says."""

    run: int
    subject: str
    period: str
    result: SplitResult


def build_runs_report(lines: Sequence[RunLine]) -> Report:
    """Build one line for each draft: the company's target, the people's street, how many people and vacant seats."""
    columns = (
        Column("run", Title("草稿", "Draft"), "id"),
        Column("policy", Title("方案", "Policy")),
        Column("year", Title("年度", "Year")),
        Column("metric", Title("指标", "Metric")),
        Column("company", Title("公司目标", "Company target"), "money"),
        Column("street", Title("个人目标合计", "People's quotas"), "money"),
        Column("people", Title("人员", "People"), "count"),
        Column("seats", Title("空缺席位", "Vacant seats"), "count"),
        Column("currency", Title("币种", "Currency")),
    )
    table = Table("drafts", columns, tuple(_row(line) for line in lines))
    runs = " ".join(str(line.run) for line in lines)
    following = (f"salescli quota accept {runs}", *(f"salescli quota show --run {line.run}" for line in lines[:1]))
    title = Title(f"目标草稿 · {len(lines)} 份", f"Quotas · {len(lines)} drafts")
    return Report("quota-drafts", title, (table,), (), (), following)


def _row(line: RunLine) -> tuple[Value, ...]:
    years = [year for year in line.result.years if year.level == "base"]
    of = {holder: [year.amount for year in years if year.holder == holder] for holder in ("company", "person", "seat")}
    street = total([*of["person"], *of["seat"]])
    company = of["company"][0] if of["company"] else Decimal(0)
    people = {year.holder_key for year in years if year.holder == "person"}
    head = (line.run, line.subject, line.period, line.result.metric, company, street)
    return (*head, len(people), len(of["seat"]), line.result.currency)
