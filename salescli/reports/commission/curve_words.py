"""Whose pay curve it is, and what was taken for given, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from salescli.core.commission.curve_facts import Assumed, Assumption
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.commission.wording import money as money_text
from salescli.core.table import Column
from salescli.core.title import Title

WHOLE = Title("全部组件", "all components")


@dataclass(frozen=True, slots=True)
class CurveHead:
    """Whose curve it is, and what was taken for given."""

    plan: Plan
    component: str
    person: str
    assumed: Assumed
    assumptions: tuple[Assumption, ...]
    is_counted: bool
    place: Callable[[Path], str]
    day: date
    decimals: int | None = None  # of positions; 0 where all are whole

    @property
    def title(self) -> Title:
        """The plan, the component and the person."""
        of = self.plan.component_title(self.component) if self.component else WHOLE
        whose = Title(f" · {self.person}", f" · {self.person}") if self.person else Title("", "")
        plan = self.plan.title
        return Title(f"提成曲线 · {plan.zh} · {of.zh}{whose.zh}", f"Pay curve · {plan.en} · {of.en}{whose.en}")

    def position(self, key: str, zh: str, en: str) -> Column:
        """Return a column of positions: money, or units."""
        if self.is_counted:
            return Column(key, Title(zh, en), "quantity")
        return Column(key, Title(zh, en), "money", self.plan.currency, decimals=self.decimals)


def assumed_words(head: CurveHead) -> list[Title]:
    """Say under which assumptions a curve stands."""
    found: list[Title] = []
    assumed = head.assumed
    if assumed.quota is not None:
        amount = money_text(assumed.quota)
        found.append(
            Title(f"全年目标按 {amount} 计,各月相同", f"a quota of {amount} for the year, the same every month")
        )
    for term in assumed.terms:
        found.append(
            Title(f"{term.name} 按 {money_text(term.value)} 计", f"{term.name} counts as {money_text(term.value)}")
        )
    if head.is_counted and assumed.unit_value != 1:
        value = money_text(assumed.unit_value)
        found.append(Title(f"每件按 {value} 计", f"each unit counts {value}"))
    found += [_assumption(head, one) for one in head.assumptions]
    if not head.component:
        words = Title("自方案起始日累计;同一笔业绩计入按它计提的所有组件",
                      "since the plan's first day; a credit counts in every component that pays on it")  # fmt: skip
        found.append(words)
    found.append(Title(f"按 {head.day} 有效的比例;应计,未扣留存与预支",
                       f"rates in force on {head.day}; earned, before holdback and draw"))  # fmt: skip
    return found


def _assumption(head: CurveHead, one: Assumption) -> Title:
    of = head.plan.component_title(one.component)
    zh, en = ASSUMPTIONS[one.name]
    said = Title(zh.format(what=one.what), en.format(what=one.what))
    return said if head.component else Title(f"{of.zh}:{said.zh}", f"{of.en}: {said.en}")


ASSUMPTIONS = {
    "gate-passes": ("门槛 {what} 视为通过", "the gate {what} counts as passed"),
    "grade-is": ("绩效等级按 {what} 计", "the grade counts as {what}"),
    "grade-else": ("尚无等级的期间按 {what} 计", "where there is no grade yet it counts as {what}"),
    "grade-is-one": (
        "{what} 的系数按 1 计(--grade 可指定等级)",
        "the factor of {what} counts as 1 (--grade names one)",
    ),
    "factor-is-one": ("系数 {what} 按 1 计", "the factor by {what} counts as 1"),
    "otherwise": ("费率表按 otherwise 一行计", "of the rate table the line `otherwise` counts"),
    "same-measure": ("定档的业绩与计提的业绩按相等计", "what moves the tier and what is paid on count as equal"),
    "credit-factors": ("业绩系数按 1 计", "its credit factors count as 1"),
    "all-parts": ("各次均已计提", "all its parts are paid"),
    "first-part": ("新增业绩只计首次部分", "of what comes in addition only the first part is paid"),
    "budget": ("不计预算 budget 的限制", "its budget is left aside"),
    "even-months": ("业绩按月平均取得", "credits come in equal parts each month"),
}
