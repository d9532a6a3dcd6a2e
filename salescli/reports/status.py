"""The morning screen: where the month stands, what changed since yesterday, and what waits for someone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.periods import Period
from salescli.core.quotas.attainment import Clock
from salescli.core.table import Block, Column, ColumnKind, Report, Series, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.attainment_words import PACE_WORDS, THRESHOLD, standing_word
from salescli.reports.batches import BatchLine, counts_text, kind_text
from salescli.reports.quota import COMPANY, NO_TARGET, AttainmentRow

FULL = Fraction(1)
BATCHES_SHOWN = 5


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
class Gap:
    """Whoever is furthest behind, and by how much (below zero)."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team's (or the company's) standing, its last whole months, what it gained since yesterday, its widest gap."""

    row: AttainmentRow
    trend: Series
    since: Decimal | None
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One metric of the month: teams, and the company on its own target."""

    metric: Title
    currency: str
    clock: Clock
    teams: tuple[TeamLine, ...]
    company: TeamLine
    is_additive: bool = True  # else a ratio: it has no gap to sum up, and gains nothing by the day


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """Everything on the screen. `since` is the day from which `changes` are listed."""

    name: str
    currency: str
    month: Period
    today: date
    known: int
    data_through: date | None
    held: tuple[HeldType, ...]
    waiting: tuple[Waiting, ...]
    commission: Title
    standings: tuple[Standing, ...]
    next: tuple[str, ...]
    changes: tuple[BatchLine, ...] = ()
    since: date | None = None


def build_status_report(facts: StatusFacts, language: Language = "zh") -> Report:
    """Build the morning screen. What the store holds is listed only where no target tells more."""
    day = (facts.today - facts.month.start).days + 1
    is_bare = bool(facts.standings) and (facts.data_through is None or facts.data_through < facts.month.start)
    zh, en = (",尚无数据", ", no data yet") if is_bare else ("", "")  # what has not come in yet is no miss
    title = Title(
        f"{facts.name} · {facts.month} (第 {day}/{facts.month.days} 天{zh})",
        f"{facts.name} · {facts.month} (day {day} of {facts.month.days}{en})",
    )
    blocks: list[Block] = [_standing(each, facts.since, facts.today) for each in facts.standings]
    if facts.changes:
        blocks.append(_changes(facts, language))
    blocks.append(build_waiting(facts.waiting, facts.currency))
    if not facts.standings:
        blocks.append(build_held(facts.held))
    return Report("status", title, tuple(blocks), _footer(facts), next=_next(facts))


def _footer(facts: StatusFacts) -> tuple[Title, ...]:
    through = facts.data_through.isoformat() if facts.data_through else "—"
    lines = [Title(f"数据截至 {through} · 批次 {facts.known}", f"data through {through} · batch {facts.known}")]
    if facts.standings:
        records = sum(one.count for one in facts.held)
        clock = facts.standings[0].clock.working
        lines += [
            Title(f"工作日 {clock.done}/{clock.total}", f"working day {clock.done} of {clock.total}"),
            PACE_WORDS["working-day"],
            THRESHOLD,
            *_tree_words(facts),
            Title(f"{len(facts.held)} 类数据 {records:,} 条", f"{records:,} records of {len(facts.held)} types"),
        ]
    return (*lines, facts.commission)


def _tree_words(facts: StatusFacts) -> tuple[Title, ...]:
    if not any(line.row.depth for each in facts.standings for line in each.teams):
        return ()
    return (Title("上级团队含其全部下级,各行不可相加", "a team above includes all below it: lines do not add up"),)


def _next(facts: StatusFacts) -> tuple[str, ...]:
    return ("salescli quota attainment --by person", *facts.next) if facts.standings else facts.next


def _standing(standing: Standing, since: date | None, today: date) -> Table:
    """A line per team and the company's own; the columns give way from the right on a narrow screen."""
    kind: ColumnKind = "money" if standing.currency else "quantity" if standing.is_additive else "ratio"
    whole = 0 if standing.currency else None  # whole units tell enough in the morning; other formats carry all

    def figure(key: str, title: Title, narrow: bool = False) -> Column:
        return Column(key, title, kind, standing.currency, whole, give_way="narrow" if narrow else "")

    day = f"{since:%m-%d}" if since else ""
    columns: tuple[Column, ...] = (
        Column("team", Title("团队", "Team")),
        figure("actual", Title("实际", "Actual")),
        figure("target", Title("目标", "Target")),
        Column("attainment", Title("达成率", "Attainment"), "ratio", thresholds=(FULL,), blank=NO_TARGET),
        Column("pace", Title("进度", "Pace"), "ratio", thresholds=(FULL,)),
        Column("standing", Title("节奏", "Standing")),
        Column("gap_person", Title("缺口最大", "Widest gap"), give_way="narrow"),
        figure("gap", Title("缺口", "Gap"), narrow=True),
        Column("trend", Title("前六月", "Six months"), "spark", give_way="narrow"),
        Column("bar", Title("达成", "Reached"), "bar", give_way="narrow"),
        figure("projected", Title("预计完成", "Projected"), narrow=True),
        Column("since", Title(f"{day} 以来", f"Since {day}"), kind, standing.currency, whole, give_way="empty"),
    )
    rows = tuple(_line(each, today) for each in standing.teams)
    total = _line(standing.company, today, COMPANY)
    if all(line.since is None for line in (*standing.teams, standing.company)):
        columns, rows, total = columns[:-1], tuple(row[:-1] for row in rows), total[:-1]
    return Table("standing", columns, rows, standing.metric, total)


