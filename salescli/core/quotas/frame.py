"""What all levels of a split share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.money import CONTEXT
from salescli.core.quotas.checks import FixedFigure
from salescli.core.quotas.grid import round_ratio
from salescli.core.quotas.inputs import SplitInputs, TeamInput
from salescli.core.quotas.leavers import Leaver
from salescli.core.quotas.members import Member, Place
from salescli.core.quotas.tree import Group

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy


@dataclass(frozen=True, slots=True)
class Frame:
    """What all levels share: policy, inputs, and the weights that were found once.

    Teams are in tree order, members by key; ties go to the earlier.
    """

    policy: TargetsPolicy
    inputs: SplitInputs
    teams: tuple[TeamInput, ...]
    members: tuple[tuple[Member, ...], ...]
    month_weights: tuple[Fraction, ...]
    groups: tuple[Group, ...]
    member_weights: tuple[dict[Place, Fraction], ...]
    fixed: tuple[FixedFigure, ...]
    leavers: tuple[tuple[Leaver, ...], ...] = ()
    unit: int = field(init=False)  # the rounding unit in smallest amounts
    labels: tuple[str, ...] = field(init=False)  # of the months
    nothing: Decimal = field(init=False)  # as an amount

    def __post_init__(self) -> None:
        """Work out once what every line asks for."""
        unit = self.to_smallest(self.policy.round_to) if self.policy.round_to else 1
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "labels", tuple(month.label for month in self.inputs.months))
        object.__setattr__(self, "nothing", CONTEXT.multiply(0, self.inputs.smallest))

    def to_smallest(self, amount: Decimal | Fraction) -> int:
        """Return an amount as a count of the smallest amount."""
        (above, below), (unit, of) = amount.as_integer_ratio(), self.inputs.smallest.as_integer_ratio()
        return round_ratio(above * of, below * unit)

    def to_amount(self, count: int) -> Decimal:
        """Return a count of the smallest amount as an amount."""
        return CONTEXT.multiply(count, self.inputs.smallest) if count else self.nothing

    def to_amounts(self, counts: Sequence[int]) -> tuple[Decimal, ...]:
        """Return counts of the smallest amount as amounts."""
        multiply, smallest = CONTEXT.multiply, self.inputs.smallest
        return tuple([multiply(count, smallest) for count in counts])
