"""What the next yuan pays: cliffs, pay that falls, and more than all of it. Read from the plan's own pay curve."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.curve import Curve
from salescli.core.commission.curve_points import Edge
from salescli.core.commission.lint.subject import Finding, Subject, cents, position_text, unit_of
from salescli.core.commission.result import Path
from salescli.core.commission.wording import percent
from salescli.errors import Severity

LEAST = 1  # a jump of less than one yuan is rounding
ON_PURPOSE = ("amount-reached", "amounts-add-up")


def find_cliffs(subject: Subject) -> Iterator[Finding]:
    """Find where one more yuan pays much at once, or takes pay away."""
    for name, shape in subject.curved():
        curve = subject.curve(name)
        for position, edges in _by_position(subject.edges(name)).items():
            jump = curve.jump(position)
            if abs(jump) < LEAST:
                continue
            edge = _cause(edges)
            by_amounts = isinstance(shape, TieredComponent) and shape.apply in ON_PURPOSE and edge.kind == "tier"
            severity: Severity = "note" if by_amounts and jump > 0 else "warning"
            values = {
                "key": edge.key,
                "position": position_text(curve, position),
                "before": cents(curve.pay(position - 1)),
                "after": cents(curve.pay(position)),
                "amount": cents(abs(jump)),
                "unit": unit_of(curve),
                **subject.given(),
            }
            yield Finding("lint-cliff" if jump > 0 else "lint-cliff-down", edge.path, values, severity)


def _by_position(edges: tuple[Edge, ...]) -> dict[int, list[Edge]]:
    found: dict[int, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.position, []).append(edge)
    return found


def _cause(edges: list[Edge]) -> Edge:
    """Of several edges at one position the gate, then the factor: they weigh on everything below."""
    return min(edges, key=lambda one: ("gate", "factor", "tier", "cap").index(one.kind))


def find_falling(subject: Subject) -> Iterator[Finding]:
    """Find stretches on which pay goes down as sales go up."""
    for name, _ in subject.curved():
        for position, slope, path in _slopes(subject, name):
            if slope < 0:
                curve = subject.curve(name)
                yield Finding("lint-pay-falls", path, _said(subject, curve, position, -slope))


def find_above_whole(subject: Subject) -> Iterator[Finding]:
    """Find stretches on which one more yuan pays more than one yuan: in a component, or in several together."""
    alone = False
    for name, _ in subject.curved():
        if subject.curve(name).is_counted:
            continue
        for position, slope, path in _slopes(subject, name):
            if slope > 1:
                alone = True
                curve = subject.curve(name)
                yield Finding("lint-marginal-above-whole", path, _said(subject, curve, position, slope))
    whole = subject.curve("")
    if not alone and len(whole.moved) > 1 and not whole.missing and not whole.is_counted:
        for position, slope, path in _slopes(subject, ""):
            if slope > 1:
                values = {"names": whole.moved, **_said(subject, whole, position, slope)}
                yield Finding("lint-together-above-whole", path[:2], values)
                break


def _said(subject: Subject, curve: Curve, position: int, slope: Fraction) -> dict[str, object]:
    """What is said of a stretch: where it begins, what one more of it pays, under which terms."""
    rate = cents(slope) if curve.is_counted else percent(slope)
    return {"position": position_text(curve, position), "rate": rate, "unit": unit_of(curve), **subject.given()}


def _slopes(subject: Subject, name: str) -> Iterator[tuple[int, Fraction, Path]]:
    """Yield (position, what one more yuan pays above it, place), where that changes."""
    curve = subject.curve(name)
    start: Path = ("components", name or curve.moved[0])
    before: Fraction | None = None
    stops = [(0, start), *((one.position, one.path) for one in subject.edges(name))]
    for position, path in stops:
        slope = curve.slope_after(position)
        if slope != before:
            yield position, slope, path
        before = slope
