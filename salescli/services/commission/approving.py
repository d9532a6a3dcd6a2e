"""Approval of a draft: a recorded step. It is of exact figures: a draft of other bytes needs a new one."""

from __future__ import annotations

from dataclasses import dataclass, field

from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, Refused, problem
from salescli.services.commission.posted import KIND
from salescli.services.commission.running import check_month
from salescli.services.commission.stored import find_run
from salescli.services.context import Context
from salescli.services.knowledge import local_moment
from salescli.store.batches import user_name
from salescli.store.runs import Run, RunEvent, add_event, fetch_events, fetch_runs

APPROVED, ACCEPTED = "approved", "accepted"


@dataclass
class Approved:
    """The register of what was approved, and the sentence about it."""

    report: Report
    said: Title
    problems: list[Problem] = field(default_factory=list)


def approve_period(context: Context, period: Period, by: str, note: str = "") -> Approved:
    """Record that somebody approves the newest draft of a month.

    Raises:
        Refused: the month was never run, or is closed already.
    """
    from salescli.services.commission.showing import show_run, stale_note

    check_month(period)
    run = find_run(context, period)
    if run is None:
        raise Refused(problem("no-run", period=period.label))
    if run.state == "closed":
        raise Refused(problem("already-closed", period=period.label, run=run.id))
    by = by.strip() or user_name()
    if any(one.by == by for one in approvals(context, run)):
        again = problem("already-approved", severity="note", period=period.label, run=run.id, by=by)
        said = Title("没有新的记录", "nothing new was recorded")
        return Approved(show_run(context, run), said, [again])
    with context.store.transaction(f"commission approve {period}"):
        add_event(context.store, run.id, APPROVED, note.strip(), by)
    stale = stale_note(context, run)
    said = Title(
        f"{by} 批准了 {period} 的运行 #{run.id};草稿一变即须重新批准" + (f" · {stale.zh}" if stale else ""),
        f"{by} approved run #{run.id} of {period}; a draft of other figures needs a new approval"
        + (f"; {stale.en}" if stale else ""),
    )
    return Approved(show_run(context, run), said)


def approvals(context: Context, run: Run) -> list[RunEvent]:
    """Return who approved exactly what a run holds: it, or another draft of its month with the same bytes."""
    same = [one for one in fetch_runs(context.store, KIND, run.period) if one.sha256 == run.sha256]
    events = [event for one in same for event in fetch_events(context.store, one.id) if event.event == APPROVED]
    return sorted(events, key=lambda event: (event.at, event.run))


def lost_approval(context: Context, run: Run) -> Problem | None:
    """Return the note that what was approved of a month is not this run; None where it is, or nothing was."""
    if approvals(context, run):
        return None
    others = [one for one in fetch_runs(context.store, KIND, run.period) if one.sha256 != run.sha256]
    events = [event for one in others for event in fetch_events(context.store, one.id) if event.event == APPROVED]
    if not events:
        return None
    last = max(events, key=lambda event: (event.at, event.run))
    return problem("approval-gone", severity="note", period=run.period, run=run.id, approved=last.run, by=last.by)


def approval_words(context: Context, run: Run) -> list[Title]:
    """Return a sentence for each approval, and for each point gone past on closing, for the foot of reports."""
    found = []
    for event in fetch_events(context.store, run.id) if run.state == "closed" else ():
        if event.event == ACCEPTED:
            found.append(Title(f"{event.by} 放行 {event.reason}", f"{event.by} went on past {event.reason}"))
    for event in approvals(context, run):
        day = local_moment(context.workspace, event.at).date()
        note = f"({event.reason})" if event.reason else ""
        found.append(
            Title(
                f"{day} {event.by} 批准{note}",
                f"approved by {event.by} on {day}" + (f" {note}" if note else ""),
            )
        )
    return found
