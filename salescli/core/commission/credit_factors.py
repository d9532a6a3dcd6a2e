"""`credit_factors`: what multiplies the pay credit of a transaction (账期系数, 折扣系数), by what its record says.

A factor reads a number of the record (`by: contract.discount`), or counts the days since one of its dates
(`days_since: contract.signed`). The quota credit, which moves the position, stays what it is. Whoever folds the
credits reads the record and multiplies each transaction by itself; the words here are the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from salescli.core.commission.inputs import CreditLine, LineFactor
from salescli.core.commission.result import Path, Step
from salescli.core.commission.tiers import FactorTiers, factor_of
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import both, percent, quantity
from salescli.core.money import CONTEXT, round_half_away
from salescli.core.shape_faults import Fault
from salescli.core.shapes import Dated, Factor, Name, OneOfKeys, Shape, TitleShape
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.components.base import ComponentShape

FINEST = Decimal("0.000001")


class FieldFactor(Shape):
    """A factor by a number of the record."""

    called = Title("业绩系数", "a credit factor")
    wrong_keys: ClassVar[Mapping[str, str]] = {"field": "by", "otherwise": "without", "tiers": "table"}

    by: Name
    table: Dated[FactorTiers]
    without: Factor
    title: TitleShape | None = None


class DaysFactor(Shape):
    """A factor by the days from a date of the record to the crediting date."""

    called = Title("天数系数", "a credit factor by days")
    wrong_keys: ClassVar[Mapping[str, str]] = {"days_from": "days_since", "otherwise": "without", "tiers": "table"}

    days_since: Name
    table: Dated[FactorTiers]
    without: Factor
    title: TitleShape | None = None


CreditFactor: TypeAlias = Annotated[FieldFactor | DaysFactor, OneOfKeys({"by": FieldFactor, "days_since": DaysFactor})]


def check_factors(component: ComponentShape, path: Path) -> Iterator[Fault]:
    """Yield a fault where factors stand beside what no rate multiplies."""
    if component.credit_factors and not has_rates(component):
        apply = getattr(component, "apply", "")
        said = f"apply: {apply}" if apply else f"type: {component.type}"
        yield Fault("credit-factors-without-rate", (*path, "credit_factors"), {"text": said})


def has_rates(component: ComponentShape) -> bool:
    """Tell whether a component multiplies pay credits by a rate."""
    by_rate = ("slice-by-slice", "all-at-rate-reached", "new-at-rate-reached")
    return component.type == "rate" or (component.type == "tiered" and getattr(component, "apply", "") in by_rate)


def field_of(factor: FieldFactor | DaysFactor) -> str:
    """Return the path of the field that a factor reads."""
    return factor.days_since if isinstance(factor, DaysFactor) else factor.by


def factors_on(
    factors: Sequence[FieldFactor | DaysFactor], readings: Sequence[Decimal | date | None], day: date
) -> tuple[LineFactor, ...]:
    """Return the factors of one transaction on its crediting date, by what its record says of each."""
    found = []
    for factor, said in zip(factors, readings, strict=True):
        number = Decimal((day - said).days) if isinstance(said, date) else said
        if number is None:
            found.append(LineFactor(None, factor.without))
            continue
        value, index = factor_of(in_force(factor.table, day), Fraction(number))
        found.append(LineFactor(number, value, index))
    return tuple(found)


def pay_credit_of(credit: Decimal, factors: Sequence[LineFactor]) -> Decimal:
    """Return a credit times its factors, exact to a millionth.

    >>> pay_credit_of(Decimal("100"), [LineFactor(None, Decimal("0.9")), LineFactor(None, Decimal("1.1"))])
    Decimal('99.000000')
    """
    product = Fraction(credit)
    for one in factors:
        product *= Fraction(one.factor)
    return credit if product == Fraction(credit) else round_half_away(product, FINEST)


def factor_place(factor: FieldFactor | DaysFactor, used: LineFactor, index: int, path: Path, day: date) -> Path:
    """Return the place of the line of the plan that a factor came from, on a day."""
    place: Path = (*path, "credit_factors", index)
    if used.reading is None:
        return (*place, "without")
    starts = [] if factor.table.is_constant else [one for one in factor.table.starts() if one <= day]
    return (*place, "table", *(one.isoformat() for one in starts[-1:]), used.tier)


def factor_steps(component: ComponentShape, path: Path, lines: Sequence[CreditLine]) -> list[Step]:
    """Return which lines of the tables multiplied the credits of a run, with the credits that each did."""
    credited: dict[Path, tuple[Decimal, Decimal]] = {}
    for line in lines:
        for index, used in enumerate(line.factors):
            place = factor_place(component.credit_factors[index], used, index, path, line.date)
            _, before = credited.get(place, (used.factor, Decimal(0)))
            credited[place] = (used.factor, CONTEXT.add(before, line.quota_credit))
    return [
        Step(
            "credit-factor",
            factor,
            (("credit", credit), ("field", field_of(component.credit_factors[int(place[3])]))),
            place,
        )
        for place, (factor, credit) in sorted(credited.items(), key=lambda one: str(one[0]))
    ]


def factor_words(factor: FieldFactor | DaysFactor, used: LineFactor) -> Title:
    """Return what a factor did to a transaction, for people."""
    name = factor.title or Title(field_of(factor), field_of(factor))
    by = quantity(used.factor)
    if used.reading is None:
        return both(f"{name.zh}:没有读数,× {by}", f"{name.en}: not known, × {by}")
    if isinstance(factor, DaysFactor):
        days = quantity(used.reading)
        return both(f"{name.zh}:{days} 天,× {by}", f"{name.en}: {days} days, × {by}")
    table = next(iter(factor.table.all()))
    said = percent(used.reading) if table[0].is_rate else quantity(used.reading)
    return both(f"{name.zh}:{said},× {by}", f"{name.en}: {said}, × {by}")


def fields_read(factors: Sequence[FieldFactor | DaysFactor]) -> Iterator[tuple[str, bool]]:
    """Yield the path of each factor's field, and whether it must be a date."""
    for factor in factors:
        yield field_of(factor), isinstance(factor, DaysFactor)
