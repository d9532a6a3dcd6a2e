"""Sentences of what a group decides: pools, rankings, budgets, and what the levels below leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from salescli.core.commission.components.tiered import Attainment
from salescli.core.commission.wording import both, level_zh, percent, quantity
from salescli.policy.sentences import words
from salescli.policy.sentences.sentence import Path, Sentence, metric, say

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

BASE = {
    "gross": both("按全额计(不扣下级提成)", "at the full amount (nothing taken off for lower levels)"),
    "less-commission-below": both(
        "先扣去下级在每笔上按同一指标所得的提成,再计(扣减只减计提额,不减累计业绩)",
        "less what the levels below earned on each transaction by components of the same metric "
        "(taken off what is paid on, not off the position)",
    ),
    "rate-difference": both(
        "级差:本人费率减去每笔下级按同一指标的最高费率,不低于零",
        "at the difference of rates: the own rate less the highest rate that a level below has on the transaction by "
        "components of the same metric, never below zero",
    ),
}
MEMBERS_ON = {
    "last-day": both("以窗口最后一天在岗者为成员", "who is in such a seat on the window's last day is a member"),
    "days-in-seat": both(
        "窗口内任一天在岗者均为成员,平均和按薪资时再按在岗天数加权",
        "who is in such a seat on any day of the window is a member; equal parts and salaries are weighed by the days",
    ),
}
MEMBERS_BY = {
    "equal": both("成员之间平均分配", "the members share equally"),
    "contribution": both(
        "成员之间按各自在窗口内带入团队的业绩分配(不为正的不分)",
        "the members share by what each brought into the team's credits in the window (nothing where that is not "
        "above zero)",
    ),
    "salary-times-grade": both(
        "成员之间按绩效基数(个人约定 performance-base)× 等级系数分配",
        "the members share by performance-base, of their own terms, times the factor of their grade",
    ),
    "manager-sheet": both(
        "成员之间按经理的二次分配表(pool-share 记录)分配:金额或比例必须把成员部分分到分毫不差,否则整个奖金包都不发",
        "the members share by the manager's sheet (pool-share records): amounts or shares must spend the members' part "
        "to the cent, else nothing of the pool is paid",
    ),
}
NOBODY = {
    "back-to-company": both(
        "没有人可分时,成员部分归还公司", "with nobody to share, the members' part goes back to the company"
    ),
    "manager": both("没有人可分时,成员部分归经理", "with nobody to share, the members' part is the manager's"),
}
TIES = {
    "share": both(
        "并列者平分所占名次的奖金(按分取整,余数按人员编号先后),下一名顺延",
        "those who tie share the prizes of their places (to the rounding unit, the rest by person id), and the next "
        "has the place after them",
    ),
    "same": both(
        "并列者各得所占首位的奖金,下一名顺延",
        "those who tie each have the prize of the first of their places, and the next has the place after them",
    ),
    "by-date": both(
        "并列时先达到该数值者在前,同一天达到则平分",
        "of those who tie, who reached the figure first stands first; reached on one day, they share",
    ),
}
PAYS_TO = {
    "manager": both("奖金发给团队的经理", "the prize is paid to the team's manager"),
    "person": both("奖金发给参评人本人", "the prize is paid to the person ranked"),
}
WHEN_SPENT = {
    "first-come": both("按(日期,编号)先后,用完为止", "the first transactions by (date, key) have it until it is spent"),
    "scale-all": both(
        "超出时所有人同比例缩减(最大余数法,先后按人员编号)",
        "when it is exceeded everybody is scaled down alike (largest remainder, by person id)",
    ),
}


def pool_sentences(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    """Say when a pot is paid, to whom, and by what it is shared."""
    manager, members = percent(component.share_of("manager")), percent(component.share_of("members"))
    roles = words.listed(component.members.roles)
    on = MEMBERS_ON[component.members.on]
    yield say(
        f"这是整个团队的奖金包,在窗口结束的那期发放:经理 {manager},成员 {members};成员不论适用哪个方案都发,"
        "不受本方案的 limits、payout 留存和预支约束。",
        f"It is the whole team's pot, paid in the run that ends the window: the manager has {manager}, the members "
        f"{members}; members are paid whatever plan they are on, and limits, holdback and draw of this plan are not "
        "theirs.",
        path,
        "shares",
    )
    yield say(
        f"成员是角色为 {roles.zh} 的下级;{on.zh}。",
        f"Members are those below in the role of {roles.en}; {on.en}.",
        (*path, "members"),
        "roles",
        "on",
    )
    by = MEMBERS_BY[component.members_by]
    yield say(f"{by.zh};尾差按最大余数法。", f"{_capital(by.en)}; cents go by largest remainder.", path, "members_by")
    if component.members_grade is not None:
        yield from _members_grade(component.members_grade, (*path, "members_grade"))
    if plan.open_windows == "forfeit":
        yield say(
            "经理在窗口结束前离开的,本人份额作废,成员份额照发。",
            "A manager who leaves before the window's end forfeits the own part; the members' part is paid.",
            path,
            "type",
        )
    nobody = NOBODY[component.nobody_to_share]
    yield say(f"{nobody.zh}。", f"{_capital(nobody.en)}.", path, "nobody_to_share")


def _members_grade(grade: Any, path: Path) -> Iterator[Sentence]:
    without = quantity(grade.without_grade)
    yield say(
        f"等级取考核 {grade.grade_from} 同一期间的等级,没有等级按 {without}:",
        f"The grade is that of {grade.grade_from} for the same period; without one the factor is {without}:",
        path,
        "grade_from",
        "without_grade",
    )
    for key, factor in grade.table.items():
        yield say(f"{key}:{quantity(factor)}", f"{key}: {quantity(factor)}", (*path, "table"), key, item=True)


def rank_sentences(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    """Say what is ranked, who takes part, and what each place has."""
    over = words.OVER[component.adds_up_over]
    by = component.rank_by
    whose = words.WHOSE[by.of]
    if isinstance(by, Attainment):
        how = words.QUOTA_READING[by.quota]
        keys = ["attainment_of", "of", "quota", *(["level"] if "level" in by.model_fields_set else [])]
        zh = f"{whose.zh}{metric(by.attainment_of)}的达成率({level_zh(by.level)}目标:{how.zh})"
        en = f"{whose.en} attainment of {metric(by.attainment_of)} ({by.level} quota: {how.en})"
    else:
        keys = ["metric", "of"]
        zh, en = f"{whose.zh}{metric(by.metric)}", f"{whose.en} {metric(by.metric)}"
    yield say(f"排名依据{zh},按精确数值。", f"It ranks by {en}, on exact figures.", (*path, "rank_by"), *keys)
    yield say(
        f"{over.zh}结束时排名,在该期发放。", f"The ranking is made and paid in the run that ends {over.en}.", path,
        "adds_up_over",
    )  # fmt: skip
    yield from _eligible(component, path)
    if component.needs:
        yield say(
            "未过下列门槛者不参评,其后者递补。",
            "Whoever misses a gate below is not ranked; those behind move up.",
            path,
            "type",
        )
    places = [quantity(prize) for prize in component.prizes]
    yield say(
        f"奖金依次为 {'、'.join(places)};参评合格者少于奖项时,余下的不发。",
        f"The prizes are, in order, {', '.join(places)}; with fewer eligible than prizes the rest is not paid.",
        path,
        "prizes",
    )
    if plan.scales("fixed-amounts"):
        yield say(
            "适用本方案不足整个窗口的,奖金按不足整期折算。",
            "Who is on the plan for part of the window has that part of the prize.",
            path,
            "prizes",
        )
    yield say(f"{TIES[component.ties].zh}。", f"{_capital(TIES[component.ties].en)}.", path, "ties")
    if component.pays_to is not None:
        text = PAYS_TO[component.pays_to]
        yield say(f"{text.zh}。", f"{_capital(text.en)}.", path, "pays_to")


def _eligible(component: Any, path: Path) -> Iterator[Sentence]:
    yield say(
        "参评者是窗口结束时仍适用本方案的人。",
        "Ranked are those who are on the plan to the window's end.",
        path,
        "type",
    )
    if component.among is not None:
        groups = [("role", "角色", "role"), ("team", "团队", "team"), ("people", "人员", "people")]
        named = [
            (key, zh, en, getattr(component.among, key)) for key, zh, en in groups if getattr(component.among, key)
        ]
        yield say(
            "其中只限" + ",".join(f"{zh} {words.listed(values).zh}" for _, zh, _, values in named) + "。",
            "Of them only " + ", ".join(f"{en} {words.listed(values).en}" for _, _, en, values in named) + ".",
            (*path, "among"),
            *(key for key, *_ in named),
        )
    if component.min_days_in_role is not None:
        days = component.min_days_in_role
        yield say(
            f"窗口内任该角色须满 {days} 天。",
            f"At least {days} days of the window in the role.",
            path,
            "min_days_in_role",
        )
    if component.employed_on is not None:
        yield say(
            f"{component.employed_on} 须在职(按已知记录;此后得知离职,差额收回)。",
            f"Employed on {component.employed_on}, as far as is known; a leaving known later takes the prize back.",
            path,
            "employed_on",
        )


def budget_sentences(component: Any, path: Path) -> Iterator[Sentence]:
    """Say what a component may pay to everybody together."""
    if component.budget is None:
        return
    how = WHEN_SPENT[component.budget.when_spent]
    amount = quantity(component.budget.amount)
    yield say(
        f"本组件对所有人合计不超过预算 {amount}:{how.zh}。",
        f"To everybody together it pays at most a budget of {amount}: {how.en}.",
        (*path, "budget"),
        "amount",
        "when_spent",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
