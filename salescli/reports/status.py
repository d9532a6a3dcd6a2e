"""The morning screen: what is in the store, what waits for someone, and where the month stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.periods import Period
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class HeldType:
    """Records of one type: how many, the day of the newest, and whether no list has confirmed them yet."""

    title: Title
    name: str
    count: int
    latest: date | None
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person, and the command that deals with it."""

    what: Title
    count: int
    amount: Decimal | None
    command: str


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """Everything on the screen."""

    name: str
    currency: str
    month: Period
    today: date
    known: int
    data_through: date | None
    held: tuple[HeldType, ...]
    waiting: tuple[Waiting, ...]
    commission: Title
    standing: tuple[Block, ...]
    next: tuple[str, ...]


def build_status_report(facts: StatusFacts) -> Report:
    """Build the morning screen."""
    day = (facts.today - facts.month.start).days + 1
    is_bare = bool(facts.standing) and (facts.data_through is None or facts.data_through < facts.month.start)
    zh, en = (",尚无数据", ", no data yet") if is_bare else ("", "")  # what has not come in yet is no miss
    title = Title(
        f"{facts.name} · {facts.month} (第 {day}/{facts.month.days} 天{zh})",
        f"{facts.name} · {facts.month} (day {day} of {facts.month.days}{en})",
    )
    through = facts.data_through.isoformat() if facts.data_through else "—"
    footer = (
        Title(f"数据截至 {through} · 批次 {facts.known}", f"data through {through} · batch {facts.known}"),
        facts.commission,
    )
    blocks = (*facts.standing, _waiting(facts), _held(facts))
    return Report("status", title, blocks, footer, next=facts.next)


def _waiting(facts: StatusFacts) -> Table:
    columns = (
        Column("what", Title("等人处理", "Waits for someone")),
        Column("count", Title("数量", "Count"), "count"),
        Column("amount", Title("金额", "Amount"), "money", facts.currency),
        Column("command", Title("命令", "Command")),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple((one.what, one.count, one.amount, one.command) for one in facts.waiting)
    return Table("waiting", columns, rows, empty=Title("没有待处理的事项", "Nothing waits for anyone"))


def _held(facts: StatusFacts) -> Table:
    columns = (
        Column("type", Title("数据", "Data")),
        Column("count", Title("条数", "Records"), "count"),
        Column("latest", Title("最近日期", "Newest"), "date"),
        Column("confirmed", Title("已有清单", "Own list"), "flag"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.title, one.count, one.latest, not one.is_provisional) for one in facts.held
    )
    why = Title("数据库是空的:salescli import 文件", "The store is empty: salescli import FILE")
    return Table("data", columns, rows, empty=why)
