"""The words of special terms: `by special terms, approved by …, until …`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.result import Part, Step
from salescli.core.commission.terms import SpecialRate
from salescli.core.commission.wording import both, money, percent
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
    credit, rate, pay = (_number(one) for one in (step.part("credit"), step.part("rate"), step.value))
    line = f"{money(credit)} × {percent(rate)} = {money(pay)}"
    own = both(line, line)
    if step.part("below") is not None:
        below = percent(_number(step.part("below")))
        own = both(
            f"{money(credit)} ×({percent(rate)} − 下级最高 {below})= {money(pay)}",
            f"{money(credit)} × ({percent(rate)} − {below} of the levels below) = {money(pay)}",
        )
    why = approval_words(step.part("approved_by"), step.part("through"), step.part("reason"))
    whom = whom_words(step.part("component"), step.part("customer"), step.part("contract"))
    return [both(f"{own.zh}({whom.zh}:{why.zh})", f"{own.en} ({whom.en}: {why.en})")]


def special_words(special: SpecialRate) -> Title:
    """Say the special rate of one credit."""
    why = approval_words(special.approved_by, special.through, special.reason)
    return both(f"{why.zh}:{percent(special.rate)}", f"{why.en}: {percent(special.rate)}")


def _number(value: object) -> Fraction:
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else Fraction(0)