def _line(line: TeamLine, today: date, name: Title | None = None) -> tuple[Value, ...]:
    standing, gap = line.row.standing, line.gap
    return (
        name or line.row.name,
        standing.actual if standing.rate is None else standing.rate,
        standing.target,
        standing.attainment,
        standing.pace,
        standing_word(standing, today),
        gap.name if gap else None,
        gap.amount if gap else None,
        line.trend,
        standing.attainment,
        standing.projected,
        line.since,
    )


def _changes(facts: StatusFacts, language: Language) -> Table:
    """The newest batches; how many more there were stands in the heading."""
    columns = (
        Column("batch", Title("批次", "Batch"), "id"),
        Column("kind", Title("操作", "Kind"), "id"),
        Column("title", Title("标题", "Title")),
        Column("what", Title("结果", "What")),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (str(line.id), kind_text(line, language), line.title, counts_text(line.counts, language))
        for line in facts.changes[:BATCHES_SHOWN]
    )
    hidden = len(facts.changes) - len(rows)
    zh, en = (f"(另有 {hidden} 批:salescli log)", f" ({hidden} more: salescli log)") if hidden else ("", "")
    return Table("changes", columns, rows, Title(f"{facts.since} 以来{zh}", f"Since {facts.since}{en}"))


def build_waiting(waiting: Sequence[Waiting], currency: str) -> Table:
    """Build the table of what waits."""
    columns = (
        Column("what", Title("等人处理", "Waits for someone")),
        Column("count", Title("数量", "Count"), "count"),
        Column("amount", Title("金额", "Amount"), "money", currency),
        Column("command", Title("命令", "Command")),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple((one.what, one.count, one.amount, one.command) for one in waiting)
    return Table("waiting", columns, rows, empty=Title("没有待处理的事项", "Nothing waits for anyone"))


def build_held(held: Sequence[HeldType]) -> Table:
    """Build the table of what the store holds."""
    columns = (
        Column("type", Title("数据", "Data")),
        Column("count", Title("条数", "Records"), "count"),
        Column("latest", Title("最近日期", "Newest"), "date"),
        Column("confirmed", Title("已有清单", "Own list"), "flag"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.title, one.count, one.latest, not one.is_provisional) for one in held
    )
    why = Title("数据库是空的:salescli import 文件", "The store is empty: salescli import FILE")
    return Table("data", columns, rows, empty=why)
