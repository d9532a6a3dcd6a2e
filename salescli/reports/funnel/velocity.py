"""The report of velocity: its four factors with their window, and what they make per day and per thirty days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.funnel.velocity import Velocity
from salescli.core.metrics.interval import FEW_CASES, wilson_interval
from salescli.core.money import round_half_away
from salescli.core.periods import Period
from salescli.core.table import Block, Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import value_columns

_E4 = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in words."""

    window: Period
    on: date
    known: Title
    place: str
    by: Title | None
    deals: int
    command: str


@dataclass(frozen=True, slots=True)
class SpeedLine:
    """One group."""

    name: str
    velocity: Velocity


def build_velocity(
    asked: Asked, whole: Velocity, groups: Sequence[SpeedLine] = (), extra: Sequence[Block] = ()
) -> Report:
    """Build the factors and the velocity; groups do not add up, the last line is of all deals together."""
    currencies = sorted(whole.amounts)
    columns = [
        *([Column("group", asked.by)] if asked.by is not None else []),
        Column("open", Title("在手(已推进)", "Open qualified"), "count"),
        Column("closed", Title("期内结单", "Closed"), "count"),
        Column("win_rate", Title("赢单率", "Win rate"), "ratio", decimals=2),
        *value_columns(currencies, Title("平均赢单金额", "Average won"), "average_won"),
        Column("cycle", Title("平均周期天数", "Cycle days"), "quantity", decimals=1),
        *value_columns(currencies, Title("每天", "Per day"), "per_day"),
        *value_columns(currencies, Title("每 30 天", "Per 30 days"), "per_30_days"),
    ]
    row = _row(whole, currencies)
    if not asked.deals:
        empty = Title("还没有商机:请先导入商机", "there are no deals yet: import deals first")
        table = Table("velocity", tuple(columns), (), empty=empty)
    elif asked.by is None:
        table = Table("velocity", tuple(columns), (row,))
    else:
        rows = tuple((each.name, *_row(each.velocity, currencies)) for each in groups)
        table = Table("velocity", tuple(columns), rows, total=("", *row))
    title = Title(
        f"销售速度 · 结单窗口 {asked.window} · 在手截至 {asked.on}",
        f"Velocity · closed in {asked.window} · open as of {asked.on}",
    )
    following = (f"{asked.command} --rows", f"{asked.command} --explain") if asked.deals and not extra else ()
    return Report("velocity", title, (table, *extra), _footer(asked, whole, groups), next=following)


def _row(speed: Velocity, currencies: Sequence[str]) -> tuple[Value, ...]:
    return (
        len(speed.open),
        speed.closed,
        Ratio(len(speed.won), speed.closed) if speed.closed else None,
        *(_money(speed.average_e4(one)) for one in currencies),
        Ratio(speed.days, speed.timed) if speed.timed else None,
        *(_money(speed.per_day_e4(one)) for one in currencies),
        *(_money(speed.per_day_e4(one), 30) for one in currencies),
    )


def _money(amount_e4: Fraction | None, days: int = 1) -> Decimal | None:
    return None if amount_e4 is None else round_half_away(amount_e4 * days / _E4)


def _footer(asked: Asked, whole: Velocity, groups: Sequence[SpeedLine]) -> tuple[Title, ...]:
    found = [
        Title(
            "速度 = 在手(已推进)× 赢单率 × 平均赢单金额 ÷ 平均周期",
            "velocity = open qualified x win rate x average won value / mean cycle days",
        ),
        asked.known,
        Title(f"流程 {asked.place}", f"process {asked.place}"),
    ]
    if asked.by is not None:
        found.append(Title("各组速度不可相加,合计为整体", "groups do not add up: the last line is all deals together"))
    if not whole.won and asked.deals:
        found.append(Title(f"{asked.window} 没有赢单,无速度", f"nothing was won in {asked.window}: no velocity"))
    for count, zh, en in (
        (len(whole.won) - whole.valued, "无金额,不计入平均", "have no amount and are left out of the average"),
        (
            len(whole.won) - whole.timed,
            "缺起止日期,不计入周期",
            "lack a first or last day and are left out of the cycle",
        ),
    ):
        if count:
            found.append(Title(f"{count:,} 个赢单{zh}", f"{count:,} won deals {en}"))
    few = [(each.name, each.velocity.closed) for each in groups if 0 < each.velocity.closed < FEW_CASES]
    if few:
        zh = "、".join(f"{name}({cases})" for name, cases in few)
        found.append(Title(f"结单例数少:{zh}", f"few cases closed: {', '.join(f'{n} ({c})' for n, c in few)}"))
    return tuple(found)


def explain_velocity(asked: Asked, whole: Velocity) -> Trace:
    """Return each factor with its window and what it is made of."""
    closed = Title(
        f"{asked.window.start} 至 {asked.window.last_day} 结单",
        f"closed {asked.window.start} through {asked.window.last_day}",
    )
    rate = Column("rate", Title("赢单率", "win rate"), "ratio", decimals=2)
    sure: tuple[Line, ...] = ()
    bounds = wilson_interval(len(whole.won), whole.closed)
    if bounds is not None:
        low, high = (f"{bound * 100:.1f} %" for bound in bounds)
        sure = (Line(Title(f"95 % 置信区间(Wilson){low} – {high}", f"95 % interval (Wilson) {low} – {high}")),)
    won, of = len(whole.won), whole.closed
    lines = [
        Line(
            Title(
                f"在手(已推进):{asked.on} 当日在手且已离开首阶段,{len(whole.open):,} 个",
                f"open qualified: open on {asked.on} and beyond the first stage, {len(whole.open):,}",
            )
        ),
        Line(
            Title(f"赢单率:{closed.zh},{won:,} ÷ {of:,}", f"win rate: {closed.en}, {won:,} ÷ {of:,}"),
            Ratio(won, of) if of else None,
            rate,
            children=sure,
        ),
        Line(
            Title(
                f"平均赢单金额:其中 {whole.valued:,} 个有金额的赢单",
                f"average won value: of {whole.valued:,} won deals with an amount",
            )
        ),
        Line(
            Title(
                f"平均周期:{whole.days:,} 天 ÷ {whole.timed:,} 个赢单,自创建至结单",
                f"cycle: {whole.days:,} days ÷ {whole.timed:,} won deals, from creation to close",
            )
        ),
        Line(asked.known),
    ]
    return Trace("definition", tuple(lines), Title("口径", "Definition"))
