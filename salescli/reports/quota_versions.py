"""Reports of versions: a revision before and after, the log of targets, and versions beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.core.quotas.result import Holder, Leaf
from salescli.core.quotas.revising import Move, Place, RevisedLine, compare_revision, find_moves
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.quota import HOLDERS, LEVELS, MONEY, NEVER_ADDED, Measure, Names

_ORDER = list(HOLDERS)
_NOTHING = Decimal(0)
_KINDS = {
    "joined": Title("加入", "joined"),
    "left": Title("离开", "left"),
    "moved": Title("调动", "moved"),
}


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """What a revision is of: policy, first month, reason, currency, year, its draft run.

    `closed` are the closed months that it reaches, `replaced` the versions whose place it takes, by their first month.
    """

    subject: str
    month: str
    reason: str
    currency: str
    year: Period
    run: int
    closed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogTotal:
    """A year's figure that a batch moved: the company's, or a team's; None where there is none."""

    metric: str
    year: str
    team: str
    currency: str
    before: Decimal | None
    after: Decimal | None
    measure: Measure = MONEY


@dataclass(frozen=True, slots=True)
class LogLine:
    """A batch that changed targets: when, by whom, from which run, since which month, why, and what it moved."""

    batch: int
    at: datetime
    by: str
    kind: str
    title: str
    run: int | None
    since: str
    reason: str
    undoes: int | None
    undone_by: int | None
    totals: tuple[LogTotal, ...]


VersionCells = dict[Place, dict[str, Decimal | None]]
"""The figure of each holder's months in each version, by the month that the version begins with."""
_WHAT = {
    "accept": Title("接受", "accept"),
    "revise": Title("修订", "revise"),
    "import": Title("导入", "import"),
    "edit": Title("编辑", "edit"),
    "undo": Title("撤销批次", "undo of batch"),
}


def build_revision_report(facts: RevisionFacts, before: Sequence[Leaf], after: Sequence[Leaf], names: Names) -> Report:
    """Build a revision: each holder's months that stand, the others before and after, and who joined, left or moved."""
    lines = compare_revision(before, after, facts.month)
    levels = [level for level in LEVELS if any(line.level == level for line in lines)]
    tables = [_revised_table(facts, [line for line in lines if line.level == level], level, names) for level in levels]
    moves = find_moves(before, after, facts.month)
    extra = (_moves_table(moves, names),) if moves else ()
    title = Title(
        f"目标修订 · {facts.subject} · 自 {facts.month} 起 · 草稿 #{facts.run}",
        f"Revision · {facts.subject} · from {facts.month} on · draft #{facts.run}",
    )
    following = (f"salescli quota accept {facts.run}",)
    return Report("quota-revision", title, (*tables, *extra), _revision_footer(facts), (), following)


def _revision_footer(facts: RevisionFacts) -> tuple[Title, ...]:
    found = [Title(f"原因:{facts.reason}", f"reason: {facts.reason}")]
    if facts.month > f"{facts.year.start:%Y-%m}":
        zh = f"{facts.month} 之前的月份保持生效版本;公司各月合计仍为全年目标"
        en = f"months before {facts.month} keep the targets in force; the company's months still add up to its year"
        found.append(Title(zh, en))
    if facts.replaced:
        zh, en = "、".join(facts.replaced), ", ".join(facts.replaced)
        found.append(Title(f"取代自 {zh} 起的修订版", f"takes the place of the revision from {en} on"))
    if facts.closed:
        zh, en = "、".join(facts.closed), ", ".join(facts.closed)
        found.append(
            Title(f"更正:{zh} 的提成将作为迟到事实调整", f"a correction: it moves commission of {en} as a late fact")
        )
    return tuple(found)


