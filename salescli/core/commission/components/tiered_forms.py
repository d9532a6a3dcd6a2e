"""What a tier may say under each `apply`: a rate, a rate and its basis, an amount, or a point of a line."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.result import Path
from salescli.core.commission.tiers import Tier
from salescli.core.shape_faults import Fault


def check_forms(component: TieredComponent, path: Path) -> Iterator[Fault]:
    """Yield every tier whose text does not fit `apply`, and `beyond` where it is missing or says nothing."""
    is_line = component.apply == "straight-line"
    if is_line and component.beyond is None:
        yield Fault("missing-key", path, {"key": "beyond", "choices": ("flat", "same-slope")})
    if component.beyond is not None and not is_line:
        yield Fault("beyond-without-line", (*path, "beyond"), {})
    for day, table in component.tiers.values:
        place: Path = (*path, "tiers") if component.tiers.is_constant else (*path, "tiers", day.isoformat())
        if is_line and len(table) < 2:
            yield Fault("line-needs-two-points", place, {})
        for tier in table:
            name = _wrong_word(tier, is_line) or _wrong_value(tier, component.apply)
            values: dict[str, object] = {"key": tier.key, "apply": component.apply}
            if isinstance(name, Fault):
                yield Fault(name.name, (*place, tier.index, tier.key), name.values)
            elif name:
                yield Fault(name, (*place, tier.index, tier.key), values)


def _wrong_word(tier: Tier, is_line: bool) -> str:
    if is_line and tier.word != "at":
        return "line-needs-points"
    return "point-without-line" if tier.word == "at" and not is_line else ""


def _wrong_value(tier: Tier, apply: str) -> str | Fault:
    """Return what is wrong with a tier's value, "" where it fits."""
    if apply in ("straight-line", "amount-reached", "amounts-add-up"):
        return "tier-needs-amount" if tier.amount is None else ""
    if tier.not_a_rate is not None:
        return tier.not_a_rate
    if apply == "as-stated":
        return "" if tier.basis else "tier-says-no-basis"
    return "basis-not-asked" if tier.basis else ""
