"""`check` of plans beside each other: names that stand twice, plans named that are not there, rates above the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from salescli.core.commission.rate_bounds import find_rates_above_whole
from salescli.errors import Problem, SalesCliError, problem
from salescli.policy.plan_set import find_levels_of_other_pay, find_same_names
from salescli.policy.plans import PlanFile
from salescli.services.commission.doubles import find_unknown_beside
from salescli.services.commission.taking_over import find_wrong_takeovers

OF_NAMES = ("takes-over-unknown-plan", "beside-unknown-plan")


def check_plan_folder(files: Sequence[PlanFile], folder: Path) -> Iterator[Problem]:
    """Yield what no plan shows by itself, and the rates that `commission lint` would ask about.

    A plan whose file is gone is still known where a closed month kept it; one that has errors is known by its name.
    """
    yield from find_same_names(files)
    yield from find_levels_of_other_pay(files)
    sound = [file for file in files if file.plan is not None]
    for file in sound:
        for fault in find_rates_above_whole(file.require()):
            where = file.document.where_value(*fault.path)
            yield problem(fault.name, where, severity="warning", **dict(fault.values))
    said = [*find_wrong_takeovers({file.name: file for file in sound}), *find_unknown_beside(sound)]
    known = {file.document.value.plan for file in files if file.document.value is not None}
    if any(each.name in OF_NAMES for each in said):
        known |= _kept_names(folder)
    yield from (each for each in said if each.name not in OF_NAMES or each.values["text"] not in known)


def _kept_names(folder: Path) -> set[str]:
    """Return the plans that closed months keep; none where there is no store, or none that opens."""
    from datetime import date

    from salescli.services.commission.posted import KIND
    from salescli.services.context import open_context
    from salescli.services.workspace import find_workspace
    from salescli.store.runs import closed_runs

    try:
        workspace = find_workspace(folder)
        if not workspace.store_path.is_file():
            return set()
        with open_context(workspace, today=date.max, readonly=True) as context:
            runs = closed_runs(context.store, KIND).values()
            return {entry["plan"] for run in runs for entry in run.manifest["plans"]}
    except SalesCliError:
        return set()
