"""Receipts of which more is allocated than they are: what was claimed once, and the receipt became less, or is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salescli.core.money import from_e4
from salescli.errors import Problem, problem
from salescli.services.context import Context
from salescli.store.claims import fetch_overdrawn
from salescli.store.merge import MergeResult

NAMED = 5


def note_overdrawn(context: Context, results: Sequence[MergeResult], gone: Iterable[int] = ()) -> list[Problem]:
    """Warn of receipts that an import changed or ended, and that hold less than is allocated of them.

    What another system allocates in one go with its receipts is taken as it comes.
    """
    changed = {cell.entity for one in results if one.type.name == "receipt" for cell in one.cells}
    wanted = changed | {*gone}
    if not wanted:
        return []
    found = []
    for one in fetch_overdrawn(context.store, wanted)[:NAMED]:
        allocated, amount = (f"{from_e4(each):,}" for each in (one.allocated, one.amount))
        values = {"receipt": one.number, "allocated": allocated, "amount": amount}
        found.append(problem("receipt-overdrawn", severity="warning", **values))
    return found
