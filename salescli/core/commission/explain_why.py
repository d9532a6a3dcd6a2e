"""Why a component pays nothing in a run: every rule that did not match, with its place.

What only the store can tell (a filter, a share, another currency) is the services' to add.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.away import is_wholly_away
from salescli.core.commission.explain_told import Explained, is_about, note_line, step_lines
from salescli.core.commission.result import ComponentResult, Path, Step
from salescli.core.commission.timeline import GRAIN
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import both, quantity
from salescli.core.table import Line

NO_QUOTA = ("no-quota", "zero-quota", "no-base-rate", "no-term", "lines-missing", "not-due")


def why_not(told: Explained, one: ComponentResult) -> list[Line]:
    """Return why a component earns nothing in the run: its dates, no credits, tiers, gates, factors, limits.

    One whose own amount is not nothing has no reasons here.
    """
    path: Path = ("components", one.component)
    found = list(_dates(told, one, path))
    if found:
        return found
    component = told.plan.components.get(one.component)
    if component is not None and not component.metrics:  # a bonus has no credits: its notes say when it is due
        return [note_line(told, note) for note in one.notes] + _blocks(told, one)
    if not one.credit and not one.pay_credit and not one.formula and not one.held:
        text = both("本期没有计入的业绩", "no credits in this run")
        return [Line(text, source=told.place((*path, "pays_on")))]
    if not one.formula:
        found += _formula(told, one, path)
    found += _blocks(told, one)
    return found or [Line(both("业绩未产生提成", "the credits earn nothing"), source=told.place(path))]


def _blocks(told: Explained, one: ComponentResult) -> list[Line]:
    """The gates that hold it, the factors that make it nothing, and the limits that take it."""
    found = [line for step in one.steps if _stops(step) for line in step_lines(told, step)]
    return found + [
        line
        for step in told.result.steps
        if is_about(step, one.component) and step.part("cut")
        for line in step_lines(told, step)
    ]


def _dates(told: Explained, one: ComponentResult, path: Path) -> Iterator[Line]:
    """The plan, the component or the person is not in force in the run."""
    run, plan = told.result.run, told.plan
    component = plan.components.get(one.component)
    if run >= plan.end:
        words = both(
            f"方案已于 {plan.through} 到期,本期没有新业绩", f"the plan has ended on {plan.through}: no new credits"
        )
        yield Line(words, source=told.place(("through",)))
    elif run >= told.inputs.end:
        last = told.inputs.end - timedelta(days=1)
        if not one.credit and not one.pay_credit:
            yield Line(both(f"在册至 {last} 止", f"on the plan through {last} only"), source=told.place(("for",)))
    elif is_wholly_away(told.inputs.away, run, _run_end(told)):
        start, end = next(one for one in told.inputs.away if one[0] <= run < one[1])
        last = end - timedelta(days=1)
        if not one.credit and not one.pay_credit:
            words = both(f"{start} 至 {last} 不在本方案", f"not on the plan from {start} through {last}")
            yield Line(words, source=told.place(("for",)))
    elif component is not None and component.through is not None and run > component.through:
        words = both(f"组件已于 {component.through} 到期", f"the component has ended on {component.through}")
        yield Line(words, source=told.place((*path, "through")))
    elif component is not None and component.start is not None and _run_end(told) <= component.start:
        words = both(f"组件自 {component.start} 起", f"the component begins on {component.start}")
        yield Line(words, source=told.place((*path, "from")))


def _run_end(told: Explained) -> date:
    return told.inputs.calendar.window(GRAIN[told.plan.pay], told.result.run).end


def _formula(told: Explained, one: ComponentResult, path: Path) -> Iterator[Line]:
    """The formula itself gives nothing: below the first tier, or at a rate of 0. Notes say the rest."""
    if any(note.name in NO_QUOTA for note in one.notes):
        return
    component = told.plan.components.get(one.component)
    tiers = getattr(component, "tiers", None)
    first = in_force(tiers, told.result.run)[0] if tiers is not None else None
    if first is not None:
        reached = _reached(one) if first.is_rate else Fraction(one.position_after)
        bound = Fraction(first.threshold)
        if reached is not None and (reached < bound or (reached == bound and not first.inclusive)):
            zh = f"累计 {quantity(one.position_after)} 低于第一档「{first.key}」"
            en = f"the position {quantity(one.position_after)} is below the first tier, {first.key}"
            yield Line(both(zh, en), source=told.place((*path, "tiers", 0)))
            return
    for step in one.steps:
        if step.name in ("slice", "at-rate", "all-at", "new-at", "worth", "per-unit", "transaction"):
            yield from step_lines(told, step)


def _reached(one: ComponentResult) -> Fraction | None:
    quota = next((step for step in one.steps if step.name == "quota"), None)
    reached = None if quota is None else quota.part("attainment")
    return reached if isinstance(reached, Fraction) else None


def _stops(step: Step) -> bool:
    """Tell whether a gate holds or loses the money, or a factor makes it nothing."""
    if step.name == "gate":
        return step.value != "passed"
    if step.name == "factor":
        return not isinstance(step.value, int | Decimal | Fraction) or not step.value
    return False
