"""What is wrong with a row of a pay sheet although its person is known: another's name, an amount nobody can pay."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.money import CONTEXT, round_half_away, smallest_amount
from salescli.errors import Problem, problem
from salescli.importers.figures import FigureRow, FiguresRead
from salescli.services.context import Context
from salescli.store.entities import Directory, labels


def other_name(
    context: Context, read: FiguresRead, row: FigureRow, person: int, directory: Directory
) -> Problem | None:
    """Refuse a row whose number is one person and whose name is no name of theirs: nobody knows which is meant.

    Spaces and capitals are not told apart: names are padded to one width in such sheets.
    """
    number, name = row.text("number"), row.text("name")
    if not number or not name or directory.get(name) == person or person in directory.ambiguous.get(name, ()):
        return None
    kind = context.store.registry["person"]
    own = labels(context.store, kind, [person]).get(person, "")
    if _plain(name) == _plain(own):
        return None
    return problem("paid-other-name", read.where(row, "name"), text=name, number=number, name=own)


def finer_amount(read: FiguresRead, row: FigureRow, amount: Decimal, currency: str) -> Problem | None:
    """Refuse an amount that is finer than money of its currency is."""
    unit = smallest_amount(currency)
    if round_half_away(amount, unit) == amount:
        return None
    where = read.where(row, "amount")
    return problem("paid-too-fine", where, text=f"{amount.normalize(CONTEXT):,f}", currency=currency, unit=unit)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
