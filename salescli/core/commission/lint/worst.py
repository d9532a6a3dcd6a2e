"""The worst that history shows: the month that pays least, and the most that a grade could have taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.factors import GradeFactor
from salescli.core.commission.inputs import Grade, PayeeInputs
from salescli.core.commission.lint.history import History, months_paid, own_by_run
from salescli.core.commission.lint.subject import Finding, Subject, cents
from salescli.core.commission.result import Path
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import percent, quantity
from salescli.core.money import CONTEXT, total
from salescli.core.periods import Period, add_months, months_in


def find_worst_month(history: History) -> Iterator[Finding]:
    """Say which month would have paid least, and who least in which."""
    paid = [one for one in months_paid(history) if one.people]
    if not paid:
        return
    least = min(paid, key=lambda one: one.amount)
    amount, month, person = min(
        (amount, run, past.person) for past in history.people for run, amount in past.earned.items()
    )
    values = {
        "window": history.window,
        "month": least.run.label,
        "amount": cents(least.amount),
        "people": least.people,
        "person": person,
        "least": cents(amount),
        "least_month": f"{month:%Y-%m}",
    }
    is_below = amount < 0
    name = "lint-worst-month-below-zero" if is_below else "lint-worst-month"
    yield Finding(name, ("payout", "below_zero"), values, "warning" if is_below else "note")


def grade_factors(subject: Subject) -> Iterator[tuple[Path, str, GradeFactor, str, Decimal, Decimal]]:
    """Yield what may take pay back: path, component, block, the worst grade, its factor, the one until it is known."""
    for name, shape in subject.plan.components.items():
        for index, factor in enumerate(shape.times):
            if not isinstance(factor, GradeFactor) or isinstance(factor.until_known, str):
                continue
            table: Mapping[str, Decimal] = in_force(factor.table, subject.plan.start)
            word = min(table, key=lambda one: table[one])
            if factor.once_known == "true-up" and table[word] < factor.until_known:
                path = ("components", name, "times", index, "table", word)
                yield path, name, factor, word, table[word], factor.until_known


def find_grades_taking_back(subject: Subject, history: History | None) -> Iterator[Finding]:
    """Say the most that the worst grade would have taken back; as a share where there is no history."""
    for path, name, factor, word, value, until in grade_factors(subject):
        values: dict[str, object] = {"grade": word, "factor": quantity(value)}
        found = [] if history is None else list(_taken_back(history, name, factor, word))
        if not found:
            share = percent(CONTEXT.divide(CONTEXT.subtract(until, value), until))
            yield Finding("lint-grade-takes-back-share", path, {**values, "share": share})
            continue
        amount, person, period = max(found)
        if amount > 0:
            more = {"amount": cents(amount), "person": person, "period": period}
            yield Finding("lint-grade-takes-back", path, {**values, **more})


def _taken_back(history: History, name: str, factor: GradeFactor, word: str) -> Iterator[tuple[Decimal, str, str]]:
    """Yield for each person and graded period what is paid without a grade, less what the worst grade leaves of it."""
    for past in history.people:
        if not past.results:
            continue
        others = tuple(one for one in past.inputs.grades if one.scorecard != factor.grade_from)
        before = _own_by_run(history, name, replace(past.inputs, grades=others))
        after = _own_by_run(
            history, name, replace(past.inputs, grades=(*others, *_all(history, past.inputs, factor, word)))
        )
        periods: dict[str, list[Decimal]] = {}
        for day, amount in before.items():
            label = past.inputs.calendar.window(factor.over, day).label
            periods.setdefault(label, []).append(CONTEXT.subtract(amount, after.get(day, Decimal(0))))
        for label, amounts in periods.items():
            yield total(amounts), past.person, label


def _all(history: History, inputs: PayeeInputs, factor: GradeFactor, word: str) -> list[Grade]:
    """Give every period one grade, known from the beginning."""
    first = add_months(history.runs[0].start, -12)
    months = months_in(Period(first, history.runs[-1].end))
    starts = {inputs.calendar.window(factor.over, month.start).start for month in months}
    return [Grade(factor.grade_from, start, word, history.plan.start) for start in sorted(starts)]


def _own_by_run(history: History, name: str, inputs: PayeeInputs) -> dict[date, Decimal]:
    """Return what each run earns: computed at the last one, nothing posted, the others are its differences."""
    runs = [run for run in history.runs if run.start < inputs.end and inputs.start < run.end]
    return own_by_run(compute_payee(history.plan, inputs, runs[-1]))[name]
