"""What keeps a month from being closed: errors, points of the list that stop, an approval that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.errors import Problem, Refused, UsageError, problem
from salescli.services.commission.approving import ACCEPTED, approvals
from salescli.services.commission.check_approval import APPROVAL
from salescli.services.commission.check_state import Check
from salescli.services.commission.checking import look_at_all
from salescli.services.commission.running import CommissionRun
from salescli.services.context import Context
from salescli.services.record.finding import nearest_of
from salescli.store.runs import add_event

FIRM = ("previous", APPROVAL)  # months are closed in order, and approved where that is asked: nobody goes past it


@dataclass(frozen=True, slots=True)
class Accepted:
    """The points of the list that somebody goes on past, and why."""

    points: tuple[str, ...] = ()
    reason: str = ""


NONE_ACCEPTED = Accepted()


def check_accepted(accepted: Accepted) -> None:
    """Refuse what cannot be accepted, before anything is computed.

    Raises:
        UsageError: points without a reason.
    """
    if accepted.points and not accepted.reason.strip():
        raise UsageError(problem("accept-needs-reason", points=list(accepted.points)))


def stop_open_points(context: Context, done: CommissionRun, accepted: Accepted) -> None:
    """Record the points that are gone past; stop at the others.

    Raises:
        Refused: errors, points that stop, or a missing approval, all of them together.
        UsageError: a point that the list does not have.
    """
    assert done.run is not None
    check = Check(context, done.period, done)
    look_at_all(check)
    names = [one.name for one in check.items if one.name not in FIRM]
    unknown = [name for name in accepted.points if name not in names]
    if unknown:
        raise UsageError(*(_unknown(name, names) for name in unknown))
    wrong = [each for each in done.problems if each.severity == "error"]
    stops = [one for one in check.items if one.state == "stop" and one.name not in FIRM]
    wrong += [
        problem("close-stopped", period=done.period.label, point=one.name, title=one.title, finding=one.said)
        for one in stops
        if one.name not in accepted.points
    ]
    if context.workspace.settings.close_needs == APPROVAL and not approvals(context, done.run):
        wrong.append(problem("close-needs-approval", period=done.period.label))
    if wrong:
        raise Refused(*wrong)
    for name in accepted.points:
        add_event(context.store, done.run.id, ACCEPTED, f"{name}: {accepted.reason.strip()}")


def _unknown(name: str, names: Sequence[str]) -> Problem:
    return problem("unknown-check-point", text=name, choices=names, nearest=nearest_of(name, names))
