"""What a capacity plan is, and its words: the footer and the definition, with the figures of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import round_half_away
from salescli.core.periods import Period
from salescli.core.quotas.heads import YEAR, Attrition, Average, HireOption, Producer, RampTable, TeamHeads, Yield
from salescli.core.quotas.inputs import MonthInput
from salescli.core.table import Column, ColumnKind, Line, Trace
from salescli.core.title import Title

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
    """Everything a capacity plan says, exactly; `periods` are the columns: a label and the places of its months."""

    basis: Basis
    each: Yield
    target: Decimal
    by_month: tuple[Decimal | None, ...]
    teams: tuple[TeamLine, ...]
    hires: tuple[HireOption, ...]
    months: tuple[MonthInput, ...]
    periods: tuple[tuple[str, tuple[int, ...]], ...]


def explain_capacity(plan: Plan) -> Trace:
    """Return the definition with the figures of this plan."""
    months = len(plan.months)
    money: ColumnKind = "money" if plan.basis.currency else "quantity"
    column = Column("amount", TARGET, money, plan.basis.currency)
    kept, loss = to_share(1 - plan.each.lost), shown_percent(plan.each.lost)
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
            to_cents(plan.each.per_month),
            column,
        ),
        Line(
            Title(
                f"预计流失 = 年流失率 {shown_percent(plan.basis.attrition.yearly)} × {months}/{YEAR} = {loss},各月相同",
                f"expected attrition = {shown_percent(plan.basis.attrition.yearly)} a year × {months}/{YEAR} = {loss}, "
                "the same in every month",
            )
        ),
        Line(
            Title(
                f"满产能一人在 {months} 个月带来 = 每人月产能 × {months} × {kept}",
                f"a fully productive head in {months} months = per month × {months} × {kept}",
            ),
            to_cents(plan.each.per_head(months)),
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
            for shown in [" ".join(shown_percent(Fraction(rate)) for rate in rates)]
        ),
        Line(plan.basis.known),
    )
    return Trace("definition", lines, Title("口径", "Definition"))


def footer_of(plan: Plan) -> tuple[Title, ...]:
    """Say what the figures stand on."""
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
    yearly = shown_percent(basis.attrition.yearly)
    if basis.attrition.window is None:
        found.append(Title(f"年流失率 {yearly}(给定)", f"attrition {yearly} a year, given"))
    else:
        left, heads = len(basis.attrition.leavers), to_places(basis.attrition.mean_heads)
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


def to_cents(value: Fraction) -> Decimal:
    """Round an exact amount for showing."""
    return round_half_away(value)


def to_places(value: Fraction | None) -> Decimal | None:
    """Round an exact number of heads for showing."""
    return None if value is None else round_half_away(value)


def to_share(value: Fraction) -> Decimal:
    """Round an exact share for showing."""
    return round_half_away(value, Decimal("0.0001"))


def shown_percent(value: Fraction) -> str:
    """Return a share as people write it."""
    text = f"{round_half_away(value * 100):f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
