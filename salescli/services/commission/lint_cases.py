"""Rules of plans that no case tries: whoever changes them learns nothing from the cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescli.errors import Problem, problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.testing import find_coverage
from salescli.services.context import Context


def find_untried(context: Context, files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Find plans of which some rules are reached by no case that holds; `test --coverage` lists them."""
    covered = {one.plan: one for one in find_coverage(context)[0]}
    for file in files:
        one = covered.get(file.name)
        if one is not None and one.unreached:
            yield problem(
                "lint-rules-without-case",
                file.where("components"),
                severity="note",
                plan=file.name,
                count=len(one.unreached),
                rules=one.rules,
                cases=one.cases,
                first=one.unreached[0][0],
            )
