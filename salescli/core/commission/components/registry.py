"""The component types: one line each. A plan's `type:` is looked up here."""

from __future__ import annotations

from typing import Any

from salescli.core.commission.components.base import ComponentType
from salescli.core.commission.components.bonus import BonusType
from salescli.core.commission.components.matrix import MatrixType
from salescli.core.commission.components.per_unit import PerUnitType
from salescli.core.commission.components.pool import PoolType
from salescli.core.commission.components.rank import RankType
from salescli.core.commission.components.rate import RateType
from salescli.core.commission.components.tiered import TieredType

COMPONENT_TYPES: dict[str, ComponentType] = {
    one.name: one
    for one in (
        RateType(),
        TieredType(),
        PerUnitType(),
        BonusType(),
        MatrixType(),
        PoolType(),
        RankType(),
    )
}


def component_shapes() -> dict[str, Any]:
    """Return the shape of each type by its name."""
    return {name: one.shape for name, one in COMPONENT_TYPES.items()}
