"""Velocity: the pipeline's value per day, each factor of one window, by group where asked."""

from __future__ import annotations

from datetime import timedelta

from salescli.core.funnel.grouping import GROUPINGS
from salescli.core.funnel.path import compute_path
from salescli.core.funnel.velocity import compute_velocity
from salescli.core.periods import Period, add_months
from salescli.core.table import Block
from salescli.core.title import Title
from salescli.reports.funnel.velocity import Asked, SpeedLine, build_velocity, explain_velocity
from salescli.services.context import Context
from salescli.services.funnel.behind import listed_rows
from salescli.services.funnel.histories import find_dimension, gather_deals, group_names, group_order
from salescli.services.funnel.showing import Answer, process_place
from salescli.services.knowledge import known_line


def show_velocity(
    ctx: Context, period_text: str = "", by_text: str = "", *, with_rows: bool = False, with_explanation: bool = False
) -> Answer:
    """Return the velocity of a window; without one, of the twelve months up to the day asked.

    Raises:
        UsageError: a period or dimension that does not exist.
    """
    by = find_dimension(ctx, by_text) if by_text else ""
    window = ctx.parse_period(period_text) if period_text else _last_year(ctx)
    on = min(ctx.on, window.last_day)
    deals = gather_deals(ctx, on, by)
    paths = [compute_path(each, deals.process) for each in deals.histories]
    whole = compute_velocity(paths, deals.process, window)
    groups = []
    if by:
        shown = [path.history for path in paths]
        names = group_names(ctx, by, shown)
        for name in group_order(names, by, ctx.language):
            part = [path for path in paths if names[path.history.deal] == name]
            speed = compute_velocity(part, deals.process, window)
            if speed.open or speed.closed:
                groups.append(SpeedLine(name, speed))
    asked = Asked(
        window,
        on,
        known_line(ctx),
        process_place(ctx),
        GROUPINGS[by].title if by else None,
        len(deals.rows),
        " ".join(word for word in ("salescli funnel velocity", period_text, by and f"--by {by_text}") if word),
    )
    extra: list[Block] = []
    if with_rows:
        extra.append(listed_rows(ctx, deals, whole.open, Title("在手(已推进)", "Open qualified deals")))
        extra.append(listed_rows(ctx, deals, whole.won, Title("期内赢单", "Deals won in the window")))
    if with_explanation:
        extra.append(explain_velocity(asked, whole))
    return Answer(build_velocity(asked, whole, groups, extra), deals.problems)


def _last_year(ctx: Context) -> Period:
    end = ctx.on + timedelta(days=1)
    return Period(add_months(end, -12), end)
