"""Reports of versions: a revision before and after, the log of targets, and versions beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.periods import Period
from salescli.core.quotas.result import Holder, Leaf
from salescli.core.quotas.revising import Move, RevisedLine, compare_revision, find_moves
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.quota import HOLDERS, LEVELS, Names

_ORDER = list(HOLDERS)
_NOTHING = Decimal(0)
_KINDS = {
    "joined": Title("加入", "joined"),
    "left": Title("离开", "left"),
    "moved": Title("调动", "moved"),
}


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """What a revision is of: policy, first month, reason, currency, year, closed months that it reaches, draft run."""

    subject: str
    month: str
    reason: str
    currency: str
    year: Period
    closed: tuple[str, ...]
    run: int


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
    found = [
        Title(f"原因:{facts.reason}", f"reason: {facts.reason}"),
        Title(
            f"{facts.month} 之前的月份保持生效版本;公司各月合计仍为全年目标",
            f"months before {facts.month} keep the targets in force; the company's months still add up to its year",
        ),
    ]
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
