"""What the reader of a split should know: rests, coarse units, leavers whose months the team shares, open gaps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from salescli.core.money import CONTEXT, to_decimal
from salescli.core.quotas.frame import Frame
from salescli.core.quotas.level import LevelSplit, TeamLevel
from salescli.core.quotas.result import Note
from salescli.core.quotas.season import incomplete_years
from salescli.core.title import Title

SHOWN = 5


def build_notes(frame: Frame, base: LevelSplit) -> Iterator[Note]:
    """Yield the notes of a split, by its base level."""
    policy = frame.policy
    teams, people = Fraction(policy.teams.street_above), Fraction(policy.people.street_above)
    if teams or people:
        factor = f"{to_decimal((1 + teams) * (1 + people)).normalize(CONTEXT):f}"
        yield Note("street", Title(f"个人目标合计 = 公司目标 × {factor}", f"the street is company × {factor}"))
    for rest in base.rests:
        name = frame.teams[rest.team].name or frame.teams[rest.team].key
        zh, en = (f"{name}(直属)", f"{name} (its own people)") if rest.is_direct else (name, name)
        yield _rest_note(frame, zh, en, rest.amount)
    for team in base.teams:
        if team.split.rest and team.split.keeper >= 0:
            member = team.members[team.split.keeper]
            name = member.name or member.key
            yield _rest_note(frame, name, name, team.split.rest)
        if team.split.unit != frame.unit and team.members:
            yield _coarse_note(frame, team)
        if policy.people.ramp_gap == "colleagues" and any(team.gap):
            yield _open_gap_note(frame, team)
    yield from _leaver_notes(frame)
    if policy.months.uses("seasonal"):
        for year in incomplete_years(frame.inputs.season, policy.months.history):
            zh, en = (
                f"{year} 年数据不足 12 个月,按已有月份计",
                f"{year} has not all 12 months: it counts with those it has",
            )
            yield Note("incomplete-year", Title(zh, en))


def _leaver_notes(frame: Frame) -> Iterator[Note]:
    """Whose months the team shares; where the policy does not say so, that it is so."""
    gone = [leaver.name or leaver.key for each in frame.leavers for leaver in each if leaver.heir is None]
    if not gone:
        return
    more = len(gone) - SHOWN
    zh = "、".join(gone[:SHOWN]) + (f" 等 {len(gone)} 人" if more > 0 else "")
    en = ", ".join(gone[:SHOWN]) + (f" and {more} more" if more > 0 else "")
    said = frame.policy.people.leavers is not None
    yield Note(
        "leavers-with-team",
        Title(
            f"离岗者余下月份由团队分担:{zh}" + ("" if said else "(方案未写 leavers)"),
            f"the team shares the remaining months of {en}" + ("" if said else " (the policy does not say `leavers`)"),
        ),
    )


def _open_gap_note(frame: Frame, team: TeamLevel) -> Note:
    name, amount = team.team.name or team.team.key, f"{frame.to_amount(sum(team.gap)):,f}"
    return Note(
        "ramp-gap-open",
        Title(
            f"{name}:爬坡缺口 {amount} 无同事可分担,仍未分配",
            f"{name}: {amount} of ramp gap stays open, no colleague is there to take it",
        ),
    )


def _rest_note(frame: Frame, zh: str, en: str, rest: int) -> Note:
    amount = f"{frame.to_amount(rest):,f}"
    title = Title(f"不足取整单位的 {amount} 归 {zh}", f"{amount}, below the rounding unit, stays with {en}")
    return Note("rest", title)


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
