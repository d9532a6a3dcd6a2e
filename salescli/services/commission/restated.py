"""Restatements: on purpose, the recomputation of a closed month follows other files than those its run kept.

A restatement is a stored run of its own kind: whose documents count from then on, and why. The closed run is not
touched; what it should have paid by those documents is posted in the open month. Whoever takes a restatement back
brings the one before it into force again, or the documents of the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from salescli.errors import Problem, Refused, Severity, problem
from salescli.services.commission.calendars import WORKING
from salescli.store.connection import Store
from salescli.store.runs import Run, closed_runs, fetch_run

RESTATED = "commission-restated"
DOCUMENTS = ("plans", "metrics", "process", WORKING)
ACCEPTS = "accepts"  # the calculation that a restatement lets its month follow


def restatements(store: Store, closed: Sequence[Run]) -> dict[str, Run]:
    """Return the restatements in force of closed runs, by month; one of a run that was reopened is of no run."""
    found = closed_runs(store, RESTATED)
    return {run.period: found[run.period] for run in closed if _is_of(found.get(run.period), run)}


def _is_of(restatement: Run | None, run: Run) -> bool:
    return restatement is not None and restatement.manifest["of"] == run.id


def restatements_of(store: Store, run: Run) -> dict[str, Run]:
    """Return the restatements that a stored run was computed with, by month."""
    return {period: fetch_run(store, number) for period, number in run.manifest.get("restated", {}).items()}


def with_documents(closed: Sequence[Run], restated: Mapping[str, Run]) -> list[Run]:
    """Return closed runs with the documents by which their months are recomputed."""
    return [_with(run, restated[run.period]) if run.period in restated else run for run in closed]


def _with(run: Run, restatement: Run) -> Run:
    said = {name: restatement.manifest[name] for name in DOCUMENTS if name in restatement.manifest}
    if ACCEPTS in restatement.manifest:
        said["calculation"] = restatement.manifest[ACCEPTS]
    return replace(run, manifest={**run.manifest, **said})


def other_calculations(closed: Sequence[Run], calculation: int) -> list[str]:
    """Return the months that follow another calculation than today's; the runs come with what counts for them."""
    return [run.period for run in closed if run.manifest.get("calculation", calculation) != calculation]


def check_calculation(closed: Sequence[Run], calculation: int) -> None:
    """Refuse to compute upon closed months of another calculation.

    Raises:
        Refused: they would move by themselves; somebody has to accept it.
    """
    if months := other_calculations(closed, calculation):
        raise Refused(calculation_problem(closed, months, calculation))


def calculation_problem(
    closed: Sequence[Run], months: list[str], calculation: int, severity: Severity = "error"
) -> Problem:
    """Return the problem of months that follow another calculation."""
    then = sorted({run.manifest["calculation"] for run in closed if run.period in months})
    years = {month[:4] for month in months}
    period = months[0] if len(months) == 1 or len(years) > 1 else years.pop()
    values = {"periods": months, "then": then, "now": calculation, "period": period}
    return problem("calculation-not-accepted", severity=severity, **values)


@dataclass(frozen=True)
class Moved:
    """A closed month whose documents are others than the newest closed run knew: the difference is still due."""

    before: Run
    now: Run

    @property
    def is_of_metrics(self) -> bool:
        """Tell whether what is measured changed."""
        return any(self.before.manifest.get(name) != self.now.manifest.get(name) for name in ("metrics", "process"))

    @property
    def is_of_calculation(self) -> bool:
        """Tell whether another calculation was accepted."""
        return bool(self.before.manifest.get("calculation") != self.now.manifest.get("calculation"))

    @property
    def is_of_calendar(self) -> bool:
        """Tell whether the working days are others."""
        return bool(self.before.manifest.get(WORKING) != self.now.manifest.get(WORKING))

    def changes(self, plan: str) -> bool:
        """Tell whether a plan's text changed."""
        before, now = ({one["plan"]: one["sha256"] for one in run.manifest["plans"]} for run in (self.before, self.now))
        return before.get(plan) != now.get(plan)


def newly_restated(store: Store, closed: Sequence[Run], restated: Mapping[str, Run]) -> dict[str, Moved]:
    """Return the months whose documents are others than the newest closed run knew."""
    if not closed:
        return {}
    then = with_documents(closed, restatements_of(store, closed[-1]))
    now = with_documents(closed, restated)
    return {one.period: Moved(one, two) for one, two in zip(then, now, strict=True) if one.manifest != two.manifest}
