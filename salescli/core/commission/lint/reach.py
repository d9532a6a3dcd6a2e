"""Tiers that no sale can reach, because a cap stands before them."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.curve_points import least_position
from salescli.core.commission.lint.subject import Finding, Subject, cents, position_text


def find_beyond_cap(subject: Subject) -> Iterator[Finding]:
    """Find tiers that begin where a cap has already been reached: they pay nothing more."""
    if not subject.plan.limits and all(one.at_most is None for one in subject.plan.components.values()):
        return
    for name, _ in subject.curved():
        curve = subject.curve(name)
        free = curve.without_caps()
        edges = [one for one in subject.edges(name) if one.kind == "tier"]
        for edge in edges:
            there = edge.position
            is_flat = not curve.slope_after(there) and not curve.jump(there)
            if is_flat and curve.exact(there) < free.exact(there):
                cap = curve.pay(there)
                reached = least_position(curve.exact, curve.exact(there), [one.position for one in edges])
                values = {
                    "key": edge.key,
                    "position": position_text(curve, there),
                    "cap": cents(cap),
                    "reached": position_text(curve, reached or 0),
                    **subject.given(),
                }
                yield Finding("lint-tier-beyond-cap", edge.path, values)
