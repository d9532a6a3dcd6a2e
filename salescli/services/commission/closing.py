"""Closing, reopening and verifying runs. What is closed is never edited; what comes late is posted afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, Refused, UsageError, problem
from salescli.reports.commission.verified import DifferingRow, VerifiedRow, build_verified
from salescli.services.commission import running
from salescli.services.commission.beyond import is_idle
from salescli.services.commission.closing_points import NONE_ACCEPTED, Accepted, check_accepted, stop_open_points
from salescli.services.commission.paid import fetch_payments
from salescli.services.commission.posted import KIND, fetch_opening
from salescli.services.commission.running import check_month, compute_period, run_commission
from salescli.services.commission.showing import RunShown, show_run
from salescli.services.commission.stored import choose_run, knowing, load_plans
from salescli.services.commission.verified_figures import DifferingFigure, differing_figures, is_same_result
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.runs import Run, add_event, closed_runs, fetch_results, fetch_run, is_whole


@dataclass(frozen=True, slots=True)
class Verified:
    """A closed run beside its recomputation: the items that differ, and in which figures."""

    run: Run
    differing: tuple[str, ...]
    is_whole: bool = True  # nothing of it was changed in the store since it was made
    figures: tuple[DifferingFigure, ...] = ()

    @property
    def is_same(self) -> bool:
        """Tell whether every result is the same, byte for byte."""
        return self.is_whole and not self.differing


def close_period(context: Context, period: Period, accepted: Accepted = NONE_ACCEPTED) -> Run:
    """Run a period on what is known now and close it: one transaction, so that it is done whole or not at all.

    Args:
        context: the open workspace.
        period: the month.
        accepted: the points of the list before closing that somebody goes on past, and why.

    Raises:
        Refused: it is closed already, the period before it is still open, or something stops it.
    """
    check_month(period)
    check_accepted(accepted)
    with context.store.transaction(f"commission close {period}"):
        _check_order(context, period)
        done = run_commission(context, period)
        assert done.run is not None
        stop_open_points(context, done, accepted)
        add_event(context.store, done.run.id, "closed")
        return fetch_run(context.store, done.run.id)


def _check_order(context: Context, period: Period) -> None:
    """Months are closed in order, each once; the store is held while this is looked at.

    Raises:
        Refused: it is closed already, a later one is, or the one before is not.
    """
    closed = closed_runs(context.store, KIND)
    if period.label in closed:
        raise Refused(problem("already-closed", period=period.label, run=closed[period.label].id))
    if closed and (last := max(closed)) > period.label:
        raise Refused(problem("later-closed", period=period.label, other=last))
    expected = _previous(context, period)
    opening = fetch_opening(context.store)
    if opening is not None and period.start < opening.first:
        raise Refused(problem("before-opening", period=period.label, first=f"{opening.first:%Y-%m}"))
    is_later = min(closed) < period.label if closed else opening is not None and opening.first < period.start
    if is_later and expected not in closed:
        first = _next(context, max(closed)) if closed else f"{opening.first:%Y-%m}" if opening is not None else expected
        raise Refused(problem("close-in-order", period=period.label, other=expected, first=first))


def reopen_period(context: Context, period: Period, reason: str) -> Run:
    """Open a closed period again; only the newest one may be.

    Raises:
        Refused: no reason is given, it is not closed, it is paid, or a later one is closed.
    """
    if not reason.strip():
        raise Refused(problem("reopen-needs-reason", period=period.label))
    with context.store.transaction(f"commission reopen {period}"):
        closed = closed_runs(context.store, KIND)
        if period.label not in closed:
            raise Refused(problem("not-closed", period=period.label))
        run = closed[period.label]
        if payments := fetch_payments(context, period.label):
            first = min(payments.values(), key=lambda one: one.batch)
            source, batch = first.source.partition("!")[0] or f"#{first.batch}", first.batch
            raise Refused(problem("paid-not-reopened", period=period.label, source=source, batch=batch))
        if max(closed) != period.label:
            raise Refused(problem("reopen-newest-first", period=period.label, other=max(closed)))
        add_event(context.store, run.id, "reopened", reason)
    return fetch_run(context.store, run.id)


def verify_run(context: Context, run: Run) -> Verified:
    """Recompute a run with its manifest — the records it knew, the policies it kept — and compare byte for byte."""
    period = context.parse_period(run.period)
    plans = list(load_plans(context, run).values())
    with knowing(context, run):
        again = compute_period(context, period, plans=plans, upon=run)
    stored = fetch_results(context.store, run.id)
    whole = is_whole(run, stored)
    # what moves nothing and is only kept in sight is not asked of a run that had no place for it
    said = (one for one in again.computed if one.item in stored or not whole or not is_idle(one.result))
    results = {one.item: one.result.to_json() for one in said}
    both = {*results, *stored}
    differing = tuple(sorted(item for item in both if not is_same_result(stored.get(item), results.get(item))))
    figures = [each for item in differing for each in differing_figures(item, stored.get(item), results.get(item))]
    return Verified(run, differing, whole, tuple(figures))


LONGEST_NUMBER = 18  # digits: what a store can number


def verify_shown(context: Context, which: str = "") -> tuple[Report, list[Problem]]:
    """Verify one run, by its number or its month, or every closed one.

    Returns the list, and a problem for each that does not reproduce.

    Raises:
        UsageError: there is no such run, or it is no month.
        Refused: the month was never run.
    """
    if not which:
        runs = list(closed_runs(context.store, KIND).values())
    elif which.isdecimal():
        runs = [fetch_run(context.store, int(which[:LONGEST_NUMBER]))]
    else:
        runs = [choose_run(context, context.parse_period(which))]
    if any(run.kind != KIND for run in runs):
        raise UsageError(problem("no-such-run", run=which))
    found, rows, figures = [], [], []
    for run in runs:
        verified = verify_run(context, run)
        figures += [_figure_row(context, run, one) for one in verified.figures]
        found += _problems_of(context, verified)
        rows.append(
            VerifiedRow(
                run.id,
                run.period,
                run.state,
                run.at,
                len(fetch_results(context.store, run.id)),
                len(verified.differing),
                verified.is_same,
            )
        )
    return build_verified(rows, figures, context.language), found


def _figure_row(context: Context, run: Run, one: DifferingFigure) -> DifferingRow:
    plan, _, entity = one.item.rpartition("|#")
    name = _person_of(context, int(entity))
    number = "" if one.person == name else one.person
    return DifferingRow(run.id, run.period, number, name, plan, one.figure, one.stored, one.now)


def _problems_of(context: Context, verified: Verified) -> list[Problem]:
    run = verified.run
    found = [] if verified.is_whole else [problem("run-not-whole", run=run.id, period=run.period)]
    if verified.differing:
        people = [names_of_item(context, item) for item in verified.differing[:5]]
        found.append(problem("run-differs", run=run.id, period=run.period, items=people))
    if run.manifest["calculation"] != running.CALCULATION:
        found.append(
            problem(
                "run-other-calculation",
                severity="warning" if found else "note",
                run=run.id,
                period=run.period,
                then=run.manifest["calculation"],
                now=running.CALCULATION,
            )
        )
    return found


def names_of_item(context: Context, item: str) -> str:
    """Return what people call an item of a run: the person, and the plan."""
    plan, _, entity = item.rpartition("|#")
    return f"{_person_of(context, int(entity))} ({plan})"


def _person_of(context: Context, entity: int) -> str:
    return labels(context.store, context.store.registry["person"], [entity]).get(entity, str(entity))


def close_shown(context: Context, period: Period, accepted: Accepted = NONE_ACCEPTED) -> RunShown:
    """Close a period, and show what is paid."""
    run = close_period(context, period, accepted)
    report = show_run(context, run)
    said = Title(
        f"{run.period} 已关账(运行 #{run.id},基于批次 {run.known})· 迟到的事实会在下月作为差异补计",
        f"{run.period} is closed (run #{run.id}, on batch {run.known}); "
        "what comes late is posted next month as a difference",
    )
    return RunShown(report, run, said)


def _next(context: Context, label: str) -> str:
    """Return the month after one."""
    return month_of(context.parse_period(label).end).label


def _previous(context: Context, period: Period) -> str:
    return month_of(period.start - ONE_DAY).label
