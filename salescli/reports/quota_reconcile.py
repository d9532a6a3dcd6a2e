"""`quota reconcile` as a Report: every parent with its children, the months that differ, the records behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from salescli.core.money import to_decimal
from salescli.core.quotas.reconcile import Kind, State, Street, SumLine
from salescli.core.quotas.reconcile_ratio import BAND, RatioLine
from salescli.core.quotas.result import Leaf
from salescli.core.table import Column, Ratio, Report, Table
from salescli.core.title import Title
from salescli.errors import Where
from salescli.reports.quota import COMPANY, LEVELS, Names

CHILDREN: dict[Kind, Title] = {
    "teams": Title("各团队", "Teams"),
    "sub-teams": Title("下级团队", "Sub-teams"),
    "people": Title("各人员与席位", "People and seats"),
}
STATES: dict[State, Title] = {
    "adds-up": Title("相符", "adds up"),
    "short": Title("不足", "short"),
    "over": Title("超出", "too much"),
    "above": Title("高于上级", "above parent"),
}


class Allowed(NamedTuple):
    """What a metric's policy says may stand above the target, and where it says so."""

    metric: str
    street: Street
    source: str


@dataclass(frozen=True, slots=True)
class OddRecord:
    """A target of a month that differs: what it says, and the cell, run and batch that it came from."""

    team: str
    leaf: Leaf
    currency: str
    where: Where
    batch: int
    is_cell: bool = True


def build_reconcile_report(
    lines: Sequence[SumLine],
    ratios: Sequence[RatioLine],
    odd: Sequence[OddRecord],
    allowed: Sequence[Allowed],
    names: Names,
    period: str,
    window: str,
) -> Report:
    """Build the comparison; a table without rows is left out, and nothing to compare is said."""
    mixed = _Mixed(len({(line.metric, line.currency) for line in lines}) > 1, len({line.level for line in lines}) > 1)
    blocks = [_sums(lines, names, mixed)] if lines or not ratios else []
    blocks += [_months(lines, names, mixed)] if any(line.wrong for line in lines) else []
    blocks += [_records(odd, names)] if odd else []
    blocks += [_ratios(ratios, names), _weights(ratios, names)] if ratios else []
    bad = sum(line.state in ("short", "over") for line in lines) + sum(not line.is_right for line in ratios)
    footer = [_verdict(len(lines) + len(ratios), bad), *(_allowed_line(one) for one in allowed)]
    if any(line.street is None for line in lines):
        footer.append(
            Title(
                "没有目标方案或有多份方案的指标:高于上级只列出,低于上级算不符",
                "a metric without a target policy, or with several: above the parent is shown only, below it does not "
                "add up",
            )
        )
    if ratios:
        footer.append(
            Title(
                f"比率不相加:按 {window} 的分母加权,允许差 {_percent(BAND)}",
                f"ratios are not added: weighted by their denominators of {window}; {_percent(BAND)} off is allowed",
            )
        )
    return Report("quota-reconcile", Title(f"目标核对 · {period}", f"Targets reconciled · {period}"), tuple(blocks),
                  tuple(footer), next=() if bad else ("salescli quota check",))  # fmt: skip


def _verdict(count: int, bad: int) -> Title:
    if not count:
        return Title("没有可比较的上下级目标", "no target has children with targets: there is nothing to compare")
    if bad:
        return Title(f"{count} 项比较,{bad} 项不符", f"{count} compared, {bad} do not add up")
    return Title(f"{count} 项比较,各月全部相符", f"{count} compared: all add up, in every month")


def _allowed_line(one: Allowed) -> Title:
    teams, people, band = one.street
    within = ("", "") if not band else (f",允许偏差 {_percent(band)}", f", {_percent(band)} off allowed")
    name = one.metric
    return Title(
        f"{name}:各团队 = 公司 × {_factor(teams)},个人 = 团队 × {_factor(people)}{within[0]} ({one.source})",
        f"{name}: teams = company × {_factor(teams)}, people = team × {_factor(people)}{within[1]} ({one.source})",
    )


def _sums(lines: Sequence[SumLine], names: Names, mixed: _Mixed) -> Table:
    currency = _only(line.currency for line in lines)
    columns = (
        *_group_columns(mixed),
        Column("parent", Title("上级", "Parent")),
        Column("children", Title("下级", "Children")),
        _money("target", Title("上级目标", "Parent's target"), currency),
        _money("sum", Title("下级合计", "Sum of children"), currency),
        _money("difference", Title("差异", "Difference"), currency),
        Column("over", Title("超配", "Over"), "ratio", decimals=2),
        Column("allowed", Title("允许", "Allowed"), "ratio", decimals=2, give_way="narrow"),
        Column("state", Title("结果", "Result")),
    )
    rows = tuple(
        (
            *_group_cells(line, mixed),
            _above(line, lines, names),
            CHILDREN[line.kind],
            line.parent,
            line.children,
            to_decimal(Fraction(line.children) - line.due, 2),
            line.over,
            None if line.street is None else _ratio(line.street),
            STATES[line.state],
        )
        for line in lines
    )
    empty = Title("没有上下级都有目标的", "no parent and children both have targets")
    return Table("sums", columns, rows, Title("上下级", "Parents and children"), empty=empty)


