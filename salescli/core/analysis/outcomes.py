"""Closed deals by what they were closed against: won and lost by competitor, why and where deals are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from salescli.core.table import Ratio


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed deal; `value_e4` is None where its worth is not known, `stage` where it is not known where it stood."""

    is_won: bool
    competitor: str | None
    reason: str | None
    stage: int | None
    value_e4: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the deals of one group: None is the group of those that name none."""

    group: str | int | None
    won: int
    lost: int
    won_e4: int
    lost_e4: int
    unvalued: int  # lost deals of which nobody knows what they were worth

    @property
    def closed(self) -> int:
        """All deals of the group."""
        return self.won + self.lost

    @property
    def rate(self) -> Ratio:
        """Won of all closed."""
        return Ratio(self.won, self.closed)


def tally_deals(deals: Iterable[Closed], group_of: Callable[[Closed], str | int | None]) -> list[Tally]:
    """Count deals by group: most lost first, those that name no group last."""
    groups: dict[str | int | None, list[Closed]] = {}
    for deal in deals:
        groups.setdefault(group_of(deal), []).append(deal)
    tallies = [_tally(group, found) for group, found in groups.items()]
    return sorted(tallies, key=lambda one: (one.group is None, -one.lost, -one.lost_e4, -one.won, str(one.group)))


def _tally(group: str | int | None, deals: list[Closed]) -> Tally:
    won, lost = [deal for deal in deals if deal.is_won], [deal for deal in deals if not deal.is_won]
    return Tally(
        group,
        len(won),
        len(lost),
        sum(deal.value_e4 or 0 for deal in won),
        sum(deal.value_e4 or 0 for deal in lost),
        sum(deal.value_e4 is None for deal in lost),
    )
