"""Scorecards: `config/scorecards/*.yaml` to a checked scorecard, with the place of every problem and of every word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.errors import Problem, ProblemsFound
from salescli.policy.reader import Document, read_document

if TYPE_CHECKING:
    from salescli.core.metrics.model import Catalogue
    from salescli.core.scorecard.shape import Scorecard
    from salescli.core.shape_faults import Fault


@dataclass(frozen=True)
class ScorecardFile:
    """A scorecard file: its value (None where it has errors), all its problems, and where each word stands."""

    document: Document[Scorecard]
    card: Scorecard | None
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The scorecard's name, or the file's where it could not be read."""
        return self.card.scorecard if self.card is not None else Path(self.document.file).stem

    def require(self) -> Scorecard:
        """Return the scorecard.

        Raises:
            ProblemsFound: the file has errors.
        """
        if self.card is None:
            raise ProblemsFound(*self.problems)
        return self.card

    def place(self, *path: str | int) -> str:
        """Return `file:line` of a path, as explanations print it."""
        where = self.document.where(*path)
        return f"{where.file}:{where.line}"


def load_scorecard(
    source: Path | str | bytes, file_name: str = "", catalogue: Catalogue | None = None
) -> ScorecardFile:
    """Read and check a scorecard.

    Args:
        source: a path, or the text or bytes of a scorecard.
        file_name: the name that problems show; the path where empty.
        catalogue: the metrics that KPIs may read; without it they are not looked at.
    """
    from salescli.core.scorecard.check import check_metrics, lint
    from salescli.core.scorecard.shape import Scorecard

    document: Document[Scorecard] = read_document(source, Scorecard, file_name)
    card = document.value
    if card is None:
        return ScorecardFile(document, None, document.problems)
    wrong = [_placed(document, one) for one in check_metrics(card, catalogue)] if catalogue is not None else []
    notes = [_placed(document, one, "note") for one in lint(card)]
    problems = tuple(sorted((*document.problems, *wrong, *notes), key=Problem.sort_key))
    return ScorecardFile(document, None if wrong else card, problems)


def _placed(document: Document[Scorecard], fault: Fault, severity: str = "error") -> Problem:
    """Give a fault its place, and a name that is not known its nearest neighbour."""
    from salescli.core.shape_faults import AT_KEY
    from salescli.policy.shape_problems import nearest

    values = dict(fault.values)
    choices = values.pop("choices", None)
    if isinstance(choices, tuple):
        values["nearest"] = nearest(str(values["text"]), choices) or ""
    is_key = fault.path[-1:] == (AT_KEY,)
    path = fault.path[:-1] if is_key else fault.path
    where = document.where(*path) if is_key else document.where_value(*path)
    return Problem(fault.name, where, values, severity)  # type: ignore[arg-type]
