"""The grades that commission reads: of closed scorecard runs, and given ones where no run says otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from salescli.core.commission.inputs import Grade
from salescli.core.periods import Period, parse_period
from salescli.services.context import Context
from salescli.services.scorecard.closed import closed_scorecards
from salescli.store.runs import Run, fetch_results
from salescli.store.state import fetch_images

_Key = tuple[int, str, date]  # person, scorecard, first day of the period


def graded_runs(context: Context, scorecards: Iterable[str], run: Period) -> list[Run]:
    """Return the closed scorecard runs whose grades are known by the end of a commission run's period."""
    wanted = set(scorecards)
    if not wanted:
        return []
    return [
        one
        for one in closed_scorecards(context)
        if one.subject in wanted and date.fromisoformat(one.manifest["known_on"]) < run.end
    ]


def fetch_grades(
    context: Context, scorecards: Iterable[str], run: Period, runs: Sequence[Run]
) -> dict[int, tuple[Grade, ...]]:
    """Return the grades by person, in the order in which they became known.

    A grade counts from the run in whose period it became known. A rating record is a given grade: it counts until a
    closed run of the same scorecard and period has a grade for the person, and for those to whom that run gives none.

    Args:
        context: the store, as it is known.
        scorecards: the names that plans read.
        run: the period of the commission run.
        runs: the closed scorecard runs that it may know.
    """
    found: dict[int, list[Grade]] = {}
    closed: dict[_Key, date] = {}
    without: dict[_Key, Grade] = {}
    for one in runs:
        period = parse_period(one.period, context.calendar)
        known = date.fromisoformat(one.manifest["known_on"])
        for text in fetch_results(context.store, one.id).values():
            said = json.loads(text)
            key = (said["person"], one.subject, period.start)
            source = f"{one.subject} {one.period} #{one.id} ({known})"
            grade = Grade(one.subject, period.start, said["grade"], known.replace(day=1), source)
            if grade.value:
                closed.setdefault(key, known)
                found.setdefault(said["person"], []).append(grade)
            else:
                without.setdefault(key, grade)
    given = _given(context, set(scorecards), run, closed)
    for key, grade in without.items():
        if not any(one.scorecard == key[1] and one.period == key[2] for one in given.get(key[0], ())):
            found.setdefault(key[0], []).append(grade)
    for person, grades in given.items():
        found[person] = [*grades, *found.get(person, [])]
    ordered = {person: sorted(grades, key=lambda one: (one.period, one.known_in)) for person, grades in found.items()}
    return {person: tuple(grades) for person, grades in ordered.items()}


def _given(context: Context, wanted: set[str], run: Period, closed: Mapping[_Key, date]) -> dict[int, list[Grade]]:
    found: dict[int, list[Grade]] = {}
    if not wanted:
        return found
    for image in fetch_images(context.store, context.store.registry["rating"]).values():
        if image["scorecard"] not in wanted or not image["grade"] or image["kpi"] or image["person"] is None:
            continue
        period = parse_period(image["period"], context.calendar)
        known = date.fromisoformat(image["known_on"]) if image["known_on"] else period.last_day
        overruled = closed.get((image["person"], image["scorecard"], period.start), date.max)
        if known < run.end and known < overruled:
            source = f"rating {image['scorecard']} {image['period']} ({known})"
            grade = Grade(image["scorecard"], period.start, image["grade"], known.replace(day=1), source)
            found.setdefault(image["person"], []).append(grade)
    return found
