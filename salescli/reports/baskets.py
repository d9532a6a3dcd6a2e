"""`report baskets`: what is bought together, in how many orders, and how much oftener than chance would have it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

from salescli.core.analysis.baskets import LEAST_TOGETHER, Pair, count_items, find_pairs, least_together
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.interval import FEW_CASES
from salescli.core.table import Column, Facts, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.reports.answers import Results
from salescli.reports.basket_facts import BasketFacts
from salescli.reports.declaration import BasketsNeed, FiguresNeed, Need, TraceNeed
from salescli.reports.measures import as_ratio, incomplete_line, period_title, value_column
from salescli.reports.params import EXPLAIN, METRIC, PERIOD, ROWS, Asked, Param

ORDERS = replace(METRIC, default="order-sales", is_fixed=True)
BY = Param("by", "choice", Title("篮子里看什么", "what is looked at"), "product", ("product", "line", "family"))
SUPPORT = Param(
    "min_support",
    "text",
    Title(
        "至少出现在多少订单:个数或百分比(默认 0.1%)", "in at least so many orders: a count or a share (default: 0.1%)"
    ),
    "0.1%",
)
TOP = Param("top", "count", Title("列出的组合数", "how many pairs to list"), "20", least=1, most=100_000)
PARAMS = (PERIOD, ORDERS, BY, SUPPORT, TOP, ROWS, EXPLAIN)
_SUPPORT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([%%]?)")
_EXPLAINED = 3  # pairs whose numbers are spelled out


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the orders of the period.

    Raises:
        UsageError: the support is neither a count nor a share.
    """
    parse_support(asked.text("min_support"))
    metric, by = asked.metric.name, asked.text("by")
    return {
        "baskets": BasketsNeed(metric, by, asked.counted),
        "total": FiguresNeed(metric, (), asked.counted),
        "trace": TraceNeed(metric, (by,), asked.counted, (), asked.flag("rows"), asked.flag("explain")),
    }


def parse_support(text: str) -> int | Fraction:
    """Read `5` (orders) or `0.5%` (of them).

    Raises:
        UsageError: it is neither, or is nothing.
    """
    match = _SUPPORT.fullmatch(text.strip())
    number = Fraction(match[1]) if match else Fraction(0)
    if match and match[2] and 0 < number <= 100:
        return number / 100
    if match and not match[2] and number >= LEAST_TOGETHER and number.denominator == 1:
        return int(number)
    raise UsageError(problem("report-bad-support", text=text))


def build(asked: Asked, results: Results) -> Report:
    """Build the pairs from the highest lift down."""
    facts = cast(BasketFacts, results.answers["baskets"])
    items = count_items(facts.orders)
    support = parse_support(asked.text("min_support"))
    count = len(facts.orders)
    least = least_together(count, support) if isinstance(support, Fraction) else support
    pairs = find_pairs(facts.orders, items, least)
    period, by = period_title(asked), DIMENSIONS[asked.text("by")].title
    title = Title(f"购物篮 · {period.zh} · 按{by.zh}", f"Baskets · {period.en} · by {by.en.lower()}")
    if results.why_empty.en:
        blocks: tuple[Facts | Table, ...] = (Table("pairs", _columns(by), (), empty=results.why_empty),)
        return Report("baskets", title, (*blocks, *results.trace()), _footer(asked, results, facts, least))
    blocks = (_facts(asked, results, facts, len(items), least, len(pairs)), _table(asked, facts, items, pairs, least))
    explained = _explained(pairs, facts) if asked.flag("explain") else ()
    after = (f"salescli metric show {asked.metric.name} --by {asked.text('by')} --period {asked.period}",)
    footer = _footer(asked, results, facts, least)
    return Report("baskets", title, (*blocks, *results.trace(), *explained), footer, next=after)


def _facts(asked: Asked, results: Results, facts: BasketFacts, items: int, least: int, pairs: int) -> Facts:
    count = len(facts.orders)
    several = sum(len(order) > 1 for order in facts.orders)
    by, actual = DIMENSIONS[asked.text("by")].title, results.figures("total").single
    return Facts(
        "orders",
        (
            (value_column("actual", asked.metric.title, asked.metric), actual if actual is not None else Decimal(0)),
            (Column("orders", Title("订单", "Orders"), "count"), count),
            (Column("several", Title(f"含两种以上{by.zh}", "With two or more"), "count"), several),
            (Column("part_several", Title("占订单", "Of orders"), "ratio"), Ratio(several, count)),
            (Column("items", Title(f"不同的{by.zh}", f"{by.en}: how many"), "count"), items),
            (Column("least", Title("至少出现在(订单)", "In at least (orders)"), "count"), least),
            (Column("pairs", Title("组合", "Pairs"), "count"), pairs),
        ),
    )


