"""Which rules of a plan its runs reach: every tier, rate, answer of a gate, line of a factor, limit and payout block.

A rule is a place in the plan's file and an answer that the place can give. `rules_of` lists them; `reached_by` says
which of them a result used: its steps and notes carry their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.commission.components.base import ComponentShape, dated_path
from salescli.core.commission.components.rate_table import RateTable
from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.factors import GradeFactor
from salescli.core.commission.result import ComponentResult, Path, PayeeResult, Step
from salescli.core.commission.wording import both, percent, quantity
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

BLOCKS = ("credit_factors", "pays_in", "budget", "continues", "special_rates")


class Mark(NamedTuple):
    """A place of the plan and one of its answers; "" where it has only one."""

    path: Path
    answer: str = ""


class Rule(NamedTuple):
    """A mark, and what people call it."""

    mark: Mark
    text: Title


def rules_of(plan: Plan) -> list[Rule]:
    """Return every rule of a plan, in the order of calculation."""
    found: list[Rule] = []
    for name, component in plan.components.items():
        rules = _component(("components", name), component)
        found += (Rule(mark, both(f"{name}:{text.zh}", f"{name}: {text.en}")) for mark, text in rules)
    for index, limit in enumerate(plan.limits):
        of = ", ".join(limit.of)
        found.append(_rule(("limits", index), "", f"上限({of})起作用", f"the limit of {of} takes effect"))
    found += _payout(plan)
    if plan.leavers is not None:
        path: Path = ("leavers", "receipts_after_last_day")
        found.append(_rule(path, "", "离职后的业绩", "credits after the last day"))
    return found


def _component(path: Path, component: Any) -> Iterator[Rule]:
    builder = TABLES.get(component.type)
    if builder is not None:
        yield from builder(path, component)
    else:
        yield _rule(path, "pays", "有应计", "earns something")
    for key in BLOCKS:
        if getattr(component, key, None):
            yield _rule((*path, key), "", key, key)
    if getattr(component, "refunds", None) is not None:
        yield _rule((*path, "refunds"), "", "退款", "a refund")
    for index, gate in enumerate(component.needs):
        place = (*path, "needs", index)
        yield _rule(place, "passed", f"门槛 {gate.metric} 通过", f"the gate {gate.metric} passes")
        yield _rule(place, "missed", f"门槛 {gate.metric} 未达标", f"the gate {gate.metric} is missed")
        yield _rule(
            (*place, "if_undefined"), "", f"门槛 {gate.metric} 没有读数", f"the gate {gate.metric} has no reading"
        )
    for index, factor in enumerate(component.times):
        yield from _factor((*path, "times", index), factor)
    for key, zh, en in (("at_least", "保底", "the floor"), ("at_most", "封顶", "the cap")):
        if getattr(component, key) is not None:
            yield _rule((*path, key), "", f"{zh}起作用", f"{en} takes effect")


def _tiered(path: Path, component: TieredComponent) -> Iterator[Rule]:
    for start, tiers in component.tiers.values:
        place = (*path, "tiers") if component.tiers.is_constant else (*path, "tiers", start.isoformat())
        for tier in tiers:
            yield _rule((*place, tier.index), "", f"档位 {tier.key}", f"tier {tier.key}")
    if component.attainment is not None:
        yield _rule((*path, "tier_by"), "no-quota", "没有目标", "no quota")
        yield _rule((*path, "when_quota_is_zero"), "", "目标为 0", "a quota of 0")


def _rate(path: Path, component: Any) -> Iterator[Rule]:
    for start, value in component.rate.values:
        place = (*path, "rate") if component.rate.is_constant else (*path, "rate", start.isoformat())
        if not isinstance(value, RateTable):
            yield _rule(place, "", f"费率 {percent(value)}", f"rate {percent(value)}")
            continue
        for key, cell in value.table.items():
            yield _rule((*place, "table", key), "", f"{key} {cell.words.zh}", f"{key} {cell.words.en}")
        other = value.otherwise.words
        yield _rule((*place, "otherwise"), "", f"其余 {other.zh}", f"otherwise {other.en}")


def _amount(path: Path, component: Any) -> Iterator[Rule]:
    for start, value in component.amount.values:
        place = (*path, "amount") if component.amount.is_constant else (*path, "amount", start.isoformat())
        yield _rule(place, "", f"金额 {value.text}", f"amount {value.text}")


TABLES: dict[str, Callable[[Path, Any], Iterator[Rule]]] = {
    "tiered": _tiered,
    "rate": _rate,
    "per-unit": _amount,
    "bonus": _amount,
}
"""What a type's numbers are; a component of another type is one rule: that it earns something."""


def _factor(path: Path, factor: Any) -> Iterator[Rule]:
    name = factor.grade_from if isinstance(factor, GradeFactor) else factor.metric
    for start, table in factor.table.values:
        place = (*path, "table") if factor.table.is_constant else (*path, "table", start.isoformat())
        if isinstance(table, dict):
            for grade, value in table.items():
                text = f"{grade} × {quantity(value)}"
                yield _rule((*place, grade), "", f"系数 {text}", f"factor {text}")
        else:
            for tier in table:
                text = f"{tier.key} × {quantity(tier.factor)}"
                yield _rule((*place, tier.index), "", f"系数 {text}", f"factor {text}")
    yield _rule((*path, "until_known"), "", f"系数 {name} 尚未确定", f"the factor {name} is not known yet")
    missing = "without_grade" if isinstance(factor, GradeFactor) else "if_undefined"
    yield _rule((*path, missing), "", f"系数 {name}:{missing}", f"the factor {name}: {missing}")


