"""Formulas that bring no value: a blank in their place would silently swallow an amount."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.errors import problem
from salescli.importers.body import Body
from salescli.importers.convert import ColumnPlan, Converted, Place
from salescli.importers.opening.book import Sheet


def find_formulas(sheet: Sheet, plans: Sequence[ColumnPlan], body: Body, converted: Converted, place: Place) -> None:
    """Reject the rows with a formula that has no value, or an error for one, in a column that is read."""
    if not sheet.unvalued and not sheet.errors:
        return
    positions = {row: position for position, row in enumerate(place.rows)}
    by_letters = {plan.letters for plan in plans if plan.index is not None}
    for cell in (*sheet.unvalued, *sheet.errors):
        letters = cell.rstrip("0123456789")
        position = positions.get(int(cell[len(letters) :]))
        if position is None or letters not in by_letters:
            continue
        where = place.at(position, letters)
        if cell in sheet.errors:
            converted.reject(position, problem("formula-error", where, text=sheet.errors[cell]))
        else:
            converted.reject(position, problem("formula-without-value", where))
