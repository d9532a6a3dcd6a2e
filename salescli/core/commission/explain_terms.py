"""A person's own terms that entered a figure: what each says, who approved it, until when, where it was read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from salescli.core.commission.explain_special import approval_words, special_rate_title, term_title
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.needs import terms_of, terms_of_draw, terms_of_limits, terms_of_plan
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, PayeeResult, as_data
from salescli.core.commission.terms import SpecialRate, Term, term_on
from salescli.core.commission.timeline import GRAIN
from salescli.core.commission.wording import both
from salescli.core.table import Line
from salescli.core.title import Title


def terms_in(plan: Plan, result: PayeeResult, inputs: PayeeInputs, names: Collection[str]) -> list[Term]:
    """Return the terms of some names that held on a day of a run, in the order of their names and days."""
    run = inputs.calendar.window(GRAIN[plan.pay], result.run)
    found: dict[Term, None] = {}
    for name in sorted(names):
        mine = [one for one in inputs.terms if one.name == name]
        days = {run.start, *(one.start for one in mine)}
        days |= {one.through + timedelta(days=1) for one in mine if one.through is not None}
        for day in sorted(day for day in days if day in run):
            term = term_on(mine, name, day)
            if term is not None:
                found[term] = None
    return list(found)


def term_words(term: Term) -> Title:
    """Say one of the person's own terms, and by whose word it counts."""
    text = term_title(term)
    if not is_special(term):
        return both(f"个人条款 {text.zh}", f"own terms: {text.en}")
    why = approval_words(term.approved_by, term.through, term.reason)
    return both(f"{why.zh}:{text.zh}", f"{why.en}: {text.en}")


def is_special(term: Term | SpecialRate) -> bool:
    """Tell whether somebody approved it, it ends, or it says why."""
    return bool(term.approved_by or term.through or term.reason)


def term_lines(plan: Plan, result: PayeeResult, inputs: PayeeInputs, component: str = "") -> list[Line]:
    """Say the own terms that a component, and the limits over it, read; without a component those of the draw."""
    names = terms_of_draw(plan)
    if component:
        shape = plan.components.get(component)
        names = set() if shape is None else terms_of(shape) | terms_of_limits(plan, component)
    return [Line(term_words(one), source=one.source) for one in terms_in(plan, result, inputs, names)]


def special_terms(plan: Plan, result: PayeeResult, inputs: PayeeInputs) -> list[tuple[Title, str]]:
    """Return every special term that entered a run of a person, in words, with where it was read."""
    terms = [one for one in terms_in(plan, result, inputs, terms_of_plan(plan)) if is_special(one)]
    found = {(term_words(one), one.source): None for one in terms}
    for rate in dict.fromkeys(rate for one in result.components for rate in special_rates_in(plan, one, inputs)):
        why, text = approval_words(rate.approved_by, rate.through, rate.reason), special_rate_title(rate)
        found[both(f"{why.zh}:{text.zh}", f"{why.en}: {text.en}"), rate.source] = None
    return list(found)


def special_rates_in(plan: Plan, one: ComponentResult, inputs: PayeeInputs) -> list[SpecialRate]:
    """Return the special rates of credits on a component's statement, and of earlier periods that differ."""
    shape = plan.components.get(one.component)
    if shape is None or shape.special_rates is None:
        return []
    paid = {(said.key, said.contract, said.date) for said in one.lines}
    mine = (line for line in inputs.lines if line.component == one.component and line.special is not None)
    late = {each.period for each in one.differences}
    found = {
        line.special: None
        for line in mine
        if (line.key, line.contract, line.date) in paid or line.date.replace(day=1) in late
    }
    return [rate for rate in found if rate is not None]


def terms_data(plan: Plan, result: PayeeResult, inputs: PayeeInputs) -> dict[str, Any]:
    """Return the same for machines: nothing where no term and no special rate counts."""
    terms = [as_data(one) for one in terms_in(plan, result, inputs, terms_of_plan(plan))]
    rates = [as_data(rate) for one in result.components for rate in special_rates_in(plan, one, inputs)]
    return {key: value for key, value in (("terms", terms), ("special_rates", rates)) if value}
