"""`report concentration`: how much of a metric rests on few customers (or any other group), and who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from salescli.core.analysis.concentration import FEW_HOLDERS, MOST, Concentration, compute_concentration
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.money import to_decimal, total
from salescli.core.table import Column, Facts, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.reports.answers import Figures, GroupFigure, Results
from salescli.reports.declaration import FiguresNeed, Need, TraceNeed
from salescli.reports.measures import (
    as_ratio,
    definition_line,
    earlier_line,
    incomplete_line,
    period_title,
    value_column,
)
from salescli.reports.params import COMPARE, CURRENCY, EXPLAIN, METRIC, PERIOD, ROWS, Asked, Param

BY = Param("by", "dimension", Title("在什么上的集中度", "concentration on what"), "customer")
TOP = Param("top", "count", Title("逐一列出的个数", "how many to list one by one"), "10", least=1, most=100_000)
PARAMS = (PERIOD, METRIC, BY, TOP, COMPARE, CURRENCY, ROWS, EXPLAIN)
INDEX = Column("hhi", Title("HHI", "HHI"), "quantity", decimals=4)
GINI = Column("gini", Title("基尼系数", "Gini"), "quantity", decimals=4)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The groups of a figure: those that have a share, those of nothing or less, and what reaches none."""

    holders: Sequence[GroupFigure]
    negative: Sequence[GroupFigure]
    nowhere: Sequence[GroupFigure]
    found: Concentration | None


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the figures by group, and the total as a question of its own.

    Raises:
        UsageError: the metric does not add up, so its groups have no share of it.
    """
    metric, by = asked.metric, (asked.text("by"),)
    if not metric.is_additive:
        raise UsageError(problem("report-no-shares", metric=metric.name))
    found: dict[str, Need] = {
        "lines": FiguresNeed(metric.name, by, asked.counted),
        "total": FiguresNeed(metric.name, (), asked.counted),
        "trace": TraceNeed(metric.name, by, asked.counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric.name, (), asked.earlier)
        found["earlier-lines"] = FiguresNeed(metric.name, by, asked.earlier)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build the indices, the shares of the largest, and the largest by name."""
    parts = _parts(results.figures("lines"))
    earlier = results.optional_figures("earlier-lines")
    before = None if earlier is None else _parts(earlier).found
    whole, period, by = asked.metric.title, period_title(asked), DIMENSIONS[asked.text("by")].title
    title = Title(
        f"集中度 · {period.zh} · {whole.zh} · 按{by.zh}",
        f"Concentration · {period.en} · {whole.en} · by {by.en.lower()}",
    )
    if results.why_empty.en:
        blocks: tuple[Facts | Table, ...] = (Table("groups", _columns(asked), (), empty=results.why_empty),)
    else:
        facts = _facts(asked, results, parts, before)
        blocks = (facts, *_tops(asked, parts, before), _groups(asked, results, parts))
    explained = _explained(parts.found, by) if asked.flag("explain") and parts.found else ()
    span = f" --period {asked.period}" if asked.metric.has_period else ""
    after = (f"salescli metric show {asked.metric.name} --by {asked.text('by')}{span}",)
    footer = _footer(asked, results, parts)
    return Report("concentration", title, (*blocks, *results.trace(), *explained), footer, next=after)


def _parts(figures: Figures) -> _Parts:
    named = [line for line in figures.lines if line.keys[0] is not None]
    holders = [line for line in named if _value(line) > 0]
    holders.sort(key=lambda line: (-_value(line), line.names, line.keys))
    negative = sorted((line for line in named if _value(line) < 0), key=lambda line: (_value(line), line.names))
    nowhere = [line for line in figures.lines if line.keys[0] is None and _value(line)]
    return _Parts(holders, negative, nowhere, compute_concentration(_value(line) for line in holders))


def _value(line: GroupFigure) -> Decimal:
    return line.value if isinstance(line.value, Decimal) else Decimal(0)


