"""The shapes of the funnel: a process with its stages in order, and the history of one deal.

Nothing here computes a rate; `history` makes histories, `path` reads them under a policy, `cohort` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from salescli.core.title import Title

StageKind = Literal["entry", "open", "won", "lost"]
Outcome = Literal["open", "won", "lost"]
Mode = Literal["strict", "reached", "period", "snapshot"]
Skips = Literal["backfill", "exclude", "as-is"]
Regress = Literal["all", "first", "last"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `place` is its position in the process, `kind` says whether a deal in it is still alive.

    `probability` is what the process says of a deal in it being won, if anything.
    """

    name: str
    title: Title
    kind: StageKind
    place: int
    probability: Decimal | None = None

    @property
    def is_live(self) -> bool:
        """Tell whether a deal in this stage is still open."""
        return self.kind in ("entry", "open")


@dataclass(frozen=True)
class Process:
    """A sales process: all stages in the order of the funnel."""

    name: str
    stages: tuple[Stage, ...]

    @cached_property
    def live(self) -> tuple[Stage, ...]:
        """The stages a deal can be open in, in order."""
        return tuple(stage for stage in self.stages if stage.is_live)

    @cached_property
    def step_of(self) -> dict[int, int]:
        """The position among the live stages, by place."""
        return {stage.place: step for step, stage in enumerate(self.live)}

    def outcome(self, place: int) -> Outcome:
        """Return what a deal in a stage is: open, won or lost."""
        kind = self.stages[place].kind
        return "won" if kind == "won" else "lost" if kind == "lost" else "open"

    def first_of(self, kind: Literal["won", "lost"]) -> Stage | None:
        """Return the first stage that ends a deal so, or None where the process has none."""
        return next((stage for stage in self.stages if stage.kind == kind), None)


@dataclass(frozen=True, slots=True)
class DealFacts:
    """What the deal itself says; `stage` is the place of its stage text, None where it has none that is known.

    `group` holds what it is grouped by, as stored.
    """

    deal: int
    created: date | None
    closed: date | None
    stage: int | None
    amount_e4: int | None = None
    currency: str = ""
    expected: date | None = None
    reason: str = ""
    owner: int | None = None
    group: int | str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A stage-change record: the deal entered a stage; `time` is "" where only the day is known."""

    place: int
    day: date
    time: str = ""
    amount_e4: int | None = None
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay in a stage, `entered` through `left`; None where the day is not known or has not come.

    `is_open_ended`: what came between this stay and the next one is not recorded.
    """

    place: int
    entered: date | None
    left: date | None = None
    amount_e4: int | None = None
    record: int | None = None
    is_open_ended: bool = False

    @property
    def days(self) -> int | None:
        """How long it took; None while it lasts or where a day is not known."""
        return None if self.entered is None or self.left is None else (self.left - self.entered).days


@dataclass(frozen=True, slots=True)
class History:
    """One deal up to a day: its visits in order, when it began and ended, and what came of it.

    `is_inferred`: there are no stage changes; the visits follow from its present stage and its dates alone.
    `is_amended`: the deal's own stage is another than its last stage change says, and was put behind it.
    """

    facts: DealFacts
    visits: tuple[Visit, ...]
    begun: date | None
    ended: date | None
    outcome: Outcome
    is_inferred: bool = False
    is_amended: bool = False

    @property
    def deal(self) -> int:
        """The entity of the deal."""
        return self.facts.deal

    @property
    def last(self) -> Visit:
        """Where it stands."""
        return self.visits[-1]

    @property
    def cycle(self) -> int | None:
        """Days from the beginning to the end of a closed deal; None while it is open or a day is not known."""
        return None if self.begun is None or self.ended is None else (self.ended - self.begun).days

    def age(self, on: date) -> int | None:
        """Return the days since it began; None where nobody knows."""
        return None if self.begun is None else (on - self.begun).days

    @property
    def amount_e4(self) -> int | None:
        """What the deal is worth: its own amount, else the last one its stage changes said before it was lost.

        A lost deal of amount 0 says nothing of what it was worth.
        """
        own = self.facts.amount_e4
        if own is not None and not (own == 0 and self.outcome == "lost"):
            return own
        said = [visit.amount_e4 for visit in self.visits if visit.amount_e4 is not None]
        if self.outcome == "lost":
            said = [amount for amount in said if amount]
        return said[-1] if said else None
