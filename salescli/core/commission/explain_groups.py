"""The words of the steps by which a group's figure came about: pots, rankings, budgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.result import Step
from salescli.core.commission.wording import both, money, percent, quantity
from salescli.core.title import Title

WHY_NOT = {
    "not-among": both("不在参评范围", "not among those ranked"),
    "too-few-days": both("任职天数不足", "too few days in the role"),
    "not-employed": both("届时不在职", "not employed on the day"),
    "needs": both("未过门槛", "a gate is missed"),
    "no-figure": both("没有数值(无目标或无读数)", "no figure (no quota, or no reading)"),
}
LACKS = {"performance-base": both("绩效基数(performance-base)", "performance-base")}


def _exact(step: Step, name: str) -> Fraction | None:
    value = step.part(name)
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else None


def _amount(step: Step) -> str:
    return money(Fraction(step.value)) if isinstance(step.value, int | Decimal | Fraction) else ""


def _word(step: Step, name: str) -> str:
    value = step.part(name)
    return value if isinstance(value, str) else ""


def _day(step: Step, name: str) -> date:
    value = step.part(name)
    return value if isinstance(value, date) else date.min


def _pot_run(step: Step) -> list[Title]:
    line = f"{_day(step, 'run'):%Y-%m}   {_amount(step)}"
    return [both(line, line)]


def _pot(step: Step) -> list[Title]:
    last = _day(step, "end") - timedelta(days=1)
    days = f"{_day(step, 'start')} … {last}"
    manager, amount = _word(step, "manager"), _amount(step)
    return [
        both(
            f"奖金包({_word(step, 'plan_zh')},{manager} 的团队,{days})= {amount}",
            f"the pot of {manager}'s team ({_word(step, 'plan_en')}, {days}) = {amount}",
        )
    ]


def _pot_manager(step: Step) -> list[Title]:
    share, name = percent(_exact(step, "share") or 0), _word(step, "name")
    return [both(f"经理 {name} {share} = {_amount(step)}", f"manager {name} {share} = {_amount(step)}")]


def _pot_member(step: Step) -> list[Title]:
    zh, en = [], []
    named = {
        "contribution": both("贡献", "contribution"),
        "salary": both("绩效基数", "performance base"),
        "factor": both("等级系数", "factor of the grade"),
        "days": both("在岗天数", "days in the seat"),
        "sheet_share": both("分配表比例", "share by the sheet"),
    }
    for key, title in named.items():
        value = _exact(step, key)
        if value is not None:
            shown = money(value) if key in ("contribution", "salary") else quantity(value)
            shown = percent(value) if key == "sheet_share" else shown
            zh.append(f"{title.zh} {shown}")
            en.append(f"{title.en} {shown}")
    name, amount = _word(step, "name"), _amount(step)
    return [
        both(
            f"成员 {name}{'(' + ','.join(zh) + ')' if zh else ''} = {amount}",
            f"member {name}{' (' + ', '.join(en) + ')' if en else ''} = {amount}",
        )
    ]


def _pot_lacks(step: Step) -> list[Title]:
    lacks, name = LACKS[_word(step, "lacks")], _word(step, "name")
    return [both(f"成员 {name} 缺少{lacks.zh}:不参与分配", f"member {name} has no {lacks.en}: has no part")]


def _pot_others(step: Step) -> list[Title]:
    amount = _amount(step)
    return [both(f"非成员带入团队的业绩 {amount},不参与分配", f"{amount} of the team's credits came by others")]


def _pot_rest(step: Step) -> list[Title]:
    return [both(f"归还公司 {_amount(step)}", f"back to the company {_amount(step)}")]


def _figure(step: Step) -> str:
    numerator, denominator = _exact(step, "numerator") or Fraction(0), _exact(step, "denominator")
    figure = _exact(step, "figure")
    if denominator is None:
        return money(numerator)
    exact = f"{quantity(numerator)} / {quantity(denominator)}"
    return exact if figure is None else f"{exact} = {_ratio(figure)}"


def _ratio(figure: Fraction) -> str:
    """Write a ratio with as many digits as it has up to six; never rounded onto another."""
    shown = quantity(figure * 100)
    exact = Fraction(shown.replace(",", "")) == figure * 100
    return f"{shown} %" if exact else f"≈ {shown} %"


def _rank_place(step: Step) -> list[Title]:
    rank, name = quantity(_exact(step, "rank") or 0), _word(step, "name")
    tied = _exact(step, "tied") or Fraction(1)
    reached = step.part("reached")
    zh = f"第 {rank} 名 {name}   {_figure(step)}"
    en = f"{rank}. {name}   {_figure(step)}"
    if isinstance(reached, date):
        zh, en = f"{zh}({reached} 达到)", f"{en} (reached on {reached})"
    if tied > 1:
        zh, en = f"{zh}({quantity(tied)} 人并列)", f"{en} ({quantity(tied)} tie)"
    return [both(f"{zh}:{_amount(step)}", f"{en}: {_amount(step)}")]


def _rank_out(step: Step) -> list[Title]:
    why, name = WHY_NOT[_word(step, "why")], _word(step, "name")
    return [both(f"未参评 {name}   {_figure(step)}:{why.zh}", f"not ranked {name}   {_figure(step)}: {why.en}")]


def _budget(step: Step) -> list[Title]:
    budget, earned = money(_exact(step, "budget") or 0), money(_exact(step, "earned") or 0)
    how = {
        "first-come": both("先到先得", "first come"),
        "scale-all": both("同比例缩减", "all scaled"),
    }[_word(step, "how")]
    return [
        both(
            f"预算 {budget},所有人累计应得 {earned}({how.zh}):累计发放 {_amount(step)}",
            f"budget {budget}, everybody together earned {earned} ({how.en}): {_amount(step)} paid in all",
        )
    ]


def _budget_own(step: Step) -> list[Title]:
    how = {
        "first-come": both("先到先得", "first come"),
        "scale-all": both("同比例缩减", "all scaled"),
    }[_word(step, "how")]
    return [
        both(f"所有人合计的预算 {_amount(step)}({how.zh})", f"budget of everybody together {_amount(step)} ({how.en})")
    ]


GROUP_STEP_WORDS: dict[str, Callable[[Step], list[Title]]] = {
    "pot-run": _pot_run,
    "pot": _pot,
    "pot-manager": _pot_manager,
    "pot-member": _pot_member,
    "pot-lacks": _pot_lacks,
    "pot-others": _pot_others,
    "pot-rest": _pot_rest,
    "rank-place": _rank_place,
    "rank-out": _rank_out,
    "budget": _budget,
    "budget-own": _budget_own,
}
"""The words of every step of a group."""
