"""The lines of a component's formula: slices with what each contributes, rates, and the quota with its version."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.away import is_wholly_away
from salescli.core.commission.explain_told import Explained, step_lines
from salescli.core.commission.result import ComponentResult, Step, number_of
from salescli.core.commission.wording import both, money, percent, quantity
from salescli.core.money import to_decimal
from salescli.core.periods import add_months
from salescli.core.table import Line

FORMULA_STEPS = {
    "quota",
    "slice",
    "at-rate",
    "transaction",
    "all-at",
    "new-at",
    "worth",
    "read-again",
    "per-unit",
    "bonus",
    "special-rate",
}


def formula_lines(told: Explained, one: ComponentResult) -> list[Line]:
    """Say each step of the formula; several slices also say their part of the whole, and the blended rate."""
    slices = [step for step in one.steps if step.name == "slice"]
    whole = sum((number_of(step.part("size")) for step in slices), Fraction(0))
    is_blended = len(slices) > 1 and whole > 0
    found: list[Line] = []
    for step in (each for each in one.steps if each.name in FORMULA_STEPS):
        lines = step_lines(told, step)
        if step.name == "slice" and is_blended and lines:
            part = _share(number_of(step.value) / whole)
            text = both(f"{lines[0].text.zh}(占全部 {part})", f"{lines[0].text.en} ({part} of the whole)")
            lines = [Line(text, source=lines[0].source)]
        elif step.name == "quota" and lines:
            lines = [Line(lines[0].text, source=lines[0].source, children=tuple(quota_lines(told, one, step)))]
        found += lines
    if is_blended:
        paid = sum((number_of(step.value) for step in slices), Fraction(0))
        line = f"{money(paid)} ÷ {quantity(whole)} = {_share(paid / whole)}"
        found.append(Line(both(f"综合费率 {line}", f"blended {line}")))
    return found


def quota_lines(told: Explained, one: ComponentResult, step: Step) -> list[Line]:
    """Say the versions of a quota that the window has: the months, since when each counts, where from, and why."""
    metric, level, of = (str(step.part(name)) for name in ("metric", "level", "of"))
    versions: dict[date, list[tuple[date, Decimal | None]]] = {}
    for quota in told.inputs.quotas:
        is_asked = (quota.metric, quota.level, quota.of) == (metric, level, of)
        is_there = not is_wholly_away(told.inputs.away, quota.month, add_months(quota.month, 1))
        if is_asked and is_there and one.window_start.replace(day=1) <= quota.month < one.window_end:
            amount = None if quota.withdrawn else quota.amount
            versions.setdefault(quota.effective_from, []).append((quota.month, amount))
    found = []
    for since, months in sorted(versions.items()):
        amounts = [amount for _, amount in months if amount is not None]
        label = "" if since == date.min else f"{since:%Y-%m}"
        first, last = min(months)[0], max(month for month, _ in months)
        span = f"{first:%Y-%m} … {last:%Y-%m}  {quantity(sum(amounts, Decimal(0)))}"
        zh = f"自 {label} 起生效的版本" if label else "最初的版本"
        en = f"the version effective from {label}" if label else "the first version"
        if not amounts:
            zh, en = f"{zh}:目标终止", f"{en}: withdrawn"
        origins = told.origins.get((metric, level, of, label), ())
        words = both(f"{zh}  {span}", f"{en}  {span}")
        why = "; ".join(dict.fromkeys(reason for _, reason in origins if reason))
        if why:
            words = both(f"{words.zh}  {why}", f"{words.en}  {why}")
        found.append(Line(words, source=" · ".join(dict.fromkeys(place for place, _ in origins if place))))
    return found


def _share(rate: Fraction) -> str:
    """Write a part of a whole with four decimals of a percent at most."""
    return percent(to_decimal(rate, 6))
