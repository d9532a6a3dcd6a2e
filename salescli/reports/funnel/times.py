"""Reports of time in the funnel: how long deals take, and which open ones have taken too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.funnel.ageing import Aged, Ageing
from salescli.core.funnel.cohort import add_amounts
from salescli.core.funnel.cycle import Cycles, Durations
from salescli.core.funnel.model import Process
from salescli.core.money import from_e4, to_decimal
from salescli.core.table import Column, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import value_cells, value_columns

MARKS = {"": Title("", ""), "slow": Title("偏慢", "slow"), "stuck": Title("停滞", "stuck")}
_NONE_CLOSED = Title("还没有结单的商机", "no deal has closed yet")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in words."""

    cohort: Title
    on: date
    known: Title
    place: str
    inferred: int
    count: int
    why_empty: Title


@dataclass(frozen=True, slots=True)
class AgedLine:
    """One open deal in words."""

    aged: Aged
    key: str
    name: str
    customer: str
    owner: str
    amount_e4: int | None
    currency: str


def build_cycle(asked: Asked, cycles: Cycles, process: Process) -> Report:
    """Build how long deals take: from beginning to end, and in each stage."""
    head = [
        Column("what", Title("周期", "Cycle")),
        Column("deals", Title("商机数", "Deals"), "count"),
        Column("running", Title("未结束", "Still running"), "count"),
        Column("mean", Title("平均天数", "Mean days"), "quantity", decimals=2),
        Column("median", Title("中位天数", "Median"), "quantity"),
        Column("p90", Title("九成以内", "90 % within"), "count"),
        Column("longest", Title("最长", "Longest"), "count"),
        Column("censored_median", Title("计入未结束的中位", "Median with running"), "count"),
    ]
    named = [
        (Title("赢单", "Won"), cycles.won),
        (Title("输单", "Lost"), cycles.lost),
        (Title("结单", "Closed"), cycles.closed),
    ]
    rows = tuple(_duration_row(title, each) for title, each in named if each.count or each.running)
    stages = [
        _duration_row(stage.title, each)
        for stage, each in zip(process.live, cycles.by_stage, strict=True)
        if each.count or each.running
    ]
    blocks = [Table("cycle", tuple(head), rows if asked.count else (), empty=asked.why_empty)]
    if stages:
        staged = (Column("what", Title("阶段", "Stage")), *head[1:])
        title = Title("各阶段停留天数(多次停留相加)", "Days in each stage (all stays of a deal added)")
        blocks.append(Table("stages", staged, tuple(stages), title))
    footer = [asked.known, Title(f"流程 {asked.place}", f"process {asked.place}"), *_inferred(asked)]
    if cycles.undated:
        footer.append(
            Title(
                f"{cycles.undated:,} 个结单商机缺起止日期,未计",
                f"{cycles.undated:,} closed deals lack a first or last day and are left out",
            )
        )
    footer.append(
        Title(
            "计入未结束的中位:Kaplan-Meier",
            "median with running: Kaplan-Meier, what still runs counted as lasting so long",
        )
    )
    title = Title(
        f"销售周期 · {asked.cohort.zh} · 截至 {asked.on}", f"Sales cycle · {asked.cohort.en} · as of {asked.on}"
    )
    return Report("cycle", title, tuple(blocks), tuple(footer), next=("salescli funnel ageing",) if asked.count else ())


def _duration_row(title: Title, each: Durations) -> tuple[Value, ...]:
    return (
        title,
        each.count,
        each.running or None,
        Ratio(each.total, each.count) if each.count else None,
        None if each.median is None else to_decimal(each.median),
        each.p90,
        each.longest,
        each.censored_median if each.running else None,
    )


def _inferred(asked: Asked) -> list[Title]:
    if not asked.inferred:
        return []
    count, of = asked.inferred, asked.count
    return [
        Title(
            f"{of:,} 个中 {count:,} 个无阶段变更,不计阶段天数",
            f"{count:,} of {of:,} have no stage changes and tell no time in a stage",
        )
    ]


def build_ageing(asked: Asked, ageing: Ageing, process: Process, lines: Sequence[AgedLine]) -> Report:
    """Build the open deals beside the won ones: a line per stage, then the deals listed, oldest first."""
    dated = len(ageing.deals) - ageing.undated
    stuck = len(ageing.marked("stuck"))
    won = ageing.won
    if won.longest is None:
        measure = Title("还没有赢单周期可比", "no won cycle to compare with")
    else:
        measure = Title(
            f"{stuck:,} 个超过最长赢单周期 {won.longest:,} 天(有创建日期的在手商机共 {dated:,} 个)",
            f"{stuck:,} of {dated:,} dated open deals are older than the longest won cycle, {won.longest:,} days",
        )
    title = Title(f"商机账龄 · {asked.on} · {measure.zh}", f"Ageing · {asked.on} · {measure.en}")
    blocks = [_ageing_stages(asked, ageing, process)]
    if lines:
        blocks.append(build_aged(lines, ageing))
    footer = [asked.known, *_inferred(asked)]
    if ageing.undated:
        footer.append(
            Title(
                f"{ageing.undated:,} 个在手商机没有创建日期,账龄不明",
                f"{ageing.undated:,} open deals have no first day: their age is not known",
            )
        )
    footer.append(
        Title(
            "偏慢:在本阶段(无阶段记录则自创建)超过九成赢单;停滞:超过最长赢单周期",
            "slow: in its stage (without stage changes: in all) longer than nine in ten won deals; stuck: than any",
        )
    )
    data: dict[str, object] = {
        "on": asked.on.isoformat(),
        "open": len(ageing.deals),
        "dated": dated,
        "stuck": stuck,
        "slow": len(ageing.marked("slow")),
        "longest_won_cycle": won.longest,
    }
    return Report("ageing", title, tuple(blocks), tuple(footer), data=data)


