"""What may be typed of a capacity plan: amounts and rates, all read before anything is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.scalars import TextRefused, parse_amount, parse_rate
from salescli.errors import Problem, UsageError, problem


@dataclass(frozen=True, slots=True)
class Options:
    """Options as values; None is what was not typed."""

    target: Decimal | None
    per_head: Decimal | None
    attrition: Decimal | None
    ramp: tuple[Decimal, ...]


def read_options(target: str, per_head: str, attrition: str, ramp: str) -> Options:
    """Read the options.

    Raises:
        UsageError: everything that cannot be read, or is out of its range.
    """
    wrong: list[Problem] = []
    read = Options(
        _read(target, parse_amount, wrong),
        _read(per_head, parse_amount, wrong),
        _read(attrition, parse_rate, wrong),
        tuple(rate for text in ramp.split(",") if (rate := _read(text.strip(), parse_rate, wrong)) is not None),
    )
    for text, amount in ((target, read.target), (per_head, read.per_head)):
        if amount is not None and amount <= 0:
            wrong.append(problem("number-too-small", text=text, limit="0.0001"))
    if read.attrition is not None and not 0 <= read.attrition < 1:
        wrong.append(problem("attrition-out-of-range", text=attrition))
    if any(not 0 <= rate <= 1 for rate in read.ramp) or (ramp and not all(part.strip() for part in ramp.split(","))):
        wrong.append(problem("ramp-out-of-range", text=ramp))
    if wrong:
        raise UsageError(*wrong)
    return read


def _read(text: str, parse: Callable[[str], Decimal], wrong: list[Problem]) -> Decimal | None:
    if not text:
        return None
    try:
        return parse(text)
    except TextRefused as refused:
        wrong.append(Problem(refused.name, values=refused.values))
        return None
