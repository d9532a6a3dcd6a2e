"""Split levels to leaves, year rows, the target-to-street bridge and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import compress
from operator import add

from salescli.core.money import CONTEXT, to_decimal
from salescli.core.quotas.grid import round_half
from salescli.core.quotas.inputs import MemberInput
from salescli.core.quotas.level import Frame, LevelSplit, TeamLevel
from salescli.core.quotas.result import NOBODY, RAMP_GAP, BridgeStep, Holder, Line, Note, SplitResult, YearRow
from salescli.core.quotas.season import incomplete_years
from salescli.core.title import Title


def assemble(frame: Frame, levels: Sequence[LevelSplit]) -> SplitResult:
    """Put the levels of a split into one result, ordered by level, team and holder key."""
    return SplitResult(
        frame.policy.metric,
        frame.policy.currency or frame.inputs.currency,
        tuple(level.level for level in levels),
        tuple(month.label for month in frame.inputs.months),
        tuple(line for level in levels for line in _lines(frame, level)),
        tuple(row for level in levels for row in _years(frame, level)),
        tuple(step for level in levels for step in _bridge(frame, level)),
        tuple(_notes(frame, levels[0])),
    )


def _holder(member: MemberInput) -> Holder:
    return "seat" if member.is_seat else "person"


def _lines(frame: Frame, level: LevelSplit) -> Iterator[Line]:
    yield _line(frame, level.level, "company", "", "", level.company)
    for team in level.teams:
        key = team.team.key
        yield _line(frame, level.level, "team", key, "", team.target)
        yield from _member_lines(frame, level.level, team)
        if any(team.gap):
            yield _line(frame, level.level, "ramp-gap", key, RAMP_GAP, team.gap)
        if any(team.split.nobody):
            yield _line(frame, level.level, "nobody", key, NOBODY, team.split.nobody)


def _line(frame: Frame, level: str, holder: Holder, team: str, key: str, cells: Sequence[int]) -> Line:
    months = tuple(month.label for month in frame.inputs.months)
    return Line(level, holder, team, key, months, tuple(map(frame.to_amount, cells)))


def _member_lines(frame: Frame, level: str, team: TeamLevel) -> Iterator[Line]:
    """A member has no target, not even zero, for a month without a day in seat; who comes back has one line."""
    found: dict[tuple[Holder, str], tuple[list[bool], Sequence[int]]] = {}
    for member, cells in zip(team.members, team.cells, strict=True):
        key, there = (_holder(member), member.key), _months_there(frame, member)
        if key in found:
            before, cells_before = found[key]
            there = [one or other for one, other in zip(before, there, strict=True)]
            cells = tuple(map(add, cells_before, cells))
        found[key] = (there, cells)
    for (holder, key), (there, cells) in found.items():
        line = _line(frame, level, holder, team.team.key, key, cells)
        if not all(there):
            months, amounts = (tuple(compress(each, there)) for each in (line.months, line.amounts))
            line = Line(line.level, line.holder, line.team, line.holder_key, months, amounts)
        yield line


def _months_there(frame: Frame, member: MemberInput) -> list[bool]:
    """Tell of each month whether a member has a day in seat."""
    months = frame.inputs.months
    if member.start <= months[0].start and member.end >= months[-1].end:
        return [True] * len(months)
    return [month.seat_share(member.start, member.end)[0] > 0 for month in months]


def _years(frame: Frame, level: LevelSplit) -> Iterator[YearRow]:
    yield _flat_year(frame, level.level, "company", "", "", "", sum(level.company))
    for team in level.teams:
        key = team.team.key
        yield _flat_year(frame, level.level, "team", key, "", team.team.name, sum(team.target))
        for index, member in enumerate(team.members):
            yield _member_year(frame, level.level, team, index, member)
        if any(team.gap):
            yield _flat_year(frame, level.level, "ramp-gap", key, RAMP_GAP, "", sum(team.gap))
        if any(team.split.nobody):
            yield _flat_year(frame, level.level, "nobody", key, NOBODY, "", sum(team.split.nobody))


def _flat_year(frame: Frame, level: str, holder: Holder, team: str, key: str, name: str, total: int) -> YearRow:
    amount, none = frame.to_amount(total), frame.to_amount(0)
    return YearRow(level, holder, team, key, name, amount, none, none, none, none, amount)


def _member_year(frame: Frame, level: str, team: TeamLevel, index: int, member: MemberInput) -> YearRow:
    """Cut the way from the share to the quota into steps that add up."""
    split = team.split
    full, left = sum(split.cells[index]), sum(team.cells[index])
    marks = [round_half(value[index]) for value in (split.shares, split.limited, split.exact)]
    steps = [marks[0], marks[1] - marks[0], marks[2] - marks[1], full - marks[2], left - full]
    share, limits, fixed, rounding, relief = (frame.to_amount(step) for step in steps)
    amount = frame.to_amount(left)
    who = (_holder(member), team.team.key, member.key, member.name)
    return YearRow(level, *who, share, limits, fixed, rounding, relief, amount)


def _bridge(frame: Frame, level: LevelSplit) -> Iterator[BridgeStep]:
    """Company target to street; then each team the same way."""
    target, teams = sum(level.company), sum(level.street)
    yield from _steps(
        frame,
        level.level,
        "",
        [
            ("company-target", Title("公司目标", "Company target"), target),
            ("street-above-company", Title("团队上浮", "Street above, teams"), teams - target),
            *_people_steps(level.teams),
        ],
    )
    for team in level.teams:
        start = ("team-target", Title("团队目标", "Team target"), sum(team.target))
        yield from _steps(frame, level.level, team.team.key, [start, *_people_steps([team])])


def _people_steps(teams: Sequence[TeamLevel]) -> list[tuple[str, Title, int]]:
    above = sum(sum(team.street) - sum(team.target) for team in teams)
    gap = sum(sum(team.gap) for team in teams)
    nobody = sum(sum(team.split.nobody) for team in teams)
    seats = sum(
        sum(cells) for team in teams for member, cells in zip(team.members, team.cells, strict=True) if member.is_seat
    )
    steps = [
        ("street-above-team", Title("个人上浮", "Street above, people"), above),
        ("ramp-gap", Title("爬坡缺口(未分配)", "Open ramp gap"), -gap),
        ("nobody", Title("无人在岗", "Nobody in seat"), -nobody),
        ("vacant-seats", Title("空缺席位", "Vacant seats"), -seats),
    ]
    return [step for step in steps if step[2] or step[0] == "street-above-team"]


def _steps(frame: Frame, level: str, team: str, steps: Sequence[tuple[str, Title, int]]) -> Iterator[BridgeStep]:
    after = 0
    for name, title, change in steps:
        after += change
        yield BridgeStep(name, title, frame.to_amount(change), frame.to_amount(after), level, team)
    street = Title("个人目标合计", "People's quotas")
    yield BridgeStep("street", street, frame.to_amount(0), frame.to_amount(after), level, team)


def _notes(frame: Frame, base: LevelSplit) -> Iterator[Note]:
    policy = frame.policy
    teams, people = Fraction(policy.teams.street_above), Fraction(policy.people.street_above)
    if teams or people:
        factor = f"{to_decimal((1 + teams) * (1 + people)).normalize(CONTEXT):f}"
        yield Note("street", Title(f"个人目标合计 = 公司目标 × {factor}", f"the street is company × {factor}"))
    if base.rest:
        name = base.teams[base.keeper].team.name or base.teams[base.keeper].team.key
        yield _rest_note(frame, name, base.rest)
    for team in base.teams:
        if team.split.rest and team.split.keeper >= 0:
            member = team.members[team.split.keeper]
            yield _rest_note(frame, member.name or member.key, team.split.rest)
        if team.split.unit != frame.unit:
            yield _coarse_note(frame, team)
    if policy.months.uses("seasonal"):
        for year in incomplete_years(frame.inputs.season, policy.months.history):
            zh, en = (
                f"{year} 年数据不足 12 个月,按已有月份计",
                f"{year} has not all 12 months: it counts with those it has",
            )
            yield Note("incomplete-year", Title(zh, en))


def _rest_note(frame: Frame, name: str, rest: int) -> Note:
    amount = f"{frame.to_amount(rest):,f}"
    return Note(
        "rest", Title(f"不足取整单位的 {amount} 归 {name}", f"{amount}, below the rounding unit, stays with {name}")
    )


def _coarse_note(frame: Frame, team: TeamLevel) -> Note:
    name = team.team.name or team.team.key
    unit, used = f"{frame.to_amount(frame.unit):,f}", f"{frame.to_amount(team.split.unit):,f}"
    return Note(
        "coarse-unit",
        Title(
            f"{name}:{unit} 的取整单位大于应保留余数者的份额,月度按 {used} 取整",
            f"{name}: a unit of {unit} is more than the share that keeps the rest; its months are rounded to {used}",
        ),
    )
