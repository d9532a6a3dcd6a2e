"""Which currency each line of another pay sheet is in: as the sheet says, else the one in which we pay the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salescli.core.money import CONTEXT, total
from salescli.importers.amounts.currency_names import currency_code
from salescli.importers.figures import FigureRow, Wanted
from salescli.services.commission.running import Computed

CURRENCY = Wanted("currency", ("币种", "货币", "结算币种", "currency", "ccy", "pay currency"), "text")
Compared = tuple[int, str]
"""Whom and in which currency: nobody's figures of two currencies are one figure."""


def stated_currency(row: FigureRow) -> str:
    """Return the currency that a line states, "" where it states none."""
    text = row.text("currency").strip()
    return currency_code(text) or text.upper()


def in_currencies(
    people: Mapping[Compared, Sequence[FigureRow]], computed: Sequence[Computed], figure: str, base: str
) -> dict[Compared, list[FigureRow]]:
    """Return the lines by person and currency, where a sheet states none too.

    Who is paid in one currency is meant in that; of several the one whose figure is nearest to the sheet's.
    """
    ours: dict[int, dict[str, Decimal]] = {}
    for one in computed:
        mine = ours.setdefault(one.payee.entity, {})
        amount = figure_of(one, figure)
        mine[one.result.currency] = CONTEXT.add(mine.get(one.result.currency, Decimal(0)), amount)
    found: dict[Compared, list[FigureRow]] = {}
    for (person, code), rows in people.items():
        found.setdefault((person, code or _nearest(ours.get(person, {}), rows, base)), []).extend(rows)
    return found


def figure_of(one: Computed, figure: str) -> Decimal:
    """Return the figure of ours that stands beside the sheet's."""
    return one.result.earned if figure == "earned" else one.result.payable


def _nearest(ours: Mapping[str, Decimal], rows: Sequence[FigureRow], base: str) -> str:
    paid = {code: amount for code, amount in ours.items() if amount} or ours
    theirs = total(row.cells["paid"] for row in rows if isinstance(row.cells.get("paid"), Decimal))
    return min(sorted(paid), key=lambda code: abs(CONTEXT.subtract(paid[code], theirs)), default=base)