def _revised_table(facts: RevisionFacts, lines: Sequence[RevisedLine], level: str, names: Names) -> Table:
    def money(key: str, title: Title) -> Column:
        return Column(key, title, "money", facts.currency)

    first, month = f"{facts.year.start:%Y-%m}", facts.month
    columns = (
        *_who_columns(),
        *((money("held", Title(f"{month} 前", f"Before {month}")),) if month > first else ()),
        money("before", Title(f"{month} 起 · 原", f"From {month}, was")),
        money("after", Title(f"{month} 起 · 新", f"From {month}, is")),
        money("change", Title("增减", "Change")),
        money("year", Title("全年", "Year")),
    )
    ordered = sorted(lines, key=lambda line: (line.team, _ORDER.index(line.holder), line.holder_key))
    rows = [
        (
            *_who(line, names),
            *((line.held,) if month > first else ()),
            line.before,
            line.after,
            line.change,
            line.year,
        )
        for line in ordered
    ]
    return Table(f"revision-{level}", columns, tuple(rows), LEVELS[level])


def _moves_table(moves: Sequence[Move], names: Names) -> Table:
    columns = (
        Column("key", Title("编号", "Key"), "id"),
        Column("holder", Title("目标持有者", "Holder")),
        Column("what", Title("变动", "What")),
        Column("from_team", Title("原团队", "From team")),
        Column("to_team", Title("新团队", "To team")),
        Column("month", Title("自", "Since")),
    )
    rows = tuple(
        (
            move.holder_key,
            names.members.get(move.holder_key, move.holder_key),
            _KINDS[move.kind].text(names.language),
            names.team(move.from_team) if move.from_team else "",
            names.team(move.to_team) if move.to_team else "",
            move.month,
        )
        for move in moves
    )
    return Table("moves", columns, rows, Title("人员变动", "Who joined, left or moved"))


def _who_columns() -> tuple[Column, ...]:
    return (
        Column("team", Title("团队", "Team")),
        Column("key", Title("编号", "Key"), "id"),
        Column("holder", Title("目标持有者", "Holder")),
    )


def _who(line: RevisedLine, names: Names) -> tuple[Value, ...]:
    return who(line.team, line.holder, line.holder_key, names)


def who(team: str, holder: Holder, key: str, names: Names) -> tuple[Value, ...]:
    """Return the cells that say whose line it is."""
    name = names.holder(Leaf("", "", holder, team, key, "", _NOTHING))
    return (names.team(team) if team else "", key, name)


def build_versions_report(
    cells: VersionCells,
    since: Sequence[str],
    names: Names,
    currency: str,
    what: tuple[str, Title | None, str],
    words: Sequence[Title],
    measure: Measure = MONEY,
) -> Report:
    """Build the versions of a period's targets beside each other: first set, and as each revision leaves it.

    Args:
        cells: the period's sum of each holder in each version.
        since: the versions by the month that they begin with; "" is the first.
        names: of teams and people.
        currency: of the amounts.
        what: the metric, its title, and the period.
        words: what is said of each revision.
        measure: what the targets are figures of.
    """
    metric, title, period = what
    shown = title or Title(metric, metric)
    levels = [level for level in LEVELS if any(place[0] == level for place in cells)]
    tables = tuple(_versions_table(cells, since, names, currency, level, measure) for level in levels)
    heading = Title(f"目标版本 · {shown.zh} · {period}", f"Versions of targets · {shown.en} · {period}")
    footer = tuple(words) or (Title("没有修订版", "there is no revision"),)
    footer = footer if measure.adds_up else (*footer, NEVER_ADDED)
    return Report("quota-versions", heading, tables, footer)


def _versions_table(
    cells: VersionCells, since: Sequence[str], names: Names, currency: str, level: str, measure: Measure
) -> Table:
    columns = (
        *_who_columns(),
        *(measure.column(month or "first", _version_title(month), currency) for month in since),
        *((measure.column("change", Title("增减", "Change"), currency),) if len(since) > 1 else ()),
    )
    places = sorted((place for place in cells if place[0] == level), key=lambda p: (p[1], _ORDER.index(p[2]), p[3]))
    rows = []
    for place in places:
        amounts = [cells[place].get(month) for month in since]
        change = _change(amounts[0], amounts[-1], measure)
        rows.append((*who(*place[1:], names), *amounts, *((change,) if len(since) > 1 else ())))
    return Table(f"versions-{level}", columns, tuple(rows), LEVELS[level])


