"""What the open month posts because of a restatement: it is computed with and without it, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from salescli.core.commission.timeline import GRAIN
from salescli.core.money import CONTEXT, total
from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Refused
from salescli.reports.commission.restated import OWN, Posting, RestatedRow, build_restated
from salescli.services.commission import running
from salescli.services.commission.posted import KIND
from salescli.services.commission.restated import (
    calculation_problem,
    other_calculations,
    restatements,
    with_documents,
)
from salescli.services.commission.running import CommissionRun, Computed, compute_period
from salescli.services.context import Context
from salescli.store.runs import closed_runs

CENTS = Decimal("0.00")
Key = tuple[str, str, date, str]
"""Under which item of a run, in which component, of which month, and why."""


@dataclass
class Restated:
    """What the open month posts because of it, and the sentence about it."""

    report: Report | None  # None: a month is still of another calculation, so that nothing can be run
    said: Title
    problems: list[Problem] = field(default_factory=list)


def next_posting(context: Context) -> CommissionRun | None:
    """Compute the open month as things stand; None where it cannot be computed, or no month is closed."""
    closed = closed_runs(context.store, KIND)
    if not closed:
        return None
    try:
        return compute_period(context, _following(context, list(closed)))
    except (ProblemsFound, Refused):
        return None


def show_posted(context: Context, months: list[Period], said: Title, before: CommissionRun | None = None) -> Restated:
    """Show what the open month posts for months, as things stand, and all else that `before` did not post so."""
    closed = list(closed_runs(context.store, KIND).values())
    closed = with_documents(closed, restatements(context.store, closed))
    if left := other_calculations(closed, running.CALCULATION):
        return Restated(None, said, [calculation_problem(closed, left, running.CALCULATION, "warning")])
    following = _following(context, [run.period for run in closed])
    done = compute_period(context, following)
    rows = list(_rows(context, months, done, before))
    labels = [month.label for month in months]
    codes = {one.result.currency for one in (*done.computed, *(before.computed if before is not None else ()))}
    sums = [_posting(code, done, before) for code in sorted(codes)]
    sums = [one for one in sums if one.differences or one.differences_before]
    return Restated(build_restated(labels, following.label, rows, sums, context.language), said, done.problems)


def _following(context: Context, closed: list[str]) -> Period:
    return month_of(context.parse_period(closed[-1]).last_day + ONE_DAY)


def _rows(
    context: Context, months: list[Period], done: CommissionRun, before: CommissionRun | None
) -> Iterator[RestatedRow]:
    """Yield what is posted for the months restated, and whatever is another amount because of them."""
    then = _amounts(before) if before is not None else None
    known = {one.item: one for one in done.computed}
    for key, amount in _amounts(done).items():
        item, component, month, cause = key
        one, former = known[item], (then or {}).get(key, Decimal(0))
        is_named = cause != OWN and any(month == _run_of(context, one, each) for each in months)
        has_moved = then is not None and former != amount
        if not (is_named and amount) and not has_moved:
            continue
        if cause == OWN:  # of the open month itself only what moved is because of it
            amount = CONTEXT.subtract(amount, former)
        plan = one.plan.require()
        yield RestatedRow(
            f"{month:%Y-%m}", one.payee.key, one.payee.name, plan.title,
            one.result.component(component).title, amount, one.result.currency, cause,
        )  # fmt: skip


def _amounts(done: CommissionRun) -> Mapping[Key, Decimal]:
    """Return what a run posts: each difference of an earlier month, and what is the month's own."""
    found: dict[Key, Decimal] = {}
    for one in done.computed:
        for part in one.result.components:
            for each in part.differences:
                key = (one.item, part.component, each.period, each.cause)
                found[key] = CONTEXT.add(found.get(key, Decimal(0)), each.amount)
            found[one.item, part.component, one.result.run, OWN] = part.own
    return found


def _posting(code: str, done: CommissionRun, before: CommissionRun | None) -> Posting:
    """Return what the open month posts of differences in a currency, and what is payable; and without it."""

    def of(one: CommissionRun) -> tuple[Decimal, Decimal]:
        mine = [each for each in one.computed if each.result.currency == code]
        sums = (total(_differences(each) for each in mine), total(each.result.payable for each in mine))
        return sums[0] or CENTS, sums[1] or CENTS

    return Posting(code, *of(done), *(of(before) if before is not None else (None, None)))


def _differences(one: Computed) -> Decimal:
    return total(each.amount for part in one.result.components for each in part.differences)


def _run_of(context: Context, one: Computed, month: Period) -> date:
    """Return the first day of the run that pays a month by a plan."""
    return context.calendar.window(GRAIN[one.plan.require().pay], month.start).start
