"""Plans beside each other: what is wrong between the files of one folder, without anybody's records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescli.core.commission.groups.derived import has_team_base
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


def find_levels_of_other_pay(files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Yield every team base above a plan that is not paid as often: what is earned below is known run by run."""
    sound = [file for file in files if file.plan is not None]
    for file in sound:
        above = file.require()
        for name in (name for name, one in above.components.items() if has_team_base(one)):
            for other in sound:
                below = other.require()
                meets = below.start < above.end and above.start < below.end
                if meets and below.pay != above.pay and any(one.metrics for one in below.components.values()):
                    where = file.where("components", name, "team", "base")
                    yield problem("levels-other-pay", where, text=below.plan, place=other.place(("pay",)))