def _columns(by: Title) -> tuple[Column, ...]:
    return (
        Column("first", Title(f"{by.zh} A", f"{by.en} A")),
        Column("second", Title(f"{by.zh} B", f"{by.en} B")),
        Column("together", Title("同单", "Together"), "count"),
        Column("support", Title("支持度", "Support"), "ratio"),
        Column("confidence", Title("A→B", "A→B"), "ratio"),
        Column("confidence_back", Title("B→A", "B→A"), "ratio"),
        Column("lift", Title("提升度", "Lift"), "quantity", decimals=2, thresholds=(Fraction(1),)),
        Column("note", Title("备注", "Note"), give_way="empty"),
    )


def _table(asked: Asked, facts: BasketFacts, items: Mapping[str, int], pairs: Sequence[Pair], least: int) -> Table:
    rows = tuple(_row(pair, facts.names) for pair in pairs[: asked.number("top")])
    by = DIMENSIONS[asked.text("by")].title
    return Table("pairs", _columns(by), rows, empty=_why_no_pair(facts, items, least))


def _row(pair: Pair, names: Mapping[str, str]) -> tuple[Value, ...]:
    few = Title(f"例数少({pair.together})", f"few cases ({pair.together})") if pair.together < FEW_CASES else None
    quotients = pair.support, pair.confidence, pair.confidence_back, pair.lift
    return (names[pair.first], names[pair.second], pair.together, *(as_ratio(one) for one in quotients), few)


def _why_no_pair(facts: BasketFacts, items: Mapping[str, int], least: int) -> Title:
    """Say why no pair is listed: single orders, or a support that nothing reaches."""
    if not any(len(order) > 1 for order in facts.orders):
        return Title("没有一个订单含两种以上", "no order holds two or more")
    pairs = find_pairs(facts.orders, items, LEAST_TOGETHER)
    if not pairs:
        return Title("没有任何组合在两个以上订单中出现", "no pair is in more than one order")
    most = max(pairs, key=lambda pair: pair.together)
    first, second, count = facts.names[most.first], facts.names[most.second], most.together
    return Title(
        f"没有组合出现在至少 {least} 个订单;最多的是 {first} 与 {second},{count} 个(可用 --min-support {count})",
        f"no pair is in at least {least} orders; the most frequent is {first} with {second}, in {count} "
        f"(try --min-support {count})",
    )


def _footer(asked: Asked, results: Results, facts: BasketFacts, least: int) -> tuple[Title, ...]:
    lines = [results.known, *incomplete_line(asked)]
    if facts.returned:
        lines.append(
            Title(f"退货行不计:{facts.returned} 行", f"lines that take something back are left out: {facts.returned}")
        )
    if facts.nameless:
        by = DIMENSIONS[asked.text("by")].title
        text = f"lines without {by.en.lower()} are left out: {facts.nameless}"
        lines.append(Title(f"没有{by.zh}的行不计:{facts.nameless} 行", text))
    if least < FEW_CASES and facts.orders:
        lines.append(
            Title(f"不足 {FEW_CASES} 单的组合多为巧合", f"pairs in fewer than {FEW_CASES} orders may well be chance")
        )
    lines.append(Title("同一订单编号为一篮", "a basket is what has one order number"))
    lines.append(Title("提升度 1 为互不相关", "lift 1: nothing to do with each other"))
    return tuple(lines)


def _explained(pairs: Sequence[Pair], facts: BasketFacts) -> tuple[Trace, ...]:
    """The formulas, with the numbers of the first pairs."""
    share, number = Column("share", Title("", ""), "ratio"), Column("lift", Title("", ""), "quantity", decimals=2)
    lines = [
        Line(Title("支持度 = 同单数 ÷ 全部订单", "support = orders with both ÷ all orders")),
        Line(Title("A→B(置信度)= 同单数 ÷ 含 A 的订单", "A→B (confidence) = orders with both ÷ orders with A")),
        Line(
            Title(
                "提升度 = 同单数 × 全部订单 ÷ (含 A 的订单 × 含 B 的订单)",
                "lift = orders with both × all orders ÷ (orders with A × orders with B)",
            )
        ),
    ]
    for pair in pairs[:_EXPLAINED]:
        first, second = facts.names[pair.first], facts.names[pair.second]
        both, every = pair.together, pair.baskets
        texts = (
            (f"{both:,} ÷ {every:,}", pair.support, share),
            (f"{both:,} ÷ {pair.with_first:,}", pair.confidence, share),
            (f"{both:,} × {every:,} ÷ ({pair.with_first:,} × {pair.with_second:,})", pair.lift, number),
        )
        below = tuple(Line(Title(text, text), as_ratio(value), column) for text, value, column in texts)
        lines.append(Line(Title(f"{first} 与 {second}", f"{first} with {second}"), children=below))
    return (Trace("formulas", tuple(lines), Title("公式", "Formulas")),)
