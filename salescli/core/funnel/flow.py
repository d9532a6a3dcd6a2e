"""The flow of a period: what came into each stage, what went on, back or was lost, and what stands there at the end.

A flow is no cohort: what goes out may have come in long before, so out ÷ in can exceed 100 %. The pair follows 红圈CRM:
转化率 = 流出数 ÷ 流入数, 流失率 = 流失数 ÷ 流入数, 滞留.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salescli.core.funnel.model import History, Process, Stage, Visit
from salescli.core.periods import Period


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One stage over a period: at_start + came_in = went_on + went_back + lost + at_end, always."""

    stage: Stage
    at_start: int
    came_in: int
    went_on: int
    went_back: int
    lost: int
    at_end: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The live stages over a period; `undated` deals lack a day on their way and are left out, `deals` are counted."""

    lines: tuple[FlowLine, ...]
    deals: int
    undated: tuple[History, ...]


def compute_flow(histories: Iterable[History], process: Process, period: Period) -> Flow:
    """Count the visits of a period; histories reach to its end, or to the day asked before it."""
    dated: list[History] = []
    undated: list[History] = []
    for history in histories:
        (dated if _is_dated(history) else undated).append(history)
    lines = tuple(_line(dated, stage, process, period) for stage in process.live)
    return Flow(lines, len(dated), tuple(undated))


def _is_dated(history: History) -> bool:
    if any(visit.entered is None for visit in history.visits):
        return False
    return not any(visit.is_open_ended for visit in history.visits[:-1])


def _line(histories: Sequence[History], stage: Stage, process: Process, period: Period) -> FlowLine:
    at_start = came_in = went_on = went_back = lost = at_end = 0
    for history in histories:
        for place, visit in enumerate(history.visits):
            if visit.place != stage.place or visit.entered is None or visit.entered >= period.end:
                continue
            if visit.left is not None and visit.left < period.start:
                continue
            at_start += visit.entered < period.start
            came_in += visit.entered >= period.start
            if visit.left is None or visit.left >= period.end:
                at_end += 1
                continue
            following: Visit = history.visits[place + 1]
            outcome = process.outcome(following.place)
            lost += outcome == "lost"
            went_on += outcome == "won" or (outcome == "open" and following.place > stage.place)
            went_back += outcome == "open" and following.place < stage.place
    return FlowLine(stage, at_start, came_in, went_on, went_back, lost, at_end)
