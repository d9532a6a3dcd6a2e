"""Closing, reopening and verifying runs. What is closed is never edited; what comes late is posted in the open period."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.periods import Period
from salescli.errors import Problem, Refused, problem
from salescli.services.commission.posted import KIND
from salescli.services.commission.running import CALCULATION, compute_period, run_commission
from salescli.services.commission.stored import knowing, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run, add_event, closed_runs, fetch_results, fetch_run


@dataclass(frozen=True, slots=True)
class Verified:
    """A closed run beside its recomputation: the items that differ."""

    run: Run
    differing: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether every result is the same, byte for byte."""
        return not self.differing


def close_period(context: Context, period: Period) -> Run:
    """Run a period on what is known now and close it.

    Raises:
        Refused: it is closed already, or the period before it is still open.
    """
    closed = closed_runs(context.store, KIND)
    if period.label in closed:
        raise Refused(problem("already-closed", period=period.label, run=closed[period.label].id))
    if closed and (last := max(closed)) > period.label:
        raise Refused(problem("close-in-order", period=period.label, other=last))
    before = context.calendar.window("month", period.start.replace(day=1)).start
    expected = _previous(context, period)
    if closed and expected not in closed and min(closed) < period.label:
        raise Refused(problem("close-in-order", period=period.label, other=expected))
    assert before == period.start
    done = run_commission(context, period)
    errors = [each for each in done.problems if each.severity == "error"]
    if errors:
        raise Refused(*errors)
    assert done.run is not None
    with context.store.transaction(f"commission close {period}"):
        add_event(context.store, done.run.id, "closed")
    return fetch_run(context.store, done.run.id)


def reopen_period(context: Context, period: Period, reason: str) -> Run:
    """Open a closed period again; only the newest one may be.

    Raises:
        Refused: it is not closed, or a later one is.
    """
    closed = closed_runs(context.store, KIND)
    if period.label not in closed:
        raise Refused(problem("not-closed", period=period.label))
    if max(closed) != period.label:
        raise Refused(problem("reopen-newest-first", period=period.label, other=max(closed)))
    run = closed[period.label]
    with context.store.transaction(f"commission reopen {period}"):
        add_event(context.store, run.id, "reopened", reason)
    return fetch_run(context.store, run.id)


def verify_run(context: Context, run: Run) -> Verified:
    """Recompute a run with its manifest — the records it knew, the policies it kept — and compare byte for byte."""
    period = context.parse_period(run.period)
    plans = list(load_plans(context, run).values())
    with knowing(context, run.known):
        again = compute_period(context, period, plans=plans, upon=run)
    results = {one.item: one.result.to_json() for one in again.computed}
    stored = fetch_results(context.store, run.id)
    differing = tuple(sorted(item for item in {*results, *stored} if results.get(item) != stored.get(item)))
    return Verified(run, differing)


def verify_all(context: Context) -> list[Problem]:
    """Verify every closed run; return a problem for each that does not reproduce."""
    found = []
    for run in closed_runs(context.store, KIND).values():
        if run.manifest["calculation"] != CALCULATION:
            found.append(problem("run-other-calculation", run=run.id, period=run.period, severity="warning"))
            continue
        verified = verify_run(context, run)
        if not verified.is_same:
            found.append(problem("run-differs", run=run.id, period=run.period, items=verified.differing[:5]))
    return found


def _previous(context: Context, period: Period) -> str:
    from salescli.core.periods import ONE_DAY, month_of

    return month_of(period.start - ONE_DAY).label
