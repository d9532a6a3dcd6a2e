"""Grades of the scorecards that plans read: as they are written, and those that they give."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.factors import GradeFactor
from salescli.core.commission.plan import Plan
from salescli.policy.layers import policy_files
from salescli.policy.scorecards import load_scorecard
from salescli.services.context import Context

Words = dict[str, tuple[str, ...]]


def read_bands(context: Context, plan: Plan) -> tuple[Words, Words]:
    """Return the bounds of each scorecard as they are written, and the grades that it gives where it can be read."""
    asked = {
        factor.grade_from for one in plan.components.values() for factor in one.times if isinstance(factor, GradeFactor)
    }
    written: Words = {}
    given: Words = {}
    for one in policy_files(context.workspace.config, "scorecards") if asked else ():
        file = load_scorecard(one.path, context.workspace.relative(one.path))
        if not {file.name, one.name} & asked:
            continue
        written[file.name] = tuple(_bounds(file.document.plain))
        if file.card is not None:
            given[file.name] = tuple(line.word for line in file.card.grades)
    return written, given


def _bounds(tree: object) -> Iterator[str]:
    """Yield the keys of `grades`, whatever they say: `from 85`, or a band that is refused."""
    rows = tree.get("grades") if isinstance(tree, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            yield from (str(key) for key in row)
