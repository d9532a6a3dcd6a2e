"""The pay curve as a Report: edges with what reaching them pays at once, even points with rates, and pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.curve import UNIT, amount_of
from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.curve_points import FARTHEST, Edge, Point
from salescli.core.commission.wording import money as money_text
from salescli.core.money import to_decimal
from salescli.core.periods import Period
from salescli.core.table import Block, Chart, Column, Facts, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.commission.columns import money, text
from salescli.reports.commission.curve_words import CurveHead, assumed_words

KINDS = {
    "tier": Title("档位", "tier"),
    "gate": Title("门槛", "gate"),
    "factor": Title("系数", "factor"),
    "cap": Title("上限", "cap"),
}


@dataclass(frozen=True, slots=True)
class TierAhead:
    """The next tier of one component: where it begins, how much is lacking, and what reaching it pays."""

    component: str
    position: Decimal
    edge: Edge | None  # None: the last tier is reached, or there are none
    lacking: Decimal | None
    pay: Decimal
    pay_there: Decimal | None
    jump: Decimal | None
    begins: Decimal | None = None


def build_curve_report(
    head: CurveHead, points: Sequence[Point], bends: Sequence[Point], quota: Fraction | None
) -> Report:
    """Build the curve: where it bends, then even points with two pictures."""
    is_whole = not any(one.position % UNIT for one in (*points, *bends))
    head = replace(head, decimals=0 if is_whole else None)
    blocks: list[Block] = []
    if bends:
        blocks.append(_bends(head, bends, quota))
    blocks.append(_points(head, points, quota))
    following: tuple[str, ...] = ()
    name = head.plan.plan
    if head.component and not head.person and head.assumed == Assumed():
        following = (f"salescli commission curve {name} --component {head.component} --to-pay 100,000",)
    return Report("commission-curve", head.title, tuple(blocks), tuple(assumed_words(head)), next=following)


def _bends(head: CurveHead, bends: Sequence[Point], quota: Fraction | None) -> Table:
    several = not head.component
    columns = (
        *((text("component", "组件", "Component"),) if several else ()),
        text("kind", "类别", "Kind"),
        text("edge", "写法", "As written"),
        head.position("position", "业绩", "Position"),
        *((_attainment(),) if quota else ()),
        money("pay", "提成", "Pay", head.plan.currency),
        replace(money("jump", "一到即得", "At once", head.plan.currency), give_way="empty"),
        _marginal(head),
        text("place", "来源", "Source"),
    )
    rows: list[tuple[Value, ...]] = []
    for point in bends:
        for edge in point.edges:
            rows.append(
                (
                    *((head.plan.component_title(edge.component),) if several else ()),
                    KINDS[edge.kind],
                    edge.key,
                    amount_of(point.position),
                    *((_share(point, quota),) if quota else ()),
                    point.pay,
                    point.jump or None,
                    _rate(head, point),
                    head.place(edge.path),
                )
            )
    return Table("edges", columns, tuple(rows), Title("转折处", "Where it bends"))


def _points(head: CurveHead, points: Sequence[Point], quota: Fraction | None) -> Table:
    names = [] if head.component else [name for name in head.plan.components if _pays(head, points, name)]
    own = names if len(names) > 1 else []
    order = list(head.plan.components)
    columns = (
        head.position("position", "业绩", "Position"),
        *((_attainment(),) if quota else ()),
        *(_component_column(head, name) for name in own),
        money("pay", "提成", "Pay", head.plan.currency),
        *(() if head.is_counted else (Column("effective", Title("综合比例", "Effective rate"), "rate", decimals=2),)),
        _marginal(head),
    )
    rows = tuple(
        (
            amount_of(point.position),
            *((_share(point, quota),) if quota else ()),
            *(point.by_component[order.index(name)] for name in own),
            point.pay,
            *(() if head.is_counted else (Ratio(point.pay, amount_of(point.position)),)),
            _rate(head, point),
        )
        for point in points
    )
    charts = [Chart("line", Title("提成", "Pay"), "position", ("pay", *own[:3]))]
    if not head.is_counted:
        both = Title("综合比例与边际比例", "Effective and marginal rate")
        charts.append(Chart("line", both, "position", ("effective", "marginal")))
    return Table("curve", columns, rows, Title("曲线", "The curve") if len(points) > 1 else None, charts=tuple(charts))


def _pays(head: CurveHead, points: Sequence[Point], name: str) -> bool:
    place = list(head.plan.components).index(name)
    return any(point.by_component[place] for point in points)


def _component_column(head: CurveHead, name: str) -> Column:
    title = head.plan.component_title(name)
    return money(name, title.zh, title.en, head.plan.currency)


def _attainment() -> Column:
    return Column("attainment", Title("达成率", "Attainment"), "ratio")


def _share(point: Point, quota: Fraction | None) -> Value:
    return Ratio(amount_of(point.position), to_decimal(quota, 4)) if quota else None


def _marginal(head: CurveHead) -> Column:
    if head.is_counted:
        return money("marginal", "再多一件", "One more", head.plan.currency)
    return Column("marginal", Title("边际比例", "Marginal rate"), "rate", decimals=2)


def _rate(head: CurveHead, point: Point) -> Decimal:
    return to_decimal(point.marginal, 6)


def build_way_report(
    head: CurveHead,
    upto: Period,
    ahead: Sequence[TierAhead],
    target: Decimal | None,
    needed: int | None,
    pay: Callable[[int], Decimal],
) -> Report:
    """Build the way back: how much is lacking to the next tier, and to an amount of pay."""
    blocks: list[Block] = []
    if ahead:
        blocks.append(_ahead(head, ahead))
    if target is not None:
        blocks.append(_to_pay(head, target, needed, pay))
    days = Title(f"截至 {upto.last_day} 的业绩", f"credits through {upto.last_day}")
    footer = [*([days] if head.person else []), *assumed_words(head)]
    return Report("commission-way", head.title, tuple(blocks), tuple(footer))


def _ahead(head: CurveHead, ahead: Sequence[TierAhead]) -> Table:
    columns = (
        text("component", "组件", "Component"),
        head.position("position", "现有业绩", "Position now"),
        Column("edge", Title("下一档", "Next tier"), blank=Title("没有更高的档", "none above")),
        head.position("begins", "起点", "Begins at"),
        head.position("lacking", "还差", "Lacking"),
        money("pay", "现有提成", "Pay now", head.plan.currency),
        money("pay_there", "届时提成", "Pay there", head.plan.currency),
        money("jump", "最后一分带来", "The last cent pays", head.plan.currency),
        text("place", "来源", "Source"),
    )
    rows = tuple(
        (
            head.plan.component_title(one.component),
            one.position,
            one.edge.key if one.edge else None,
            one.begins,
            one.lacking,
            one.pay,
            one.pay_there,
            one.jump,
            head.place(one.edge.path) if one.edge else "",
        )
        for one in ahead
    )
    return Table("next-tier", columns, rows, Title("到下一档", "To the next tier"))


def _to_pay(head: CurveHead, target: Decimal, needed: int | None, pay: Callable[[int], Decimal]) -> Facts:
    currency = head.plan.currency
    title = Title(f"提成达到 {money_text(target)}", f"To {money_text(target)} of pay")
    now = (money("pay", "现有提成", "Pay now", currency), pay(0))
    if needed is None:
        most = pay(FARTHEST)
        none = Title("达不到:再多也不付更多", "never: more of it pays no more")
        return Facts(
            "to-pay",
            (
                now,
                (text("lacking", "还差业绩", "Credit lacking"), none),
                (money("most", "最多", "The most", currency), most),
            ),
            title,
        )
    items = (
        now,
        (head.position("lacking", "还差业绩", "Credit lacking"), amount_of(needed)),
        (money("pay_there", "届时提成", "Pay there", currency), pay(needed)),
        (money("pay_before", "少一分时", "A cent before", currency), pay(needed - 1) if needed > 0 else None),
    )
    return Facts("to-pay", tuple(one for one in items if one[1] is not None), title)
