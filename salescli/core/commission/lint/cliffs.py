"""What the next yuan pays: cliffs, pay that falls, and more than all of it. Read from the plan's own pay curve."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.curve_points import Edge
from salescli.core.commission.lint.subject import Finding, Subject, cents, position_text
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
        for position, slope, path, key in _slopes(subject, name):
            if slope < 0:
                curve = subject.curve(name)
                values = {"key": key, "position": position_text(curve, position), "rate": percent(-slope)}
                yield Finding("lint-pay-falls", path, {**values, **subject.given()})


def find_above_whole(subject: Subject) -> Iterator[Finding]:
    """Find stretches on which one more yuan pays more than one yuan: in a component, or in several together."""
    alone = False
    for name, _ in subject.curved():
        if subject.curve(name).is_counted:
            continue
        for position, slope, path, key in _slopes(subject, name):
            if slope > 1:
                alone = True
                curve = subject.curve(name)
                said = {"key": key, "position": position_text(curve, position), "rate": percent(slope)}
                yield Finding("lint-marginal-above-whole", path, {**said, **subject.given()})
    whole = subject.curve("")
    if not alone and len(whole.moved) > 1 and not whole.missing and not whole.is_counted:
        for position, slope, path, _ in _slopes(subject, ""):
            if slope > 1:
                values: dict[str, object] = {
                    "names": whole.moved,
                    "position": position_text(whole, position),
                    "rate": percent(slope),
                    **subject.given(),
                }
                yield Finding("lint-together-above-whole", path[:2], values)
                break


def _slopes(subject: Subject, name: str) -> Iterator[tuple[int, Fraction, Path, str]]:
    """Yield (position, what one more yuan pays above it, place, the words that begin there): only where it changes."""
    curve = subject.curve(name)
    start: Path = ("components", name or curve.moved[0])
    before: Fraction | None = None
    stops = [(0, start, ""), *((one.position, one.path, one.key) for one in subject.edges(name))]
    for position, path, key in stops:
        slope = curve.slope_after(position)
        if slope != before:
            yield position, slope, path, key
        before = slope
