"""Rankings: candidates ordered by exact figures, and which prize each has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal, cast

from salescli.core.commission.groups.model import Group, GroupAmount, GroupFact
from salescli.core.commission.result import Part, Path, Step
from salescli.core.money import largest_remainder, to_decimal, units_half_away

if TYPE_CHECKING:
    from salescli.core.commission.components.rank import RankComponent
    from salescli.core.commission.series import Series
    from salescli.core.commission.timeline import Span
    from salescli.core.commission.walk import ComponentWalk

Ties = Literal["share", "same", "by-date"]
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be ranked: `why_not` names what keeps the candidate out, `reached` when the figure was."""

    person: str
    name: str
    figure: Fraction | None
    numerator: Decimal = Decimal(0)
    denominator: Decimal | None = None  # None: the figure is an amount, no ratio
    reached: date | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate with a rank and a prize; both are 0 for those who are not ranked."""

    candidate: Candidate
    rank: int
    prize: Fraction
    tied: int = 1


def award(
    candidates: Sequence[Candidate], prizes: Sequence[Decimal], ties: Ties, unit: Decimal = Decimal("0.01")
) -> list[Placed]:
    """Rank candidates and give the prizes; what has no winner is not paid.

    `share`: those who are equal share the prizes of their places, and the next takes the place after them. `same`: each
    of them has the prize of the first of these places. `by-date`: who reached the figure first stands first; reached on
    the same day, they share.
    """
    ranked = [one for one in candidates if not one.why_not and one.figure is not None]
    order = sorted(ranked, key=lambda one: (*_order(one, ties), one.person))
    found: list[Placed] = []
    for _, group in groupby(order, key=lambda one: _order(one, ties)):
        tied = list(group)
        first = len(found)
        if ties == "same":
            shares = [_prize(prizes, first)] * len(tied)
        else:
            shares = _shared(sum((_prize(prizes, first + place) for place in range(len(tied))), ZERO), len(tied), unit)
        found += [Placed(one, first + 1, prize, len(tied)) for one, prize in zip(tied, shares, strict=True)]
    left = sorted((one for one in candidates if one not in ranked), key=lambda one: one.person)
    return found + [Placed(one, 0, ZERO) for one in left]


def _shared(whole: Fraction, people: int, unit: Decimal) -> list[Fraction]:
    """Share prizes equally, to the rounding unit; the larger parts go to the first by person."""
    if people == 1:
        return [whole]
    parts = largest_remainder(units_half_away(whole, Fraction(unit)), [1] * people)
    return [part * Fraction(unit) for part in parts]


def _order(one: Candidate, ties: Ties) -> tuple[Fraction, date]:
    return (-(one.figure or ZERO), (one.reached or date.max) if ties == "by-date" else date.min)


def _prize(prizes: Sequence[Decimal], place: int) -> Fraction:
    return Fraction(prizes[place]) if place < len(prizes) else ZERO


@dataclass(frozen=True, slots=True)
class Standing:
    """What else is known of a candidate: the name, what keeps the candidate out, when the figure was reached."""

    name: str
    why_not: str = ""
    reached: date | None = None


def rank_groups(
    component: str,
    everyone: Mapping[str, Series],
    standing_of: Callable[[str, RankComponent, Span, Fraction | None], Standing],
) -> dict[str, Group]:
    """Return what a ranking gives each of the plan's people, window by window.

    Args:
        component: the component.
        everyone: each person's recomputation for the group, by key.
        standing_of: tells of a person what the engine does not know.
    """
    found: dict[str, Group] = {}
    windows: dict[date, list[tuple[str, ComponentWalk, Span]]] = {}
    for person, series in everyone.items():
        for walk, span in _ended(series, component):
            windows.setdefault(span.runs[span.last].start, []).append((person, walk, span))
    for origin, entries in sorted(windows.items()):
        candidates = [_candidate(entry, standing_of) for entry in entries]
        walk = entries[0][1]
        shape = cast("RankComponent", walk.component)
        placed = award(candidates, shape.prizes, shape.ties, walk.task.round_to)
        fact = rank_fact(component, origin, placed, walk.task.path, shape.ties)
        for one in placed:
            prize = to_decimal(one.prize)
            amounts = (GroupAmount(component, origin, origin, prize),) if prize else ()
            mine = Group(amounts, (fact,))
            person = one.candidate.person
            found[person] = found[person].joined(mine) if person in found else mine
    return found


def _ended(series: Series, component: str) -> Iterator[tuple[ComponentWalk, Span]]:
    """Yield the windows in which the person was to the end, each as the plan of its last run has it."""
    for run, plan_walk in enumerate(series.by_run):
        walk = plan_walk.components.get(component)
        for span in walk.formula.spans if walk is not None and walk.component.type == "rank" else ():
            if walk is None or span.last != run or not span.is_whole:
                continue
            window = series.timeline.calendar.window(walk.component.grain, span.start)
            if span.end == min(window.end, plan_walk.plan.end, walk.task.own_days[1]):
                yield walk, span


def _candidate(
    entry: tuple[str, ComponentWalk, Span],
    standing_of: Callable[[str, RankComponent, Span, Fraction | None], Standing],
) -> Candidate:
    person, walk, span = entry
    shape = cast("RankComponent", walk.component)
    month = (span.end - timedelta(days=1)).replace(day=1)
    reading = walk.task.facts.reading(shape.reading, shape.rank_by.of, span.start, month, shape.basis)
    figure = None if reading is None else reading.value
    standing = standing_of(person, shape, span, figure)
    why_not = standing.why_not
    if not why_not and not walk.seen[span.last][span.last]:
        why_not = "needs"
    if reading is None:
        return Candidate(person, standing.name, None, why_not=why_not)
    is_ratio = shape.reading != shape.measure
    below = to_decimal(reading.denominator) if is_ratio else None
    return Candidate(person, standing.name, figure, to_decimal(reading.numerator), below, standing.reached, why_not)


def rank_fact(component: str, origin: date, placed: Sequence[Placed], path: Path, ties: Ties) -> GroupFact:
    """Return the whole ranking as a figure with its steps: every place with its exact figure, ties, and who is out."""
    return GroupFact(component, origin, None, tuple(_step(one, (*path, "prizes"), ties) for one in placed))


def _step(one: Placed, path: Path, ties: Ties) -> Step:
    candidate = one.candidate
    figure: tuple[tuple[str, Part], ...] = (
        ("name", candidate.name),
        ("figure", candidate.figure),
        ("numerator", candidate.numerator),
        ("denominator", candidate.denominator),
    )
    if not one.rank:
        return Step("rank-out", ZERO, (*figure, ("why", candidate.why_not or "no-figure")), path)
    reached = candidate.reached if ties == "by-date" else None
    parts = (("rank", one.rank), *figure, ("tied", one.tied), ("reached", reached))
    return Step("rank-place", one.prize, parts, path)
