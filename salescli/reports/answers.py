"""The answers to what reports ask: figures by group, attainment, teams, seats, commission, open deals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from salescli.core.analysis.market import MarketSize
from salescli.core.quotas.attainment import Clock
from salescli.core.table import Block, Ratio
from salescli.core.title import Title
from salescli.reports.outcomes import Outcomes
from salescli.reports.params import MetricAsked
from salescli.reports.quality_facts import QualityFacts
from salescli.reports.quota import AttainmentRow


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One figure: the keys and the names of its groups, None and `(none)` for what reaches nothing."""

    keys: tuple[str | None, ...]
    names: tuple[str, ...]
    value: Decimal | Ratio | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The lines of a metric, in one currency."""

    metric: MetricAsked
    lines: tuple[GroupFigure, ...]

    def by_key(self) -> dict[tuple[str | None, ...], Decimal | Ratio | None]:
        """Return the values by the keys of their groups."""
        return {line.keys: line.value for line in self.lines}

    @property
    def single(self) -> Decimal | Ratio | None:
        """The value of a need without dimensions."""
        return self.lines[0].value if self.lines else None


@dataclass(frozen=True, slots=True)
class Standings:
    """Attainment by team or person, and the company's own; `total` is no sum of the rows."""

    rows: tuple[AttainmentRow, ...]
    total: AttainmentRow
    clock: Clock
    has_targets: bool
    versions: tuple[Title, ...] = ()  # of revised targets: since when, and why


@dataclass(frozen=True, slots=True)
class TeamFact:
    """A team and its place; `depth` 0 has no team above, `region` "" is in none."""

    key: str
    name: str
    above: str | None
    depth: int
    region: str = ""


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A stretch of days in a seat; `last` None is open."""

    role: str
    team: str
    team_key: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class PayFact:
    """One plan's result for a person in a month, and the run it is of."""

    period: str
    plan: str
    run: int
    state: Literal["draft", "closed"]
    currency: str
    earned: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class DealFact:
    """An open deal."""

    key: str
    name: str
    customer: str
    stage: str
    amount: Decimal | None
    currency: str
    expected: date | None


@dataclass(frozen=True)
class Results:
    """The answers by the names of their needs, the state of knowledge, and why nothing counts, if nothing does."""

    answers: Mapping[str, object]
    known: Title
    why_empty: Title

    def figures(self, name: str) -> Figures:
        """Return the figures of a need."""
        return cast(Figures, self.answers[name])

    def optional_figures(self, name: str) -> Figures | None:
        """Return the figures of a need that may have none."""
        return cast("Figures | None", self.answers.get(name))

    def standings(self, name: str) -> Standings:
        """Return the attainment of a need."""
        return cast(Standings, self.answers[name])

    def teams(self, name: str = "teams") -> tuple[TeamFact, ...]:
        """Return the teams."""
        return cast("tuple[TeamFact, ...]", self.answers[name])

    def seats(self, name: str = "seats") -> tuple[SeatFact, ...]:
        """Return where the person sat."""
        return cast("tuple[SeatFact, ...]", self.answers[name])

    def pay(self, name: str = "pay") -> tuple[PayFact, ...]:
        """Return the commission of the person."""
        return cast("tuple[PayFact, ...]", self.answers[name])

    def deals(self, name: str = "deals") -> tuple[DealFact, ...]:
        """Return the open deals of the person."""
        return cast("tuple[DealFact, ...]", self.answers[name])

    def quality(self, name: str = "quality") -> QualityFacts:
        """Return what is sound in the records."""
        return cast(QualityFacts, self.answers[name])

    def market(self, name: str = "market") -> tuple[MarketSize, ...]:
        """Return the market sizes of the metric."""
        return cast("tuple[MarketSize, ...]", self.answers[name])

    def outcomes(self, name: str = "outcomes") -> Outcomes:
        """Return the deals closed in a period."""
        return cast(Outcomes, self.answers[name])

    def trace(self, name: str = "trace") -> tuple[Block, ...]:
        """Return the records and the definition, where they were asked for."""
        return cast("tuple[Block, ...]", self.answers.get(name, ()))
