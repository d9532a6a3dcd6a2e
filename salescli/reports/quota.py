"""Reports of quotas: a split or the targets in force, the target-to-street bridge; lines of attainment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.money import CONTEXT
from salescli.core.quotas.attainment import Attainment
from salescli.core.quotas.result import SEAT_OF, BridgeStep, Holder, Leaf, Note, SplitResult, YearRow
from salescli.core.quotas.tiers import in_order
from salescli.core.table import Column, ColumnKind, Ratio, Report, Series, Table, Value
from salescli.core.title import Title

Grain = Literal["month", "quarter", "year"]
MONTHS = 12
Line = tuple[Value, ...]

COMPANY = Title("公司", "Company")
NO_TARGET = Title("无目标", "no target")
FULL = Fraction(1)
HOLDERS: dict[Holder, Title] = {
    "company": COMPANY,
    "team": Title("团队", "Team"),
    "direct": Title("直属人员合计", "Own people"),
    "person": Title("人员", "Person"),
    "seat": Title("空缺席位", "Vacant seat"),
    "ramp-gap": Title("爬坡缺口", "Open ramp gap"),
    "nobody": Title("无人在岗", "Nobody in seat"),
}
LEVELS = {
    "base": Title("目标", "Base"),
    "stretch": Title("冲刺", "Stretch"),
    "challenge": Title("挑战", "Challenge"),
}
_ORDER: dict[Holder, int] = {holder: at for at, holder in enumerate(HOLDERS)}


@dataclass(frozen=True, slots=True)
class Measure:
    """What targets are figures of: how they are shown, and whether the months of a holder add up (a ratio's do not)."""

    kind: ColumnKind = "money"
    adds_up: bool = True

    def column(self, key: str, title: Title, currency: str) -> Column:
        """Return a column of such figures."""
        return Column(key, title, self.kind, currency, 2 if self.kind == "ratio" else None)

    def whole(self, amounts: Sequence[Decimal | None]) -> Decimal | None:
        """Return the figure of several months; nothing at all stays blank, and so do unlike months of a ratio."""
        known = [amount for amount in amounts if amount is not None]
        if not known:
            return None
        if not self.adds_up:
            return known[0] if len(set(known)) == 1 else None
        total = Decimal(0)
        for amount in known:
            total = CONTEXT.add(total, amount)
        return total


MONEY = Measure()
NEVER_ADDED = Title(
    "比率不相加:各月目标不同时,合计留空", "ratios are never added: where the months differ, what is of several is blank"
)


@dataclass(frozen=True, slots=True)
class Names:
    """What people call teams and members, by key, and the language of the texts inside cells.

    `ranks` is the place of each team in the tree: every team is followed by its sub-teams.
    """

    teams: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    language: Literal["zh", "en"] = "en"
    ranks: Mapping[str, int] = field(default_factory=dict)

    def holder(self, leaf: Leaf | YearRow) -> str:
        """Return who holds a target, in words."""
        if leaf.holder == "seat" and leaf.holder_key.startswith(SEAT_OF):
            left = leaf.holder_key.removeprefix(SEAT_OF)
            who = self.members.get(left, left)
            return Title(f"{who}的空缺席位", f"Seat of {who}").text(self.language)
        if leaf.holder in ("person", "seat"):
            return self.members.get(leaf.holder_key, leaf.holder_key)
        return HOLDERS[leaf.holder].text(self.language)

    def rank(self, key: str) -> tuple[int, str]:
        """Return where a team stands; the company is first, a team that is not in the tree last."""
        return (self.ranks.get(key, len(self.ranks)) if key else -1, key)

    def team(self, key: str) -> str:
        """Return a team's name."""
        return self.teams.get(key, key)


@dataclass(frozen=True, slots=True)
class AttainmentRow:
    """One line of attainment: the group it is in and its standing, at the level asked and at each there is.

    `own` is the figure of a team without those below it; `is_summed` says that its target is theirs added up. A leader
    is `measured_on` the team. `reached` is the highest level reached.
    """

    key: str
    name: str
    team: str
    standing: Attainment
    team_key: str = ""
    depth: int = 0
    own: Decimal | Ratio | None = None
    is_summed: bool = False
    measured_on: Title | None = None
    month: str = ""
    trend: Series = ()
    levels: Mapping[str, Attainment] = field(default_factory=dict)
    reached: str = ""


def build_quota_report(
    leaves: Sequence[Leaf],
    months: Sequence[str],
    names: Names,
    currency: str,
    title: Title,
    grain: Grain = "quarter",
    extra: Sequence[Table] = (),
    notes: Sequence[Note] = (),
    measure: Measure = MONEY,
) -> Report:
    """Build the report of targets: per level one table of company, teams and people, by month, quarter or year."""
    levels = in_order(leaf.level for leaf in leaves)
    tables = [_level_table(leaves, level, months, names, currency, grain, measure) for level in levels]
    footer = (
        Title("口径:公司与团队按自身目标,个人按上浮后的目标", "company and team on their target, people on the street"),
        *(() if measure.adds_up else (NEVER_ADDED,)),
        *(note.title for note in notes),
    )
    return Report("quota", title, (*tables, *extra), footer)


def build_split_report(
    result: SplitResult, names: Names, title: Title, grain: Grain = "quarter", measure: Measure = MONEY
) -> Report:
    """Build the report of a split: its targets, the bridge, and how each year came about."""
    teams = dict.fromkeys(row.team for row in result.years if row.team)
    names = replace(names, ranks={team: at for at, team in enumerate(teams)})
    extra = [build_bridge(result, names, measure=measure), _steps_table(result, names, measure=measure)]
    return build_quota_report(
        tuple(result.leaves), result.months, names, result.currency, title, grain, extra, result.notes, measure
    )


def build_bridge(result: SplitResult, names: Names, level: str = "base", measure: Measure = MONEY) -> Table:
    """Build the target-to-street bridge of the company and of each team."""
    rows = [_bridge_row(step, names) for step in result.bridge if step.level == level]
    columns = (
        _text("team", Title("范围", "Scope")),
        _text("step", Title("步骤", "Step")),
        measure.column("change", Title("增减", "Change"), result.currency),
        measure.column("after", Title("累计", "After"), result.currency),
    )
    return Table("bridge", columns, tuple(rows), Title("从公司目标到个人目标", "Target-to-street bridge"))


def _level_table(
    leaves: Sequence[Leaf],
    level: str,
    months: Sequence[str],
    names: Names,
    currency: str,
    grain: Grain,
    measure: Measure,
) -> Table:
    groups = _groups(months, grain)
    cells: dict[tuple[tuple[int, str], int, Holder, str], dict[str, Decimal]] = {}
    for leaf in leaves:
        if leaf.level == level:
            key = (names.rank(leaf.team), _ORDER[leaf.holder], leaf.holder, leaf.holder_key)
            line = cells.setdefault(key, {})
            line[leaf.month] = CONTEXT.add(line.get(leaf.month, Decimal(0)), leaf.amount)
    rows = []
    for key in sorted(cells):
        team = key[0][1]
        first = Leaf("", level, key[2], team, key[3], "", Decimal(0))
        sums = [measure.whole([cells[key].get(month) for month in group]) for _, group in groups]
        whole = () if len(groups) == 1 else (measure.whole(list(cells[key].values())),)
        rows.append((names.team(team) if team else "", key[3], names.holder(first), *sums, *whole))
    columns = (
        _text("team", Title("团队", "Team")),
        Column("key", Title("编号", "Key"), "id"),
        _text("holder", Title("目标持有者", "Holder")),
        *(measure.column(label, _group_title(label, months), currency) for label, _ in groups),
        *(() if len(groups) == 1 else (measure.column("year", _whole_title(months), currency),)),
    )
    return Table(f"targets-{level}", columns, tuple(rows), LEVELS.get(level, Title(level, level)))


def _groups(months: Sequence[str], grain: Grain) -> list[tuple[str, Sequence[str]]]:
    """Columns of a table: a month each, three months each, or all of them.

    The quarters of a whole year are Q1 to Q4; of a part of it they say their months, whatever the year begins with.
    """
    if grain == "month":
        return [(month, (month,)) for month in months]
    if grain == "year":
        return [("year" if len(months) == MONTHS else _stretch(months), tuple(months))]
    quarters = [tuple(months[start : start + 3]) for start in range(0, len(months), 3)]
    if len(months) % MONTHS == 0:
        years = [months[start][:4] for start in range(0, len(months), MONTHS)]
        named = [f"{year} " if len(years) > 1 else "" for year in years for _ in range(4)]
        return [
            (f"{year}Q{number % 4 + 1}", part) for number, (year, part) in enumerate(zip(named, quarters, strict=True))
        ]
    return [(_stretch(part), part) for part in quarters]


def _stretch(months: Sequence[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]}..{months[-1]}"


def _group_title(label: str, months: Sequence[str]) -> Title:
    return _whole_title(months) if label == "year" else Title(label, label)


def _whole_title(months: Sequence[str]) -> Title:
    return Title("全年", "Year") if len(months) == MONTHS else Title("合计", "Total")


_STEPS = {
    "share": Title("按方法应得", "Share"),
    "limits": Title("上下限", "Limits"),
    "fixed": Title("固定目标与在岗月份", "Fixed figures, months in seat"),
    "inherited": Title("接手离岗者", "Taken over"),
    "rounding": Title("取整", "Rounding"),
    "relief": Title("爬坡减免", "Ramp relief"),
    "colleagues": Title("分担同事爬坡", "Ramp of colleagues"),
    "amount": Title("全年目标", "Year"),
}
_RARE = ("inherited", "colleagues")
"""Steps that are shown only where there are any."""


def _steps_table(result: SplitResult, names: Names, level: str = "base", measure: Measure = MONEY) -> Table:
    """How each member's year came about: share, limits, fixed figures, leavers, rounding, ramp."""
    years = [row for row in result.years if row.level == level and row.holder in ("person", "seat")]
    steps = [name for name in _STEPS if name not in _RARE or any(getattr(row, name) for row in years)]
    rows = [(names.team(row.team), names.holder(row), *(getattr(row, name) for name in steps)) for row in years]
    columns = (
        _text("team", Title("团队", "Team")),
        _text("holder", Title("目标持有者", "Holder")),
        *(measure.column(name, _STEPS[name], result.currency) for name in steps),
    )
    return Table("steps", columns, tuple(rows), Title("个人全年目标的由来", "How each year came about"))


def _bridge_row(step: BridgeStep, names: Names) -> Line:
    scope = names.team(step.team) if step.team else COMPANY.text(names.language)
    change = step.change if step.name != "street" else None
    return (scope, step.title.text(names.language), change, step.after)


def _text(key: str, title: Title) -> Column:
    return Column(key, title)
