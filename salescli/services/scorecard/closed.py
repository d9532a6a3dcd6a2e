"""Closed scorecard runs: which there are, in the order in which their grades became known."""

from __future__ import annotations

from salescli.services.context import Context
from salescli.store.runs import Run, fetch_runs

KIND = "scorecard"


def closed_scorecards(context: Context, name: str = "") -> list[Run]:
    """Return the closed runs in the order in which their grades became known, as far as the store is asked."""
    known = context.store.known
    runs = [
        run
        for run in fetch_runs(context.store, KIND, subject=name)
        if run.state == "closed" and (known is None or run.known <= known)
    ]
    return sorted(runs, key=lambda run: (run.manifest["known_on"], run.id))
