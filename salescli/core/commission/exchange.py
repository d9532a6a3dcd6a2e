"""The block `exchange`: how credits in other currencies become the plan's currency."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from salescli.core.shape_faults import Fault
from salescli.core.shapes import Dated, Factor, Name, Shape
from salescli.core.title import Title

Table = dict[Name, Factor]


class Exchange(Shape):
    """Which rate converts a credit, of which day, and what happens where there is none.

    `plan_rates` are the plan's own rates, `{GBP: 1.22}`: one pound is 1.22 of the plan's currency. The table may be
    dated, as a whole.
    """

    called = Title("汇率", "exchange")

    rates: Literal["daily", "month-average", "plan-rate"]
    on: Literal["receipt-date", "signing-date"]
    if_missing: Literal["stop", "last-known-within-7-days"]
    plan_rates: Dated[Table] | None = None


def check_exchange(exchange: Exchange | None, currency: str) -> Iterator[Fault]:
    """Yield what contradicts itself in the block."""
    if exchange is None:
        return
    if exchange.rates == "plan-rate" and exchange.if_missing != "stop":
        yield Fault("plan-rate-has-no-last", ("exchange", "if_missing"), {})
    if exchange.plan_rates is None:
        return
    if exchange.rates != "plan-rate":
        yield Fault("plan-rates-unused", ("exchange", "plan_rates"), {"rates": exchange.rates})
    for start, table in exchange.plan_rates.values:
        place = ("exchange", "plan_rates", *(() if exchange.plan_rates.is_constant else (start.isoformat(),)))
        for code, rate in table.items():
            if code == currency:
                yield Fault("rate-of-own-currency", (*place, code), {"currency": code})
            elif len(code) != 3 or not code.isalpha() or not code.isupper():
                yield Fault("rate-of-no-currency", (*place, code), {"text": code})
            elif rate <= Decimal(0):
                yield Fault("rate-not-positive", (*place, code), {"text": f"{rate:f}"})