def _facts(asked: Asked, results: Results, parts: _Parts, before: Concentration | None) -> Facts:
    by, found = DIMENSIONS[asked.text("by")].title, parts.found
    actual = results.figures("total").single
    items: list[tuple[Column, Value]] = [
        (value_column("actual", asked.metric.title, asked.metric), actual if actual is not None else Decimal(0)),
        (
            Column("holders", Title(f"有份额的{by.zh}", f"Holders ({by.en.lower()})"), "count"),
            found.holders if found else 0,
        ),
    ]
    if found is not None:
        of_all = as_ratio(Fraction(found.holders_of_most, found.holders))
        items += [
            (INDEX, as_ratio(found.hhi)),
            (Column("equivalent", Title("相当于同等大小", "As many of equal size"), "quantity", decimals=1),
             as_ratio(found.equivalent)),
            (GINI, as_ratio(found.gini)),
            (Column("holders_of_most", Title("占 80 % 的个数", "Make up 80 %"), "count"), found.holders_of_most),
            (Column("part_of_most", Title("占全部", "Of all"), "ratio"), of_all),
        ]  # fmt: skip
    if before is not None:
        words = Title("去年同期", "last year") if asked.text("compare") == "last-year" else Title("上一期", "before")
        items += [
            (Column("earlier_hhi", Title(f"HHI {words.zh}", f"HHI {words.en}"), "quantity", decimals=4),
             as_ratio(before.hhi)),
            (Column("earlier_gini", Title(f"基尼 {words.zh}", f"Gini {words.en}"), "quantity", decimals=4),
             as_ratio(before.gini)),
            (Column("earlier_holders", Title(f"个数 {words.zh}", f"Holders {words.en}"), "count"), before.holders),
        ]  # fmt: skip
    return Facts("concentration", tuple(items))


def _tops(asked: Asked, parts: _Parts, before: Concentration | None) -> tuple[Table, ...]:
    """The shares of the largest 1, 5, 10 and 20 per cent."""
    if parts.found is None:
        return ()
    columns = [
        Column("top", Title("最大的", "Largest")),
        Column("holders", Title("个数", "Holders"), "count"),
        value_column("held", Title("合计", "Together"), asked.metric),
        Column("share", Title("份额", "Share"), "ratio"),
        Column("bar", Title("图", "Bar"), "bar"),
    ]
    if asked.earlier is not None:
        is_year = asked.text("compare") == "last-year"
        columns.append(
            Column("earlier_share", Title("去年同期", "Last year") if is_year else Title("上一期", "Before"), "ratio")
        )
        columns.append(Column("points", Title("增减(百分点)", "Points"), "ratio"))
    rows = []
    for place, top in enumerate(parts.found.tops):
        share = as_ratio(top.share)
        cells: list[Value] = [f"{top.percent} %", top.holders, to_decimal(top.value), share, share]
        if asked.earlier is not None:
            was = before.tops[place].share if before else None
            cells += [as_ratio(was), as_ratio(None if was is None else top.share - was)]
        rows.append(tuple(cells))
    return (Table("tops", tuple(columns), tuple(rows)),)


def _columns(asked: Asked) -> tuple[Column, ...]:
    by = asked.text("by")
    return (
        Column("rank", Title("名次", "Rank"), "count"),
        Column(by, DIMENSIONS[by].title),
        value_column("value", Title("数额", "Figure"), asked.metric),
        Column("share", Title("份额", "Share"), "ratio"),
        Column("cumulative", Title("累计", "Cumulative"), "ratio", thresholds=(MOST,)),
        Column("bar", Title("图", "Bar"), "bar"),
    )


