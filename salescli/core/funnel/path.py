"""What a history counts for in a funnel: the stages it passed under a policy of skips and of moves backward.

Regress: `all` - what was ever reached counts, days of all visits are added; `first` - days of the first visit only;
`last` - a move backward takes back what lay beyond it, and days are those of the last visit.

Skips: `backfill` - whoever reached a stage passed all before it; `exclude` - a deal that skipped is left out;
`as-is` - only stages it stood in. In the strict mode a stage counts where all before it were visited too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.funnel.model import History, Process, Regress, Visit


@dataclass(frozen=True, slots=True)
class Path:
    """One deal's way through the live stages; `stays` holds the visits that count, by step, in order.

    `furthest` is the step up to which it came; a won deal came through all. `is_unplaced`: it was lost, and nobody
    knows from which stage.
    """

    history: History
    stays: dict[int, tuple[Visit, ...]]
    furthest: int
    is_unplaced: bool

    @property
    def has_skipped(self) -> bool:
        """Tell whether it left out a stage on its way; of an inferred history nobody knows that it did not."""
        return self.is_unplaced or any(step not in self.stays for step in range(self.furthest + 1))

    @property
    def strict(self) -> int:
        """The step up to which it went through every stage; -1 where not even through the first."""
        step = 0
        while step in self.stays:
            step += 1
        return step - 1

    def days_in(self, step: int) -> int | None:
        """Return the days of its completed visits to a stage; None where one lasts or a day is not known.

        An inferred history tells no stage's time: what lay between its beginning and where it stands is not known.
        """
        if self.history.is_inferred:
            return None
        days = [visit.days for visit in self.stays.get(step, ())]
        return None if not days or None in days else sum(day for day in days if day is not None)

    def amount_at(self, step: int) -> int | None:
        """Return what it was worth in a stage: as said there, else as last said before, as the deal says, or later."""
        said: list[tuple[int, int]] = [
            (at, visit.amount_e4)
            for at, visits in sorted(self.stays.items())
            for visit in visits
            if visit.amount_e4 is not None
        ]
        upto = [amount for at, amount in said if at <= step]
        if upto:
            return upto[-1]
        facts = self.history.facts
        if facts.amount_e4 is not None and not (facts.amount_e4 == 0 and self.history.outcome == "lost"):
            return facts.amount_e4
        return said[0][1] if said else None

    @property
    def won_amount(self) -> int | None:
        """What a won deal was won for: as said when it was won, else as the deal says, else as last said before."""
        last = self.history.last
        return last.amount_e4 if last.amount_e4 is not None else self.history.amount_e4


def compute_path(history: History, process: Process, regress: Regress = "all") -> Path:
    """Read a history under a policy of moves backward."""
    live = [(process.step_of[visit.place], visit) for visit in history.visits if visit.place in process.step_of]
    stays = _last_way(live) if regress == "last" else _all_ways(live, is_first_only=regress == "first")
    furthest = max(stays, default=0)
    if history.outcome == "won":
        furthest = len(process.live) - 1
    is_unplaced = history.outcome == "lost" and (history.is_inferred or not stays)
    return Path(history, stays, furthest, is_unplaced)


def _all_ways(live: Sequence[tuple[int, Visit]], *, is_first_only: bool) -> dict[int, tuple[Visit, ...]]:
    stays: dict[int, tuple[Visit, ...]] = {}
    for step, visit in live:
        if step not in stays or not is_first_only:
            stays[step] = (*stays.get(step, ()), visit)
    return stays


def _last_way(live: Sequence[tuple[int, Visit]]) -> dict[int, tuple[Visit, ...]]:
    stays: dict[int, tuple[Visit, ...]] = {}
    for step, visit in live:
        stays = {at: visits for at, visits in stays.items() if at < step}
        stays[step] = (visit,)
    return stays
