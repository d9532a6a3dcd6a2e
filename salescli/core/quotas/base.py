"""What a target grows from: a window of days, a period by name, or an amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.periods import FiscalCalendar, Period, parse_period
from salescli.core.scalars import TextRefused, parse_amount, parse_day
from salescli.errors import UsageError

_PLAIN = FiscalCalendar()


@dataclass(frozen=True, slots=True)
class BaseText:
    """`base:` as it is written: `window` of days, the name of a `period`, or an `amount`; one of the three."""

    text: str
    window: Period | None = None
    period: str = ""
    amount: Decimal | None = None

    def resolve(self, calendar: FiscalCalendar) -> Period | None:
        """Return the days of the base; None for an amount.

        Raises:
            UsageError: a bare year or quarter has two readings in this calendar.
        """
        return parse_period(self.period, calendar) if self.period else self.window


@dataclass(frozen=True, slots=True)
class BaseFigure:
    """What a target grows from, with where it is from; `first` and `last` are the days that the data reaches."""

    amount: Decimal
    metric: str = ""
    window: Period | None = None
    first: date | None = None
    last: date | None = None


def parse_base(text: str) -> BaseText:
    """Read a base; four digits alone are a year, never an amount.

    Raises:
        TextRefused: it is none of the three, or an amount of nothing.

    >>> parse_base("100,000").amount
    Decimal('100000')
    >>> parse_base("2025").period
    '2025'
    """
    span = _read_span(text)
    if span is not None:
        return span
    try:
        amount = parse_amount(text)
    except TextRefused:
        raise TextRefused("bad-window", text=text) from None
    if amount <= 0:
        raise TextRefused("number-too-small", text=text, limit="0.0001")
    return BaseText(text, amount=amount)


def parse_base_window(text: str) -> BaseText:
    """Read the window of a base, as days or as a period.

    Raises:
        TextRefused: it is neither.
    """
    span = _read_span(text)
    if span is None:
        raise TextRefused("bad-window", text=text)
    return span


def _read_span(text: str) -> BaseText | None:
    first, word, last = text.partition(" through ")
    if word:
        start, through = parse_day(first.strip()), parse_day(last.strip())
        if through < start:
            raise TextRefused("window-backwards", text=text)
        return BaseText(text, Period(start, through.fromordinal(through.toordinal() + 1), text))
    try:
        parse_period(text, _PLAIN)
    except UsageError:
        return None
    return BaseText(text, period=text.strip())
