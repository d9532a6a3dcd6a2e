"""Histories: the visits of a deal as its stage changes tell them, or as its stage and dates let us infer.

Where a deal has no stage changes, only two things are certain: it began in the first stage on the day it was created,
and it stands where it says. Such a history is marked as inferred, and reports say how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from salescli.core.funnel.model import Change, DealFacts, History, Process, Visit


def trace_history(facts: DealFacts, changes: Sequence[Change], process: Process, on: date) -> History | None:
    """Return the history of a deal as it was at the end of a day; None where it had not begun, or has no stage at all.

    Changes after `on` have not happened yet. The deal's own stage is the present one: it counts only where no change
    is left out.
    """
    ordered = order_changes(changes)
    upto = [each for each in ordered if each.day <= on]
    begun = facts.created or (ordered[0].day if ordered else None)
    if begun is not None and begun > on:
        return None
    if upto:
        visits, is_amended = _recorded(facts, upto, process, on, is_whole=len(upto) == len(ordered))
    else:
        visits, is_amended = _inferred(facts, process, on, is_later=bool(ordered)), False
    if not visits:
        return None
    outcome = process.outcome(visits[-1].place)
    ended = None
    if outcome != "open":
        ended = facts.closed if facts.closed is not None and facts.closed <= on else visits[-1].entered
    return History(facts, _with_ends(visits), begun, ended, outcome, not upto, is_amended)


def order_changes(changes: Iterable[Change]) -> list[Change]:
    """Sort changes by day, then by time where all of that day have one, else by the order of the funnel."""
    by_day: dict[date, list[Change]] = {}
    for each in changes:
        by_day.setdefault(each.day, []).append(each)
    found: list[Change] = []
    for day in sorted(by_day):
        of_day = by_day[day]
        is_timed = all(each.time for each in of_day)
        found += sorted(of_day, key=lambda each: (each.time, each.place) if is_timed else ("", each.place))
    return found


def _recorded(
    facts: DealFacts, changes: Sequence[Change], process: Process, on: date, *, is_whole: bool
) -> tuple[list[Visit], bool]:
    visits = _unrecorded_start(facts, changes[0], process)
    for each in changes:
        if visits and visits[-1].place == each.place:  # said twice: one visit, its later amount
            if each.amount_e4 is not None:
                visits[-1] = replace(visits[-1], amount_e4=each.amount_e4)
            continue
        visits.append(Visit(each.place, each.day, None, each.amount_e4, each.record))
    if not is_whole or facts.stage is None or facts.stage == visits[-1].place:
        return visits, False
    if _is_closed_later(facts, process, on):
        return visits, False
    last = visits[-1].entered
    day = facts.closed if process.outcome(facts.stage) != "open" else None
    visits.append(Visit(facts.stage, day if day is not None and last is not None and day >= last else None))
    return visits, True


def _unrecorded_start(facts: DealFacts, first: Change, process: Process) -> list[Visit]:
    """A deal created before its first change began in the first stage; how long it stood there nobody knows."""
    start = process.live[0].place
    if facts.created is None or facts.created >= first.day or first.place == start:
        return []
    return [Visit(start, facts.created, is_open_ended=True)]


def _inferred(facts: DealFacts, process: Process, on: date, *, is_later: bool) -> list[Visit]:
    first = Visit(process.live[0].place, facts.created, is_open_ended=True)
    if is_later or (facts.stage is not None and _is_closed_later(facts, process, on)):
        return [first] if facts.created is not None else []
    if facts.stage is None:
        return []
    if facts.stage == first.place:
        return [first]
    day = facts.closed if process.outcome(facts.stage) != "open" else None
    return [first, Visit(facts.stage, day)]


def _is_closed_later(facts: DealFacts, process: Process, on: date) -> bool:
    """Tell whether the deal says that it is closed, but only after the day asked."""
    is_closed = facts.stage is not None and process.outcome(facts.stage) != "open"
    return is_closed and facts.closed is not None and facts.closed > on


def _with_ends(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Each visit ends when the next begins, unless nobody knows what came between."""
    following = [*(each.entered for each in visits[1:]), None]
    following = [None if each.is_open_ended else left for each, left in zip(visits, following, strict=True)]
    return tuple(replace(each, left=left) for each, left in zip(visits, following, strict=True))
