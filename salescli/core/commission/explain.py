"""How a figure came about: a result to an indented trace, each line with the place of the plan's words.

The numbers are the engine's own steps; nothing is computed here again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salescli.core.commission.explain_formula import FORMULA_STEPS, formula_lines
from salescli.core.commission.explain_payout import build_payout_trace
from salescli.core.commission.explain_sources import kept_lines, source_line, source_lines
from salescli.core.commission.explain_terms import term_lines
from salescli.core.commission.explain_told import Explained, Origins, Place, is_about, note_line, step_lines
from salescli.core.commission.explain_why import why_not
from salescli.core.commission.inputs import CreditLine, PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, Path, PayeeResult
from salescli.core.commission.wording import APPLIES, WINDOWS, both, days, money, quantity
from salescli.core.money import to_decimal
from salescli.core.table import Line, Trace
from salescli.core.title import Title

__all__ = ["Place", "build_credit_trace", "build_payee_trace", "build_payout_trace", "build_trace"]


def build_trace(
    plan: Plan,
    result: PayeeResult,
    inputs: PayeeInputs,
    component: str,
    place: Place,
    person: str = "",
    names: Mapping[str, Title] | None = None,
    origins: Origins | None = None,
) -> Trace:
    """Explain one component of one person in one run.

    Args:
        plan: the plan of the run.
        result: what the engine came to.
        inputs: what it was given; the sources are its lines.
        component: which component.
        place: gives `file:line` for a path of the plan, "" where there is none.
        person: the person's name for the head; the key where empty.
        names: the titles of metrics and scorecards, by their keys.
        origins: where the versions of the quotas come from.
    """
    told = Explained(plan, result, inputs, place, names or {}, origins or {})
    one = result.component(component)
    path: Path = ("components", component)
    head = f"{person or result.person} · {result.run:%Y-%m} · "
    lines = [_window(told, one, path), _position(told, one, path)]
    lines += term_lines(plan, result, inputs, component)
    if not any(step.name in (*FORMULA_STEPS, "part-due") for step in one.steps):
        lines += why_not(told, one)[:1]
    lines += [line for step in one.steps if step.name not in FORMULA_STEPS for line in step_lines(told, step)]
    lines += [line for step in result.steps if is_about(step, component) for line in step_lines(told, step)]
    lines += _sum_up(told, one)
    lines += [note_line(told, note) for note in one.notes]
    lines += source_lines(told, one)
    if one.to_next_tier is not None:
        lines.append(Line(both("距下一档", "to the next tier"), one.to_next_tier, told.money))
    lines += _did_not_match(told, component)
    return Trace("explain", tuple(lines), both(head + one.title.zh, head + one.title.en))


def _window(told: Explained, one: ComponentResult, path: Path) -> Line:
    component = told.plan.components.get(one.component)
    stretch = days(one.window_start, one.window_end)
    words = WINDOWS[component.window] if component is not None else Title("", "")
    apply = APPLIES.get(getattr(component, "apply", ""), Title("", ""))
    zh = " · ".join(part for part in (f"窗口 {stretch}", words.zh, apply.zh) if part)
    en = " · ".join(part for part in (f"window {stretch}", words.en, apply.en) if part)
    key = "adds_up_over" if getattr(component, "adds_up_over", None) is not None else "type"
    return Line(both(zh, en), source=told.place((*path, key)))


def _position(told: Explained, one: ComponentResult, path: Path) -> Line:
    moved = one.position_after - one.position_before
    before, credit, after = (quantity(n) for n in (one.position_before, moved, one.position_after))
    children = formula_lines(told, one)
    text = both(f"累计前 {before} + 本期 {credit} = {after}", f"before {before} + this run {credit} = {after}")
    if one.credit != moved:  # what is paid on is not what moves the position
        paid = quantity(one.credit)
        text = both(f"{text.zh};计提业绩 {paid}", f"{text.en}; paid on {paid}")
    if before == credit == after == "0":
        text = both("本期公式", "formula of this run")
    return Line(text, one.formula, told.money, told.place((*path, "pays_on")), tuple(children))


def _sum_up(told: Explained, one: ComponentResult) -> list[Line]:
    found = []
    if one.held:
        found.append(Line(both("暂存(未付)", "held, not posted"), one.held, told.money))
    found.append(Line(both("应计合计", "earned in all"), one.earned, told.money))
    found += kept_lines(told, one)
    if one.kept:
        found.append(Line(both("扣除留存后", "after the holdback"), to_decimal(one.earned - one.kept), told.money))
    return found


def _did_not_match(told: Explained, component: str) -> list[Line]:
    """The plan's other components that pay nothing in this run, and why."""
    found = []
    for other in told.result.components:
        if other.component != component and not other.earned:
            for line in why_not(told, other):
                text = both(f"未命中 {other.title.zh}:{line.text.zh}", f"not matched: {other.title.en}: {line.text.en}")
                found.append(Line(text, line.value, line.column, line.source))
    return found


def build_credit_trace(
    plan: Plan,
    result: PayeeResult,
    inputs: PayeeInputs,
    credit: tuple[CreditLine, Decimal | None],
    place: Place,
    person: str,
    names: Mapping[str, Title] | None = None,
) -> Trace:
    """Explain one credit of one person under one component: the credit, its part of the run, and the rules it met.

    `credit` is the line with what of the run's own amount it has.
    """
    told = Explained(plan, result, inputs, place, names or {})
    line, pay = credit
    one = result.component(line.component)
    lines = [source_line(told, line, pay)]
    if pay is not None:
        words = both(f"本期应计 {money(one.own)} 中的一份", f"its part of {money(one.own)} earned in this run")
        rules = [*formula_lines(told, one), *_blocks(told, one)]
        lines.append(Line(words, pay, told.money, children=tuple(rules)))
    for change in (each for each in one.differences if each.period == line.date.replace(day=1)):
        zh, en = f"{change.period:%Y-%m} 差额合计", f"difference of {change.period:%Y-%m} in all"
        lines.append(Line(both(zh, en), change.amount, told.money))
    lines += [kept for kept in kept_lines(told, one, line.contract) if line.contract]
    head = f"{person or result.person} · {result.run:%Y-%m} · "
    return Trace("credit", tuple(lines), both(head + one.title.zh, head + one.title.en))


def _blocks(told: Explained, one: ComponentResult) -> list[Line]:
    """The gates, factors and limits of a component in the run, in their order."""
    found = [line for step in one.steps if step.name in ("gate", "factor", "bound") for line in step_lines(told, step)]
    return found + [
        line for step in told.result.steps if is_about(step, one.component) for line in step_lines(told, step)
    ]


def build_payee_trace(
    plan: Plan,
    result: PayeeResult,
    inputs: PayeeInputs,
    place: Place,
    person: str = "",
    only: Sequence[str] = (),
    names: Mapping[str, Title] | None = None,
    origins: Origins | None = None,
) -> tuple[Trace, ...]:
    """Explain all components, or some, and then how earned became payable."""
    wanted = [one.component for one in result.components if not only or one.component in only]
    found = [build_trace(plan, result, inputs, name, place, person, names, origins) for name in wanted]
    return (*found, build_payout_trace(plan, result, inputs, place))
