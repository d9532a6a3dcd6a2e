"""What is odd about targets beside the people, teams and months that they are for. Each doubt names its records."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from salescli.core.quotas.reconcile import Held, nearest_above
from salescli.errors import Severity

ORDER = ("base", "stretch", "challenge")
Presence = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Days in seat: person → month → team → days."""


class Doubt(NamedTuple):
    """Something odd, by the name of its sentence; `months` and `records` say where."""

    name: str
    severity: Severity
    holder: str
    team: str
    months: tuple[str, ...]
    records: tuple[int, ...]
    values: tuple[tuple[str, object], ...] = ()


class Seating(NamedTuple):
    """Who sits where in the months of the targets, and who is meant to have one.

    `last` is the last month in which somebody has a seat at all ("9999-12" without an end). `planned` are the (person,
    team, month) that the policy gives a target by itself: to a leaver's successor in another team, say.
    """

    months: tuple[str, ...]
    present: Presence
    expected: Mapping[str, frozenset[str]]
    last: Mapping[str, str]
    planned: frozenset[tuple[str, str, str]] = frozenset()


def find_doubts(held: Sequence[Held], seating: Seating, parents: Mapping[str, str]) -> list[Doubt]:
    """Look at the targets of one metric: seats, months, levels, teams, currencies."""
    return [
        *_currencies(held),
        *_levels(held),
        *_missing_months(held, seating.months),
        *_without_seat(held, seating),
        *_without_target(held, seating),
        *_empty_teams(held, parents),
    ]


def _currencies(held: Sequence[Held]) -> Iterator[Doubt]:
    """Children in another currency than their parent's are never added to it."""
    codes = sorted({one.currency for one in held})
    if len(codes) > 1:
        first = min(codes, key=lambda code: (-sum(one.currency == code for one in held), code))
        odd = [one for one in held if one.currency != first]
        values = (("currency", first), ("others", tuple(code for code in codes if code != first)))
        yield Doubt("quota-currencies", "error", "", "", _months(odd), _records(odd), values)


def _levels(held: Sequence[Held]) -> Iterator[Doubt]:
    lines: dict[tuple[str, str, str, str], dict[str, dict[str, Held]]] = {}
    for one in held:
        line = lines.setdefault((one.leaf.holder, one.leaf.team, one.leaf.holder_key, one.currency), {})
        line.setdefault(one.leaf.month, {})[one.leaf.level] = one
    for (_, team, key, _), months in sorted(lines.items()):
        wrong = []
        for _, levels in sorted(months.items()):
            row = [levels[level] for level in ORDER if level in levels]
            wrong += [high for low, high in itertools.pairwise(row) if high.leaf.amount < low.leaf.amount]
        if wrong:
            level = wrong[0].leaf.level
            yield Doubt("quota-levels", "error", key, team, _months(wrong), _records(wrong), (("level", level),))


def _missing_months(held: Sequence[Held], months: Sequence[str]) -> Iterator[Doubt]:
    """The company and teams have every month of the year, or the year is not what it seems."""
    lines: dict[tuple[str, str, str], list[Held]] = {}
    for one in held:
        if one.leaf.holder in ("company", "team"):
            lines.setdefault((one.leaf.level, one.leaf.holder, one.leaf.team), []).append(one)
    for (_, _, team), rows in sorted(lines.items()):
        lacking = tuple(sorted(set(months) - {one.leaf.month for one in rows}))
        if lacking:
            yield Doubt("quota-months-missing", "warning", "", team, lacking, _records(rows)[:1])


def _without_seat(held: Sequence[Held], seating: Seating) -> Iterator[Doubt]:
    """A target of a month without a seat: after the last day, in another team, or never there."""
    lines: dict[tuple[str, str, str], list[Held]] = {}
    for one in held:
        if one.leaf.holder == "person" and one.leaf.level == "base" and one.leaf.amount:
            teams = seating.present.get(one.leaf.holder_key, {}).get(one.leaf.month, {})
            if one.leaf.team in teams or (one.leaf.holder_key, one.leaf.team, one.leaf.month) in seating.planned:
                continue
            last = seating.last.get(one.leaf.holder_key, "")
            name = "quota-in-other-team" if teams else "quota-after-leaving" if last else "quota-without-seat"
            if name == "quota-after-leaving" and one.leaf.month <= last:
                name = "quota-without-seat"
            lines.setdefault((name, one.leaf.holder_key, one.leaf.team), []).append(one)
    for (name, person, team), rows in sorted(lines.items()):
        severity: Severity = "error" if name == "quota-after-leaving" else "warning"
        values = (("last", seating.last.get(person, "")),)
        yield Doubt(name, severity, person, team, _months(rows), _records(rows), values)


def _without_target(held: Sequence[Held], seating: Seating) -> Iterator[Doubt]:
    """Somebody in seat who is meant to have a target, in months in which others have one."""
    having: dict[str, set[str]] = {}
    rows = [one for one in held if one.leaf.holder == "person" and one.leaf.level == "base"]
    for one in rows:
        having.setdefault(one.leaf.holder_key, set()).add(one.leaf.month)
    asked = {one.leaf.month for one in rows}
    for person, months in sorted(seating.expected.items()):
        lacking = tuple(sorted((months & asked) - having.get(person, set())))
        if lacking:
            days = seating.present.get(person, {}).get(lacking[-1], {})
            team = max(sorted(days), key=lambda key: days[key]) if days else ""
            yield Doubt("seat-without-quota", "warning", person, team, lacking, ())


def _empty_teams(held: Sequence[Held], parents: Mapping[str, str]) -> Iterator[Doubt]:
    """A team whose target nobody carries, while other teams' targets are people's."""
    below = {one.leaf.team for one in held if one.leaf.holder not in ("company", "team")}
    teams = {one.leaf.team: one for one in held if one.leaf.holder == "team"}
    below |= {nearest_above(team, parents, teams) for team in teams}
    for team, one in sorted(teams.items()) if below else ():
        if team not in below:
            yield Doubt("quota-team-without-people", "warning", "", team, (), (one.record,))


def _months(held: Iterable[Held]) -> tuple[str, ...]:
    return tuple(sorted({one.leaf.month for one in held}))


def _records(held: Iterable[Held]) -> tuple[int, ...]:
    return tuple(one.record for one in held)


def shorten_months(months: Sequence[str]) -> str:
    """Return months as people say them: runs as `2026-04..2026-12`.

    >>> shorten_months(["2026-01", "2026-03", "2026-04", "2026-05"])
    '2026-01, 2026-03..2026-05'
    """
    runs: list[list[str]] = []
    for month in sorted(months):
        if runs and _number(month) == _number(runs[-1][-1]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
