"""`bonus`: a fixed amount for a window, paid in the run that ends it; its gates and factors decide how much of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from salescli.core.commission.away import leavings
from salescli.core.commission.components.base import ZERO, ComponentShape, Formula, Task, dated_path, settle_openings
from salescli.core.commission.result import Note, Step
from salescli.core.commission.timeline import LENGTH, Span
from salescli.core.commission.values import Money, in_force
from salescli.core.periods import add_months
from salescli.core.shapes import Dated
from salescli.core.title import Title


class BonusComponent(ComponentShape):
    """YAML of a `bonus` component."""

    called = Title("奖金组件", "a bonus component")
    type: Literal["bonus"]
    amount: Dated[Money]
    adds_up_over: Literal["month", "quarter", "year"]

    @property
    def is_running_sum(self) -> bool:
        """A bonus is due at its window's end."""
        return False


class BonusType:
    """The registry line of `bonus`."""

    name = "bonus"
    title = Title("定额奖金", "Fixed bonus")
    shape = BonusComponent

    def compute(self, component: BonusComponent, task: Task) -> Formula:
        """Enter the amount in the last run of each window."""
        formula = Formula([ZERO] * (task.now + 1), task.spans)
        steps: list[Step] = []
        for span in task.spans:
            day = span.day_of(span.last)
            text = in_force(component.amount, day)
            amount = text.resolve(task.facts.terms_on(day))
            if amount is not None:
                amount *= task.part("fixed-amounts", component.adds_up_over, span)
            if amount is None:
                formula.notes.append(Note("no-term", (("text", text.text),), (*task.path, "amount")))
            elif not span.is_whole:
                if span.last == task.now:
                    formula.notes.append(Note("not-due", (("due", span.end), ("so_far", amount)), task.path))
            elif is_forfeited(component, task, span):
                formula.notes.append(Note("forfeited-on-leaving", (("amount", amount),), ("leavers", "open_windows")))
            else:
                formula.amounts[span.last] += amount
                if span.last == task.now:
                    place = dated_path((*task.path, "amount"), component.amount, day)
                    steps.append(Step("bonus", amount, (("start", span.start), ("end", span.end)), place))
        formula.steps = lambda: tuple(steps)
        implied: dict[int, Fraction] = {}
        return settle_openings(formula, task, implied)


def is_forfeited(component: ComponentShape, task: Task, span: Span) -> bool:
    """A window that the person's leaving cut short is forfeited where the plan says so."""
    inputs = task.facts.inputs
    is_left = span.end in leavings(inputs.end, inputs.away)
    is_cut = is_left and span.end < add_months(span.whole_start, LENGTH[component.window])
    return task.open_windows == "forfeit" and is_cut
