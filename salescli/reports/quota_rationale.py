"""The report of why targets are what they are: a frame of words and numbers for the company and for each team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from salescli.core.money import decimal_places, round_half_away, smallest_amount, to_decimal
from salescli.core.periods import Period
from salescli.core.quotas.rationale import TargetFrame
from salescli.core.table import Column, ColumnKind, Facts, Report, Value
from salescli.core.title import Title
from salescli.reports.quota import LEVELS

Item = tuple[Column, Value]
NOT_WRITTEN = Title("未写理由", "no reason written")


def build_rationale(
    frames: Sequence[TargetFrame],
    period: Period,
    metric: Title,
    currency: str,
    trailing: Period,
    next_commands: tuple[str, ...] = (),
) -> Report:
    """Build the report; a number that is not known has no line."""
    blocks = tuple(
        Facts(f"target-{frame.team or 'company'}", tuple(_items(frame, currency)), Title(frame.name, frame.name))
        for frame in frames
    )
    title = Title(f"目标依据 · {metric.zh} · {period}", f"Why these targets · {metric.en} · {period}")
    footer = [
        Title("去年:同一期间的上一年", "last year: the same days a year before"),
        Title("人数:在岗平均,不含主管", "heads: in seat on average, without whoever leads"),
    ]
    if any(frame.trailing is not None for frame in frames):
        footer.insert(1, Title(f"最近 12 个月:{trailing}", f"trailing 12 months: {trailing}"))
    if any(frame.coverage is not None for frame in frames):
        footer.append(
            Title(
                "覆盖:在途商机 ÷ 待完成额;赢率:最近 12 个月,按已关闭商机个数",
                "coverage: open pipeline ÷ what is to go; win rate: trailing 12 months, of closed deals by number",
            )
        )
    return Report("quota-rationale", title, blocks, tuple(footer), next=next_commands)


def _items(frame: TargetFrame, currency: str) -> Iterator[Item]:
    yield Column("why", Title("理由", "Why"), blank=NOT_WRITTEN), frame.why
    yield _figure("target", Title("目标", "Target"), currency), frame.target
    for level, amount in frame.levels.items():
        title = LEVELS.get(level, Title(level, level))
        yield _figure(f"target_{level}", title, currency), amount
    rest: list[Item] = [
        (_figure("last_year", Title("去年实际", "Last year's actual"), currency), frame.last_year),
        (_ratio("growth", "要求增长", "Growth asked"), frame.growth),
        (_figure("trailing", Title("最近 12 个月", "Trailing 12 months"), currency), frame.trailing),
        (_ratio("growth_on_trailing", "较最近 12 个月", "Growth on those"), frame.growth_on_trailing),
        *_market_items(frame, currency),
        *_pipeline_items(frame, currency),
        *_head_items(frame, currency),
    ]
    yield from (item for item in rest if item[1] is not None)


def _market_items(frame: TargetFrame, currency: str) -> Iterator[Item]:
    market = frame.market
    zh, en = (f"({market.region})", f" of {market.region}") if market.region else ("", "")
    yield _figure("market", Title(f"市场规模{zh}", f"Market{en}"), currency), market.size
    yield _ratio("market_growth", "市场增长", "Growth of the market"), frame.market_growth
    yield _ratio("share", "目标份额", "Share asked"), frame.share
    yield _ratio("last_share", "去年份额", "Share last year"), frame.last_share
    for place, (name, sales) in enumerate(market.competitors, 1):
        yield _figure(f"competitor_{place}", Title(f"竞争对手 {name}", f"Competitor {name}"), currency), sales
    yield Column("market_source", Title("市场数据来源", "Source of the market")), "; ".join(market.sources) or None


def _pipeline_items(frame: TargetFrame, currency: str) -> Iterator[Item]:
    cover = frame.coverage
    if cover is None:
        return
    yield _figure("to_go", Title("待完成额", "To go"), currency), cover.gap
    yield _figure("pipeline", Title("在途商机", "Open pipeline"), currency), cover.pipeline
    yield _ratio("coverage", "商机覆盖", "Coverage"), frame.cover
    few = f"({cover.closed})" if cover.is_few else ""
    title = Title("赢率" + (f",样本少{few}" if few else ""), "Win rate" + (f", few cases {few}" if few else ""))
    yield Column("win_rate", title, "ratio"), cover.win_rate
    if cover.needed is not None:
        needed = round_half_away(cover.needed, smallest_amount(currency) if currency else Decimal(1))
        yield _figure("pipeline_needed", Title("所需商机", "Pipeline needed"), currency), needed


def _head_items(frame: TargetFrame, currency: str) -> Iterator[Item]:
    unit = smallest_amount(currency) if currency else Decimal(1)
    yield Column("heads", Title("人数", "Heads"), "quantity", decimals=1), to_decimal(frame.heads, 4) or None
    yield (
        Column("last_heads", Title("去年人数", "Heads last year"), "quantity", decimals=1),
        (to_decimal(frame.last_heads, 4) or None),
    )
    yield Column("vacant", Title("空缺席位", "Vacant seats"), "count"), frame.vacant or None
    for key, title, value in (
        ("per_head", Title("人均目标", "Target per head"), frame.per_head),
        ("last_per_head", Title("去年人均", "Per head last year"), frame.last_per_head),
    ):
        yield _figure(key, title, currency), round_half_away(value, unit) if value is not None else None
    yield _ratio("growth_per_head", "人均增长", "Growth per head"), frame.growth_per_head


def _figure(key: str, title: Title, currency: str) -> Column:
    kind: ColumnKind = "money" if currency else "quantity"
    return Column(key, title, kind, currency, decimal_places(smallest_amount(currency)) if currency else None)


def _ratio(key: str, zh: str, en: str) -> Column:
    return Column(key, Title(zh, en), "ratio")
