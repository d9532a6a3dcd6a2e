"""Case files: exact examples of plans, read with the place of every expected number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.errors import Problem, Where
from salescli.policy.reader import Document, read_document

if TYPE_CHECKING:
    from salescli.core.commission.case_shapes import Case


@dataclass(frozen=True)
class PlacedCase:
    """A case and where it stands: `path` is () for a file of one case, `("cases", 2)` for the third of a list."""

    case: Case
    document: Document[object]
    path: tuple[str | int, ...]

    def where(self, *path: str | int) -> Where:
        """Return the place of a value of the case."""
        return self.document.where_value(*self.path, *path)


@dataclass(frozen=True)
class CaseFile:
    """A file of cases; no cases where the file has errors."""

    file: str
    cases: tuple[PlacedCase, ...]
    problems: tuple[Problem, ...]


def load_cases(source: Path | str, file_name: str = "") -> CaseFile:
    """Read a file of one case or of several. Faults of an inline plan are found when the case is run."""
    from salescli.core.commission.case_shapes import Case, CaseDocument

    document = read_document(source, CaseDocument, file_name)
    value = document.value
    if value is None:
        return CaseFile(document.file, (), document.problems)
    if isinstance(value, Case):
        return CaseFile(document.file, (PlacedCase(value, document, ()),), document.problems)
    placed = tuple(PlacedCase(case, document, ("cases", index)) for index, case in enumerate(value.cases))
    return CaseFile(document.file, placed, document.problems)
