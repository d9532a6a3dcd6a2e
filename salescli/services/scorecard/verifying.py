"""Closed scorecard runs, computed again from what they knew and compared byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from salescli.errors import Problem, problem
from salescli.services.commission.stored import knowing
from salescli.services.context import Context
from salescli.services.scorecard.closed import closed_scorecards
from salescli.services.scorecard.running import CALCULATION, compute_scorecard, load_run, results_of
from salescli.store.entities import labels
from salescli.store.runs import Run, fetch_results


def verify_scorecards(context: Context) -> tuple[int, list[Problem]]:
    """Return how many closed runs there are, and a problem for each that does not reproduce."""
    runs = closed_scorecards(context)
    found = []
    for run in runs:
        if differing := differing_items(context, run):
            people = labels(context.store, context.store.registry["person"], [int(item[1:]) for item in differing[:5]])
            found.append(problem("scorecard-differs", run=run.id, period=run.period, people=sorted(people.values())))
            if run.manifest["calculation"] != CALCULATION:
                values = {"run": run.id, "period": run.period}
                found.append(Problem("run-other-calculation", values=values, severity="warning"))
    return len(runs), found


def differing_items(context: Context, run: Run) -> list[str]:
    """Return the people whose sheet comes out otherwise, with the records, the scorecard and the day of the run."""
    card, period = load_run(context, run).card, context.parse_period(run.period)
    with knowing(context, run), _on(context, date.fromisoformat(run.manifest["on"])):
        people, _ = compute_scorecard(context, card, period)
    results, stored = results_of(people), fetch_results(context.store, run.id)
    return sorted(item for item in {*results, *stored} if results.get(item) != stored.get(item))


@contextmanager
def _on(context: Context, day: date) -> Iterator[None]:
    before, notes = context.on, list(context.notes)
    context.on = day
    try:
        yield
    finally:
        context.on, context.notes[:] = before, notes
