"""Plans beside each other: what is wrong between the files of one folder, without anybody's records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescli.errors import Problem, problem
from salescli.policy.plans import PlanFile


def find_same_names(files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Yield every plan file whose name an earlier file has: nobody could say which of the two is meant."""
    first: dict[str, PlanFile] = {}
    for file in files:
        shape = file.document.value
        if shape is None:
            continue
        other = first.setdefault(shape.plan, file)
        if other is not file:
            yield problem("plan-name-twice", file.where("plan"), text=shape.plan, place=other.place(("plan",)))
