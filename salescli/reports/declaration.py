"""What a report is declared by: its parameters, the questions it has, and what builds it from the answers.

A report is three names in a module: `PARAMS`, `needs(asked) -> {name: need}`, `build(asked, results) -> Report`. It
reads nothing: a service gives the parameters their values, answers the needs, and calls `build`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from salescli.core.metrics.model import Filter
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.reports.answers import Results
from salescli.reports.params import Asked, Param, PersonAsked

TargetsBy = Literal["team", "person"]


@dataclass(frozen=True, slots=True)
class FiguresNeed:
    """Figures of a metric by dimensions; of `below`, rolled up into every team above.

    A metric that the catalogue lacks, or that does not reach a dimension, is answered with None where `is_optional`.
    """

    metric: str
    by: tuple[str, ...] = ()
    period: Period | None = None
    only: tuple[Filter, ...] = ()
    below: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class StandingsNeed:
    """Figures against targets, a line per team or person."""

    metric: str
    by: TargetsBy
    period: Period


@dataclass(frozen=True, slots=True)
class TeamsNeed:
    """All teams, those above before those below."""


@dataclass(frozen=True, slots=True)
class PayNeed:
    """What the commission runs of the months of a period say of a person: the closed ones, else the newest drafts."""

    person: PersonAsked
    period: Period


@dataclass(frozen=True, slots=True)
class SeatsNeed:
    """Where a person sat in a period: role and team by day."""

    person: PersonAsked
    period: Period


@dataclass(frozen=True, slots=True)
class DealsNeed:
    """The open deals of a person."""

    person: PersonAsked


@dataclass(frozen=True, slots=True)
class MarketNeed:
    """The market sizes that the workspace gives for a metric."""

    metric: str


@dataclass(frozen=True, slots=True)
class OutcomesNeed:
    """The deals closed in a period, with whom they were closed against, and why and where they were lost."""

    period: Period


@dataclass(frozen=True, slots=True)
class ConvertedNeed:
    """What each group of a metric has by currency, and what that became in the currency asked."""

    metric: str
    by: str
    period: Period


@dataclass(frozen=True, slots=True)
class BasketsNeed:
    """The orders of a period, each with the products (or lines, families) that are in it."""

    metric: str
    by: str
    period: Period


@dataclass(frozen=True, slots=True)
class TraceNeed:
    """The records behind a figure (they add up to it), and its definition with places."""

    metric: str
    by: tuple[str, ...]
    period: Period | None
    only: tuple[Filter, ...] = ()
    with_rows: bool = False
    with_explanation: bool = False


@dataclass(frozen=True, slots=True)
class QualityNeed:
    """What is sound in the records: of one type, or of all ("")."""

    type: str = ""
    with_rows: bool = False


Need: TypeAlias = (
    QualityNeed
    | FiguresNeed
    | StandingsNeed
    | TeamsNeed
    | PayNeed
    | SeatsNeed
    | DealsNeed
    | OutcomesNeed
    | MarketNeed
    | TraceNeed
    | BasketsNeed
    | ConvertedNeed
)


class ReportModule(Protocol):
    """What the module of a report offers."""

    PARAMS: tuple[Param, ...]

    def needs(self, asked: Asked) -> Mapping[str, Need]:
        """Return the questions whose answers the report is built from."""

    def build(self, asked: Asked, results: Results) -> Report:
        """Build the report."""
