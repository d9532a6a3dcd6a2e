"""The report of a capacity plan: heads needed, teams, months, hires, and what it is measured from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.money import E4, apportion, from_e4, round_half_away, total
from salescli.core.periods import Period
from salescli.core.quotas.heads import (
    YEAR,
    Attrition,
    Average,
    HireOption,
    Producer,
    RampTable,
    TeamHeads,
    Yield,
    heads_needed,
    latest_start,
    whole_hires,
)
from salescli.core.quotas.inputs import MonthInput
from salescli.core.table import Block, Column, ColumnKind, Facts, Line, Report, Table, Trace, Value
from salescli.core.title import Title

Grain = Literal["month", "quarter"]
_CENT = E4 // 100
TARGET = Title("目标", "Target")
GAP = Title("缺口", "Gap")
CAPACITY = Title("预计产能", "Capacity")
AVERAGES: dict[Average, Title] = {"median": Title("中位数", "median"), "mean": Title("平均数", "mean")}


@dataclass(frozen=True, slots=True)
class Basis:
    """What the plan stands on: the metric, the day, who makes the capacity of a head, attrition, the ramp."""

    metric: Title
    currency: str
    period: Period
    on: date
    average: Average
    window: Period | None
    producers: tuple[Producer, ...]
    attrition: Attrition
    ramps: RampTable
    role: str
    is_given: bool
    target_is_given: bool
    known: Title


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team's heads beside its target; None where the target was typed for the company alone."""

    name: str
    heads: TeamHeads
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a capacity plan says, exactly."""

    basis: Basis
    each: Yield
    target: Decimal
    by_month: tuple[Decimal | None, ...]
    teams: tuple[TeamLine, ...]
    hires: tuple[HireOption, ...]
    months: tuple[MonthInput, ...]


def build_capacity(plan: Plan, grain: Grain, with_rows: bool, with_explanation: bool) -> Report:
    """Build the report; every total is the sum of its lines, the company's target is its own."""
    extra: list[Block] = []
    if with_rows:
        extra += [_producers(plan), _leavers(plan)]
    if with_explanation:
        extra.append(explain_capacity(plan))
    basis = plan.basis
    title = Title(f"人员产能 · {basis.metric.zh} · {basis.period}", f"Capacity · {basis.metric.en} · {basis.period}")
    blocks = (_needs(plan), _teams(plan), _months(plan, grain), _hires(plan), *extra)
    return Report("capacity", title, blocks, _footer(plan))


def _needs(plan: Plan) -> Facts:
    months = len(plan.months)
    net = _net(plan)
    gap = Fraction(plan.target) - Fraction(net)
    needed = heads_needed(Fraction(plan.target), plan.each, months)
    latest = latest_start(plan.hires)
    last = "" if latest is None or not latest.hires else latest.start.start.isoformat()
    items: tuple[tuple[Column, Value], ...] = (
        (_figure(plan, "target", TARGET), plan.target),
        (_figure(plan, "per_head", Title("每人每年产能", "Capacity of a head, per year")), _money(_year(plan))),
        (Column("attrition", Title("期间预计流失", "Expected attrition, period"), "rate"), _decimal(plan.each.lost)),
        (Column("needed", Title("所需人数(满产能)", "Heads needed, fully productive"), "quantity"), _count(needed)),
        (Column("heads", Title("在岗人数", "Heads now"), "count"), sum(line.heads.heads for line in plan.teams)),
        (Column("vacant", Title("空缺席位", "Vacant seats"), "count"), sum(line.heads.vacant for line in plan.teams)),
        (
            Column("productive", Title("折合满产能人数", "In fully productive heads"), "quantity"),
            _count(sum((line.heads.total for line in plan.teams), Fraction(0)) / months),
        ),
        (_figure(plan, "capacity", CAPACITY), net),
        (_figure(plan, "gap", GAP), _money(gap)),
        (Column("gap_heads", Title("缺口人数(满产能)", "Gap in heads"), "quantity"), _in_heads(plan, gap)),
        (Column("hires", Title("需招聘人数", "Hires needed"), "count"), plan.hires[0].hires if plan.hires else None),
        (Column("start", Title("最迟到岗", "To have started by"), "date"), date.fromisoformat(last) if last else None),
    )
    return Facts("needs", items, Title("结论", "What it takes"))


