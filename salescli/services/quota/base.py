"""What a target grows from: the figure of its base, and whether the data covers it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.money import CONTEXT
from salescli.core.periods import BEGINNING, Period
from salescli.core.quotas.base import BaseFigure
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.result import Note
from salescli.core.title import Title
from salescli.errors import ProblemsFound, UsageError, problem
from salescli.services.context import Context
from salescli.services.quota.figures import (
    Metric,
    add_note,
    count_working,
    fetch_figures,
    find_metric,
    last_day_of_data,
    total_of,
    working_days,
)

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy


def find_window(context: Context, policy: TargetsPolicy, wrong: list[Finding]) -> Period | None:
    """Return the days of the base; None where it is an amount, or there is none."""
    base = policy.base_text
    if base is None:
        return None
    try:
        return base.resolve(context.calendar)
    except UsageError as error:
        wrong += [finding(one.name, "base", **one.values) for one in error.problems]
        return None


def fetch_base(
    context: Context, policy: TargetsPolicy, metric: Metric, window: Period | None, wrong: list[Finding]
) -> BaseFigure | None:
    """Return the figure that a target grows from; a window that the data does not cover is a warning."""
    base = policy.base_text
    if base is None or wrong:
        return None
    if base.amount is not None:
        return BaseFigure(base.amount)
    assert window is not None
    if policy.base_metric != metric.name:
        try:
            metric = find_metric(context, policy.base_metric, metric.currency)
        except ProblemsFound as found:
            wrong += [finding(one.name, "base", "metric", **one.values) for one in found.problems]
            return None
    figures = fetch_figures(context, metric, ("day",), window)
    first, last = _covered(context, metric, window, [str(group[0]) for group in figures if group[0]])
    if figures and (first, last) != (window.start, window.last_day):
        values = {"metric": metric.name, "window": str(window), "first": str(first), "last": str(last)}
        add_note(context, problem("base-incomplete", severity="warning", **values))
    return BaseFigure(total_of(figures.values()), metric.name, window, first, last)


def base_notes(policy: TargetsPolicy, base: BaseFigure | None) -> tuple[Note, ...]:
    """Say base × (1 + growth), and the days with data where they are not all of them."""
    if base is None or policy.growth is None:
        return ()
    where = f"{base.metric} {base.window}" if base.window else ""
    rate = f"{CONTEXT.multiply(policy.growth, 100).normalize(CONTEXT):f}%"
    zh, en = (f"({where})", f" ({where})") if where else ("", "")
    found = [
        Note(
            "base",
            Title(
                f"公司目标 = 基数 {base.amount:,f}{zh} × (1 + {rate})",
                f"company target = base {base.amount:,f}{en} × (1 + {rate})",
            ),
        )
    ]
    if base.window and (base.first, base.last) != (base.window.start, base.window.last_day):
        found.append(
            Note(
                "base-incomplete",
                Title(
                    f"基期不完整:仅有 {base.first} 至 {base.last} 的数据",
                    f"the base is incomplete: it has data from {base.first} through {base.last}",
                ),
            )
        )
    return tuple(found)


def base_kept(base: BaseFigure | None) -> dict[str, object]:
    """Return what a stored run keeps of the base."""
    if base is None:
        return {}
    days = [base.window.start.isoformat(), base.window.last_day.isoformat()] if base.window else []
    reached = [base.first.isoformat(), base.last.isoformat()] if base.first and base.last else []
    return {"amount": str(base.amount), "metric": base.metric, "window": days, "data": reached}


def _covered(context: Context, metric: Metric, window: Period, days: list[str]) -> tuple[date, date]:
    """Return the days of the window that the data covers: to its edge where nothing but days off lies beyond."""
    known = sorted(date.fromisoformat(day) for day in days)
    if not known:
        return window.start, window.last_day
    works = working_days(context)
    first, last = window.start, window.last_day
    begun = known[0] > window.start and count_working(window.start, known[0], works)
    if begun and not fetch_figures(context, metric, (), Period(BEGINNING, window.start)):
        first = known[0]
    reached = last_day_of_data(context, metric, window) or known[-1]
    if reached < last and count_working(date.fromordinal(reached.toordinal() + 1), window.end, works):
        last = reached
    return first, last
