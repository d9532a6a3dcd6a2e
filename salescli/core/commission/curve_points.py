"""Where a pay curve bends: edges of tiers, gates and factors; points of a table; the way back from pay to credit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count, pairwise
from typing import Literal, TypeVar

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.curve import UNIT, Curve, amount_of, steps_of
from salescli.core.commission.factors import MetricFactor
from salescli.core.commission.result import Path
from salescli.core.commission.values import in_force
from salescli.core.money import round_half_away

Amount = TypeVar("Amount", Decimal, Fraction)
MOST_EDGES = 200
FARTHEST = 10**14  # steps: a trillion, beyond every tier
POINTS = 12  # lines of a table whose step nobody named


@dataclass(frozen=True, slots=True)
class Edge:
    """A threshold on the way of a position. `position` is the first step that belongs to what begins there."""

    kind: Literal["tier", "gate", "factor", "cap"]
    component: str
    position: int
    threshold: Fraction
    inclusive: bool
    key: str  # as the plan writes it: `from 500,000`
    path: Path


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a curve: pay in all and by component, what the next yuan pays, and what reaching it pays at once."""

    position: int
    pay: Decimal
    by_component: tuple[Decimal, ...]
    marginal: Fraction
    jump: Decimal
    edges: tuple[Edge, ...] = ()


def edges_of(curve: Curve, upwards_from: int = 0) -> tuple[Edge, ...]:
    """Return the thresholds above a position, in their order; where tables are dated, those in force on the day."""
    found: list[Edge] = []
    for name in curve.moved:
        shape = curve.plan.components[name]
        if isinstance(shape, TieredComponent):
            found += _tier_edges(curve, name, shape, upwards_from)
    if not curve.standing:
        found += _block_edges(curve)
        found += _cap_edges(curve, [one.position for one in found])
    return tuple(sorted(found, key=lambda one: (one.position, one.component)))


def _tier_edges(curve: Curve, name: str, shape: TieredComponent, start: int) -> list[Edge]:
    tiers = in_force(shape.tiers, curve.day)
    path: Path = ("components", name, "tiers")
    if not shape.tiers.is_constant:
        path = (
            *path,
            max(one for one in shape.tiers.starts() if one <= max(curve.day, shape.tiers.starts()[0])).isoformat(),
        )
    is_other_day = not shape.tiers.is_constant and not curve.standing  # the engine's next tier is of the last run
    if shape.window == "each-transaction" or is_other_day:
        whole = curve.quota if shape.attainment is not None else Fraction(1)
        thresholds = [Fraction(one.threshold) * (whole or 0) for one in tiers if one.threshold > 0]
    else:
        thresholds = _walked(curve, name, start)
    mine = tiers[len(tiers) - len(thresholds) :]
    return [
        Edge("tier", name, _first_step(bound, tier.inclusive), bound, tier.inclusive, tier.key, (*path, tier.index))
        for bound, tier in zip(thresholds, mine, strict=False)
    ]


def _walked(curve: Curve, name: str, start: int) -> list[Fraction]:
    """Ask the engine for the next tier again and again."""
    found: list[Fraction] = []
    position = start
    for _ in range(MOST_EDGES):
        to_next = curve.part(position, name).to_next_tier
        if to_next is None:
            break
        found.append(Fraction(amount_of(position)) + Fraction(to_next))
        position = steps_of(found[-1])
    return found


def _first_step(bound: Fraction, inclusive: bool) -> int:
    step = steps_of(bound)
    return step + 1 if not inclusive and Fraction(step, UNIT) == bound else step


def _block_edges(curve: Curve) -> list[Edge]:
    """Gates and factors that read the attainment of the position."""
    found = []
    for name in (curve.component,) if curve.component else tuple(curve.plan.components):
        shape, quota = curve.plan.components[name], curve.quota_of(name)
        for index, gate in enumerate(shape.needs):
            bound = Fraction(in_force(gate.at_least, curve.day).number) * quota
            path: Path = ("components", name, "needs", index, "at_least")
            found.append(
                Edge("gate", name, steps_of(bound), bound, True, in_force(gate.at_least, curve.day).text, path)
            )
        for index, factor in enumerate(shape.times):
            if isinstance(factor, MetricFactor):
                for tier in in_force(factor.table, curve.day):
                    bound = Fraction(tier.threshold) * quota
                    path = ("components", name, "times", index, "table", tier.index)
                    step = _first_step(bound, tier.inclusive)
                    found.append(Edge("factor", name, step, bound, tier.inclusive, tier.key, path))
    return [one for one in found if one.threshold > 0]


