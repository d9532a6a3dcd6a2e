"""The reports: name, module, one sentence and examples. A new report is its file, one entry here, and a golden.

The command line makes its verbs from this table, so it imports nothing but names for people; the module of a report
is imported when the report is asked for. A module has `PARAMS`, `needs(asked)` and `build(asked, results)`.
"""

from __future__ import annotations

from typing import NamedTuple

from salescli.core.title import Title


class Entry(NamedTuple):
    """One report: its name as typed, its module, what it shows, examples without the leading `salescli`."""

    name: str
    module: str
    summary: Title
    examples: tuple[str, ...]


REPORTS: tuple[Entry, ...] = (
    Entry(
        "team",
        "salescli.reports.team",
        Title("团队:目标、实际、达成、节奏与最大缺口。", "Teams: target, actual, attainment, pace, the biggest gap."),
        ("report team 2026-03", "report team 2026-Q1 --compare last-year", "report team this-month -o team.html"),
    ),
    Entry(
        "rep",
        "salescli.reports.rep",
        Title(
            "一个人的一页:业绩、达成、提成、在手商机、排名。", "One person on one page: results, pay, open deals, rank."
        ),
        ("report rep 2026-03 --person 王芳", "report rep 2026-Q1 --person 0023 --compare previous"),
    ),
    Entry(
        "trend",
        "salescli.reports.trend",
        Title(
            "一个指标的走势:环比、同比、移动平均、异常月份。",
            "A metric over time: MoM, YoY, average, months that stand out.",
        ),
        ("report trend receipts", "report trend receipts-net --by team --months 6", "report trend win-rate -O csv"),
    ),
    Entry(
        "leaderboard",
        "salescli.reports.leaderboard",
        Title("排行榜:按一个指标给人员或团队排名。", "People or teams ranked by a metric."),
        ("report leaderboard 2026-03", "report leaderboard 2026-Q1 --metric win-rate --by team"),
    ),
    Entry(
        "products",
        "salescli.reports.products",
        Title(
            "产品:数额、数量、利润率、增长、ABC 类,哪些加大、改进、淘汰。",
            "Products: amount, units, margin, growth, ABC class; what to grow, improve, retire.",
        ),
        (
            "report products 2026-Q1",
            "report products 2026-Q1 --by line --compare last-year",
            "report products --floor 15",
        ),
    ),
    Entry(
        "competitors",
        "salescli.reports.competitors",
        Title(
            "竞争对手:对谁赢、对谁输(附区间),为什么输,在哪一步输。",
            "Competitors: won and lost against whom (with intervals), why, and from which stage.",
        ),
        (
            "report competitors 2026-Q1",
            "report competitors 2026 --compare last-year",
            "report competitors 2026-Q1 -O csv",
        ),
    ),
    Entry(
        "regions",
        "salescli.reports.regions",
        Title(
            "区域:数额、占比、增长、达成、客户数、赢单率。",
            "Regions: amount, share, growth, attainment, customers, win rate.",
        ),
        (
            "report regions 2026-Q1",
            "report regions 2026-03 --metric bookings --compare last-year",
            "report regions this-month -o regions.xlsx",
        ),
    ),
    Entry(
        "channels",
        "salescli.reports.channels",
        Title(
            "渠道:数额、占比及其变化、增长、利润率、客户数、赢单率。",
            "Channels: amount, share and how it shifts, growth, margin, customers, win rate.",
        ),
        (
            "report channels 2026-Q1",
            "report channels 2026-Q1 --compare last-year",
            "report channels 2026 --metric bookings",
        ),
    ),
    Entry(
        "market-share",
        "salescli.reports.market_share",
        Title(
            "市场份额:本公司销售 ÷ 同一期间、同一口径的市场规模。",
            "Market share: own sales over the market's, of the same period and unit.",
        ),
        (
            "report market-share 2026-Q1 --metric bookings",
            "report market-share 2025 --metric bookings --by line",
            "report market-share 2026-Q1 --metric bookings --compare last-year",
        ),
    ),
    Entry(
        "data-quality",
        "salescli.reports.data_quality",
        Title(
            "数据质量:完整、有效、唯一、一致、及时,按类型和负责人评分。",
            "Data quality: complete, valid, unique, consistent, timely; a score per type and owner.",
        ),
        (
            "report data-quality",
            "report data-quality --type contract --rows",
            "report data-quality --by owner --explain",
        ),
    ),
    Entry(
        "concentration",
        "salescli.reports.concentration",
        Title(
            "集中度:业绩依赖多少客户,HHI、基尼、最大客户份额。",
            "Concentration: how much rests on few; HHI, Gini, largest shares.",
        ),
        (
            "report concentration 2026-Q1",
            "report concentration 2026 --metric bookings --by product --top 5",
            "report concentration 2026-Q1 --compare last-year --explain",
        ),
    ),
    Entry(
        "drivers",
        "salescli.reports.drivers",
        Title(
            "变化由什么造成:量、价、结构、新增与消失,分毫不差。",
            "What a change is made of: volume, price, mix, new and gone; it adds up.",
        ),
        (
            "report drivers 2026-Q1",
            "report drivers 2026-Q1 --metric order-sales --by product --compare last-year",
            "report drivers 2026-Q1 --metric win-rate --by team",
        ),
    ),
    Entry(
        "baskets",
        "salescli.reports.baskets",
        Title(
            "购物篮:哪些产品一起购买,支持度、置信度、提升度。", "What is bought together: support, confidence, lift."
        ),
        (
            "report baskets 2026-Q1",
            "report baskets 2026 --by line --min-support 1%",
            "report baskets 2026 --min-support 5 --top 50 --explain",
        ),
    ),
)


def find_report(name: str) -> Entry | None:
    """Return the report of this name."""
    return next((entry for entry in REPORTS if entry.name == name), None)
