"""What a split method is: a name, where it may be used, and a function from parts to weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from salescli.core.title import Title

Place = Literal["teams", "people", "months"]


class Part(NamedTuple):
    """One part of a whole that is split: a team, a person or a month, with whatever a method may look at.

    `history` is the figure of the base window (None: none). `given` is what `weights:` says. `season` is the
    seasonal index of a month. `potential` and `pipeline` are figures of the day asked; `capacity` is in months.
    """

    key: str
    history: Fraction | None = None
    given: Fraction | None = None
    season: Fraction | None = None
    potential: Fraction | None = None
    pipeline: Fraction | None = None
    capacity: Fraction | None = None


class Options(NamedTuple):
    """What the policy says beside the method's name."""

    without_history: str = "nothing"


Weigh = Callable[[Sequence[Part], Options], list[Fraction]]


@dataclass(frozen=True, slots=True)
class Method:
    """A split method. `weigh` gives one weight per part, none negative; only their proportions count."""

    name: str
    titles: Title
    places: frozenset[Place]
    weigh: Weigh
