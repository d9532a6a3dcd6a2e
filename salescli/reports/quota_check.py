"""`quota check` as a Report: growth asked, coverage, relief, what differs from the policy, chances and fairness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from salescli.core.money import CONTEXT, to_decimal
from salescli.core.quotas.differences import Difference, Why
from salescli.core.quotas.result import Leaf, YearRow
from salescli.core.table import Block, Column, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.quota import COMPANY, LEVELS
from salescli.reports.quota_judged import Judged, money, named, text, who
from salescli.reports.quota_statistics import build_fairness, build_reach, statistics_footer

WHY: dict[Why, Title] = {
    "edited": Title("记录被导入或修改", "imported or edited"),
    "policy": Title("方案已修改", "policy edited"),
    "facts": Title("数据有变化", "records changed"),
}
GROWTH_RULE = Title(
    "超出范围:偏离团队中位数超过 3 倍中位差且超过 25 个百分点(可比人员至少 4 人);期间不满一年的不比较",
    "outside: farther from the team's median than 3 median deviations and 25 points (of 4 comparable people or more); "
    "part years are not compared",
)
COVER_RULE = Title(
    "需要商机 = 缺口 ÷ 赢单率(按关闭,近 12 个月个数);少于 10 个关闭商机的不下结论;商机金额为含税合同额",
    "pipeline needed = gap ÷ win rate of closed deals (by number, trailing 12 months); nothing is concluded from fewer "
    "than 10; deals are as they were entered",
)


def build_quota_check(subjects: Sequence[Judged]) -> Report:
    """Build the report; each subject's tables follow each other, and bear its name where there are several."""
    blocks: list[Block] = []
    footer: list[Title] = []
    several = len(subjects) > 1
    for one in subjects:
        prefix = Title(f"{one.metric.zh} {one.year} · ", f"{one.metric.en} {one.year} · ") if several else Title("", "")
        blocks += _blocks(one, prefix)
        footer.append(
            Title(
                f"{prefix.zh}检查对象:{one.judged.zh} · 近 12 个月 {one.window}",
                f"{prefix.en}judged: {one.judged.en} · trailing 12 months {one.window}",
            )
        )
        if one.unknown:
            footer.append(
                Title(
                    f"{prefix.zh}{one.unknown} 没有任何数据,增长只是与其余月份相比",
                    f"{prefix.en}there is no figure at all in {one.unknown}: growth is against the other months only",
                )
            )
    footer.append(GROWTH_RULE)
    footer += [COVER_RULE] if any(one.cover for one in subjects) else []
    footer += statistics_footer(subjects)
    head = subjects[0]
    title = (
        Title("目标检查", "Targets judged")
        if several
        else Title(f"目标检查 · {head.metric.zh} · {head.year}", f"Targets judged · {head.metric.en} · {head.year}")
    )
    return Report("quota-check", title, tuple(blocks), tuple(footer), next=("salescli quota reconcile",))


def _blocks(one: Judged, prefix: Title) -> list[Block]:
    blocks: list[Block] = [_growth(one, prefix)]
    if one.cover:
        blocks.append(_cover(one, prefix))
    if relief := [row for row in one.years if (row.relief or row.colleagues) and row.level == "base"]:
        blocks.append(_relief(one, relief, prefix))
    if one.differences:
        blocks.append(_differences(one, prefix))
    if one.reach:
        blocks.append(build_reach(one, prefix))
    if one.fairness:
        blocks += build_fairness(one, one.fairness, prefix)
    return blocks


def _growth(one: Judged, prefix: Title) -> Table:
    columns = (
        text("team", Title("团队", "Team")),
        text("holder", Title("目标持有者", "Holder")),
        money("target", Title("目标", "Target"), one),
        money("trailing", Title("近 12 个月", "Trailing 12"), one),
        Column("growth", Title("增长", "Growth"), "ratio", blank=Title("不可比", "not comparable")),
        text("mark", Title("提示", "Mark"), "empty"),
    )
    order = {"company": 0, "team": 1, "person": 2}
    rows = tuple(
        (
            one.names.team(row.team) if row.team else "",
            COMPANY if row.scope == "company" else Title("团队", "Team") if row.scope == "team" else who(one, row.key),
            row.target,
            row.trailing,
            row.growth,
            Title("超出范围", "outside") if row.is_outside else None,
        )
        for row in sorted(one.growth, key=lambda row: (row.team, order[row.scope], row.key))
    )
    return Table("growth", columns, rows, named(prefix, Title("增长要求", "Growth asked")),
                 empty=Title("没有目标", "there is no target"))  # fmt: skip


