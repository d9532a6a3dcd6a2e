"""A result as one person may see it: nobody else's name, and nobody else's pay.

Statements leave the house that computes them. Who shares a transaction is told by number, never by name; of a pot, a
ranking or a budget only the person's own part is told; what the levels below earned is left out. No amount of the
person's own changes. Explanations for those who pay keep everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.inputs import CreditLine, PayeeInputs
from salescli.core.commission.result import ComponentResult, PayeeResult, Step

NAMED = frozenset({"pot-member", "pot-manager", "pot-lacks", "rank-place", "rank-out"})
"""Steps of a group that tell of one person, whose name is a part of them."""
OF_ALL = frozenset({"pot", "pot-run", "pot-others", "pot-rest"})
"""Steps of a group that tell of everybody together: from them and the own part the others' could be found."""


def hide_others(result: PayeeResult, inputs: PayeeInputs, name: str) -> tuple[PayeeResult, PayeeInputs]:
    """Return a result and what went into it without what they tell of others.

    Args:
        result: of one person under one plan.
        inputs: of the same.
        name: what the person is called.
    """
    components = tuple(_component(one, name) for one in result.components)
    lines = tuple(_line(one) for one in inputs.lines)
    return replace(result, components=components), replace(inputs, lines=lines, group=None)


def _line(line: CreditLine) -> CreditLine:
    return replace(
        line,
        with_others="",
        sharers=len(line.with_others.split("、")) if line.with_others else 0,
        taken_from="",
        taken_over=bool(line.taken_from),
        after_others=bool(line.taken_below or line.below),
        taken_below=Decimal(0),
        below=Fraction(0),
    )


def _component(one: ComponentResult, name: str) -> ComponentResult:
    return replace(one, steps=tuple(_own_steps(one.steps, name)))


def _own_steps(steps: Iterable[Step], name: str) -> Iterable[Step]:
    steps = tuple(steps)
    mine = [step for step in steps if step.name in NAMED and step.part("name") == name]
    counts = Counter(step.name for step in mine)
    twice = {called for called, count in counts.items() if count > 1}  # somebody else has the name too
    leads = any(step.name == "pot" and step.part("manager") == name for step in steps)
    for step in steps:
        if step.name in NAMED:
            if step.part("name") == name and step.name not in twice:
                yield step
        elif step.name in OF_ALL:
            if leads:
                yield step
        elif step.name == "budget":
            yield Step("budget-own", step.part("budget"), (("how", step.part("how")),), step.path, step.source)
        elif step.part("below") is not None:
            yield replace(step, parts=tuple(part for part in step.parts if part[0] not in ("below", "own")))
        else:
            yield step
