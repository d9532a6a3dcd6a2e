"""Problems and the exception tree: what can be wrong, as values.

A `Problem` is a fact about the user's data or policies: it has a name, a place and the values that its
sentence needs. Problems are collected and shown together. A `SalesCliError` stops the work and carries the
problems that made it stop. The sentences themselves live in `salescli.messages`, in both languages; this
module imports the standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Where(NamedTuple):
    """A place in the user's files: `file:line:column` of a policy, or `file!sheet!cell` of a spreadsheet."""

    file: str = ""
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.sheet or self.cell:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, by name; `values` fill the sentence of that name in `salescli.messages`."""

    name: str
    where: Where = NOWHERE
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    def sort_key(self) -> tuple[object, ...]:
        """Order by place, then by name."""
        where = self.where
        return (where.file, where.sheet, where.line, where.column, _cell_order(where.cell), self.name)


def problem(name: str, where: Where = NOWHERE, /, *, severity: Severity = "error", **values: object) -> Problem:
    """Build a Problem: `problem("bad-amount", where, text="12,5O0")`."""
    return Problem(name, where, values, severity)


class SalesCliError(Exception):
    """Stops the work. The exit code belongs to the class; the words belong to the problems it carries."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(p.name for p in problems))
        self.problems = problems


class ProblemsFound(SalesCliError):
    """The input has problems, all of them listed; nothing was changed."""


class Refused(SalesCliError):
    """A well-formed request that must not be done (a closed month, a locked or newer store)."""


class UsageError(SalesCliError):
    """The command line itself is wrong or ambiguous."""

    exit_code = 2


class DecisionNeeded(SalesCliError):
    """Only a person can decide (ambiguous dates, duplicates, change or correction); nothing was changed."""

    exit_code = 3


class AlertFired(SalesCliError):
    """An alert rule fired: not a failure, but cron should know."""

    exit_code = 4


def _cell_order(cell: str) -> tuple[int, str]:
    """F118 sorts by row, then by column (`AA` after `Z`)."""
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    return (int(digits) if digits else 0, letters.rjust(3))