def _teams(plan: Plan) -> Table:
    gross = _spread([plan.each.per_month * line.heads.total for line in plan.teams])
    net = _spread([plan.each.kept * line.heads.total for line in plan.teams])
    rows = [_team_row(plan, line, *sums) for line, *sums in zip(plan.teams, gross, net, strict=True)]
    columns = (
        Column("team", Title("团队", "Team")),
        Column("heads", Title("在岗", "Heads"), "count"),
        Column("vacant", Title("空缺", "Vacant"), "count", give_way="empty"),
        Column("productive", Title("折合满产能", "Productive"), "quantity", give_way="narrow"),
        _figure(plan, "ramped", Title("计爬坡产能", "With ramp"), "narrow"),
        _figure(plan, "attrition", Title("预计流失", "Attrition"), "narrow"),
        _figure(plan, "capacity", CAPACITY),
        _figure(plan, "target", TARGET),
        _figure(plan, "gap", GAP),
        Column("gap_heads", Title("缺口人数", "Gap in heads"), "quantity"),
        Column("hires", Title("招聘", "Hires"), "count"),
    )
    whole = TeamLine(
        "",
        TeamHeads(
            "",
            sum(line.heads.heads for line in plan.teams),
            sum(line.heads.vacant for line in plan.teams),
            tuple(
                sum(column, Fraction(0)) for column in zip(*(one.heads.productive for one in plan.teams), strict=True)
            ),
        ),
        plan.target,
    )
    sums = _team_row(plan, whole, total(gross), total(net)) if plan.teams else None
    return Table("teams", columns, tuple(rows), Title("按团队", "By team"), sums)


def _team_row(plan: Plan, line: TeamLine, gross: Decimal, net: Decimal) -> tuple[Value, ...]:
    gap = None if line.target is None else Fraction(line.target) - Fraction(net)
    brings = plan.hires[0].brings if plan.hires else Fraction(0)
    return (
        line.name,
        line.heads.heads,
        line.heads.vacant,
        _count(line.heads.total / len(plan.months)),
        gross,
        _money(Fraction(net) - Fraction(gross)),
        net,
        line.target,
        None if gap is None else _money(gap),
        None if gap is None else _in_heads(plan, gap),
        None if gap is None or not plan.hires else whole_hires(gap, brings),
    )


def _months(plan: Plan, grain: Grain) -> Table:
    """By month or quarter of the period; a quarter is three months in their order."""
    step = 1 if grain == "month" else 3
    net = _spread([plan.each.kept * _productive(plan, at) for at in range(len(plan.months))])
    rows = []
    for at in range(0, len(plan.months), step):
        part = slice(at, at + step)
        known = [amount for amount in plan.by_month[part] if amount is not None]
        target = total(known) if known else None
        have = total(net[part])
        gap = None if target is None else _money(Fraction(target) - Fraction(have))
        heads = [_productive(plan, place) for place in range(len(plan.months))][part]
        label = plan.months[at].label if step == 1 else f"{plan.months[at].label}..{plan.months[part][-1].label}"
        rows.append((label, _count(sum(heads, Fraction(0)) / len(heads)), have, target, gap))
    columns = (
        Column("period", Title("期间", "Period")),
        Column("productive", Title("折合满产能人数", "Productive heads"), "quantity"),
        _figure(plan, "capacity", CAPACITY),
        _figure(plan, "target", TARGET),
        _figure(plan, "gap", GAP),
    )
    return Table("months", columns, tuple(rows), Title("按期间", "By period"))


def _hires(plan: Plan) -> Table:
    columns = (
        Column("start", Title("到岗日", "Start on"), "date"),
        _figure(plan, "brings", Title("每人可带来", "One hire brings")),
        Column("hires", Title("需招聘", "Hires needed"), "count", blank=Title("来不及", "too late")),
    )
    rows = tuple((one.start.start, _money(one.brings), one.hires) for one in plan.hires)
    empty = Title("期间内已没有可到岗的月份", "no month of the period is left to start in")
    role = plan.basis.role
    zh, en = (f",按 {role} 的爬坡", f", with the ramp of {role}") if role else ("", "")
    return Table("hires", columns, rows, Title(f"全部同月到岗{zh}", f"If all start in one month{en}"), empty=empty)


def _producers(plan: Plan) -> Table:
    columns = (
        Column("team", Title("团队", "Team")),
        Column("key", Title("编号", "Key"), "id"),
        Column("person", Title("人员", "Person")),
        _figure(plan, "amount", Title("12 个月实际", "12 months")),
    )
    rows = tuple((one.team, one.key, one.name, one.amount) for one in plan.basis.producers)
    empty = Title("每人产能由 --per-head 给定", "the capacity of a head was given with --per-head")
    return Table("producers", columns, rows, Title("满产能人员", "Fully productive people"), empty=empty)


def _leavers(plan: Plan) -> Table:
    columns = (
        Column("team", Title("团队", "Team")),
        Column("key", Title("编号", "Key"), "id"),
        Column("person", Title("人员", "Person")),
        Column("day", Title("最后在岗日", "Last day"), "date"),
    )
    rows = tuple((one.team, one.key, one.name, one.day) for one in plan.basis.attrition.leavers)
    empty = Title("流失率由 --attrition 给定", "attrition was given with --attrition")
    return Table("leavers", columns, rows, Title("离职人员", "People who left"), empty=empty)