def _change(first: Decimal | None, last: Decimal | None, measure: Measure) -> Decimal | None:
    """Return what was changed; of a ratio there is no change from or to nothing."""
    if not measure.adds_up and (first is None or last is None):
        return None
    return CONTEXT.subtract(last or _NOTHING, first or _NOTHING)


def _version_title(month: str) -> Title:
    return Title(f"{month} 起", f"From {month}") if month else Title("首次设定", "As first set")


def build_log_report(lines: Sequence[LogLine], names: Names) -> Report:
    """Build the log of targets: each batch with its run and reason, and the totals that it moved."""
    columns = (
        Column("batch", Title("批次", "Batch"), "id"),
        Column("at", Title("时间", "When")),
        Column("by", Title("操作人", "By")),
        Column("what", Title("操作", "What")),
        Column("run", Title("运行", "Run"), "id"),
        Column("from", Title("自", "From")),
        Column("reason", Title("原因", "Reason")),
        Column("undone", Title("已撤销于批次", "Undone by batch"), "id"),
    )
    rows = tuple(_log_row(line, names) for line in lines)
    table = Table("log", columns, rows, Title("目标的批次", "Batches that changed targets"))
    moved = (_totals_table(lines, names),) if any(line.totals for line in lines) else ()
    return Report("quota-log", Title("目标记录", "Log of targets"), (table, *moved))


def _log_row(line: LogLine, names: Names) -> tuple[Value, ...]:
    kind = "revise" if line.since else "accept" if line.run else line.kind
    what = _WHAT[kind].text(names.language)
    if line.undoes is not None:
        what = f"{what} {line.undoes}"
    elif kind in ("import", "edit"):
        what = f"{what}: {line.title}" if line.title else what
    run, undone = (str(one) if one else "" for one in (line.run, line.undone_by))
    return (str(line.batch), f"{line.at:%Y-%m-%d %H:%M}", line.by, what, run, line.since, line.reason, undone)


def _totals_table(lines: Sequence[LogLine], names: Names) -> Table:
    """The totals that batches moved; a metric or a currency that is the only one stands above, not in every line."""
    totals = [(line.batch, total) for line in lines for total in line.totals]
    metrics, currencies = ({getattr(total, name) for _, total in totals} for name in ("metric", "currency"))
    metric = "" if len(metrics) > 1 else f" · {next(iter(metrics))}"
    currency = "" if len(currencies) > 1 else next(iter(currencies))
    measures = {total.measure for _, total in totals}
    measure = MONEY if len(measures) > 1 else next(iter(measures))
    columns = (
        Column("batch", Title("批次", "Batch"), "id"),
        *(() if metric else (Column("metric", Title("指标", "Metric")),)),
        Column("year", Title("年度", "Year")),
        Column("scope", Title("范围", "Scope")),
        measure.column("before", Title("原", "Before"), currency),
        measure.column("after", Title("新", "After"), currency),
        measure.column("change", Title("增减", "Change"), currency),
        *(() if currency else (Column("currency", Title("币种", "Currency")),)),
    )
    rows = []
    for batch, total in totals:
        scope = names.team(total.team) if total.team else HOLDERS["company"].text(names.language)
        change = _change(total.before, total.after, total.measure)
        cells = (total.year, scope, total.before, total.after, change)
        rows.append(
            (str(batch), *(() if metric else (total.metric,)), *cells, *(() if currency else (total.currency,)))
        )
    return Table("totals", columns, tuple(rows), Title(f"合计的变化{metric}", f"What they moved{metric}"))
