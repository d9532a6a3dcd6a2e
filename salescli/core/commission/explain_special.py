"""The words of special terms: `by special terms, approved by …, until …`."""

from __future__ import annotations

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Part, Step, number_of
from salescli.core.commission.terms import SpecialRate, Term
from salescli.core.commission.wording import both, money, percent, quantity
from salescli.core.title import Title


def approval_words(approved_by: Part, through: Part, reason: Part) -> Title:
    """Say who approved special terms, until when they count, and why; what a record does not say is left out."""
    zh, en = ["特批"], ["by special terms"]
    if approved_by:
        zh.append(f"{approved_by} 批准")
        en.append(f"approved by {approved_by}")
    if through:
        zh.append(f"至 {through}")
        en.append(f"until {through}")
    why = (f"({reason})", f" ({reason})") if reason else ("", "")
    return both(",".join(zh) + why[0], ", ".join(en) + why[1])


def whom_words(component: Part, customer: Part, contract: Part) -> Title:
    """Say which credits a special rate is for."""
    said = [part for part in (customer, contract, component) if part]
    if not said:
        return both("全部业绩", "all credits")
    text = " · ".join(str(part) for part in said)
    return both(text, text)


def special_rate_words(step: Step) -> list[Title]:
    """Say what credits earn at a special rate, and by whose word."""
    credit, rate, pay = (number_of(one) for one in (step.part("credit"), step.part("rate"), step.value))
    line = f"{money(credit)} × {percent(rate)} = {money(pay)}"
    own = both(line, line)
    if step.part("below") is not None:
        below = percent(number_of(step.part("below")))
        own = both(
            f"{money(credit)} ×({percent(rate)} − 下级最高 {below})= {money(pay)}",
            f"{money(credit)} × ({percent(rate)} − {below} of the levels below) = {money(pay)}",
        )
    if step.part("from") is not None:
        way = f"{quantity(number_of(step.part('from')))} → {quantity(number_of(step.part('to')))}   "
        own = both(way + own.zh, way + own.en)
    why = approval_words(step.part("approved_by"), step.part("through"), step.part("reason"))
    whom = whom_words(step.part("component"), step.part("customer"), step.part("contract"))
    return [both(f"{own.zh}({whom.zh}:{why.zh})", f"{own.en} ({whom.en}: {why.en})")]


TERM_TITLES = {
    "target-incentive": Title("目标奖金", "target incentive"),
    "base-rate": Title("基准提成率", "base rate"),
    "performance-base": Title("绩效基数", "performance base"),
    "draw": Title("预支额", "draw"),
}


def term_title(term: Term) -> Title:
    """Say one of the person's own terms: its name and value."""
    name = TERM_TITLES.get(term.name, Title(term.name, term.name))
    value = percent(term.value) if term.name == "base-rate" else money(term.value)
    return both(f"{name.zh} {value}", f"{name.en} {value}")


def special_rate_title(rate: SpecialRate) -> Title:
    """Say a special rate: how much, and for which credits."""
    what = whom_words(rate.component, rate.customer, rate.contract)
    return both(f"{what.zh} {percent(rate.rate)}", f"{percent(rate.rate)} for {what.en}")


def special_of(plan: Plan, line: CreditLine) -> SpecialRate | None:
    """Return the special rate of a credit where its component takes special rates."""
    shape = plan.components.get(line.component)
    return None if shape is None or shape.special_rates is None else line.special


def special_words(special: SpecialRate) -> Title:
    """Say the special rate of one credit."""
    why = approval_words(special.approved_by, special.through, special.reason)
    return both(f"{why.zh}:{percent(special.rate)}", f"{why.en}: {percent(special.rate)}")