def explain_capacity(plan: Plan) -> Trace:
    """Return the definition with the figures of this plan."""
    months = len(plan.months)
    money: ColumnKind = "money" if plan.basis.currency else "quantity"
    column = Column("amount", TARGET, money, plan.basis.currency)
    kept, loss = _decimal(1 - plan.each.lost), _percent(plan.each.lost)
    lines = (
        Line(
            Title(
                "所需人数 = 目标 ÷ Σ 各月(每人月产能 × 爬坡系数 × (1 − 预计流失))(D-29)",
                "heads needed = target ÷ Σ months (capacity per head × ramp factor × (1 − expected attrition)) (D-29)",
            )
        ),
        Line(
            Title(
                f"每人月产能 = 每人年产能 ÷ {YEAR}",
                f"capacity of a head per month = per year ÷ {YEAR}",
            ),
            _money(plan.each.per_month),
            column,
        ),
        Line(
            Title(
                f"预计流失 = 年流失率 {_percent(plan.basis.attrition.yearly)} × {months}/{YEAR} = {loss},各月相同",
                f"expected attrition = {_percent(plan.basis.attrition.yearly)} a year × {months}/{YEAR} = {loss}, "
                "the same in every month",
            )
        ),
        Line(
            Title(
                f"满产能一人在 {months} 个月带来 = 每人月产能 × {months} × {kept}",
                f"a fully productive head in {months} months = per month × {months} × {kept}",
            ),
            _money(plan.each.per_head(months)),
            column,
        ),
        Line(
            Title(
                "人员产能 = Σ 各月 在岗天数占比 × 入职月序的爬坡系数;空缺席位自空缺起始日按新人计",
                "productive months = share of days in seat × ramp of the tenure month; vacant seats from their start",
            )
        ),
        *(
            Line(Title(f"爬坡 {name}:{shown}", f"ramp of {name}: {shown}"))
            for name, rates in _ramp_lines(plan.basis.ramps)
            for shown in [" ".join(_percent(Fraction(rate)) for rate in rates)]
        ),
        Line(plan.basis.known),
    )
    return Trace("definition", lines, Title("口径", "Definition"))


def _footer(plan: Plan) -> tuple[Title, ...]:
    basis = plan.basis
    found = [
        Title(
            "缺口 = 目标 − 预计产能(负数为富余);团队按团队目标,合计按公司目标",
            "gap = target − capacity (negative: more than enough); teams on their target, the total on the company's",
        )
    ]
    if plan.hires:
        first = plan.hires[0].start.start
        found.append(Title(f"招聘人数按 {first} 到岗计", f"hires as many as start on {first}"))
    if basis.period.start < basis.on:
        found.append(
            Title("期间已过的月份同样按产能计,不按实际", "months that are over count by capacity too, not as sold")
        )
    if basis.target_is_given:
        found.append(Title("目标由 --target 给定,只按公司比较", "the target was given: only the company is compared"))
    if basis.window is None:
        found.append(Title("每人年产能由 --per-head 给定", "the capacity of a head was given with --per-head"))
    else:
        word = AVERAGES[basis.average]
        count = len(basis.producers)
        found.append(
            Title(
                f"每人年产能 = {count} 名满产能人员 {basis.window} 实际的{word.zh}",
                f"capacity of a head = {word.en} of {count} fully ramped people, {basis.window}",
            )
        )
    yearly = _percent(basis.attrition.yearly)
    if basis.attrition.window is None:
        found.append(Title(f"年流失率 {yearly}(给定)", f"attrition {yearly} a year, given"))
    else:
        left, heads = len(basis.attrition.leavers), _count(basis.attrition.mean_heads)
        found.append(
            Title(
                f"年流失率 {yearly}:{basis.attrition.window} 离职 {left} 人,平均在岗 {heads} 人",
                f"attrition {yearly} a year: {left} left in {basis.attrition.window}, of {heads} heads on average",
            )
        )
    if not _ramp_lines(basis.ramps):
        found.append(Title("没有爬坡表:新人按满产能计", "no ramp: whoever joins is fully productive at once"))
    found.append(basis.known)
    return tuple(found)


def _ramp_lines(ramps: RampTable) -> list[tuple[str, Sequence[Decimal]]]:
    return [("(全部岗位 / every role)", ramps.every)] if ramps.every else list(ramps.by_role.items())


def _productive(plan: Plan, month: int) -> Fraction:
    return sum((line.heads.productive[month] for line in plan.teams), Fraction(0))


def _net(plan: Plan) -> Decimal:
    return total(_spread([plan.each.kept * line.heads.total for line in plan.teams]))


def _year(plan: Plan) -> Fraction:
    return plan.each.per_month * YEAR


def _in_heads(plan: Plan, gap: Fraction) -> Decimal | None:
    return _count(heads_needed(gap, plan.each, len(plan.months)))


def _spread(values: Sequence[Fraction]) -> list[Decimal]:
    """Round exact amounts so that they add up to their rounded sum."""
    return [from_e4(cents * _CENT) for cents in apportion([value * 100 for value in values])]


def _money(value: Fraction) -> Decimal:
    return round_half_away(value)


def _count(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_away(value)


def _decimal(value: Fraction) -> Decimal:
    return round_half_away(value, Decimal("0.0001"))


def _percent(value: Fraction) -> str:
    text = f"{round_half_away(value * 100):f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _figure(plan: Plan, key: str, title: Title, give_way: Literal["", "empty", "narrow"] = "") -> Column:
    kind: ColumnKind = "money" if plan.basis.currency else "quantity"
    return Column(key, title, kind, plan.basis.currency, give_way=give_way)
