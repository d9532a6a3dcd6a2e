"""`report market-share`: own sales over the market's, of exactly the same period and unit; competitors beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salescli.core.analysis.market import MarketSize, find_size
from salescli.core.analysis.mix import compute_shift
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.money import round_half_away
from salescli.core.periods import Period
from salescli.core.table import Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Results
from salescli.reports.breakdown import (
    AGAINST,
    SALES,
    Part,
    breakdown_footer,
    breakdown_needs,
    gather_parts,
    gather_total,
    value_title,
)
from salescli.reports.declaration import MarketNeed, Need
from salescli.reports.measures import Number, exact, period_title, value_column
from salescli.reports.params import EXPLAIN, PERIOD, ROWS, Asked, Param

BY = Param(
    "by", "choice", Title("按什么分市场", "how the market is parted"), "region", ("region", "channel", "line", "family")
)
PARAMS = (PERIOD, SALES, BY, AGAINST, ROWS, EXPLAIN)
OWN = Title("本公司", "own sales")


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for own sales, and the market sizes the workspace gives."""
    return breakdown_needs(asked, asked.text("by"), {}) | {"market": MarketNeed(asked.metric.name)}


def build(asked: Asked, results: Results) -> Report:
    """Build a line per part of the market, the whole as a question of its own, and the competitors."""
    parts, whole = gather_parts(asked, results, ()), gather_total(asked, results, ())
    sizes, by = results.market(), asked.text("by")
    parts = _with_markets(parts, sizes, asked)
    is_nothing = bool(results.why_empty.en)
    table = Table(
        "market",
        _columns(asked),
        () if is_nothing else tuple(_row(part.name, part, sizes, asked, by) for part in parts),
        total=None if is_nothing else _row(Title("合计", "Total"), whole, sizes, asked, ""),
        empty=results.why_empty,
    )
    rivals = () if is_nothing else _rivals(whole, sizes, asked)
    name, period = asked.metric.title, period_title(asked)
    title = Title(f"市场份额 · {period.zh} · {name.zh}", f"Market share · {period.en} · {name.en}")
    explained = (_explained(sizes, asked),) if asked.flag("explain") else ()
    after = () if sizes else ("salescli check market",)
    footer = breakdown_footer(asked, results, *_said(sizes, asked))
    return Report("market-share", title, (table, *rivals, *results.trace(), *explained), footer, next=after)


def _is_whole(asked: Asked) -> bool:
    """Tell whether own sales are those of all days: a part of them over the whole market would read as a loss."""
    return asked.is_over or (asked.on >= asked.period.last_day and asked.through is not None)


def _with_markets(parts: Sequence[Part], sizes: Sequence[MarketSize], asked: Asked) -> list[Part]:
    """Add markets in which nothing was sold: a share of 0 %, never left out."""
    seen, by = {part.key for part in parts}, asked.text("by")
    groups = {one.group for one in sizes if one.dimension == by and not one.competitor} - seen
    more = [
        Part(group, group, Decimal(0), None, {})
        for group in sorted(group for group in groups if group)
        if find_size(sizes, asked.period, by, group) is not None
    ]
    named = [part for part in parts if part.key is not None]
    return [*named, *more, *(part for part in parts if part.key is None)]


def _columns(asked: Asked) -> tuple[Column, ...]:
    by = asked.text("by")
    return (
        Column(by, DIMENSIONS[by].title),
        value_column("value", value_title(asked), asked.metric),
        value_column("market", Title("市场", "Market"), asked.metric),
        Column("share", Title("份额", "Share"), "ratio"),
        Column("bar", Title("图", "Bar"), "bar"),
        value_column("earlier", Title("此前", "Earlier"), asked.metric),
        Column("earlier_share", Title("此前份额", "Earlier share"), "ratio"),
        Column("shift", Title("增减(点)", "Shift (pts)"), "quantity", decimals=2),
    )


def _row(name: str | Title, part: Part, sizes: Sequence[MarketSize], asked: Asked, by: str) -> tuple[Value, ...]:
    market = _market(part, sizes, asked.period, by)
    before = _market(part, sizes, asked.earlier, by) if asked.earlier is not None else None
    share = share_of_market(part.value, market) if _is_whole(asked) else None
    earlier = share_of_market(part.earlier, before)
    shift = None
    if share is not None and earlier is not None:
        shift = compute_shift(exact(part.value), exact(market), exact(part.earlier), exact(before))
    points = None if shift is None else round_half_away(shift * 100)
    return (name, part.value, market, share, share, part.earlier, earlier, points)


