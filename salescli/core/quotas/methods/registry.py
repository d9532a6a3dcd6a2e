"""The split methods, one line each. To add one: write its file, add its line, and a case."""

from __future__ import annotations

from salescli.core.quotas.methods import capacity, equal, history, pipeline, potential, seasonal, weights
from salescli.core.quotas.methods.model import Method, Place

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        equal.METHOD,
        weights.METHOD,
        history.METHOD,
        potential.METHOD,
        pipeline.METHOD,
        capacity.METHOD,
        seasonal.METHOD,
    )
}


def names_for(place: Place) -> tuple[str, ...]:
    """Return the methods that may be used in a place.

    >>> names_for("months")
    ('equal', 'weights', 'seasonal')
    """
    return tuple(name for name, method in METHODS.items() if place in method.places)
