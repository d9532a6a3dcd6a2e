"""`report competitors`: won and lost against whom, why deals are lost, and from which stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from salescli.core.analysis.outcomes import Closed, Tally, tally_deals
from salescli.core.metrics.dimensions import NONE
from salescli.core.metrics.interval import FEW_CASES, wilson_interval
from salescli.core.money import from_e4
from salescli.core.table import Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Results
from salescli.reports.declaration import FiguresNeed, Need, OutcomesNeed, TraceNeed
from salescli.reports.measures import (
    definition_line,
    difference,
    earlier_columns,
    earlier_line,
    earlier_of,
    incomplete_line,
    period_title,
    value_column,
)
from salescli.reports.params import COMPARE, EXPLAIN, METRIC, PERIOD, ROWS, Asked

DEALS = replace(METRIC, default="deals-closed", is_fixed=True)
PARAMS = (PERIOD, DEALS, COMPARE, ROWS, EXPLAIN)
UNKNOWN = Title("(未知)", "(unknown)")
TOTAL = Title("合计", "Total")


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the closed deals, and for the totals as questions of their own."""
    metric, counted = asked.metric.name, asked.counted
    found: dict[str, Need] = {
        "outcomes": OutcomesNeed(counted),
        "total": FiguresNeed(metric, (), counted),
        "won": FiguresNeed("deals-won", (), counted),
        "lost": FiguresNeed("deals-lost", (), counted),
        "trace": TraceNeed(metric, (), counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric, (), asked.earlier)
        found["earlier-outcomes"] = OutcomesNeed(asked.earlier)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build a line per competitor, then why and from which stage deals were lost."""
    deals = results.outcomes().deals
    is_nothing = bool(results.why_empty.en)
    tallies = tally_deals(deals, lambda deal: deal.competitor)
    blocks: list[Table | Trace] = [_competitors(asked, results, tallies, is_nothing=is_nothing)]
    lost = [deal for deal in deals if not deal.is_won]
    if lost and not is_nothing:
        blocks += [_reasons(asked, results, lost), _stages(asked, results, lost)]
    period = period_title(asked)
    title = Title(f"竞争对手 · {period.zh} · 关闭的商机", f"Competitors · {period.en} · closed deals")
    explained = (_explained(),) if asked.flag("explain") else ()
    after = (f"salescli funnel show {asked.period}",)
    return Report(
        "competitors",
        title,
        (*blocks, *results.trace(), *explained),
        _footer(asked, results, tallies, lost),
        next=after,
    )


def _competitors(asked: Asked, results: Results, tallies: Sequence[Tally], *, is_nothing: bool) -> Table:
    earlier = {}
    if asked.earlier is not None:
        before = tally_deals(results.outcomes("earlier-outcomes").deals, lambda deal: deal.competitor)
        earlier = {one.group: one for one in before}
        seen = {one.group for one in tallies}
        gone = [Tally(one.group, 0, 0, 0, 0, 0) for one in before if one.group not in seen]
        tallies = sorted([*tallies, *gone], key=lambda one: one.group is None)
    columns = (
        Column("competitor", Title("竞争对手", "Competitor")),
        value_column("value", Title("关闭", "Closed"), asked.metric),
        Column("won", Title("赢", "Won"), "count"),
        Column("lost", Title("输", "Lost"), "count"),
        Column("win_rate", Title("赢单率", "Win rate"), "ratio"),
        Column("low", Title("95% 下限", "95 % low"), "ratio"),
        Column("high", Title("上限", "High"), "ratio"),
        _money("lost_value", Title("输单金额", "Lost value"), asked, results),
        Column("note", Title("备注", "Note")),
        *(earlier_columns(asked) if asked.earlier is not None else ()),
    )
    rows = []
    for one in tallies:
        name = NONE if one.group is None else str(one.group)
        cells = [name, Decimal(one.closed), one.won, one.lost, *_rates(one.rate), _amount(one.lost_e4), _few(one)]
        if asked.earlier is not None:
            was = earlier.get(one.group)
            count = Decimal(was.closed) if was else _nothing(asked)
            cells += [count, difference(Decimal(one.closed), count)]
        rows.append(tuple(cells))
    total = _total(asked, results, tallies)
    return Table(
        "competitors",
        columns,
        () if is_nothing else tuple(rows),
        total=None if is_nothing else total,
        empty=results.why_empty,
    )


def _nothing(asked: Asked) -> Decimal | None:
    """What a competitor had in an earlier period without deals: nothing, unless that lies before the first record."""
    is_known = asked.earlier is not None and asked.first is not None and asked.first < asked.earlier.end
    return Decimal(0) if is_known else None


def _total(asked: Asked, results: Results, tallies: Sequence[Tally]) -> tuple[Value, ...]:
    closed, won, lost = (results.figures(name).single for name in ("total", "won", "lost"))
    rate = Ratio(_count(won), _count(closed))
    cells: list[Value] = [TOTAL, closed, _count(won), _count(lost), *_rates(rate)]
    cells += [_amount(sum(one.lost_e4 for one in tallies)), None]
    if asked.earlier is not None:
        was = earlier_of(results.optional_figures("earlier"), (), asked)
        cells += [was, difference(closed, was)]
    return tuple(cells)


def _count(value: Decimal | Ratio | None) -> int:
    return int(value) if isinstance(value, Decimal) else 0


def _rates(rate: Ratio) -> list[Value]:
    """A win rate with its 95 % bounds."""
    bounds = wilson_interval(rate.numerator, rate.denominator)
    if bounds is None:
        return [None, None, None]
    return [rate, Ratio(bounds[0], 1), Ratio(bounds[1], 1)]


def _few(one: Tally) -> Title | None:
    return Title(f"例数少({one.closed})", f"few cases ({one.closed})") if 0 < one.closed < FEW_CASES else None


def _amount(stored: int) -> Decimal:
    return from_e4(stored)


def _money(key: str, title: Title, asked: Asked, results: Results) -> Column:
    return Column(key, title, "money", results.outcomes().currency)


def _reasons(asked: Asked, results: Results, lost: Sequence[Closed]) -> Table:
    tallies = tally_deals(lost, lambda deal: deal.reason)
    names: dict[str | int | None, str | Title] = {one.group: str(one.group) for one in tallies}
    return _losses(
        asked,
        results,
        tallies,
        names | {None: NONE},
        "reason",
        Title("输单原因", "Lost reason"),
        Title("为什么输", "Why deals are lost"),
    )


def _stages(asked: Asked, results: Results, lost: Sequence[Closed]) -> Table:
    tallies = tally_deals(lost, lambda deal: deal.stage)
    tallies.sort(key=lambda one: (one.group is None, one.group or 0))
    titles = results.outcomes().stages
    names: dict[str | int | None, str | Title] = {
        one.group: titles[one.group] for one in tallies if isinstance(one.group, int)
    }
    return _losses(
        asked,
        results,
        tallies,
        names | {None: UNKNOWN},
        "stage",
        Title("输前阶段", "Lost from"),
        Title("在哪里输", "Where deals are lost"),
    )


def _losses(
    asked: Asked,
    results: Results,
    tallies: Sequence[Tally],
    names: Mapping[str | int | None, str | Title],
    key: str,
    head: Title,
    title: Title,
) -> Table:
    """Lost deals by count and by value, each with its share."""
    value = sum(one.lost_e4 for one in tallies)
    most = max((one.lost for one in tallies), default=0)
    count = results.figures("lost").single
    columns = (
        Column(key, head),
        Column("lost", Title("输", "Lost"), "count"),
        Column("share", Title("占比", "Share"), "ratio"),
        Column("bar", Title("图", "Bar"), "bar", give_way="narrow"),
        _money("lost_value", Title("输单金额", "Lost value"), asked, results),
        Column("value_share", Title("金额占比", "Of value"), "ratio"),
    )
    whole = _count(count)
    rows = [
        (
            names[one.group],
            one.lost,
            Ratio(one.lost, whole),
            Ratio(one.lost, most) if most else None,
            _amount(one.lost_e4),
            Ratio(one.lost_e4, value) if value else None,
        )
        for one in tallies
    ]
    total = (TOTAL, whole, Ratio(1, 1), None, _amount(value), Ratio(1, 1) if value else None)
    return Table(f"{key}s", columns, tuple(rows), title, total)


def _explained() -> Trace:
    lines = (
        Line(Title("赢单率 = 赢 ÷ 关闭(赢 + 输)", "win rate = won ÷ closed (won + lost)")),
        Line(Title("95% 区间:Wilson;例数少于 10 的另注", "95 % interval: Wilson; fewer than 10 cases are noted")),
        Line(
            Title(
                "输单金额:商机自己的金额,为 0 或空时取阶段变更中最后一次写的",
                "lost value: the deal's own amount; where it is 0 or blank, the last its stage changes said",
            )
        ),
        Line(
            Title(
                "输前阶段:输单前最后一个在手阶段;没有阶段变更的不知",
                "lost from: the last open stage before it was lost; unknown without stage changes",
            )
        ),
    )
    return Trace("measures", lines, Title("各列的算法", "How the columns are computed"))


def _footer(asked: Asked, results: Results, tallies: Sequence[Tally], lost: Sequence[Closed]) -> tuple[Title, ...]:
    lines = [results.known, *incomplete_line(asked), *earlier_line(asked)]
    named = [one for one in tallies if one.group is not None]
    if tallies and not named:
        lines.append(Title("没有一个商机写有竞争对手", "no deal names a competitor"))
    elif named and not any(one.won for one in named):
        lines.append(
            Title(
                "只有输单写有竞争对手:这些赢单率说明不了胜负",
                "only lost deals name a competitor: these win rates do not say how often you win",
            )
        )
    elif named:
        lines.append(Title("区间重叠的赢单率分不出高低", "win rates whose intervals overlap cannot be told apart"))
    currency = results.outcomes().currency
    if unvalued := sum(deal.value_e4 is None for deal in lost):
        lines.append(
            Title(f"{unvalued:,} 个输单没有 {currency} 金额", f"{unvalued:,} lost deals have no value in {currency}")
        )
    if lost and all(deal.stage is None for deal in lost):
        lines.append(Title("没有阶段变更:不知从哪一步输掉", "no stage changes: nobody knows from which stage"))
    return (*lines, definition_line(asked.metric))
