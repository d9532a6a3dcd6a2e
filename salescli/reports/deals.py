"""Reports of deals: lists with ages, and one deal with its stays in the stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from salescli.core.funnel.ageing import Aged, Ageing
from salescli.core.funnel.cycle import Durations
from salescli.core.funnel.model import History, Process
from salescli.core.table import Column, ColumnKind, Facts, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.funnel.times import MARKS, AgedLine, build_aged

_COUNT: ColumnKind = "count"


@dataclass(frozen=True, slots=True)
class DealFactsShown:
    """One deal: its history, its place beside the won ones (None once closed), and its other cells."""

    key: str
    name: str
    history: History
    aged: Aged | None
    won: Durations
    limit: int | None
    items: Sequence[tuple[Column, Value]]


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay in a stage; `is_lasting` where it is there still."""

    stage: Title
    entered: date | None
    days: int | None
    is_lasting: bool
    amount: Decimal | None
    source: str
    is_recorded: bool


def build_deals(
    words: Sequence[Title], lines: Sequence[AgedLine], count: int, ageing: Ageing, known: Title, why_none: Title
) -> Report:
    """Build a list of deals, oldest first."""
    zh, en = "、".join(word.zh for word in words), ", ".join(word.en for word in words)
    size = f"{count:,}" if len(lines) == count else f"{len(lines):,} / {count:,}"
    title = Title(f"商机 · {zh} · {size} 个", f"Deals · {en} · {size}")
    table = replace(build_aged(lines, ageing), title=None, empty=why_none)
    footer = [known]
    if ageing.won.longest is not None:
        longest = ageing.won.longest
        footer.append(
            Title(f"停滞:超过最长赢单周期 {longest:,} 天", f"stuck: older than the longest won cycle, {longest:,} days")
        )
    after = (f"salescli deal show {lines[0].key}",) if lines else ()
    return Report("deals", title, (table,), tuple(footer), next=after)


def build_deal(facts: DealFactsShown, stays: Sequence[StayLine], process: Process, known: Title) -> Report:
    """Build one deal."""
    history = facts.history
    stage = process.stages[history.last.place]
    name = f" {facts.name}" if facts.name else ""
    title = Title(f"商机 {facts.key}{name} · {stage.title.zh}", f"Deal {facts.key}{name} · {stage.title.en}")
    items = [*facts.items, *_times(facts)]
    blocks = (Facts("deal", tuple(items)), _stays(stays, history))
    footer = [known]
    if history.is_inferred:
        footer.append(Title("没有阶段变更:由阶段与日期推断", "no stage changes: inferred from its stage and dates"))
    after: tuple[str, ...] = ()
    if history.outcome == "open":
        later = [each.name for each in process.live if each.place > stage.place]
        after = (f"salescli deal move {facts.key} {later[0]}",) if later else (f"salescli deal win {facts.key}",)
    return Report("deal", title, blocks, tuple(footer), next=after)


def _times(facts: DealFactsShown) -> list[tuple[Column, Value]]:
    history, aged = facts.history, facts.aged
    found: list[tuple[Column, Value]] = [
        (Column("created", Title("创建", "Created"), "date"), history.begun),
        (Column("closed", Title("结单", "Closed"), "date"), history.ended),
        (Column("cycle", Title("周期(天)", "Cycle, days"), _COUNT), history.cycle),
        (
            Column("lost_reason", Title("输单原因", "Lost because")),
            history.facts.reason if history.outcome == "lost" else None,
        ),
    ]
    if aged is not None:
        found += [
            (Column("age", Title("账龄(天)", "Age, days"), _COUNT), aged.age),
            (Column("longest_won", Title("最长赢单周期", "Longest won cycle"), _COUNT), facts.won.longest),
            (Column("in_stage", Title("在本阶段(天)", "In stage, days"), _COUNT), aged.in_stage),
            (Column("limit", Title("九成赢单停留天数", "90 % of won within"), _COUNT), facts.limit),
            (Column("mark", Title("提示", "Mark")), MARKS[aged.mark] if aged.mark else None),
        ]
    return [(column, value) for column, value in found if value not in (None, "")]


def _stays(stays: Sequence[StayLine], history: History) -> Table:
    columns = [
        Column("stage", Title("阶段", "Stage")),
        Column("entered", Title("进入", "Entered"), "date"),
        Column("days", Title("天数", "Days"), "count"),
        Column("lasting", Title("仍在此", "Still there"), "flag"),
        Column("value", Title("金额", "Value"), "money", currency=history.facts.currency),
        Column("source", Title("来源", "Source")),
    ]
    rows = [
        (stay.stage, stay.entered, stay.days, stay.is_lasting, stay.amount, stay.source if stay.is_recorded else "")
        for stay in stays
    ]
    kept = [
        at for at, column in enumerate(columns) if column.key != "value" or any(row[at] is not None for row in rows)
    ]
    picked = tuple(tuple(row[at] for at in kept) for row in rows)
    return Table("stages", tuple(columns[at] for at in kept), picked, Title("阶段历史", "Stages"))
