"""Split levels to leaves and year rows, with the bridge and the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import compress

from salescli.core.quotas.bridge import build_steps
from salescli.core.quotas.frame import Frame
from salescli.core.quotas.grid import round_half
from salescli.core.quotas.level import LevelSplit, TeamLevel
from salescli.core.quotas.members import Member
from salescli.core.quotas.notes import build_notes
from salescli.core.quotas.result import DIRECT, NOBODY, RAMP_GAP, Holder, Line, SplitResult, YearRow
from salescli.core.quotas.rows import inherited_shares


def assemble(frame: Frame, levels: Sequence[LevelSplit]) -> SplitResult:
    """Put the levels of a split into one result, ordered by level, team and holder key."""
    return SplitResult(
        frame.policy.metric,
        frame.policy.currency or frame.inputs.currency,
        tuple(level.level for level in levels),
        tuple(month.label for month in frame.inputs.months),
        tuple(line for level in levels for line in _lines(frame, level)),
        tuple(row for level in levels for row in _years(frame, level)),
        tuple(step for level in levels for step in build_steps(frame, level)),
        tuple(build_notes(frame, levels[0])),
    )


def _holder(member: Member) -> Holder:
    return "seat" if member.is_seat else "person"


def _lines(frame: Frame, level: LevelSplit) -> Iterator[Line]:
    yield _line(frame, level.level, "company", "", "", level.company)
    for team in level.teams:
        key = team.team.key
        yield _line(frame, level.level, "team", key, "", team.target)
        if team.is_parent and team.members:
            yield _line(frame, level.level, "direct", key, DIRECT, team.own)
        yield from _member_lines(frame, level.level, team)
        if any(team.gap):
            yield _line(frame, level.level, "ramp-gap", key, RAMP_GAP, team.gap)
        if any(team.split.nobody):
            yield _line(frame, level.level, "nobody", key, NOBODY, team.split.nobody)


def _line(frame: Frame, level: str, holder: Holder, team: str, key: str, cells: Sequence[int]) -> Line:
    return Line(level, holder, team, key, frame.labels, frame.to_amounts(cells))


def _member_lines(frame: Frame, level: str, team: TeamLevel) -> Iterator[Line]:
    """A member has no target, not even zero, for a month without a day in seat."""
    for member, cells in zip(team.members, team.cells, strict=True):
        line = _line(frame, level, _holder(member), team.team.key, member.key, cells)
        there = () if member.is_there_throughout(frame.inputs.months) else _months_there(frame, member)
        if not all(there):
            months, amounts = tuple(compress(line.months, there)), tuple(compress(line.amounts, there))
            line = Line(line.level, line.holder, line.team, line.holder_key, months, amounts)
        yield line


def _months_there(frame: Frame, member: Member) -> tuple[bool, ...]:
    return tuple(member.presence(month) > 0 for month in frame.inputs.months)


def _years(frame: Frame, level: LevelSplit) -> Iterator[YearRow]:
    yield _flat_year(frame, level.level, "company", "", "", "", sum(level.company))
    for at, team in enumerate(level.teams):
        key = team.team.key
        yield _flat_year(frame, level.level, "team", key, "", team.team.name, sum(team.target))
        if team.is_parent and team.members:
            yield _flat_year(frame, level.level, "direct", key, DIRECT, "", sum(team.own))
        for index, member in enumerate(team.members):
            yield _member_year(frame, level.level, at, team, index, member)
        if any(team.gap):
            yield _flat_year(frame, level.level, "ramp-gap", key, RAMP_GAP, "", sum(team.gap))
        if any(team.split.nobody):
            yield _flat_year(frame, level.level, "nobody", key, NOBODY, "", sum(team.split.nobody))


def _flat_year(frame: Frame, level: str, holder: Holder, team: str, key: str, name: str, total: int) -> YearRow:
    amount, none = frame.to_amount(total), frame.to_amount(0)
    return YearRow(level, holder, team, key, name, amount, none, none, none, none, amount)


def _member_year(frame: Frame, level: str, at: int, team: TeamLevel, index: int, member: Member) -> YearRow:
    """Cut the way from the share to the quota into steps that add up.

    What came from leavers is a step of its own, so that the share is what the member's own weight gives. The steps are
    in the order of the row: share, limits, fixed, rounding, relief, amount, inherited, colleagues.
    """
    split = team.split
    full, left, taken = sum(split.cells[index]), sum(team.cells[index]), sum(team.ramp.taken[index])
    inherited, share = 0, split.shares[index]
    if any(holding.leaver for holding in member.holdings):
        inherited = _inherited(frame, at, team, index)
        share *= 1 - _inherited_part(frame, at, team, index)
    marks = _rounded_once((share, split.shares[index], split.limited[index], split.exact[index]))
    steps = (
        marks[0],
        marks[2] - marks[1],
        marks[3] - marks[2] + marks[1] - marks[0] - inherited,
        full - marks[3],
        left - taken - full,
        left,
        inherited,
        taken,
    )
    return YearRow(level, _holder(member), team.team.key, member.key, member.name, *map(frame.to_amount, steps))


def _rounded_once(values: Sequence[Fraction]) -> list[int]:
    """Round values; where nothing changed from one to the next, it is the same value."""
    found: list[int] = []
    for at, value in enumerate(values):
        found.append(found[-1] if at and value is values[at - 1] else round_half(value))
    return found


def _inherited(frame: Frame, at: int, team: TeamLevel, index: int) -> int:
    """What of a member's full months is from leavers."""
    shares = inherited_shares(frame, at, team.members[index], team.rows[index])
    cells = team.split.cells[index]
    return round_half(sum((cell * share for cell, share in zip(cells, shares, strict=True)), Fraction(0)))


def _inherited_part(frame: Frame, at: int, team: TeamLevel, index: int) -> Fraction:
    """The part of a member's weight in the year that is from leavers."""
    shares = inherited_shares(frame, at, team.members[index], team.rows[index])
    days = [part * column for part, column in zip(team.rows[index].presence, team.street, strict=True)]
    whole = sum(days, Fraction(0))
    mine = sum((part * share for part, share in zip(days, shares, strict=True)), Fraction(0))
    return mine / whole if whole else Fraction(0)
