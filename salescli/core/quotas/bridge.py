"""The target-to-street bridge: from the company's target to people's quotas, and for each team the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CONTEXT
from salescli.core.quotas.frame import Frame
from salescli.core.quotas.grid import round_half
from salescli.core.quotas.leavers import Leaver
from salescli.core.quotas.level import LevelSplit, TeamLevel
from salescli.core.quotas.result import BridgeStep
from salescli.core.quotas.rows import inherited_shares
from salescli.core.quotas.tree import subtree
from salescli.core.title import Title

Step = tuple[str, Title, int]


def build_steps(frame: Frame, level: LevelSplit) -> Iterator[BridgeStep]:
    """Yield the steps of the company, then of each team; a team's are of everything below it."""
    target, teams = sum(level.company), sum(level.street)
    company = [
        *_growth_steps(frame, level.level, target),
        ("street-above-company", Title("团队上浮", "Street above, teams"), teams - target),
    ]
    yield from _steps(frame, level.level, "", [*company, *_people_steps(level.teams)])
    for at, team in enumerate(level.teams):
        below = level.teams[at : at + sum(1 for _ in subtree(frame.teams, at))]
        start = ("team-target", Title("团队目标", "Team target"), sum(team.target))
        passed = [step for leaver in frame.leavers[at] for step in _passing(frame, at, team, leaver)]
        above, *rest = _people_steps(below)
        yield from _steps(frame, level.level, team.team.key, [start, above, *passed, *rest])


def _growth_steps(frame: Frame, level: str, target: int) -> list[Step]:
    """How the company's target came about: base × (1 + growth) × level, where it grows; what is left is rounding."""
    policy, goal = frame.policy, Title("公司目标", "Company target")
    if policy.growth is None or frame.inputs.base is None:
        return [("company-target", goal, target)]
    rate = f"{CONTEXT.multiply(policy.growth, Decimal(100)).normalize(CONTEXT):f}%"
    base = frame.to_smallest(frame.inputs.base)
    grown = frame.to_smallest(Fraction(frame.inputs.base) * (1 + Fraction(policy.growth)))
    return [
        ("base", Title("基数", "Base"), base),
        ("growth", Title(f"增长 {rate}", f"Growth {rate}"), grown - base),
        (
            "company-target",
            goal if level == "base" else Title(f"{goal.zh}({level})", f"{goal.en}, {level}"),
            target - grown,
        ),
    ]


def _people_steps(teams: Sequence[TeamLevel]) -> list[Step]:
    above = sum(sum(team.street) - sum(team.own) for team in teams)
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


def _passing(frame: Frame, at: int, team: TeamLevel, leaver: Leaver) -> Iterator[Step]:
    """What a leaver's remaining months are worth, and who has them: two steps that cancel out."""
    for index, member in enumerate(team.members):
        if (member.key, member.is_seat) != leaver.heir:
            continue
        from_leaver = (each for each in member.holdings if each.leaver == leaver.key)
        mine = [each for each in from_leaver if leaver.day <= each.start < leaver.until]
        shares = inherited_shares(frame, at, member, team.rows[index], mine)
        cells = zip(team.split.cells[index], shares, strict=True)
        amount = round_half(sum((cell * share for cell, share in cells), Fraction(0)))
        since = min((each.start for each in mine), default=leaver.day)
        last = leaver.day.fromordinal(leaver.day.toordinal() - 1)
        who, heir = leaver.name or leaver.key, member.name or member.key
        yield "left", Title(f"{who} 离岗({last} 止)的余下月份", f"Months left by {who} (there through {last})"), -amount
        if member.is_seat:
            yield "taken-over", Title(f"转为空缺席位,自 {since}", f"to a vacant seat from {since}"), amount
        else:
            yield "taken-over", Title(f"转给 {heir},自 {since}", f"to {heir} from {since}"), amount


def _steps(frame: Frame, level: str, team: str, steps: Sequence[Step]) -> Iterator[BridgeStep]:
    after = 0
    for name, title, change in steps:
        after += change
        yield BridgeStep(name, title, frame.to_amount(change), frame.to_amount(after), level, team)
    street = Title("个人目标合计", "People's quotas")
    yield BridgeStep("street", street, frame.to_amount(0), frame.to_amount(after), level, team)