def _groups(asked: Asked, results: Results, parts: _Parts) -> Table:
    """The largest by name, the rest together, then what has no share; the lines add up to the metric."""
    count = asked.number("top")
    rows: list[tuple[Value, ...]] = []
    whole = parts.found.whole if parts.found else Fraction(0)
    held = Fraction(0)
    for place, line in enumerate(parts.holders[:count], 1):
        held += Fraction(_value(line))
        share = as_ratio(Fraction(_value(line)) / whole)
        rows.append((place, line.names[0], _value(line), share, as_ratio(held / whole), share))
    if rest := parts.holders[count:]:
        added = total(_value(line) for line in rest)
        share = as_ratio(Fraction(added) / whole)
        name = Title(f"其余 {len(rest)} 个", f"{len(rest)} other{'s' if len(rest) > 1 else ''}")
        rows.append((None, name, added, share, Ratio(1, 1), share))
    if parts.negative:
        name = Title(f"负值 {len(parts.negative)} 个", f"{len(parts.negative)} below zero")
        rows.append((None, name, total(_value(line) for line in parts.negative), None, None, None))
    rows += [(None, line.names[0], _value(line), None, None, None) for line in parts.nowhere]
    return Table(
        "groups",
        _columns(asked),
        tuple(rows),
        total=(None, None, results.figures("total").single, None, None, None),
    )


def _footer(asked: Asked, results: Results, parts: _Parts) -> tuple[Title, ...]:
    by, found, lines = DIMENSIONS[asked.text("by")].title, parts.found, [results.known]
    lines += incomplete_line(asked) if asked.metric.has_period else ()
    lines += earlier_line(asked)
    if found is not None and found.is_few:
        lines.append(
            Title(
                f"例数少({found.holders} < {FEW_HOLDERS}):增减一个就会改变所有数字",
                f"few cases ({found.holders} of at least {FEW_HOLDERS}): one more or less changes every figure",
            )
        )
    if found is None and not results.why_empty.en:
        lines.append(
            Title(f"没有任何{by.zh}为正值,无法计算份额", f"no {by.en.lower()} is above zero: there are no shares")
        )
    if parts.negative:
        added = total(_value(line) for line in parts.negative)
        lines.append(
            Title(
                f"负值不计入份额:{len(parts.negative)} 个,合计 {added:,}",
                f"below zero, without a share: {len(parts.negative)}, together {added:,}",
            )
        )
    if parts.nowhere:
        lines.append(Title(f"不属于任何{by.zh}的不计入份额", f"what reaches no {by.en.lower()} has no share"))
    lines.append(Title("最大的 n % 向上取整为个数", "the largest n % are rounded up to whole holders"))
    return (*lines, definition_line(asked.metric))


def _explained(found: Concentration, by: Title) -> tuple[Trace, ...]:
    """The formulas with their numbers."""
    share, number = Column("share", Title("", ""), "ratio"), Column("index", Title("", ""), "quantity", decimals=4)
    whole = f"{to_decimal(found.whole):,.2f}"
    lines = [
        Line(
            Title(
                f"份额 = 数额 ÷ {whole}(所有正值的{by.zh}之和)", f"share = figure ÷ {whole}, the sum of all above zero"
            )
        ),
        Line(
            Title(
                f"HHI = Σ 份额²,介于 1 ÷ {found.holders} 与 1 之间",
                f"HHI = Σ share², between 1 ÷ {found.holders} and 1",
            ),
            as_ratio(found.hhi),
            number,
        ),
        Line(
            Title("相当于同等大小的个数 = 1 ÷ HHI", "as many of equal size = 1 ÷ HHI"),
            as_ratio(found.equivalent),
            Column("equivalent", Title("", ""), "quantity", decimals=1),
        ),
        Line(
            Title(
                f"基尼 = Σ (2i − n − 1) × xᵢ ÷ (n × Σ x),由小到大,n = {found.holders};0 为人人相同",
                f"Gini = Σ (2i − n − 1) × xᵢ ÷ (n × Σ x), ascending, n = {found.holders}; 0: all the same",
            ),
            as_ratio(found.gini),
            number,
        ),
    ]
    lines += [
        Line(
            Title(
                f"最大的 {top.percent} %:⌈{found.holders} × {top.percent} %⌉ = {top.holders} 个,"
                f"{to_decimal(top.value):,.2f} ÷ {whole}",
                f"largest {top.percent} %: ⌈{found.holders} × {top.percent} %⌉ = {top.holders}, "
                f"{to_decimal(top.value):,.2f} ÷ {whole}",
            ),
            as_ratio(top.share),
            share,
        )
        for top in found.tops
    ]
    return (Trace("formulas", tuple(lines), Title("公式", "Formulas")),)
