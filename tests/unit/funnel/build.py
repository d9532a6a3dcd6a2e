"""Processes, deals and histories in few words, for tests of the funnel."""

from __future__ import annotations

from datetime import date, timedelta

from salescli.core.funnel.history import trace_history
from salescli.core.funnel.model import Change, DealFacts, History, Process, Stage
from salescli.core.title import Title

DAY = date(2026, 1, 1)
LATE = date(2026, 12, 31)
KINDS = {"lead": "entry", "needs": "open", "proposal": "open", "won": "won", "lost": "lost"}
PROCESS = Process(
    "test",
    tuple(Stage(name, Title(name, name), kind, at) for at, (name, kind) in enumerate(KINDS.items())),  # type: ignore[arg-type]
)
PLACE = {stage.name: stage.place for stage in PROCESS.stages}


def day(number: int) -> date:
    """Return the day so many days after the first."""
    return DAY + timedelta(days=number)


def change(stage: str, number: int, amount: int | None = None, time: str = "") -> Change:
    """Return a stage change on a day."""
    return Change(PLACE[stage], day(number), time, amount)


def deal(stage: str | None = None, created: int | None = 0, closed: int | None = None, **more: object) -> DealFacts:
    """Return what a deal says of itself."""
    return DealFacts(
        int(more.pop("number", 1)),  # type: ignore[call-overload]
        None if created is None else day(created),
        None if closed is None else day(closed),
        None if stage is None else PLACE[stage],
        currency="CNY",
        **more,  # type: ignore[arg-type]
    )


def history(*changes: Change, on: date = LATE, facts: DealFacts | None = None) -> History:
    """Return the history that these changes make."""
    found = trace_history(facts or deal(created=None), changes, PROCESS, on)
    assert found is not None
    return found


def way(*stages: str, number: int = 1, amount: int | None = None, reason: str = "", step: int = 10) -> History:
    """Return a deal that entered these stages every ten days."""
    changes = [change(stage, at * step, amount) for at, stage in enumerate(stages)]
    return history(*changes, facts=deal(created=None, number=number, reason=reason))


def names(found: History) -> list[str]:
    """Return the stages of a history."""
    return [PROCESS.stages[visit.place].name for visit in found.visits]
