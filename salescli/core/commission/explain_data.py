"""An explanation for machines: every step with its exact numbers, its place, and what went in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salescli.core.commission.explain_sources import pay_of_lines
from salescli.core.commission.explain_terms import terms_data
from salescli.core.commission.explain_told import Place
from salescli.core.commission.facts import own_lines
from salescli.core.commission.inputs import CreditLine, PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, Note, PayeeResult, Step, as_data


def explain_data(
    plan: Plan, result: PayeeResult, inputs: PayeeInputs, place: Place, component: str = ""
) -> dict[str, Any]:
    """Return a result as plain values: amounts as exact texts, thirds as `1/3`, places as `file:line`."""
    whole = {
        name: as_data(getattr(result, name))
        for name in ("person", "plan", "run", "currency", "earned", "kept_change", "carried_in", "payable")
    }
    whole |= {name: as_data(getattr(result, name)) for name in ("carried_out", "listed", "balance", "kept")}
    if result.adjustments:
        sources = {one.key: one.source for one in inputs.adjustments}
        told = [{**as_data(one), "source": sources.get(one.key, "")} for one in result.adjustments]
        whole["adjustments"] = told
    lines = own_lines(inputs, plan.leavers)
    whole["components"] = [
        _component(one, lines, place) for one in result.components if component in ("", one.component)
    ]
    whole["steps"] = [_step(step, place) for step in result.steps]
    whole["notes"] = [_note(note, place) for note in result.notes]
    wanted = {
        (one.attainment_of, one.level, one.of)
        for shape in plan.components.values()
        if (one := getattr(shape, "attainment", None)) is not None
    }
    whole["quotas"] = [
        as_data(one)
        for one in inputs.quotas
        if (one.metric, one.level, one.of) in wanted and plan.start.year <= one.month.year <= plan.through.year
    ]
    return whole | terms_data(plan, result, inputs)


def _component(one: ComponentResult, lines: Sequence[CreditLine], place: Place) -> dict[str, Any]:
    names: tuple[str, ...] = (
        "component",
        "title",
        "window_start",
        "window_end",
        "position_before",
        "position_after",
        "credit",
    )
    found = {name: as_data(getattr(one, name)) for name in names}
    names = ("pay_credit", "formula", "own", "earned", "earned_to_date", "held", "kept", "to_next_tier", "differences")
    found |= {name: as_data(getattr(one, name)) for name in names}
    found["steps"] = [_step(step, place) for step in one.steps]
    found["notes"] = [_note(note, place) for note in one.notes]
    mine = sorted(
        (line for line in lines if line.component == one.component),
        key=lambda each: (each.date, each.key, each.contract),
    )
    found["credits"] = [
        {**_credit(line), "commission": as_data(pay)} for line, pay in pay_of_lines(one, mine) if pay is not None
    ]
    return found


def _credit(line: CreditLine) -> dict[str, Any]:
    names = ("key", "date", "contract", "customer", "amount", "share", "pay_credit", "quota_credit", "units")
    found = {name: as_data(getattr(line, name)) for name in names}
    special = {} if line.special is None else {"special_rate": as_data(line.special)}
    return {**found, **special, "undoes": line.undoes, "source": line.source}


def _step(step: Step, place: Place) -> dict[str, Any]:
    parts = {name: as_data(value) for name, value in step.parts}
    where = place(step.path) if step.path else ""
    return {"name": step.name, "value": as_data(step.value), "parts": parts, "place": where, "source": step.source}


def _note(note: Note, place: Place) -> dict[str, Any]:
    parts = {name: as_data(value) for name, value in note.parts}
    return {"name": note.name, "parts": parts, "place": place(note.path) if note.path else ""}
