"""Plans that pay more than they say: refused where a plan is going to be run, not where a closed run kept it.

What a closed month was paid stays as it is, so the engine goes on computing these plans; nobody is paid by them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.refund_rules import takes_back
from salescli.core.commission.result import Path
from salescli.core.commission.tiers import Tier
from salescli.core.shape_faults import Fault

JUMPING = ("all-at-rate-reached", "amount-reached", "amounts-add-up")


def check_paid_too_much(component: ComponentShape, path: Path) -> Iterator[Fault]:
    """Yield a fault where a catch-up can be paid twice, and where a missed gate can pay more than a passed one."""
    if not isinstance(component, TieredComponent):
        return
    tables = component.tiers.all()
    jumping = next((table for table in tables if _jumps(component, table)), None)
    if jumping is not None and takes_back(component.refunds) and component.adds_up_over != "each-transaction":
        values: dict[str, object] = {"apply": component.apply, "key": jumping[-1].key}
        yield Fault("caught-up-twice", (*path, "refunds"), values)
    for index, gate in enumerate(component.needs):
        if gate.if_missed != "lowest-tier":
            continue
        place = (*path, "needs", index, "if_missed")
        for table in tables:
            if table and table[0].threshold > 0:
                yield Fault("lowest-tier-begins-late", place, {"key": table[0].key})
            elif (lower := _lower_than_first(table)) is not None:
                yield Fault("first-tier-not-lowest", place, {"key": lower.key, "first": table[0].key})


def _jumps(component: TieredComponent, table: Sequence[Tier]) -> bool:
    """Tell whether a position is worth more at a threshold than just below it: what lies below is paid again there."""
    if component.apply == "as-stated":
        return any(tier.basis == "everything" and tier.threshold > 0 for tier in table)
    return component.apply in JUMPING and any(tier.threshold > 0 for tier in table)


def _lower_than_first(table: Sequence[Tier]) -> Tier | None:
    """Return a tier whose rate is below the first one's; multiples of a base rate are compared with each other."""
    for tier in table[1:]:
        for one, first in ((tier.rate.rate, table[0].rate.rate), (tier.rate.multiple, table[0].rate.multiple)):
            if one is not None and first is not None and one < first:
                return tier
    return None
