"""A plan as if it had been in force some years earlier: every day that it names moves, nothing else."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from salescli.core.commission.plan import Plan
from salescli.core.dated import Dated
from salescli.core.periods import FOREVER, add_months
from salescli.core.shape import Shape


def shift_plan(plan: Plan, years: int) -> Plan:
    """Return the plan so many years earlier, under a name of its own: nothing that was closed or opened is its."""
    shifted: Plan = _shift(plan, -12 * years)
    return shifted.model_copy(update={"plan": f"{plan.plan}#{shifted.start.isoformat()}"})


def _shift(value: Any, months: int) -> Any:
    """Move every day in a value; what has none is given back as it is."""
    if isinstance(value, date):
        return value if value in (date.min, FOREVER) else moved_day(value, months)
    if isinstance(value, Dated):
        return Dated(tuple((_shift(day, months), _shift(one, months)) for day, one in value.values))
    if isinstance(value, Shape):
        return value.model_copy(update={key: _shift(getattr(value, key), months) for key in type(value).model_fields})
    if isinstance(value, dict):
        return {_shift(key, months): _shift(one, months) for key, one in value.items()}
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_shift(one, months) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        moved = {one.name: _shift(getattr(value, one.name), months) for one in fields(value)}
        return replace(value, **moved) if any(moved[key] is not getattr(value, key) for key in moved) else value
    return value


def moved_day(day: date, months: int) -> date:
    """Return a day some months on. A month's last day stays one: 28 February becomes 29 February of a leap year."""
    moved = add_months(day, months)
    following = add_months(day.replace(day=1), 1)
    if (following - day).days == 1:
        month = add_months(moved.replace(day=1), 1)
        return moved.replace(day=(month - moved.replace(day=1)).days)
    return moved
