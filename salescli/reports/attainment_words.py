"""What is said of a standing: ahead, behind, reached, missed, or that the data does not reach far enough to tell."""

from __future__ import annotations

from datetime import date

from salescli.core.quotas.attainment import Attainment, Clock, PaceBy
from salescli.core.title import Title
from salescli.reports.measures import AHEAD, BEHIND, MISSED, REACHED

NOT_BEGUN = Title("● 未开始", "● not begun")
NO_DATA = Title("● 尚无数据", "● no data yet")
UNKNOWN = Title("● 无数据", "● no data")
PARTIAL = Title("● 数据不全", "● data incomplete")
THRESHOLD = Title("▲ 进度 ≥ 100 % · ▼ 低于 100 %", "▲ pace ≥ 100 % · ▼ below")
PACE_WORDS: dict[PaceBy, Title] = {
    "calendar": Title("进度 = 实际 ÷(目标 × 已过天数占比)", "pace = actual ÷ (target × share of days gone)"),
    "working-day": Title(
        "进度 = 实际 ÷(目标 × 已过工作日占比)", "pace = actual ÷ (target × share of working days gone)"
    ),
    "seasonal": Title(
        "进度 = 实际 ÷ 各月目标到该日应完成", "pace = actual ÷ what the months of the target ask for by then"
    ),
}


def is_unmeasured(clock: Clock, today: date) -> bool:
    """Tell whether nothing can be said of a period: it lies ahead, or before the first record."""
    return clock.is_unknown or is_ahead_of_time(clock, today)


def is_ahead_of_time(clock: Clock, today: date) -> bool:
    """Tell whether a period has not begun and has no data."""
    return clock.period.start > today and not clock.has_data


def standing_word(standing: Attainment, today: date) -> Title | None:
    """Say how a holder stands: by pace while the period runs, reached or missed once the data reaches its end.

    What lies before the first record is not known: whoever has less than asked is then no miss.
    """
    clock = standing.clock
    if standing.target is None:
        return None
    if is_ahead_of_time(clock, today):
        return NOT_BEGUN
    if clock.is_unknown:
        return UNKNOWN
    if not clock.has_data or standing.attainment is None:
        return NO_DATA
    whole = standing.attainment.exact()
    measure = whole if clock.is_complete or standing.pace is None else standing.pace.exact()
    if measure is None:
        return NO_DATA
    if measure >= 1:
        return REACHED if clock.is_complete else AHEAD
    if clock.begins is not None:
        return PARTIAL
    return MISSED if clock.is_complete else BEHIND


def clock_mark(clock: Clock, today: date) -> Title:
    """Mark a period that the data does not fill; nothing where it does."""
    if is_ahead_of_time(clock, today):
        return Title("(尚未开始)", " (not begun)")
    if not clock.has_data:
        return Title("(尚无数据)", " (no data yet)")
    zh, en = [], []
    if clock.begins is not None:
        zh.append(f"数据自 {clock.begins} 起")
        en.append(f"data from {clock.begins}")
    if clock.incomplete_through is not None:
        zh.append(f"未完,计至 {clock.incomplete_through}")
        en.append(f"incomplete to {clock.incomplete_through}")
    return Title(f"({','.join(zh)})", f" ({', '.join(en)})") if en else Title("", "")


def clock_words(clock: Clock, today: date) -> list[Title]:
    """Say for the footer how much of the period has data."""
    if is_ahead_of_time(clock, today):
        return [Title("该期间尚未开始", "the period has not begun")]
    if not clock.has_data:
        return [Title("该期间尚无数据", "no data in this period yet")]
    found = []
    if clock.begins is not None:
        first = clock.begins
        found.append(Title(f"数据自 {first} 起,此前未知", f"data from {first}: what was before is not known"))
    if not clock.is_complete:
        done, days = clock.working
        found.append(
            Title(
                f"期间未完:数据截至 {clock.through} · 工作日 {done}/{days}",
                f"incomplete: data through {clock.through} · working day {done} of {days}",
            )
        )
    return found