def _ageing_stages(asked: Asked, ageing: Ageing, process: Process) -> Table:
    found = ageing.deals
    currencies = sorted({each.path.history.facts.currency for each in found if each.path.history.amount_e4 is not None})
    columns = [
        Column("stage", Title("阶段", "Stage")),
        Column("open", Title("在手", "Open"), "count"),
        Column("slow", Title("偏慢", "Slow"), "count"),
        Column("stuck", Title("停滞", "Stuck"), "count"),
        Column("stuck_share", Title("停滞占比", "Share stuck"), "ratio"),
        Column("limit", Title("九成赢单停留天数", "90 % of won within"), "count"),
        Column("oldest", Title("最长账龄", "Oldest"), "count"),
        *value_columns(currencies, Title("停滞金额", "Stuck value"), "stuck_value"),
    ]
    rows = []
    for stage, limit in zip(process.live, ageing.limits, strict=True):
        here = [each for each in found if each.stage is stage]
        rows.append((stage.title, *_counts(here, limit, currencies)))
    total: tuple[Value, ...] = ("", *_counts(found, None, currencies))
    return Table("stages", tuple(columns), tuple(rows) if found else (), total=total, empty=asked.why_empty)


def _counts(here: Sequence[Aged], limit: int | None, currencies: Sequence[str]) -> tuple[Value, ...]:
    marks = Counter(each.mark for each in here)
    stuck = [each.path.history for each in here if each.mark == "stuck"]
    amounts = add_amounts((each.facts.currency, each.amount_e4) for each in stuck)
    ages = [each.age for each in here if each.age is not None]
    return (
        len(here),
        marks["slow"],
        marks["stuck"],
        Ratio(marks["stuck"], len(here)),
        limit,
        max(ages, default=None),
        *value_cells(amounts, currencies),
    )


def build_aged(lines: Sequence[AgedLine], ageing: Ageing, name: str = "deals") -> Table:
    """Build a list of open deals with their ages and marks."""
    currencies = sorted({line.currency for line in lines if line.amount_e4 is not None})
    single = currencies[0] if len(currencies) == 1 else ""
    columns = [
        Column("deal", Title("商机", "Deal"), "id"),
        Column("name", Title("名称", "Name")),
        Column("customer", Title("客户", "Customer")),
        Column("owner", Title("负责人", "Owner")),
        Column("stage", Title("阶段", "Stage")),
        Column("currency", Title("币种", "Currency"), "id"),
        Column("value", Title("金额", "Value"), "money", currency=single),
        Column("age", Title("账龄", "Age"), "count"),
        Column("in_stage", Title("在本阶段", "In stage"), "count"),
        Column("expected", Title("预计成交", "Expected"), "date"),
        Column("mark", Title("提示", "Mark")),
    ]
    rows = [_aged_row(line) for line in lines]
    has_names = all(row[1] for row in rows)  # a deal's own name says whose it is
    kept = []
    for at, column in enumerate(columns):
        is_filled = any(row[at] not in (None, "", MARKS[""]) for row in rows)
        is_wanted = {"currency": len(currencies) > 1, "customer": not has_names}.get(column.key, True)
        if column.key in ("deal", "stage", "age") or (is_filled and is_wanted):
            kept.append(at)
    picked = tuple(tuple(row[at] for at in kept) for row in rows)
    total: tuple[Value, ...] | None = None
    if single:
        worth = from_e4(sum(line.amount_e4 or 0 for line in lines))
        total = tuple("" if at == 0 else worth if columns[at].key == "value" else None for at in kept)
    return Table(
        name,
        tuple(columns[at] for at in kept),
        picked,
        Title(f"{len(lines):,} 个商机,账龄从长到短", f"{len(lines):,} deals, oldest first"),
        total,
    )


def _aged_row(line: AgedLine) -> tuple[Value, ...]:
    return (
        line.key,
        line.name if line.name != line.key else "",
        line.customer,
        line.owner,
        line.aged.stage.title,
        line.currency,
        None if line.amount_e4 is None else from_e4(line.amount_e4),
        line.aged.age,
        line.aged.in_stage,
        line.aged.path.history.facts.expected,
        MARKS[line.aged.mark],
    )