def _months(lines: Sequence[SumLine], names: Names, mixed: _Mixed) -> Table:
    currency = _only(line.currency for line in lines)
    columns = (
        *_group_columns(mixed),
        Column("parent", Title("上级", "Parent")),
        Column("children", Title("下级", "Children")),
        Column("month", Title("月份", "Month")),
        _money("due", Title("应为", "Should be"), currency, Title("上级无目标", "no target above")),
        _money("sum", Title("下级合计", "Sum of children"), currency),
        _money("difference", Title("差异", "Difference"), currency),
    )
    rows = tuple(
        (
            *_group_cells(line, mixed),
            _above(line, lines, names),
            CHILDREN[line.kind],
            month.month,
            None if month.due is None else to_decimal(month.due, 2),
            month.children,
            to_decimal(Fraction(month.children) - (month.due or 0), 2),
        )
        for line in lines
        for month in line.wrong
    )
    return Table("months", columns, rows, Title("不符的月份", "Months that differ"))


def _records(odd: Sequence[OddRecord], names: Names) -> Table:
    columns = (
        Column("holder", Title("目标持有者", "Holder")),
        Column("team", Title("团队", "Team"), give_way="narrow"),
        Column("month", Title("月份", "Month")),
        _money("amount", Title("目标值", "Amount"), _only(one.currency for one in odd)),
        Column("batch", Title("批次", "Batch"), "id"),
        Column("source", Title("来源", "Source"), blank=Title("手工", "by hand")),
    )
    rows = tuple(
        (
            names.team(one.leaf.team) if one.leaf.holder == "team" else names.holder(one.leaf),
            names.team(one.leaf.team),
            one.leaf.month,
            one.leaf.amount,
            str(one.batch),
            _source(one.where),
        )
        for one in odd
    )
    return Table("records", columns, rows, Title("这些月份中来源不同的记录", "Records of these months from elsewhere"))


def _ratios(lines: Sequence[RatioLine], names: Names) -> Table:
    columns = (
        *_group_columns(_Mixed(True, True)),
        Column("parent", Title("上级", "Parent")),
        Column("children", Title("下级", "Children")),
        Column("months", Title("月份", "Months")),
        Column("target", Title("上级目标", "Parent's target"), "ratio", decimals=2),
        Column(
            "mean", Title("下级加权", "Children weighted"), "ratio", decimals=2, blank=Title("无权重", "no weights")
        ),
        Column("state", Title("结果", "Result")),
    )
    rows = tuple(
        (
            line.metric,
            LEVELS.get(line.level, Title(line.level, line.level)),
            _parent(line.team, names),
            CHILDREN[line.kind],
            line.months[0] if len(line.months) == 1 else f"{line.months[0]}..{line.months[-1]}",
            _ratio(Fraction(line.target)),
            None if line.mean is None else _ratio(line.mean),
            Title("相符", "adds up") if line.is_right else Title("不符", "differs"),
        )
        for line in lines
    )
    return Table("ratios", columns, rows, Title("比率目标", "Ratio targets"))


def _weights(lines: Sequence[RatioLine], names: Names) -> Table:
    columns = (
        Column("metric", Title("指标", "Metric")),
        Column("parent", Title("上级", "Parent")),
        Column("child", Title("下级", "Child")),
        Column("target", Title("目标", "Target"), "ratio", decimals=2),
        Column("weight", Title("权重(分母)", "Weight (denominator)"), "quantity"),
    )
    rows = dict.fromkeys(
        (
            line.metric,
            _parent(line.team, names),
            names.members.get(one.key, one.key) if line.kind == "people" else names.team(one.key),
            _ratio(Fraction(one.target)),
            None if one.weight is None else to_decimal(one.weight, 2),
        )
        for line in lines
        for one in line.children
    )
    return Table("weights", columns, tuple(rows), Title("权重", "Weights"))


class _Mixed(NamedTuple):
    """What lines differ in, and columns are therefore needed for."""

    metric: bool
    level: bool


def _group_columns(mixed: _Mixed) -> tuple[Column, ...]:
    metric, level = Column("metric", Title("指标", "Metric")), Column("level", Title("档位", "Level"))
    return (*((metric,) if mixed.metric else ()), *((level,) if mixed.level else ()))


def _group_cells(line: SumLine, mixed: _Mixed) -> tuple[str | Title, ...]:
    level = LEVELS.get(line.level, Title(line.level, line.level))
    name = f"{line.metric} ({line.currency})" if line.currency else line.metric
    return (*((name,) if mixed.metric else ()), *((level,) if mixed.level else ()))


def _parent(team: str, names: Names) -> str | Title:
    return names.team(team) if team else COMPANY


def _above(line: SumLine, lines: Sequence[SumLine], names: Names) -> str | Title:
    """The parent; of a team above others, the part of its own people."""
    has_teams = any(each.kind == "sub-teams" and each.team == line.team for each in lines)
    if line.kind != "people" or not has_teams:
        return _parent(line.team, names)
    name = names.team(line.team)
    return Title(f"{name}(直属)", f"{name} (own people)")


def _source(where: Where) -> str | None:
    return str(where) if where.file else None


def _only(currencies: Iterable[str]) -> str:
    """The currency of a column, where all its lines have the same."""
    found = set(currencies)
    return found.pop() if len(found) == 1 else ""


def _ratio(value: Fraction) -> Ratio:
    return Ratio(value.numerator, value.denominator)


def _money(key: str, title: Title, currency: str, blank: Title | None = None) -> Column:
    return Column(key, title, "money", currency, blank=blank)


def _percent(share: Fraction) -> str:
    return f"{to_decimal(share * 100, 4).normalize():f} %"


def _factor(share: Fraction) -> str:
    return f"{to_decimal(1 + share, 6).normalize():f}"
