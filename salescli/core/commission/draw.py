"""`payout.draw` and `payout.deductions`: the shapes, and whose month it is.

A draw `tops_up_to` an amount and is recovered from later pay, or is an `advance` that has been paid already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from salescli.core.commission.away import Days, is_wholly_away
from salescli.core.commission.values import Money, MoneyText
from salescli.core.periods import add_months
from salescli.core.scalars import TextRefused, parse_rate
from salescli.core.shape_faults import Fault
from salescli.core.shape_marks import WithJsonSchema, model_validator
from salescli.core.shapes import Count, Dated, Shape, faults, of_text
from salescli.core.title import Title

_RECOVER = re.compile(r"(\S+%)\s+of\s+pay\s+above\s+the\s+draw")
_OF_PAY = re.compile(r"(\S+%)\s+of\s+pay")


@dataclass(frozen=True, slots=True)
class RecoverText:
    """What is recovered of pay above the draw; a rate of 0 is a guarantee that is never owed."""

    rate: Decimal
    text: str

    @property
    def is_guarantee(self) -> bool:
        """Whether nothing of it is ever owed."""
        return not self.rate


def parse_recover(text: str) -> RecoverText:
    """Read `50% of pay above the draw` or `nothing`.

    >>> parse_recover("50% of pay above the draw").rate
    Decimal('0.50')
    """
    if text.strip() == "nothing":
        return RecoverText(Decimal(0), text)
    match = _RECOVER.fullmatch(text.strip())
    if match is None:
        raise TextRefused("bad-recover", text=text)
    rate = parse_rate(match[1])
    if not 0 < rate <= 1:
        raise TextRefused("bad-recover", text=text)
    return RecoverText(rate, text)


def parse_part_of_pay(text: str) -> Decimal:
    """Read `20% of pay`."""
    match = _OF_PAY.fullmatch(text.strip())
    rate = parse_rate(match[1]) if match else Decimal(-1)
    if not 0 <= rate <= 1:
        raise TextRefused("bad-part-of-pay", text=text)
    return rate


def _schema(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description})


Recover: TypeAlias = Annotated[RecoverText, of_text(parse_recover), _schema("50% of pay above the draw, or nothing")]
PartOfPay: TypeAlias = Annotated[Decimal, of_text(parse_part_of_pay), _schema("20% of pay")]


class Draw(Shape):
    """The block `payout.draw`."""

    called = Title("预支", "a draw")
    wrong_keys: ClassVar[Mapping[str, str]] = {"amount": "tops_up_to", "months": "for_months", "guarantee": "recover"}

    tops_up_to: Dated[Money] | None = None
    advance: Dated[Money] | None = None
    for_months: Count | None = None
    recover: Recover | None = None
    recover_from_month: Count | None = None
    at_plan_end: Literal["forgiven", "owed"] | None = None

    @model_validator(mode="after")
    def _says_what_money_depends_on(self) -> Draw:
        found: list[Fault] = []
        if self.tops_up_to is None and self.advance is None:
            found.append(Fault("one-of-keys-missing", (), {"choices": ("tops_up_to", "advance")}))
        if self.tops_up_to is not None and self.advance is not None:
            found.append(Fault("keys-exclude-each-other", ("advance",), {"key": "advance", "other": "tops_up_to"}))
        if self.tops_up_to is not None and self.recover is None:
            found.append(Fault("missing-key", (), {"key": "recover"}))
        later = ("recover_from_month", "at_plan_end")
        if self.tops_up_to is not None and self.recover is not None and not self.recover.is_guarantee:
            found += [Fault("missing-key", (), {"key": key}) for key in later if getattr(self, key) is None]
        else:
            unused = ("recover", *later) if self.tops_up_to is None else later
            found += [Fault("key-without-recovery", (key,), {"key": key}) for key in unused if getattr(self, key)]
        if found:
            raise faults(found)
        return self

    @property
    def amount(self) -> Dated[MoneyText]:
        """What it tops up to, or advances."""
        found = self.tops_up_to or self.advance
        assert found is not None
        return found


class Deductions(Shape):
    """The block `payout.deductions`: how much of a pay deduction records may take."""

    called = Title("扣款", "deductions")
    at_most: PartOfPay


def months_on_plan(start: date, day: date, away: Sequence[Days] = ()) -> int:
    """Return which month of the person's time on the plan a day is in; the first is 1, months wholly away are none."""
    months = (day.year - start.year) * 12 + day.month - start.month + 1
    if away:
        each = (add_months(start.replace(day=1), number) for number in range(months))
        months -= sum(1 for month in each if is_wholly_away(away, month, add_months(month, 1)))
    return months
