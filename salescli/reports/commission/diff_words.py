"""What the rules of a plan are called where two plans part in them."""

from __future__ import annotations

from salescli.core.commission.diff.trees import narrowest, text_of, value_at
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.title import Title

RULES: dict[str, Title] = {
    "for": Title("适用对象", "whose plan it is"),
    "from": Title("起始日", "first day"),
    "through": Title("截止日", "last day"),
    "pay": Title("发放周期", "pay period"),
    "rates_in_force_on": Title("比例按哪一天", "day of the rates"),
    "part_period": Title("不足一期", "part of a period"),
    "exchange": Title("汇率", "exchange"),
    "limits": Title("总封顶", "limit"),
    "leavers": Title("离职", "leavers"),
    "components": Title("组件", "component"),
    "type": Title("类型", "type"),
    "pays_on": Title("计提指标", "what it pays on"),
    "credit": Title("业绩归属", "whose credit"),
    "owner_on": Title("业绩归属日", "whose credit: which day"),
    "team": Title("团队业绩", "the team's credit"),
    "only": Title("计入范围", "which credits"),
    "credit_factors": Title("业绩系数", "credit factor"),
    "special_rates": Title("特批费率", "special rates"),
    "adds_up_over": Title("累计窗口", "window"),
    "tier_by": Title("定档依据", "what decides the tier"),
    "apply": Title("计算方式", "how the table applies"),
    "tiers": Title("档位", "tier"),
    "rate": Title("比例", "rate"),
    "amount": Title("金额", "amount"),
    "refunds": Title("退款", "refunds"),
    "needs": Title("门槛", "gate"),
    "times": Title("系数", "factor"),
    "at_least": Title("保底", "floor"),
    "at_most": Title("封顶", "cap"),
    "excess": Title("超出部分", "what is above the cap"),
    "budget": Title("预算", "budget"),
    "shares": Title("分配", "shares"),
    "prizes": Title("奖金", "prize"),
    "pays_in": Title("分次计提", "part of a sale"),
    "holdback": Title("留存", "holdback"),
    "draw": Title("预支", "draw"),
    "deductions": Title("扣款", "deductions"),
    "below_zero": Title("负数处理", "below zero"),
    "round_to": Title("取整", "rounding"),
    "continues": Title("接续", "what it goes on from"),
    "when_quota_is_zero": Title("目标为零", "a quota of zero"),
    "when_quota_changes": Title("目标变更", "a changed quota"),
}


def rule_title(path: Path, plans: tuple[Plan, Plan], place: Path = ()) -> Title:
    """Return what a rule is called: its component, the block, and the line or key of it where `place` is narrower."""
    word = block_title(path, place)
    if path[:1] == ("components",) and len(path) > 1:
        name = component_title(str(path[1]), plans)
        return Title(f"{name.zh}:{word.zh}", f"{name.en}: {word.en}")
    return word


def block_title(path: Path, place: Path = ()) -> Title:
    """Return what a rule is called inside its component."""
    key = str(next((one for one in reversed(path) if isinstance(one, str)), ""))
    if path[:1] == ("components",) and len(path) == 2:
        return Title("整个组件", "the whole component")
    if path[:1] == ("leavers",) and len(path) > 1:
        return Title(f"离职 {key}", f"leavers {key}")
    word = RULES.get(key, Title(key, key))
    inner = " ".join(str(one) for one in place[len(path) :] if isinstance(one, str))
    return Title(f"{word.zh} {inner}", f"{word.en} {inner}") if inner else word


def component_title(name: str, plans: tuple[Plan, Plan]) -> Title:
    """Return the title of a component in the plan that has it, or what draw and deductions are called."""
    if name.startswith("("):
        return Title("预支与扣款", "Draw and deductions")
    return next((plan.component_title(name) for plan in plans if name in plan.components), Title(name, name))


def said_by(trees: tuple[object, object], path: Path) -> tuple[Path, tuple[str, str]]:
    """Return the narrowest place of a difference, and what both plans say there; "" where one says nothing."""
    place = narrowest(*trees, path)
    return place, (text_of(value_at(trees[0], place)), text_of(value_at(trees[1], place)))
