"""Who is judged by a scorecard in a period: by seats, dated, or by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salescli.core.periods import Period
from salescli.errors import Refused, problem
from salescli.services.commission.payees import resolve_all
from salescli.services.context import Context
from salescli.store.seats import Seat, fetch_seats

if TYPE_CHECKING:
    from salescli.core.scorecard.shape import Scorecard


@dataclass(frozen=True, slots=True)
class Judged:
    """A person on the scorecard: how many days of the period, and the team of the last of them."""

    person: int
    team: int | None
    days: int


def fetch_judged(context: Context, card: Scorecard, period: Period) -> list[Judged]:
    """Return everyone whom the scorecard's `for` means in a period.

    Raises:
        Refused: nobody is.
        UsageError: a team or a person that it names is not known.
    """
    teams, named = (
        set(resolve_all(context.store, "team", card.for_.team)),
        set(resolve_all(context.store, "person", card.for_.people)),
    )
    seats = fetch_seats(context.store, period.start, period.end)
    found: dict[int, Judged] = {}
    for seat in seats:
        if seat.person in named or _fits(card, seat, teams):
            days = (min(seat.end, period.end) - max(seat.start, period.start)).days
            before = found[seat.person].days if seat.person in found else 0
            found[seat.person] = Judged(seat.person, seat.team, before + days)
    for person in named - found.keys():
        found[person] = Judged(person, None, period.days)
    if not found:
        roles = tuple(sorted({seat.role for seat in seats if seat.role}))
        raise Refused(problem("scorecard-for-nobody", name=card.scorecard, period=str(period), roles=roles))
    return [found[person] for person in sorted(found)]


def _fits(card: Scorecard, seat: Seat, teams: set[int]) -> bool:
    if not (card.for_.role or teams):
        return False
    return (not card.for_.role or seat.role in card.for_.role) and (not teams or seat.team in teams)
