"""What moved a figure: volume, price and mix of an amount (D-24), within and between of a rate. All exact.

An effect is the Shapley value of its factor: the mean, over all orders in which the factors could have changed one
after the other, of what the figure changed by. So no order is preferred, and the effects add up to the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeVar

from salescli.core.money import Exact, apportion

Key = TypeVar("Key")
Kind = Literal["kept", "new", "gone", "no-price"]
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sold:
    """What a group sold in a period."""

    quantity: Exact
    value: Exact


@dataclass(frozen=True, slots=True)
class Effects:
    """What a group's change is made of; only a kept one has volume, price and mix, of others it is `other` whole.

    `new` sold nothing before, `gone` nothing since; `no-price` has an amount that no quantity above zero belongs to.
    `exchange` is what the rates did, where amounts were converted.
    """

    kind: Kind
    volume: Fraction
    price: Fraction
    mix: Fraction
    other: Fraction
    exchange: Fraction = NOTHING

    @property
    def change(self) -> Fraction:
        """Return the change, which the effects add up to."""
        return self.volume + self.price + self.mix + self.other + self.exchange


@dataclass(frozen=True, slots=True)
class Converted:
    """What a group has in one currency, and what that became in the currency asked."""

    own: Exact
    converted: Exact

    @property
    def rate(self) -> Fraction | None:
        """Return the mean rate, None where nothing was converted."""
        return Fraction(self.converted) / Fraction(self.own) if self.own else None


@dataclass(frozen=True, slots=True)
class Rated:
    """The parts of a group's rate in a period."""

    numerator: Exact
    denominator: Exact

    @property
    def rate(self) -> Fraction | None:
        """Return the quotient, None where nothing is divided by."""
        return Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class RateEffects:
    """A group's part in the change of a rate: its own rate moved (within), or its weight did (between)."""

    within: Fraction
    between: Fraction

    @property
    def change(self) -> Fraction:
        """Return the contribution."""
        return self.within + self.between


def compute_sales_effects(groups: Mapping[Key, tuple[Sold, Sold]]) -> dict[Key, Effects]:
    """Split the change of each group's amount; the first of a pair is the earlier period.

    Amount = Q × m × p: the quantity of all kept groups, the group's share of it, its price. Each factor's effect is its
    Shapley value in that product. The sums over all groups are the effects in the whole.

    >>> found = compute_sales_effects({"a": (Sold(10, 100), Sold(12, 144))})["a"]
    >>> found.volume, found.price, found.mix
    (Fraction(22, 1), Fraction(22, 1), Fraction(0, 1))
    """
    kinds = {key: _kind(before, after) for key, (before, after) in groups.items()}
    kept = [groups[key] for key, kind in kinds.items() if kind == "kept"]
    volume = tuple(sum((Fraction(pair[side].quantity) for pair in kept), NOTHING) for side in (0, 1))
    found = {}
    for key, pair in groups.items():
        if kinds[key] != "kept":
            change = Fraction(pair[1].value) - Fraction(pair[0].value)
            found[key] = Effects(kinds[key], NOTHING, NOTHING, NOTHING, change)
            continue
        shares = tuple(Fraction(side.quantity) / whole for side, whole in zip(pair, volume, strict=True))
        prices = tuple(Fraction(side.value) / Fraction(side.quantity) for side in pair)
        found[key] = Effects(
            "kept",
            _shapley(volume, shares, prices),
            _shapley(prices, volume, shares),
            _shapley(shares, volume, prices),
            NOTHING,
        )
    return found


def _kind(before: Sold, after: Sold) -> Kind:
    if before.quantity > 0 and after.quantity > 0:
        return "kept"
    if not before.quantity and not before.value:
        return "new"
    return "no-price" if after.quantity or after.value else "gone"


def _shapley(own: tuple[Fraction, ...], one: tuple[Fraction, ...], other: tuple[Fraction, ...]) -> Fraction:
    """The effect of the first factor in the product of three: its change times the others, early, late and mixed."""
    together = (one[0] * other[0] + one[1] * other[1]) / 3
    mixed = (one[0] * other[1] + one[1] * other[0]) / 6
    return (own[1] - own[0]) * (together + mixed)


def at_mean_rates(before: Mapping[str, Converted], after: Mapping[str, Converted]) -> tuple[Fraction, Fraction]:
    """Return both amounts of a group with each currency at the mean of its two rates.

    Their difference is the change without exchange; the rest of the change is the Shapley value of the rates.

    >>> at_mean_rates({"USD": Converted(10, 70)}, {"USD": Converted(10, 80)})
    (Fraction(75, 1), Fraction(75, 1))
    """
    found = [NOTHING, NOTHING]
    for currency in {*before, *after}:
        sides = [side.get(currency, Converted(0, 0)) for side in (before, after)]
        rates = [side.rate for side in sides if side.rate is not None]
        mean = sum(rates, NOTHING) / len(rates) if rates else NOTHING
        for place, side in enumerate(sides):
            found[place] += Fraction(side.own) * mean
    return found[0], found[1]


def with_exchange(effects: Effects, change: Fraction) -> Effects:
    """Return effects that were computed at mean rates with the exchange that is left of the whole change."""
    if effects.kind != "kept":
        return replace(effects, other=change)
    return replace(effects, exchange=change - effects.change)


def compute_rate_effects(groups: Mapping[Key, tuple[Rated, Rated]]) -> dict[Key, RateEffects] | None:
    """Split the change of a rate of sums by group; None where a period has nothing to divide by.

    The whole rate is Σ weight × rate. Within: the change of the group's rate at its mean weight. Between: the change of
    its weight at its mean rate, measured from the mean of the whole, so that weight gained by a group that is above it
    counts for, below it against. A group that has a rate in one period only changed in weight alone.

    >>> found = compute_rate_effects({"a": (Rated(1, 2), Rated(3, 4)), "b": (Rated(1, 2), Rated(1, 4))})
    >>> found["a"].within, found["a"].between
    (Fraction(1, 8), Fraction(0, 1))
    """
    wholes = [
        Rated(
            sum((Fraction(pair[side].numerator) for pair in groups.values()), NOTHING),
            sum((Fraction(pair[side].denominator) for pair in groups.values()), NOTHING),
        )
        for side in (0, 1)
    ]
    before, after = (whole.rate for whole in wholes)
    if before is None or after is None:
        return None
    middle = (before + after) / 2
    bases = [Fraction(whole.denominator) for whole in wholes]
    found = {}
    for key, pair in groups.items():
        weights = [Fraction(side.denominator) / base for side, base in zip(pair, bases, strict=True)]
        parts = [Fraction(side.numerator) / base for side, base in zip(pair, bases, strict=True)]
        rates = [side.rate for side in pair if side.rate is not None]
        level = sum(rates, NOTHING) / len(rates) if rates else middle
        gained = weights[1] - weights[0]
        found[key] = RateEffects(parts[1] - parts[0] - gained * level, gained * (level - middle))
    return found


def round_effects(effects: Effects, unit: Fraction) -> Effects:
    """Round effects to multiples of a unit; they still add up to the change, which is one (largest remainder)."""
    exact = (effects.volume, effects.price, effects.mix, effects.other, effects.exchange)
    volume, price, mix, other, exchange = (count * unit for count in apportion([value / unit for value in exact]))
    return Effects(effects.kind, volume, price, mix, other, exchange)
