"""The statistics of `quota check`: chances of reaching the target and fairness, with their definitions and seed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.money import to_decimal
from salescli.core.quotas.fairness import Fairness
from salescli.core.quotas.reach import DRAWS, LEAST_MONTHS, Verdict
from salescli.core.table import Block, Column, Facts, Ratio, Table, Value
from salescli.core.title import Title
from salescli.reports.quota_judged import Judged, money, named, text, who

VERDICTS: dict[Verdict, Title] = {
    "too-high": Title("过高", "too high"),
    "too-low": Title("过低", "too low"),
    "fair": Title("", ""),
}


def build_reach(one: Judged, prefix: Title) -> Table:
    """The chance of each person who has enough months."""
    columns = (
        text("holder", Title("目标持有者", "Holder")),
        Column("chance", Title("达成可能", "Chance"), "ratio", thresholds=(Fraction(1, 5), Fraction(9, 10))),
        Column("months", Title("历史月数", "Months of history"), "count"),
        text("verdict", Title("判断", "Verdict"), "empty"),
    )
    rows = tuple(
        (
            who(one, person),
            found.chance,
            found.months,
            VERDICTS[found.verdict] if found.verdict != "fair" else None,
        )
        for person, found in sorted(one.reach.items())
    )
    return Table("chance", columns, rows, named(prefix, Title("达成目标的可能性", "Chance of reaching the target")))


def build_fairness(one: Judged, found: Fairness, prefix: Title) -> list[Block]:
    """The figures of all people, and the mean quota by team."""
    items: list[tuple[Column, Value]] = [(Column("people", Title("人数", "People"), "count"), found.people)]
    if found.gini is not None:
        items.append((Column("gini", Title("目标的基尼系数", "Gini of quotas"), "quantity", decimals=4),
                      to_decimal(found.gini, 4)))  # fmt: skip
    for key, title, value in (
        (
            "by_history",
            Title("与历史的等级相关(Spearman)", "Rank correlation with history (Spearman)"),
            found.by_history,
        ),
        (
            "by_potential",
            Title("与潜力的等级相关(Spearman)", "Rank correlation with potential (Spearman)"),
            found.by_potential,
        ),
    ):
        if value is not None:
            items.append((Column(key, title, "quantity", decimals=4), value))
    names = (
        Title("增长:最低", "Growth: lowest"),
        Title("增长:下四分位", "Growth: lower quartile"),
        Title("增长:中位", "Growth: median"),
        Title("增长:上四分位", "Growth: upper quartile"),
        Title("增长:最高", "Growth: highest"),
    )
    keys = ("lowest", "lower", "median", "upper", "highest")
    for key, title, growth in zip(keys, names, found.growth or (), strict=False):
        items.append((Column(f"growth_{key}", title, "ratio"), Ratio(growth.numerator, growth.denominator)))
    columns = (
        text("team", Title("团队", "Team")),
        Column("people", Title("人数", "People"), "count"),
        money("per_head", Title("人均目标", "Quota per head"), one),
    )
    rows = tuple((one.names.team(team), count, to_decimal(mean, 2)) for team, (mean, count) in found.per_head.items())
    return [
        Facts("fairness", tuple(items), named(prefix, Title("公平性", "Fairness"))),
        Table("per-head", columns, rows, named(prefix, Title("各团队人均目标", "Quota per head by team"))),
    ]


def statistics_footer(subjects: Sequence[Judged]) -> list[Title]:
    """Definitions and the seed, of what was printed."""
    found: list[Title] = []
    if reach := [one for one in subjects if one.reach]:
        found.append(
            Title(
                f"可能性:余下月份从本人最近至多 36 个整月(至少 {LEAST_MONTHS} 个)中有放回抽取,{DRAWS} 次,种子 "
                f"{reach[0].seed};不考虑增长和季节;过高 < 20 %,过低 > 90 %",
                f"chance: months to come are drawn with replacement from the own last 36 whole months (at least "
                f"{LEAST_MONTHS}), {DRAWS} draws, seed {reach[0].seed}; growth and season are not considered; too high "
                "< 20 %, too low > 90 %",
            )
        )
    if any(one.fairness for one in subjects):
        found.append(
            Title("公平性:只计全年有目标的人员", "fairness: of people with a target in every month of the year")
        )
    if subjects and subjects[0].seed is not None and not found:
        found.append(
            Title(
                f"统计:历史不足 {LEAST_MONTHS} 个月,人数不足 12,不作判断",
                f"statistics: fewer than {LEAST_MONTHS} months of history and 12 people; nothing is concluded",
            )
        )
    return found
