"""Tables of tiers as plans write them: `- from 500,000: 5%`. Shape, checks, and the way to a Scale.

Two kinds of table share the form: rates (components) and factors (`times`). A table may begin above zero: below it
nothing is paid. Every fault of a table is found at once, each at its own line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from salescli.core.commission.values import MoneyText, RateText, Terms, parse_money_text, parse_rate_text
from salescli.core.scalars import TextRefused, parse_factor
from salescli.core.scales import Band, Scale
from salescli.core.shape_faults import FaultsFound
from salescli.core.shape_marks import PlainValidator, WithJsonSchema
from salescli.core.shapes import Fault, StepText, faults, parse_step
from salescli.core.value_scales import Mark, ValueScale, amount_scale, line_scale, stated_scale

WORDS = ("from", "above")
Basis = Literal["", "slice", "everything"]
_STATED: tuple[tuple[str, Basis], ...] = ((" on the slice", "slice"), (" on everything", "everything"))
_NO_RATE = RateText(Decimal(0), None, "")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier. `index` is its place in the list, `key` the text of its key. A tier of amounts has a rate of 0."""

    threshold: Decimal
    is_rate: bool
    inclusive: bool
    rate: RateText
    index: int
    key: str
    amount: MoneyText | None = None  # instead of a rate
    basis: Basis = ""
    word: str = "from"  # `from`, `above`, or `at` for a point of a straight line
    not_a_rate: Fault | None = None  # of an amount: what is wrong with it where a rate is wanted


@dataclass(frozen=True, slots=True)
class FactorTier:
    """One line of a table of factors over a metric."""

    threshold: Decimal
    is_rate: bool
    inclusive: bool
    factor: Decimal
    index: int
    key: str


def build_scale(
    tiers: tuple[Tier, ...], whole: Fraction, base_rate: Fraction | None, part: Fraction = Fraction(1)
) -> Scale | None:
    """Return the scale of a table; thresholds in percent are shares of `whole` (the quota), others of `part`.

    None where a rate is a multiple of a base rate that is not there. A quota below zero is no whole.
    """
    bands = []
    for tier in tiers:
        rate = tier.rate.resolve(base_rate)
        if rate is None:
            return None
        threshold = Fraction(tier.threshold) * (whole if tier.is_rate else part)
        bands.append(Band(threshold, rate, tier.inclusive))
    return Scale(bands)


def build_value_scale(
    tiers: tuple[Tier, ...],
    apply: str,
    beyond: str,
    whole: Fraction,
    base_rate: Fraction | None,
    terms: Terms,
    part: Fraction = Fraction(1),
    fixed: Fraction = Fraction(1),
) -> ValueScale | None:
    """Return the scale of a table that says what a position is worth in all; None where a term or rate is missing.

    `part` scales thresholds that are no percentages, `fixed` the amounts.
    """
    marks = []
    for tier in tiers:
        value = tier.rate.resolve(base_rate) if tier.amount is None else tier.amount.resolve(terms)
        if value is None:
            return None
        threshold = Fraction(tier.threshold) * (whole if tier.is_rate else part)
        value *= fixed if tier.amount is not None else 1
        marks.append(Mark(threshold, value, tier.inclusive, tier.basis == "everything"))
    if apply == "straight-line":
        return line_scale(marks, "same-slope" if beyond == "same-slope" else "flat")
    if apply == "as-stated":
        return stated_scale(marks)
    return amount_scale(marks, adds_up=apply == "amounts-add-up")


def factor_of(table: tuple[FactorTier, ...], reading: Fraction) -> tuple[Decimal, int]:
    """Return the factor of the line that an exact reading is in, and the line's index; below all lines, the first."""
    found = table[0]
    for tier in table:
        if reading > Fraction(tier.threshold) or (tier.inclusive and reading == Fraction(tier.threshold)):
            found = tier
    return found.factor, found.index


def _read_table(value: object, build: Callable[[StepText, int], V], words: tuple[str, ...] = WORDS) -> tuple[V, ...]:
    if not isinstance(value, list) or not value:
        raise faults([Fault("not-a-table", (), {})])
    found: list[Fault] = []
    lines: list[V] = []
    steps: list[tuple[int, StepText]] = []
    for index, item in enumerate(value):
        try:
            step = parse_step(item, words)
            steps.append((index, step))
            lines.append(build(step, index))
        except FaultsFound as wrong:
            found += [Fault(one.name, (index, *one.path), one.values) for one in wrong.faults]
        except TextRefused as refused:
            found.append(Fault(refused.name, (index, steps[-1][1].key), refused.values))
    found += order_faults(steps)
    if found:
        raise faults(found)
    return tuple(lines)


def order_faults(steps: Sequence[tuple[int, StepText]]) -> list[Fault]:
    """Return what is wrong with the order of a table's thresholds."""
    found = []
    for (_, one), (index, two) in pairwise(steps):
        if one.is_rate != two.is_rate:
            found.append(Fault("tiers-mix-percent", (index, two.key), {"key": two.key, "before": one.key}))
        elif two.threshold == one.threshold:
            found.append(Fault("tiers-overlap", (index, two.key), {"key": two.key, "before": one.key}))
        elif two.threshold < one.threshold:
            found.append(Fault("tiers-not-ascending", (index, two.key), {"key": two.key, "before": one.key}))
    above_zero = [(index, step) for index, step in steps if step.threshold]  # at zero both words say the same
    for index, step in above_zero[1:]:
        before = above_zero[0][1]
        if step.word != before.word:
            found.append(Fault("tiers-mix-words", (index, step.key), {"key": step.key, "before": before.key}))
    for index, step in steps:
        if step.threshold < 0:
            found.append(Fault("tier-below-zero", (index, step.key), {"key": step.key}))
    return found


def _tier(step: StepText, index: int) -> Tier:
    """Read `5%`, `1.5 x base_rate`, `6% on everything`, `6,000` or `50% of target-incentive`."""
    text = step.text.strip()
    basis: Basis = ""
    for words, name in _STATED:
        if text.endswith(words):
            basis, text = name, text.removesuffix(words).rstrip()
    place = (step.threshold, step.is_rate, step.word != "above")
    try:
        return Tier(*place, parse_rate_text(text), index, step.key, None, basis, step.word)
    except TextRefused as refused:
        try:
            amount = parse_money_text(text)
        except TextRefused:
            raise refused from None
        if basis:
            raise
        return Tier(
            *place, _NO_RATE, index, step.key, amount, basis, step.word, Fault(refused.name, (), refused.values)
        )


def _factor_tier(step: StepText, index: int) -> FactorTier:
    factor = parse_factor(step.text.strip())
    return FactorTier(step.threshold, step.is_rate, step.word == "from", factor, index, step.key)


def _read_tiers(value: Any) -> tuple[Tier, ...]:
    return _read_table(value, _tier, (*WORDS, "at"))


def _read_factors(value: Any) -> tuple[FactorTier, ...]:
    return _read_table(value, _factor_tier)


_TABLE_SCHEMA = WithJsonSchema(
    {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "patternProperties": {r"^(from|above|at) \S.*$": {"type": ["string", "number"]}},
            "additionalProperties": False,
        },
    }
)
Tiers: TypeAlias = Annotated[tuple[Tier, ...], PlainValidator(_read_tiers), _TABLE_SCHEMA]
FactorTiers: TypeAlias = Annotated[tuple[FactorTier, ...], PlainValidator(_read_factors), _TABLE_SCHEMA]