def _payout(plan: Plan) -> Iterator[Rule]:
    payout = plan.payout
    for index, holdback in enumerate(payout.holdback):
        path: Path = ("payout", "holdback", index)
        yield _rule(path, "kept", "留存", "money is kept")
        yield _rule(path, "released", "留存释放", "kept money is released")
        if holdback.without_date is not None:
            yield _rule((*path, "without_date"), "", "没有到期日的留存", "kept without a date")
    draw = payout.draw
    if draw is not None:
        place: Path = ("payout", "draw")
        if draw.advance is not None:
            yield _rule((*place, "advance"), "", "减已预付", "the advance is subtracted")
        else:
            yield _rule((*place, "tops_up_to"), "", "预支补足", "the draw tops up")
            if draw.recover is not None and not draw.recover.is_guarantee:
                yield _rule((*place, "recover"), "", "扣回预支", "the draw is recovered")
                yield _rule((*place, "at_plan_end"), "", "方案结束时的预支余额", "what is owed at the plan's end")
    if payout.deductions is not None:
        yield _rule(("payout", "deductions"), "", "扣款", "a deduction")
    yield _rule(("payout", "below_zero"), "", "低于零", "below zero")


def _rule(path: Path, answer: str, zh: str, en: str) -> Rule:
    return Rule(Mark(path, answer), both(zh, en))


def reached_by(plan: Plan, result: PayeeResult) -> set[Mark]:
    """Return the rules that a result used. A refund is of the facts, and is the caller's to add."""
    found: set[Mark] = set()
    for one in result.components:
        component = plan.components.get(one.component)
        if component is not None:
            found |= _of_component(("components", one.component), component, one)
    for step in result.steps:
        if step.name == "limit" and step.part("cut"):
            found.add(Mark(step.path[:2]))
    found |= _of_payout(plan, result)
    for note in (*result.notes, *(note for one in result.components for note in one.notes)):
        if note.name in ("rest-after-leaving", "credit-after-leaving"):
            found.add(Mark(("leavers", "receipts_after_last_day")))
    return found


def _of_component(path: Path, component: ComponentShape, one: ComponentResult) -> set[Mark]:
    found = {Mark(path, "pays")} if one.earned else set()
    for step in one.steps:
        found |= set(_of_step(path, component, step))
    for note in one.notes:
        answer = "no-quota" if note.name == "no-quota" else ""
        found.add(Mark(note.path, answer))
    places = [step.path for step in one.steps] + [note.path for note in one.notes]
    found |= {Mark((*path, key)) for key in BLOCKS for place in places if place[:3] == (*path, key)}
    return found


def _of_step(path: Path, component: ComponentShape, step: Step) -> Iterator[Mark]:
    if step.name == "gate":
        place = step.path[:4]
        if step.part("reading") is None and step.value != "not-due":
            yield Mark((*place, "if_undefined"))
        if step.value == "passed":
            yield Mark(place, "passed")
        elif step.value in ("below", "missed"):
            yield Mark(place, "missed")
        return
    if step.name == "factor" and step.part("state") == "until-known":
        yield Mark((*path, "times", step.path[3], "until_known"))
        return
    if step.name == "factor" and step.part("remark") == "grade-not-in-table":
        return
    if step.name == "transaction" and getattr(component, "apply", "") == "slice-by-slice" and step.path:
        top = step.path[-1]
        if isinstance(top, int):
            yield from (Mark((*step.path[:-1], index)) for index in range(top))
    if step.name == "factor":
        yield Mark(_in_its_table(component, step))
    elif step.name != "quota":
        yield Mark(step.path)


def _in_its_table(component: ComponentShape, step: Step) -> Path:
    """A factor's step names the line; a table that changes has its day before the line."""
    index, day = step.path[3], step.part("start")
    if len(step.path) < 6 or not isinstance(index, int) or not isinstance(day, date):
        return step.path
    return (*dated_path(step.path[:5], component.times[index].table, day), *step.path[5:])


def _of_payout(plan: Plan, result: PayeeResult) -> set[Mark]:
    found: set[Mark] = set()
    for kept in result.kept:
        path: Path = ("payout", "holdback", kept.rule)
        if kept.amount > 0:
            found.add(Mark(path, "kept"))
        elif kept.amount < 0 and not kept.kept_to_date:
            found.add(Mark(path, "released"))
    found |= {Mark(note.path) for note in result.notes}
    if result.carried_out or result.listed:
        found.add(Mark(("payout", "below_zero")))
    balance = result.balance
    if balance is not None:
        amounts = (
            (("payout", "draw", "advance"), balance.advanced),
            (("payout", "draw", "tops_up_to"), balance.topped_up),
            (("payout", "draw", "recover"), balance.recovered),
            (("payout", "deductions"), balance.deducted),
            (("payout", "draw", "at_plan_end"), balance.owed if _ends(plan, result) else Fraction(0)),
        )
        found |= {Mark(place) for place, amount in amounts if amount}
    return found


def _ends(plan: Plan, result: PayeeResult) -> bool:
    return (result.run.year, result.run.month) == (plan.through.year, plan.through.month)
