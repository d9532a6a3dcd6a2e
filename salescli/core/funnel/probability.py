"""The probability of a stage: what the process says, else the share won of the closed deals that came to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.funnel.model import Process, Stage
from salescli.core.funnel.path import Path


@dataclass(frozen=True, slots=True)
class StageChance:
    """How likely a deal in a stage is won; `won` of `closed` deals where it was measured, else both are None."""

    stage: Stage
    probability: Fraction
    won: int | None = None
    closed: int | None = None


def compute_chances(paths: Sequence[Path], process: Process) -> dict[int, StageChance | None]:
    """Return the probability of every live stage by its place; None where nobody knows.

    Only deals whose stage changes are recorded are measured: of the others nobody knows from where they were lost.
    """
    told = [path for path in paths if path.history.outcome != "open" and not path.history.is_inferred]
    found: dict[int, StageChance | None] = {}
    for step, stage in enumerate(process.live):
        if stage.probability is not None:
            found[stage.place] = StageChance(stage, Fraction(stage.probability))
            continue
        closed = [path for path in told if path.furthest >= step and not path.is_unplaced]
        won = sum(path.history.outcome == "won" for path in closed)
        found[stage.place] = StageChance(stage, Fraction(won, len(closed)), won, len(closed)) if closed else None
    return found
