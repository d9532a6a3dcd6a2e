"""Scalar types of a target policy: limits, years, windows, shares, and the blend of methods that `split_by` may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from salescli.core.money import CONTEXT
from salescli.core.quotas.base import BaseText, parse_base, parse_base_window
from salescli.core.quotas.methods.model import Place
from salescli.core.quotas.methods.registry import names_for
from salescli.core.scalars import TextRefused, parse_amount, parse_rate
from salescli.core.shape_faults import Fault
from salescli.core.shape_marks import AfterValidator, PlainValidator, WithJsonSchema
from salescli.core.shapes import Amount, Rate, fault, faults, of_text

Level = Literal["base", "stretch", "challenge"]
WHOLE = Decimal(1)
_OWN_YEAR = re.compile(r"(\S+\s*%)\s+of\s+own\s+last\s+year")
_YEAR = re.compile(r"(?:FY)?[0-9]{4}")


@dataclass(frozen=True, slots=True)
class LimitText:
    """`at_least` or `at_most`: a rate of the member's own last year, or an amount."""

    of_own_year: Decimal | None = None
    amount: Decimal | None = None


def _parse_limit(text: str) -> LimitText:
    match = _OWN_YEAR.fullmatch(text.strip())
    if match:
        return LimitText(of_own_year=parse_rate(match[1].replace(" ", "")))
    if "%" in text or " of " in text:
        raise TextRefused("bad-quota-limit", text=text)
    return LimitText(amount=parse_amount(text))


def _parse_year(text: str) -> str:
    if not _YEAR.fullmatch(text):
        raise TextRefused("bad-target-year", text=text)
    return text


def shown_percent(rate: Decimal) -> str:
    """Return a rate as people write it."""
    return f"{CONTEXT.multiply(rate, Decimal(100)).normalize(CONTEXT):f}%"


def _scalar(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "description": description})


def not_negative(number: Decimal) -> Decimal:
    """Refuse a number below zero."""
    if number < 0:
        raise fault("number-too-small", text=f"{number:f}", limit=0)
    return number


def _above_zero(number: Decimal) -> Decimal:
    if number <= 0:
        raise fault("number-too-small", text=f"{number:f}", limit="0.0001")
    return number


def too_large(rates: Mapping[str, Sequence[Decimal]], key: str) -> list[Fault]:
    """Return a fault for each rate of a ramp above 100 %."""
    return [
        Fault("number-too-large", (key, role, index), {"text": shown_percent(rate), "limit": "100%"})
        for role, each in rates.items()
        for index, rate in enumerate(each)
        if rate > 1
    ]


Limit: TypeAlias = Annotated[LimitText, of_text(_parse_limit), _scalar("90% of own last year, or an amount")]
Year: TypeAlias = Annotated[str, of_text(_parse_year), _scalar("2026 or FY2026")]
Base: TypeAlias = Annotated[
    BaseText, of_text(parse_base), _scalar("2024-11-01 through 2025-10-31, a period such as 2025, or an amount")
]
Window: TypeAlias = Annotated[
    BaseText, of_text(parse_base_window), _scalar("2024-11-01 through 2025-10-31, or a period such as 2025")
]
Weight: TypeAlias = Annotated[Amount, AfterValidator(not_negative)]
Share: TypeAlias = Annotated[Rate, AfterValidator(not_negative)]
Positive: TypeAlias = Annotated[Amount, AfterValidator(_above_zero)]

Blend = tuple[tuple[str, Decimal], ...]
"""Methods with their shares, which sum to 100 %."""


def blend_of(place: Place) -> Any:
    """Return the type of `split_by` in a place: one method's name, or a map of methods to shares."""

    def check(name: str, *path: str) -> list[Fault]:
        if name in names_for(place):
            return []
        return [Fault("unknown-choice", path, {"text": name, "key": "split_by", "choices": names_for(place)})]

    def read(value: object) -> Blend:
        if isinstance(value, str):
            if found := check(value):
                raise faults(found)
            return ((value, WHOLE),)
        if not isinstance(value, dict):
            raise fault("not-a-value")
        return _read_blend(value, check)

    shares = {"type": "object", "additionalProperties": {"type": "string"}}
    schema = {"anyOf": [{"enum": list(names_for(place))}, shares]}
    return Annotated[Blend, PlainValidator(read), WithJsonSchema(schema)]


def _read_blend(value: dict[str, object], check: Callable[..., list[Fault]]) -> Blend:
    found: list[Fault] = []
    blend: list[tuple[str, Decimal]] = []
    for name, text in value.items():
        found += check(name, name)
        try:
            rate = parse_rate(text if isinstance(text, str) else "")
            blend.append((name, rate))
            if rate < 0:
                found.append(Fault("number-too-small", (name,), {"text": text, "limit": "0%"}))
        except TextRefused as refused:
            found.append(Fault(refused.name, (name,), refused.values))
    total = Decimal(0)
    for _, rate in blend:
        total = CONTEXT.add(total, rate)
    if not found and total != WHOLE:
        found.append(Fault("blend-not-100", (), {"total": shown_percent(total)}))
    if found:
        raise faults(found)
    return tuple(blend)
