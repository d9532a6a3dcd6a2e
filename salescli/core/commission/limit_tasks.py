"""The limits of a plan for one payee: caps on windows, caps on single transactions, scaled for part of a window."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.facts import Facts
from salescli.core.commission.limits import LimitTask, nothing_brought
from salescli.core.commission.limits_single import Spread, TransactionLimitTask
from salescli.core.commission.part_period import scaled_by
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.commission.timeline import Span
from salescli.core.money import units_half_away
from salescli.core.periods import WindowGrain


def limit_tasks(plan: Plan, facts: Facts, spread_of: Spread) -> list[LimitTask | TransactionLimitTask]:
    """Return a task for each limit, in the order of the file; `spread_of` spreads a component over its lines."""
    found: list[LimitTask | TransactionLimitTask] = []
    unit = plan.payout.round_to
    for index, limit in enumerate(plan.limits):
        path: Path = ("limits", index)
        if limit.over == "each-transaction":
            found.append(TransactionLimitTask(limit, path, facts.timeline, facts.terms_on, unit, spread_of))
        else:
            spans = facts.timeline.spans(limit.over, plan.start, plan.end)
            part_of = _part_of(plan, facts, limit.over)
            ends = min(plan.end, facts.timeline.end)
            found.append(LimitTask(limit, path, spans, facts.terms_on, unit, part_of, _brought(facts, unit), ends))
    return found


def _brought(facts: Facts, unit: Decimal) -> Callable[[str, Span], int]:
    """Return what a component earned under the plan that it continues, as far as it is of a limit's window."""

    if not facts.inputs.continued:
        return nothing_brought

    def brought(name: str, span: Span) -> int:
        inside = (one for one in facts.inputs.continued if one.component == name)
        earned = sum(Fraction(one.earned) for one in inside if span.whole_start <= one.window < span.end)
        return units_half_away(Fraction(earned), Fraction(unit))

    return brought


def _part_of(plan: Plan, facts: Facts, over: WindowGrain) -> Callable[[Span], Fraction] | None:
    """Return what scales a limit for part of a window, where the plan asks for it."""
    part = plan.part_period
    if isinstance(part, str) or not plan.scales("limits"):
        return None

    def share(span: Span) -> Fraction:
        window = facts.timeline.calendar.window(over, span.start)
        return scaled_by("limits", facts.part_of(part.count, window.start, window.end, plan.end))

    return share
