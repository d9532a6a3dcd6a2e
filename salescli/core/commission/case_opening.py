"""The shape of what a case says of the opening sheet."""

from __future__ import annotations

from salescli.core.shapes import Amount, Day, Month, Name, Shape
from salescli.core.title import Title


class HeldFact(Shape):
    """Money held at the opening, of a contract or until a day."""

    called = Title("期初留存", "held money")
    amount: Amount
    contract: Name = ""
    until: Day | None = None


class WaitingFact(Shape):
    """Money that gates or factors hold at the opening, of a month; without one, of the last month before."""

    called = Title("期初门槛暂存", "money held by gates")
    amount: Amount
    month: Month | None = None


class OpeningFact(Shape):
    """One row of the opening sheet."""

    called = Title("期初", "an opening row")
    component: Name
    position: Amount | None = None
    units: Amount | None = None
    earned: Amount | None = None
    held: Amount | None = None
    held_for: tuple[HeldFact, ...] = ()
    waiting: tuple[WaitingFact, ...] = ()
    month: Month | None = None


class OpeningFacts(Shape):
    """The first run that is paid, and what is brought into it."""

    called = Title("期初", "opening")
    first_run: Month
    rows: tuple[OpeningFact, ...] = ()
    carried: Amount | None = None
    owed: Amount | None = None
    undeducted: Amount | None = None
