"""The parts of a change as `report drivers` prints them: a bridge, a line per group, and formulas with their inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from salescli.core.analysis.drivers import (
    Converted,
    Effects,
    Rated,
    Sold,
    at_mean_rates,
    compute_rate_effects,
    compute_sales_effects,
    round_effects,
    with_exchange,
)
from salescli.core.metrics.interval import FEW_CASES
from salescli.core.money import CENT, SMALLEST, smallest_amount, to_decimal, total
from salescli.core.table import Chart, Column, Line, Ratio, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.driver_formulas import sales_formulas
from salescli.reports.measures import Number, as_ratio, difference, exact, value_column
from salescli.reports.params import Asked

KINDS = {
    "new": Title("新增", "new"),
    "gone": Title("消失", "gone"),
    "no-price": Title("无数量,无价格", "no quantity, no price"),
}
Held = Mapping[tuple[str | None, ...], Mapping[str, Converted]]
ADDED = Title("各部分之和恰为变化", "the parts add up to the change exactly")


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its earlier and its present figure."""

    keys: tuple[str | None, ...]
    name: str
    before: Number
    after: Number

    def amount(self, side: int) -> Decimal:
        """Return a figure that is a sum."""
        value = self.after if side else self.before
        return value if isinstance(value, Decimal) else Decimal(0)

    def rated(self, side: int) -> Rated:
        """Return the parts of a figure that is a rate; of one without records they are nothing."""
        value = self.after if side else self.before
        return Rated(value.numerator, value.denominator) if isinstance(value, Ratio) else Rated(0, 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """The line of a group, and how much it moved, by which lines are ordered."""

    change: Fraction
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A change taken apart."""

    bridge: Table
    columns: tuple[Column, ...]
    lines: Sequence[Moved]
    total: tuple[Value, ...]
    remarks: tuple[Title, ...]
    formulas: tuple[Trace, ...]


def sales_parts(
    asked: Asked,
    groups: Sequence[Group],
    quantities: Sequence[Mapping[tuple[str | None, ...], Number]],
    converted: Sequence[Held],
) -> Parts:
    """Volume, price and mix of the groups that sold in both periods; what is new, gone or has no price stands alone.

    Of converted amounts they are those at mean rates, and the rest is exchange.
    """
    pairs = {group.keys: _sold(group, quantities, converted) for group in groups}
    unit = unit_of([group.amount(side) for group in groups for side in (0, 1)], asked)
    found = compute_sales_effects(pairs)
    if converted:
        changes = {group.keys: Fraction(group.amount(1)) - Fraction(group.amount(0)) for group in groups}
        found = {key: with_exchange(one, changes[key]) for key, one in found.items()}
    effects = {key: round_effects(one, Fraction(unit)) for key, one in found.items()}
    column = _column(asked, unit)
    columns = (
        column("change", Title("变化", "Change")),
        column("volume", Title("量", "Volume")),
        column("price", Title("价", "Price")),
        column("mix", Title("结构", "Mix")),
        replace(column("other", Title("新增/消失", "New/gone")), give_way="empty"),
        *((column("exchange", Title("汇率", "Exchange")),) if converted else ()),
        column("earlier", _earlier_title(asked)),
        column("value", Title("本期", "Now")),
        Column("note", Title("备注", "Note"), give_way="empty"),
    )
    lines = [_sales_line(group, effects[group.keys], is_converted=bool(converted)) for group in groups]
    sums = [_sum(line.cells[place] for line in lines) for place in range(1, len(columns))]
    steps = [
        (Title("量:总数量", "Volume: all quantities"), sums[1]),
        (Title("价:各自单价", "Price of each"), sums[2]),
        (Title("结构:贵贱之间的转移", "Mix: shift between dear and cheap"), sums[3]),
        *_single_steps(list(effects.values())),
        *(((Title("汇率", "Exchange"), sums[5]),) if converted else ()),
    ]
    kept = sum(one.kind == "kept" for one in effects.values())
    remark = Title(
        f"量、价、结构只算两期都有数量的 {kept} 个,数量按原单位相加",
        f"volume, price and mix of the {kept} with quantities in both periods; quantities are added as they stand",
    )
    formulas = sales_formulas(
        [(group.keys, group.name) for group in groups], pairs, effects, unit, is_converted=bool(converted)
    )
    bridge = _bridge(asked, unit, sums[-2], steps, sums[-1])
    return Parts(bridge, columns, lines, (None, *sums, None), (remark, ADDED), formulas)


def _sold(
    group: Group, quantities: Sequence[Mapping[tuple[str | None, ...], Number]], converted: Sequence[Held]
) -> tuple[Sold, Sold]:
    found = [side.get(group.keys) for side in quantities]
    counts = [value if isinstance(value, Decimal) else Decimal(0) for value in found]
    if converted:
        before, after = at_mean_rates(*(side.get(group.keys, {}) for side in converted))
        return Sold(counts[0], before), Sold(counts[1], after)
    return Sold(counts[0], group.amount(0)), Sold(counts[1], group.amount(1))


def _sales_line(group: Group, effects: Effects, *, is_converted: bool) -> Moved:
    cells = [to_decimal(one) for one in (effects.change, effects.volume, effects.price, effects.mix, effects.other)]
    cells += [to_decimal(effects.exchange)] if is_converted else []
    note = KINDS.get(effects.kind)
    return Moved(effects.change, (group.name, *cells, group.amount(0), group.amount(1), note))


def _single_steps(effects: Sequence[Effects]) -> list[tuple[Title, Decimal]]:
    """One step each for all that is new, gone, or without a price."""
    found = []
    for kind, word in KINDS.items():
        own = [one.other for one in effects if one.kind == kind]
        if own:
            title = Title(f"{word.zh}({len(own)} 个)", f"{word.en.capitalize()} ({len(own)})")
            found.append((title, to_decimal(sum(own, Fraction(0)))))
    return found


def amount_parts(asked: Asked, groups: Sequence[Group]) -> Parts:
    """What each group gained or lost of a sum; the change in per cent of the earlier whole."""
    unit = unit_of([group.amount(side) for group in groups for side in (0, 1)], asked)
    column, share = _column(asked, unit), Column("of_earlier", Title("占上期总额", "Of earlier total"), "ratio")
    columns = (
        column("change", Title("变化", "Change")),
        share,
        column("earlier", _earlier_title(asked)),
        column("value", Title("本期", "Now")),
    )
    before = total(group.amount(0) for group in groups)
    after = total(group.amount(1) for group in groups)
    lines = []
    for group in groups:
        change = difference(group.amount(1), group.amount(0))
        moved = exact(change) or Fraction(0)
        cells = (group.name, change, _of(moved, before), group.amount(0), group.amount(1))
        lines.append(Moved(moved, cells))
    steps = []
    for word, sign in ((Title("增加", "Grew"), 1), (Title("减少", "Fell"), -1)):
        own = [line.change for line in lines if line.change * sign > 0]
        title = Title(f"{word.zh}({len(own)} 个)", f"{word.en} ({len(own)})")
        steps.append((title, to_decimal(sum(own, Fraction(0)))))
    change = difference(after, before)
    formulas = Trace(
        "formulas",
        (Line(Title("每组的贡献 = 本期 − 上期", "a group's part = now − earlier")),),
        Title("公式", "Formulas"),
    )
    whole = (None, change, _of(exact(change) or Fraction(0), before), before, after)
    remark = Title("没有数量,不分量与价", "no quantities: not split into volume and price")
    return Parts(_bridge(asked, unit, before, steps, after), columns, lines, whole, (remark, ADDED), (formulas,))


def rate_parts(asked: Asked, groups: Sequence[Group]) -> Parts | None:
    """Within and between of a rate of sums; None where a period has nothing to divide by."""
    pairs = {group.keys: (group.rated(0), group.rated(1)) for group in groups}
    effects = compute_rate_effects(pairs)
    if effects is None:
        return None
    wholes = [
        Rated(*(sum((Fraction(each) for each in part), Fraction(0)) for part in zip(*sides, strict=True)))
        for sides in ([(pair[side].numerator, pair[side].denominator) for pair in pairs.values()] for side in (0, 1))
    ]
    column = _column(asked, None)
    columns = (
        column("change", Title("贡献", "Contribution")),
        column("within", Title("组内", "Within")),
        column("between", Title("组间", "Between")),
        column("earlier", _earlier_title(asked)),
        column("value", Title("本期", "Now")),
        Column("earlier_weight", Title("原权重", "Weight before"), "ratio"),
        Column("weight", Title("现权重", "Weight now"), "ratio"),
    )
    lines = []
    for group in groups:
        one = effects[group.keys]
        weights = [
            as_ratio(Fraction(side.denominator) / Fraction(whole.denominator))
            for side, whole in zip(pairs[group.keys], wholes, strict=True)
        ]
        moved = (as_ratio(one.change), as_ratio(one.within), as_ratio(one.between))
        lines.append(Moved(one.change, (group.name, *moved, group.before or None, group.after or None, *weights)))
    sums = [
        sum(values, Fraction(0))
        for values in zip(*((one.within, one.between) for one in effects.values()), strict=True)
    ]
    ends = [as_ratio(whole.rate) for whole in wholes]
    steps = [
        (Title("组内:各组比率的变化", "Within: rates of the groups"), as_ratio(sums[0])),
        (Title("组间:权重的转移", "Between: shift of weight"), as_ratio(sums[1])),
    ]
    text = Title(
        "组内 = Δ比率 × 平均权重;组间 = Δ权重 × (平均比率 − 总体平均比率)",
        "within = Δrate × mean weight; between = Δweight × (mean rate − mean rate of the whole)",
    )
    formulas = Trace("formulas", (Line(text),), Title("公式", "Formulas"))
    whole = (None, as_ratio(sums[0] + sums[1]), as_ratio(sums[0]), as_ratio(sums[1]), *ends, Ratio(1, 1), Ratio(1, 1))
    bridge = _bridge(asked, None, ends[0], steps, ends[1])
    remarks = [Title("权重 = 该组分母 ÷ 总分母", "weight = denominator of the group ÷ of all"), ADDED]
    few = [pair for pair in pairs.values() if min(Fraction(side.denominator) for side in pair) < FEW_CASES]
    if asked.metric.counts_cases and few:
        said = f"{len(few)} of {len(pairs)} groups have fewer than {FEW_CASES} cases: chance moves them"
        remarks.append(Title(f"{len(few)}/{len(pairs)} 组不足 {FEW_CASES} 例,变化多为偶然", said))
    return Parts(bridge, columns, lines, whole, tuple(remarks), (formulas,))


def unit_of(amounts: Sequence[Decimal], asked: Asked) -> Decimal:
    """Return the unit to which parts are rounded: the coarsest that all amounts are multiples of; nothing is lost."""
    for unit in (smallest_amount(asked.metric.currency), CENT):
        if all(Fraction(amount) % Fraction(unit) == 0 for amount in amounts):
            return unit
    return SMALLEST


def _bridge(
    asked: Asked, unit: Decimal | None, start: Number, steps: Sequence[tuple[Title, Number]], end: Number
) -> Table:
    """From the earlier figure to this one, a line for each part."""
    base, column = exact(start), _column(asked, unit)
    columns = [Column("part", Title("部分", "Part")), column("effect", asked.metric.title)]
    is_rate = unit is None
    if not is_rate:
        columns.append(Column("of_earlier", Title("占上期", "Of earlier"), "ratio"))
    rows: list[tuple[Value, ...]] = [
        (_earlier_title(asked), start, *(() if is_rate else (_of(base or Fraction(0), base),)))
    ]
    for title, value in steps:
        rows.append((title, value, *(() if is_rate else (_of(exact(value) or Fraction(0), base),))))
    now = (Title("本期", "Now"), end, *(() if is_rate else (_of(exact(end) or Fraction(0), base),)))
    chart = Chart("waterfall", Title("从上期到本期", "From then to now"), "part", ("effect",))
    return Table("bridge", tuple(columns), tuple(rows), total=now, charts=(chart,))


def _of(value: Fraction, base: Decimal | Fraction | None) -> Ratio | None:
    return as_ratio(value / Fraction(base)) if base and base > 0 else None


def _earlier_title(asked: Asked) -> Title:
    return Title("去年同期", "Last year") if asked.text("compare") == "last-year" else Title("上一期", "Before")


def _column(asked: Asked, unit: Decimal | None) -> Callable[[str, Title], Column]:
    """Return how a column of the metric is made: with as many decimals as the parts have."""

    def make(key: str, title: Title) -> Column:
        column = value_column(key, title, asked.metric)
        return replace(column, decimals=4) if unit == SMALLEST else column

    return make


def _sum(cells: Iterable[object]) -> Decimal:
    return total(cell for cell in cells if isinstance(cell, Decimal))
