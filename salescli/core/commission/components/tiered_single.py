"""A tiered component that looks at each transaction by itself: the table meets every transaction from zero.

A refund belongs to the transaction that it undoes: together they are priced as what is left of it. A
transaction is the window, so each one's earned-to-date is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.components.base import ZERO, Formula, Task
from salescli.core.commission.components.tiered_scales import Scales
from salescli.core.commission.components.tiered_window import missing_lines
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import Step
from salescli.core.commission.special_rates import special_step
from salescli.core.commission.take_back import is_refund
from salescli.core.commission.terms import SpecialRate
from salescli.core.commission.timeline import Span
from salescli.core.money import round_half_away
from salescli.core.scales import MICRO, Scale, to_micro
from salescli.core.value_scales import ValueScale

if TYPE_CHECKING:
    from salescli.core.commission.components.tiered import TieredComponent


def compute_singly(component: TieredComponent, task: Task) -> Formula:
    """Price each transaction; its pay belongs to the run of its date."""
    formula = Formula([ZERO] * (task.now + 1), task.spans, [ZERO] * (task.now + 1))
    lines = task.facts.lines.get(task.name, [])
    if not lines and task.facts.stretches.get(task.name):
        formula.notes.append(missing_lines(task))
    steps: list[Step] = []
    earned: dict[str, Fraction] = {}
    for run, line, special, scale, before, after, pay in _priced(component, task, lines):
        formula.amounts[run] += pay
        earned[line.key] = earned.get(line.key, ZERO) + pay
        if formula.lowest is not None:
            first = scale.marks[0].value if isinstance(scale, ValueScale) else scale.bands[0].rate
            formula.lowest[run] += first * Fraction(after - before, MICRO) if special is None else pay
        if run == task.now:
            formula.credit += Fraction(after - before, MICRO)
            if special is None:
                steps.append(_step(component, task, line, scale, after, pay))
            else:
                steps.append(special_step(special, Fraction(line.pay_credit), pay, ZERO, task.path))
    formula.after = formula.credit
    formula.weigh = lambda line: earned.get(line.key, ZERO)
    formula.steps = lambda: tuple(steps)
    return formula


def _priced(
    component: TieredComponent, task: Task, lines: list[CreditLine]
) -> Iterator[tuple[int, CreditLine, SpecialRate | None, Scale | ValueScale, int, int, Fraction]]:
    """Yield (run, line, special rate, scale, transaction before, after, pay) in the order of the lines."""
    reached: dict[str, int] = {}
    paid: dict[str, int] = {}  # the same, as credit factors weigh it
    scales: dict[Span, Scales] = {}
    specials: dict[str, SpecialRate | None] = {}
    for line in lines:
        run = task.facts.timeline.index(line.date)
        span = next((one for one in task.spans if run is not None and one.start <= line.date < one.end), None)
        if run is None or span is None:
            continue
        if component.takes_back and is_refund(line):
            continue
        key = line.undoes or line.key
        before = reached.get(key, 0)
        after = reached[key] = before + to_micro(line.quota_credit)
        scale = scales.setdefault(span, Scales(component, task, span)).on(line.priced or line.date, line.date)
        paid_before = paid.get(key, 0)
        paid_after = paid[key] = paid_before + to_micro(line.pay_credit)
        first = specials.setdefault(key, line.special if component.special_rates is not None else None)
        if first is not None:  # what is left of a transaction, at the rate of its receipt
            rate, unit = Fraction(first.rate), task.round_to
            done, due = (round_half_away(Fraction(one, MICRO) * rate, unit) for one in (paid_before, paid_after))
            yield run, line, first, scale, before, after, Fraction(due) - Fraction(done)
            continue
        now, was = (scale, after, paid_after), (scale, before, paid_before)
        pay = _rounded(component, *now, task) - _rounded(component, *was, task)
        yield run, line, None, scale, before, after, pay


def _rounded(component: TieredComponent, scale: Scale | ValueScale, position: int, paid: int, task: Task) -> Fraction:
    if isinstance(scale, ValueScale):
        exact = scale.value(position) if position else ZERO  # of what has gone back whole nothing is left
    elif component.apply == "slice-by-slice":
        exact = scale.marginal(position) * (Fraction(paid, position) if position else 1)
    else:
        exact = Fraction(paid, MICRO) * scale.rate(position)
    return Fraction(round_half_away(exact, task.round_to))


def _step(
    component: TieredComponent, task: Task, line: CreditLine, scale: Scale | ValueScale, after: int, pay: Fraction
) -> Step:
    band = scale.band_at(after)
    reached = scale.value(after) if isinstance(scale, ValueScale) else scale.rate(after)
    kind = "worth" if isinstance(scale, ValueScale) else "rate"
    parts = (("key", line.key), ("credit", Fraction(line.pay_credit)), (kind, reached))
    place = Scales(component, task, task.spans[0]).tier_path(line.priced or line.date, band)
    return Step("transaction", pay, parts, place, line.source)