def _cover(one: Judged, prefix: Title) -> Table:
    columns = (
        text("team", Title("团队", "Team")),
        money("gap", Title("缺口", "Gap"), one),
        Column("win_rate", Title("赢单率", "Win rate"), "ratio", blank=Title("无", "none")),
        Column("closed", Title("关闭", "Closed"), "count", give_way="narrow"),
        money("needed", Title("需要商机", "Needed"), one),
        money("pipeline", Title("在手商机", "Pipeline"), one),
        Column("covered", Title("覆盖", "Covered"), "ratio", thresholds=(Fraction(1),)),
        text("mark", Title("提示", "Mark"), "empty"),
    )
    rows = tuple(
        (
            one.names.team(row.team) if row.team else COMPANY,
            row.gap,
            row.win_rate,
            row.closed,
            None if row.needed is None else to_decimal(row.needed, 2),
            row.pipeline,
            row.covered,
            Title("个案少", "few") if row.is_few else Title("不足", "short") if row.is_short else None,
        )
        for row in one.cover
    )
    return Table("coverage", columns, rows, named(prefix, Title("缺口与商机", "Gap and pipeline")))


def _relief(one: Judged, rows: Sequence[YearRow], prefix: Title) -> Table:
    """What the ramp takes off and who carries it; as a share of the own year it can be compared within a team."""
    columns = (
        text("team", Title("团队", "Team")),
        text("holder", Title("目标持有者", "Holder")),
        money("full", Title("不计爬坡", "Without ramp"), one),
        money("relief", Title("爬坡减免", "Relief"), one),
        replace(money("carried", Title("分担同事爬坡", "Carried for others"), one), give_way="empty"),
        Column("share", Title("占比", "Share"), "ratio"),
    )
    lines: list[tuple[Value, ...]] = []
    for row in rows:
        moved = CONTEXT.add(row.relief, row.colleagues)
        full = CONTEXT.subtract(row.amount, moved)
        share = Ratio(moved, full) if full else None
        lines.append(
            (
                one.names.team(row.team),
                who(one, row.holder_key),
                full,
                row.relief or None,
                row.colleagues or None,
                share,
            )
        )
    return Table(
        "relief", columns, tuple(lines), named(prefix, Title("爬坡减免与分担", "Ramp relief and who carries it"))
    )


def _differences(one: Judged, prefix: Title) -> Table:
    several = len({row.level for row in one.differences}) > 1
    columns = (
        *((text("level", Title("档位", "Level")),) if several else ()),
        text("team", Title("团队", "Team")),
        text("holder", Title("目标持有者", "Holder")),
        money("policy", Title("按方案", "Policy"), one, Title("无", "none")),
        money("in_force", Title("生效", "In force"), one, Title("无", "none")),
        money("change", Title("差异", "Difference"), one),
        text("months", Title("月份", "Months"), "narrow"),
        text("why", Title("原因", "Why")),
    )
    rows = tuple(
        (
            *((LEVELS.get(row.level, Title(row.level, row.level)),) if several else ()),
            one.names.team(row.team) if row.team else "",
            COMPANY if row.holder == "company" else one.names.holder(_leaf(row)),
            row.said,
            row.in_force,
            row.change,
            row.months[0] if len(row.months) == 1 else f"{row.months[0]}..{row.months[-1]}",
            WHY[row.why],
        )
        for row in one.differences
    )
    title = Title("与方案不同(按今天的数据重新分解)", "Otherwise than the policy (split again with today's records)")
    return Table("differences", columns, rows, named(prefix, title))


def _leaf(row: Difference) -> Leaf:
    return Leaf("", row.level, row.holder, row.team, row.key, "", row.change)