def _cap_edges(curve: Curve, others: list[int]) -> list[Edge]:
    """Where a cap is reached and more pays nothing more: of the component, or the first that is reached of all."""
    found = []
    for name in curve.moved:
        path, key = _cap_of(curve, name)
        alone = curve if curve.component else curve.of(name)
        if not path or alone.slope_after(FARTHEST) or not alone.without_caps().slope_after(FARTHEST):
            continue
        position = least_position(alone.exact, alone.exact(FARTHEST), others)
        if position:
            found.append(Edge("cap", name, position, Fraction(amount_of(position)), True, key, path))
    return found


def _cap_of(curve: Curve, name: str) -> tuple[Path, str]:
    bound = curve.plan.components[name].at_most
    if bound is not None:
        return ("components", name, "at_most"), f"at_most {in_force(bound, curve.day).text}"
    for index, limit in enumerate(curve.plan.limits):
        if name in limit.of and limit.over != "each-transaction":
            return ("limits", index, "at_most"), f"at_most {in_force(limit.at_most, curve.day).text}"
    return (), ""


def points_of(curve: Curve, positions: Iterable[int], edges: Iterable[Edge] = ()) -> tuple[Point, ...]:
    """Compute the lines of a curve."""
    at: dict[int, list[Edge]] = {}
    for edge in edges:
        at.setdefault(edge.position, []).append(edge)
    return tuple(_point(curve, position, tuple(at.get(position, ()))) for position in sorted(set(positions)))


def _point(curve: Curve, position: int, edges: tuple[Edge, ...]) -> Point:
    unit = curve.plan.payout.round_to
    names = () if curve.component else tuple(curve.plan.components)
    jump = round_half_away(curve.jump(position), unit) if edges else Decimal(0)
    result = curve.result(position)
    parts = tuple(result.component(name).earned for name in names)
    return Point(position, curve.pay(position), parts, curve.slope_after(position), jump, edges)


def even_positions(
    curve: Curve, edges: tuple[Edge, ...], first: int | None, last: int | None, step: int | None
) -> range:
    """Return the positions of a table: from, to and step as asked, else round ones somewhat beyond the last edge."""
    quota = curve.quota
    far = max([one.position for one in edges], default=0) * 3 // 2
    far = far or (steps_of(quota * 3 / 2) if quota else (20 if curve.is_counted else 1_000_000) * UNIT)
    start = first if first is not None else 0
    wanted = last if last is not None else max(far, start + UNIT)
    width = step or round_step(Fraction(max(wanted - start, 1), POINTS))
    end = wanted if last is not None else start + -(-(wanted - start) // width) * width
    return range(start, end + 1, width)


def round_step(least: Fraction) -> int:
    """Return the first of 1, 2, 5 × a power of ten that is not below a number; never below one unit.

    >>> round_step(Fraction(12_345))
    20000
    """
    powers = (int(10**power) for power in count(2))
    return next(factor * power for power in powers for factor in (1, 2, 5) if factor * power >= least)


def least_position(pay: Callable[[int], Amount], target: Amount, edges: Iterable[int], start: int = 0) -> int | None:
    """Return the first position that pays at least an amount; None where no position does.

    Between two edges pay only rises or only falls, so a search by halves finds the exact step.
    """
    if pay(start) >= target:
        return start
    bounds = sorted({start, *(one for edge in edges for one in (edge - 1, edge, edge + 1) if one > start)})
    for low, high in pairwise(bounds):
        if pay(high) >= target:
            return _halve(pay, target, low, high)
    low, width = bounds[-1], max(bounds[-1] - start, 10_000 * UNIT)
    while low < FARTHEST:
        high = low + width
        if pay(high) >= target:
            return _halve(pay, target, low, high)
        if pay(high) <= pay(low):
            return None
        low, width = high, width * 2
    return None


def _halve(pay: Callable[[int], Amount], target: Amount, low: int, high: int) -> int:
    """`low` pays less than the target, `high` enough."""
    while high - low > 1:
        middle = (low + high) // 2
        if pay(middle) >= target:
            high = middle
        else:
            low = middle
    return high