def _market(part: Part, sizes: Sequence[MarketSize], period: Period, by: str) -> Decimal | None:
    if by and part.key is None:
        return None
    return find_size(sizes, period, by, part.key or "" if by else "")


def share_of_market(value: Number, market: Decimal | None) -> Ratio | None:
    """Return own sales over the market; None where either is unknown."""
    return Ratio(value, market) if isinstance(value, Decimal) and market is not None and market > 0 else None


def _rivals(whole: Part, sizes: Sequence[MarketSize], asked: Asked) -> tuple[Table, ...]:
    """Competitors and ourselves in the whole market, the largest first; the relative share is own ÷ largest rival."""
    names = sorted({one.competitor for one in sizes if one.competitor and not one.dimension})
    sales = {name: find_size(sizes, asked.period, competitor=name) for name in names}
    known = {name: value for name, value in sales.items() if value is not None}
    if not known or not isinstance(whole.value, Decimal):
        return ()
    market, largest = find_size(sizes, asked.period), max(known.values())
    lines: list[tuple[str | Title, Decimal]] = [(OWN, whole.value), *known.items()]
    rows = []
    for name, value in sorted(lines, key=lambda one: -one[1]):
        is_fair = name is not OWN or _is_whole(asked)
        relative = Ratio(value, largest) if name is OWN and is_fair and largest > 0 else None
        rows.append((name, value, share_of_market(value, market) if is_fair else None, relative))
    columns = (
        Column("seller", Title("卖方", "Seller")),
        value_column("sales", Title("销售", "Sales"), asked.metric),
        Column("share", Title("份额", "Share"), "ratio"),
        Column("relative", Title("相对最大对手", "Of largest rival"), "ratio"),
    )
    return (Table("sellers", columns, tuple(rows), Title("市场上的卖方", "Who sells in this market")),)


def _said(sizes: Sequence[MarketSize], asked: Asked) -> list[Title]:
    period, metric = asked.period, asked.metric.name
    if not sizes:
        line = f"sizes: [{{period: {period}, metric: {metric}, amount: 300,000,000}}]"
        return [
            Title(
                f"没有 {metric} 的市场规模,没有份额:写入 config/market.yaml,format: 1 之后 {line}",
                f"no market size of {metric}, so no share: write config/market.yaml, after format: 1 {line}",
            )
        ]
    if not _is_whole(asked):
        return [
            Title(
                "期间未完,市场是整期的:暂不算份额", "the market is of the whole period, the sales are not yet: no share"
            )
        ]
    if all(find_size(sizes, period, one.dimension, one.group, one.competitor) is None for one in sizes):
        given = ", ".join(sorted({str(one.period) for one in sizes}))
        return [
            Title(
                f"没有 {period} 的市场规模(有:{given}),不从更长的期间推算",
                f"no market size of {period} (there are {given}); none is guessed from a longer period",
            )
        ]
    lines = []
    if find_size(sizes, period) is None:
        lines.append(Title("没有整个市场的规模:合计没有份额", "no size of the whole market: the total has no share"))
    if asked.earlier is not None and find_size(sizes, asked.earlier) is None:
        days = f"{asked.earlier.start}..{asked.earlier.last_day}"
        lines.append(
            Title(
                f"没有 {days} 整个市场的规模:没有此前份额", f"no size of the whole market in {days}: no earlier share"
            )
        )
    if sources := sorted({one.source for one in sizes if one.source and period.covers(one.period)}):
        lines.append(Title(f"市场规模来自 {';'.join(sources)}", f"market sizes from {'; '.join(sources)}"))
    return lines


def _explained(sizes: Sequence[MarketSize], asked: Asked) -> Trace:
    column = value_column("amount", Title("", ""), asked.metric)
    used = [one for one in sizes if asked.period.covers(one.period)]
    given = tuple(Line(Title(*(_named(one),) * 2), one.amount, column, one.source) for one in used)
    lines = (
        Line(Title("份额 = 本公司 ÷ 市场,同一指标、同一期间", "share = own ÷ market, of the same metric and period")),
        Line(
            Title(
                "市场规模按整期给出,或由恰好拼满该期间的各段相加",
                "a market size is given for the period, or added from parts that fill it exactly",
            )
        ),
        Line(Title("相对最大对手 = 本公司 ÷ 最大竞争对手", "of largest rival = own ÷ the largest competitor")),
        Line(Title("给出的市场规模", "market sizes given"), children=given),
    )
    return Trace("measures", lines, Title("各列的算法", "How the columns are computed"))


def _named(one: MarketSize) -> str:
    return " · ".join(filter(None, (str(one.period), one.group, one.competitor)))
