"""A plan whose file was edited between closed months: edited numbers hold from the first month that was not closed.

An edit is read as if the number had been dated: the closed months' own until then, the new one from then on. So what a
window has earned to date is made of both, and gates, factors and caps look at what was earned, not at what would have
been. What cannot be dated (another form of tiers, a gate more) holds as it is said today; closed months are computed
by what their run knew either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from salescli.core.commission.plan import Plan
from salescli.core.commission.values import in_force
from salescli.core.dated import Dated
from salescli.core.shape import Shape

ALIKE = ("type", "tier_by", "apply", "beyond", "adds_up_over", "base_rate")
"""What two versions of a component must share for a table of one to go on in the other."""
MOST_KEPT = 256


@dataclass(slots=True)
class _Joined:
    """Plans that were joined, once for all payees: the engine groups runs by the identity of their plan."""

    found: dict[tuple[int, int, date], tuple[Plan, Plan, Plan]] = field(default_factory=dict)

    def of(self, old: Plan, new: Plan, day: date) -> Plan:
        mark = (id(old), id(new), day)
        if mark not in self.found:
            if len(self.found) >= MOST_KEPT:
                self.found.clear()
            self.found[mark] = (old, new, _join_plans(old, new, day))  # both are kept, so that no other has their id
        return self.found[mark][2]


_JOINED = _Joined()


def date_edits(plan: Plan, closed: Mapping[date, Plan], now: date) -> tuple[Plan, Mapping[date, Plan]]:
    """Return today's plan and those of closed runs, with each number that was edited in between dated.

    Args:
        plan: as the run knows it that begins on `now`.
        closed: the plan of each closed run, by the run's first day; the same object for the same text.
        now: from when today's plan holds.
    """
    if all(one is plan for one in closed.values()):
        return plan, closed
    found: dict[date, Plan] = {}
    before: tuple[Plan, Plan] | None = None  # the text of the run before, and what it was joined to
    for start in sorted(closed):
        found[start] = _next(before, closed[start], start)
        before = (closed[start], found[start])
    return _next(before, plan, now), found


def join_edit(closed: Mapping[date, Plan], joined: Mapping[date, Plan], plan: Plan, start: date) -> Plan:
    """Return another plan of one closed run, as it would have gone on from the runs before it."""
    earlier = max((day for day in closed if day < start), default=None)
    return plan if earlier is None else _next((closed[earlier], joined[earlier]), plan, start)


def _next(before: tuple[Plan, Plan] | None, plan: Plan, start: date) -> Plan:
    if before is None:
        return plan
    text, joined = before
    return joined if text is plan else _JOINED.of(joined, plan, start)


def _join_plans(old: Plan, new: Plan, day: date) -> Plan:
    if old.rates_in_force_on != new.rates_in_force_on:
        return new
    components = {
        name: _join_shapes(old.components[name], one, day) if _are_alike(old.components.get(name), one) else one
        for name, one in new.components.items()
    }
    limits = new.limits
    if [_but_numbers(one) for one in old.limits] == [_but_numbers(one) for one in limits]:
        limits = tuple(_join_shapes(one, two, day) for one, two in zip(old.limits, limits, strict=True))
    return new.model_copy(update={"components": components, "limits": limits})


def _are_alike(old: Any, new: Any) -> bool:
    return old is not None and all(getattr(old, name, None) == getattr(new, name, None) for name in ALIKE)


def _join_shapes(old: Any, new: Any, day: date) -> Any:
    """Return the new shape with what can be dated joined to the old one's."""
    update = {}
    for name in type(new).model_fields:
        one, two = getattr(old, name, None), getattr(new, name)
        joined = _join(one, two, day)
        if joined is not two:
            update[name] = joined
    return new.model_copy(update=update) if update else new


def _join(old: Any, new: Any, day: date) -> Any:
    if old == new or type(old) is not type(new):
        return new
    if isinstance(new, Dated):
        return _join_dated(old, new, day)
    if isinstance(new, tuple) and [_but_numbers(one) for one in old] == [_but_numbers(one) for one in new]:
        return tuple(_join_shapes(one, two, day) for one, two in zip(old, new, strict=True))
    return new


def _join_dated(old: Dated[Any], new: Dated[Any], day: date) -> Dated[Any]:
    before = tuple((start, value) for start, value in old.values if start < day)
    after = tuple((start, value) for start, value in new.values if start > day)
    return Dated((*before, (day, in_force(new, day)), *after))


def _but_numbers(shape: Any) -> Any:
    """Return what a block is about, without what may be dated: two gates on one metric are one gate, edited."""
    if not isinstance(shape, Shape):
        return shape
    parts = {name: getattr(shape, name) for name in type(shape).model_fields}
    return type(shape), tuple((name, one) for name, one in parts.items() if not isinstance(one, Dated))
