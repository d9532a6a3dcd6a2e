"""Ageing: open deals beside the deals that were won.

`stuck` are older than the longest won cycle: no deal was ever won so late. `slow` stand longer in their stage than nine
in ten won deals stood there (nearest rank); where no won deal says how long it stood in that stage, their age is held
against nine in ten won cycles instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salescli.core.funnel.cycle import Durations, compute_durations, lasting_days
from salescli.core.funnel.model import Process, Stage
from salescli.core.funnel.path import Path

Mark = Literal["", "slow", "stuck"]


@dataclass(frozen=True, slots=True)
class Aged:
    """An open deal: how old it is, how long it stands in its stage, and what that means beside the won ones."""

    path: Path
    stage: Stage
    age: int | None
    in_stage: int | None
    mark: Mark

    @property
    def deal(self) -> int:
        """The entity of the deal."""
        return self.path.history.deal


@dataclass(frozen=True, slots=True)
class Ageing:
    """All open deals, oldest first, and the measures of the won ones."""

    on: date
    won: Durations
    limits: tuple[int | None, ...]  # nine in ten won deals left each live stage by this day
    deals: tuple[Aged, ...]

    @property
    def undated(self) -> int:
        """How many open deals nobody knows the beginning of."""
        return sum(each.age is None for each in self.deals)

    def marked(self, mark: Mark) -> tuple[Aged, ...]:
        """Return the deals of a mark."""
        return tuple(each for each in self.deals if each.mark == mark)


def compute_ageing(paths: Sequence[Path], process: Process, on: date) -> Ageing:
    """Hold every open deal against the deals that were won by a day."""
    won_paths = [path for path in paths if path.history.outcome == "won"]
    won = compute_durations(days for path in won_paths if (days := path.history.cycle) is not None)
    limits = tuple(_limit(won_paths, step) for step in range(len(process.live)))
    deals = [_aged(path, process, won, limits, on) for path in paths if path.history.outcome == "open"]
    deals.sort(key=lambda each: (-1 if each.age is None else each.age, -each.deal), reverse=True)
    return Ageing(on, won, limits, tuple(deals))


def _limit(won: Iterable[Path], step: int) -> int | None:
    return compute_durations(days for path in won if (days := path.days_in(step)) is not None).p90


def _aged(path: Path, process: Process, won: Durations, limits: Sequence[int | None], on: date) -> Aged:
    history = path.history
    step = process.step_of[history.last.place]
    age, in_stage, limit = history.age(on), lasting_days(path, step, on), limits[step]
    mark: Mark = ""
    if age is not None and won.longest is not None and age > won.longest:
        mark = "stuck"
    elif limit is not None and in_stage is not None:
        mark = "slow" if in_stage > limit else ""
    elif age is not None and won.p90 is not None and age > won.p90:
        mark = "slow"
    return Aged(path, process.stages[history.last.place], age, in_stage, mark)
