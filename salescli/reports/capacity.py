"""The report of a capacity plan: heads needed, teams, months, hires, and what it is measured from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Literal

from salescli.core.money import CONTEXT, total
from salescli.core.quotas.heads import YEAR, TeamHeads, heads_needed, latest_start, whole_hires
from salescli.core.table import Block, Column, ColumnKind, Facts, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.capacity_words import (
    CAPACITY,
    GAP,
    TARGET,
    Plan,
    TeamLine,
    explain_capacity,
    footer_of,
    to_cents,
    to_places,
    to_share,
)


def build_capacity(plan: Plan, with_rows: bool, with_explanation: bool) -> Report:
    """Build the report; every total is the sum of its lines, the company's target is its own."""
    extra: list[Block] = []
    if with_rows:
        extra += [_producers(plan), _leavers(plan)]
    if with_explanation:
        extra.append(explain_capacity(plan))
    basis = plan.basis
    title = Title(f"人员产能 · {basis.metric.zh} · {basis.period}", f"Capacity · {basis.metric.en} · {basis.period}")
    net = _cells(plan, plan.each.kept)
    periods = (_periods(plan, net), _team_periods(plan, net))
    blocks = (_needs(plan, net), _teams(plan, net), *periods, _hires(plan), *extra)
    return Report("capacity", title, blocks, footer_of(plan))


def _needs(plan: Plan, cells: Sequence[Sequence[Decimal]]) -> Facts:
    months = len(plan.months)
    net = total(amount for row in cells for amount in row)
    gap = Fraction(plan.target) - Fraction(net)
    needed = heads_needed(Fraction(plan.target), plan.each, months)
    latest = latest_start(plan.hires)
    last = "" if latest is None or not latest.hires else latest.start.start.isoformat()
    items: tuple[tuple[Column, Value], ...] = (
        (_figure(plan, "target", TARGET), plan.target),
        (_figure(plan, "per_head", Title("每人每年产能", "Capacity of a head, per year")), to_cents(_year(plan))),
        (Column("attrition", Title("期间预计流失", "Expected attrition, period"), "rate"), to_share(plan.each.lost)),
        (Column("needed", Title("所需人数(满产能)", "Heads needed, fully productive"), "quantity"), to_places(needed)),
        (Column("heads", Title("在岗人数", "Heads now"), "count"), sum(line.heads.heads for line in plan.teams)),
        (Column("vacant", Title("空缺席位", "Vacant seats"), "count"), sum(line.heads.vacant for line in plan.teams)),
        (
            Column("productive", Title("折合满产能人数", "In fully productive heads"), "quantity"),
            to_places(sum((line.heads.total for line in plan.teams), Fraction(0)) / months),
        ),
        (_figure(plan, "capacity", CAPACITY), net),
        (_figure(plan, "gap", GAP), to_cents(gap)),
        (Column("gap_heads", Title("缺口人数(满产能)", "Gap in heads"), "quantity"), _in_heads(plan, gap)),
        (Column("hires", Title("需招聘人数", "Hires needed"), "count"), plan.hires[0].hires if plan.hires else None),
        (Column("start", Title("最迟到岗", "To have started by"), "date"), date.fromisoformat(last) if last else None),
    )
    return Facts("needs", items, Title("结论", "What it takes"))


def _teams(plan: Plan, cells: Sequence[Sequence[Decimal]]) -> Table:
    gross = [total(row) for row in _cells(plan, plan.each.per_month)]
    net = [total(row) for row in cells]
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
        to_places(line.heads.total / len(plan.months)),
        gross,
        to_cents(Fraction(net) - Fraction(gross)),
        net,
        line.target,
        None if gap is None else to_cents(gap),
        None if gap is None else _in_heads(plan, gap),
        None if gap is None or not plan.hires else whole_hires(gap, brings),
    )


def _periods(plan: Plan, cells: Sequence[Sequence[Decimal]]) -> Table:
    """What all heads bring by month or quarter, beside the company's target."""
    by_month = [total(column) for column in zip(*cells, strict=True)] or [Decimal(0)] * len(plan.months)
    rows = []
    for label, places in plan.periods:
        known = [amount for place in places if (amount := plan.by_month[place]) is not None]
        target, have = total(known) if known else None, total(by_month[place] for place in places)
        gap = None if target is None else to_cents(Fraction(target) - Fraction(have))
        heads = [line.heads.productive[place] for line in plan.teams for place in places]
        rows.append((label, to_places(sum(heads, Fraction(0)) / len(places)), have, target, gap))
    columns = (
        Column("period", Title("期间", "Period")),
        Column("productive", Title("折合满产能人数", "Productive heads"), "quantity"),
        _figure(plan, "capacity", CAPACITY),
        _figure(plan, "target", TARGET),
        _figure(plan, "gap", GAP),
    )
    return Table("periods", columns, tuple(rows), Title("按期间", "By period"))


def _team_periods(plan: Plan, cells: Sequence[Sequence[Decimal]]) -> Table:
    """What each team's heads bring by month or quarter."""
    lines = [tuple(total(row[place] for place in places) for _, places in plan.periods) for row in cells]
    rows: list[tuple[Value, ...]] = [(line.name, *sums) for line, sums in zip(plan.teams, lines, strict=True)]
    columns = (
        Column("team", Title("团队", "Team")),
        *(_figure(plan, label, Title(label, label)) for label, _ in plan.periods),
    )
    whole: tuple[Value, ...] = ("", *(total(column) for column in zip(*lines, strict=True)))
    title = Title("预计产能:按团队与期间", "Capacity by team and period")
    return Table("team-periods", columns, tuple(rows), title, whole if lines else None)


def _hires(plan: Plan) -> Table:
    columns = (
        Column("start", Title("到岗日", "Start on"), "date"),
        _figure(plan, "brings", Title("每人可带来", "One hire brings")),
        Column("hires", Title("需招聘", "Hires needed"), "count", blank=Title("来不及", "too late")),
    )
    rows = tuple((one.start.start, to_cents(one.brings), one.hires) for one in plan.hires)
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
    rows = tuple((one.team, one.key, one.name, to_cents(Fraction(one.amount))) for one in plan.basis.producers)
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


def _year(plan: Plan) -> Fraction:
    return plan.each.per_month * YEAR


def _in_heads(plan: Plan, gap: Fraction) -> Decimal | None:
    return to_places(heads_needed(gap, plan.each, len(plan.months)))


def _cells(plan: Plan, per_month: Fraction) -> list[list[Decimal]]:
    """What each team brings in each month; running totals are rounded, so that a team's year is right to the cent."""
    found = []
    for line in plan.teams:
        upto = [to_cents(per_month * each) for each in accumulate(line.heads.productive, initial=Fraction(0))]
        found.append([CONTEXT.subtract(after, before) for before, after in pairwise(upto)])
    return found


def _figure(plan: Plan, key: str, title: Title, give_way: Literal["", "empty", "narrow"] = "") -> Column:
    kind: ColumnKind = "money" if plan.basis.currency else "quantity"
    return Column(key, title, kind, plan.basis.currency, give_way=give_way)
