"""Figures that are read off the steps of a result: attainment, what is above or below the quota, the slices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.result import number_of

if TYPE_CHECKING:
    from salescli.core.commission.case_expected import Expected
    from salescli.core.commission.result import ComponentResult, Step


def read_off(expected: Expected, by_name: dict[str, ComponentResult]) -> Iterator[tuple[str, str, object, object]]:
    """Yield (what, whose, expected, found) of what is expected of the steps; None is found where a step is missing."""
    for what, read in READERS.items():
        for name, wanted in getattr(expected, what).items():
            component = by_name.get(name)
            found = None if component is None else read(component)
            yield what, name, _exact(wanted), found


def _attainment(component: ComponentResult) -> Fraction | None:
    step = _step(component, "quota")
    reached = None if step is None else step.part("attainment")
    return reached if isinstance(reached, Fraction) else None


def _variance(component: ComponentResult) -> Fraction | None:
    step = _step(component, "quota")
    if step is None or not isinstance(step.value, int | Decimal | Fraction):
        return None
    return Fraction(component.position_after) - Fraction(step.value)


def _slices(component: ComponentResult) -> list[Fraction]:
    return [number_of(step.value) for step in component.steps if step.name == "slice"]


def _blended(component: ComponentResult) -> Fraction | None:
    """What all slices pay over what all of them hold."""
    slices = [step for step in component.steps if step.name == "slice"]
    size = sum((number_of(step.part("size")) for step in slices), Fraction(0))
    return sum((number_of(step.value) for step in slices), Fraction(0)) / size if size else None


READERS = {"attainment": _attainment, "variance": _variance, "slices": _slices, "blended": _blended}


def _step(component: ComponentResult, name: str) -> Step | None:
    return next((step for step in component.steps if step.name == name), None)


def _exact(wanted: object) -> object:
    if isinstance(wanted, tuple):
        return [number_of(one) for one in wanted]
    return number_of(wanted)
