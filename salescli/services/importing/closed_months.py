"""What an answer about dated fields does to commission of closed months, before anything is written.

A new owner may be a change from a day or a correction. Each answer is tried in the running transaction and taken back;
what the next open month would post for closed months then, beside what it would post without the answer, is shown per
person. Where no month is closed, nothing of this costs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.money import CONTEXT
from salescli.core.periods import Period, month_of
from salescli.errors import Problem, SalesCliError, Where, problem
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.runs import closed_runs

if TYPE_CHECKING:
    from salescli.services.importing.outcome import SheetImport

SHOWN = 12
CORRECT = "correct"

Payee = tuple[int, str]  # a person's record, and the currency
Postings = dict[Payee, Decimal]
Merge = Callable[[str], int]  # merges with an answer ("" leaves dated cells as they are); how many of them it changed


class _TakenBack(Exception):
    """Ends an attempt."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    changes: int
    postings: Postings | None  # None where commission cannot be computed now


def open_month(context: Context) -> Period | None:
    """Return the first month after the closed ones, or None where none is closed."""
    closed = closed_runs(context.store, "commission")
    return month_of(context.parse_period(max(closed)).end) if closed else None


def tell_answers(context: Context, merge: Merge) -> list[Problem]:
    """Return what each answer would post for closed months, where dated cells are a question."""
    month = open_month(context)
    if month is None:
        return []
    before = _attempt(context, merge, "", month).postings
    answers = [CORRECT, month.start.isoformat()]
    return [
        _told(context, answer, month, before, _attempt(context, merge, answer, month).postings) for answer in answers
    ]


def check_answer(context: Context, merge: Merge, answer: str) -> list[Problem]:
    """Return a question where an answer that was given moves commission of closed months; nothing where it does not."""
    month = open_month(context)
    if month is None or not answer:
        return []
    after = _attempt(context, merge, answer, month, is_lazy=True)
    if not after.changes:
        return []
    before = _attempt(context, merge, "", month)
    if before.postings is None or after.postings is None:
        return [problem("closed-months-unknown", option=_option(answer), month=month.label)]
    moved = _difference(before.postings, after.postings)
    if not moved:
        return []
    postings = _worded(context, moved)
    return [problem("closed-months-move", option=_option(answer), month=month.label, postings=postings)]


def note_late(context: Context, sheets: Sequence[SheetImport]) -> list[Problem]:
    """Say how many new rows fall in closed months: what they change is posted in the open one."""
    month = open_month(context)
    if month is None:
        return []
    closed = closed_runs(context.store, "commission")
    found = []
    for sheet in sheets:
        staged, result = sheet.reading.staged, sheet.result
        if staged is None or result is None or not staged.type.pays or staged.type.date not in staged.columns:
            continue
        days = staged.columns[staged.type.date]
        late = [days[index][:7] for index in result.fresh if days[index] and days[index][:7] in closed]
        if late:
            values = {"count": len(late), "type": staged.type.titles, "months": sorted(set(late)), "month": month.label}
            where = Where(staged.source.file, sheet=staged.source.sheet)
            found.append(Problem("rows-in-closed-months", where, values, "note"))
    return found


def note_moved(context: Context, batch: int) -> list[Problem]:
    """Say what a batch that is being written posts for closed months, beside what the batch before it would post."""
    month = open_month(context)
    if month is None:
        return []
    after = _compute(context, month)
    known = context.store.known
    context.store.at(batch - 1)
    try:
        before = _compute(context, month)
    finally:
        context.store.at(known)
    if before is None or after is None or not (moved := _difference(before, after)):
        return []
    values = {"month": month.label, "postings": _worded(context, moved)}
    return [problem("closed-months-moved", severity="note", **values)]


def _attempt(context: Context, merge: Merge, answer: str, month: Period, *, is_lazy: bool = False) -> _Attempt:
    """Merge with an answer, compute, and take it back; `is_lazy`: compute only where it changed something."""
    found = _Attempt(0, {})
    try:
        with context.store.transaction("trying an answer"):
            changes = merge(answer)
            found = _Attempt(changes, None if is_lazy and not changes else _compute(context, month))
            raise _TakenBack
    except _TakenBack:
        pass
    return found


def _compute(context: Context, month: Period) -> Postings | None:
    """Return what a run of the open month would post for months before it; None where it cannot be run."""
    from salescli.services.commission.running import compute_period

    found: dict[str, list[tuple[Payee, Decimal]]] = {}
    quarter_end = month_of(context.calendar.window("quarter", month.start).last_day)  # quarterly plans pay then
    try:
        for period in dict.fromkeys((month, quarter_end)):
            for one in compute_period(context, period).computed:
                payee = (one.payee.entity, one.result.currency)
                parts = one.result.components
                late = [(each.period, each.amount) for part in parts for each in part.differences]
                late += [(each.period, each.amount) for each in one.result.adjustments if each.change]
                early = [(payee, amount) for origin, amount in late if origin < month.start]
                found.setdefault(one.item, early)
    except SalesCliError:
        return None
    postings: Postings = {}
    for payee, amount in (each for several in found.values() for each in several):
        postings[payee] = CONTEXT.add(postings.get(payee, Decimal(0)), amount)
    return postings


def _difference(before: Postings, after: Postings) -> Postings:
    zero = Decimal(0)
    moved = {one: CONTEXT.subtract(after.get(one, zero), before.get(one, zero)) for one in {*before, *after}}
    return {one: amount for one, amount in moved.items() if amount}


def _told(context: Context, answer: str, month: Period, before: Postings | None, after: Postings | None) -> Problem:
    option = _option(answer)
    if before is None or after is None:
        return problem("closed-months-unknown", severity="note", option=option, month=month.label)
    moved = _difference(before, after)
    if not moved:
        return problem("answer-posts-nothing", severity="note", option=option)
    postings = _worded(context, moved)
    return problem("answer-posts", severity="note", option=option, month=month.label, postings=postings)


def _option(answer: str) -> str:
    return "--correct" if answer == CORRECT else f"--changes-from {date.fromisoformat(answer)}"


def _worded(context: Context, moved: Postings) -> list[str]:
    """Return `王芳 −1,200.00 CNY` for each person, the largest first."""
    names = labels(context.store, context.store.registry["person"], [person for person, _ in moved])
    ordered = sorted(moved.items(), key=lambda one: (-abs(one[1]), names.get(one[0][0], "")))
    texts = []
    for (person, currency), amount in ordered[:SHOWN]:
        sign = "+" if amount > 0 else "−"
        own = f" {currency}" if currency != context.currency else ""
        texts.append(f"{names.get(person, person)} {sign}{abs(amount):,.2f}{own}")
    return [*texts, "…"] if len(ordered) > SHOWN else texts
