"""What is asked of an import, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from salescli.core.records.profile import Profile
from salescli.errors import Problem
from salescli.importers.result import ReadOptions, RejectedRow, SheetReading
from salescli.services.importing.gone import GoneRecord
from salescli.services.importing.remembering import Remembered
from salescli.store.merge import MergeOptions, MergeResult


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is asked: files, how to read them, how doubtful cells are decided, and whether to write at all."""

    paths: tuple[str, ...]
    read: ReadOptions = field(default_factory=ReadOptions)
    merge: MergeOptions = field(default_factory=MergeOptions)
    dry_run: bool = False
    all_or_nothing: bool = False
    title: str = ""
    again: Literal["", "replaces", "adds"] = ""  # what a second file of a source without numbers is to the first
    complete: Literal["", "month"] = ""  # the files hold everything of the months they touch
    accept_gone: bool = False  # end what is gone, of closed months and in any number
    accept_posting: bool = False  # let an answer move the commission of closed months
    accept_claims: bool = False
    roster_month: str = ""  # the people's list is everybody of this month
    accept_roster: bool = False
    remember: bool = True  # keep what was decided as a profile for the next file of this name
    is_profile_named: bool = False  # by `--profile`, which is a decision too
    notes: tuple[Problem, ...] = ()  # of the command line itself


@dataclass(slots=True)
class SheetImport:
    """One sheet: how it was read, what became of its rows, and every rejected row with its cells."""

    reading: SheetReading
    result: MergeResult | None = None
    rejected: list[RejectedRow] = field(default_factory=list)
    gone: list[GoneRecord] = field(default_factory=list)  # what its source does not have any more

    @property
    def ended(self) -> int:
        """How many records ended because they are gone."""
        return sum(1 for one in self.gone if one.fate == "ended")


@dataclass(slots=True)
class ImportOutcome:
    """What an import did. `batch` is None where nothing changed, or for a dry run."""

    batch: int | None = None
    sheets: list[SheetImport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    introduced: dict[str, list[str]] = field(default_factory=dict)
    is_dry: bool = False
    claimed: int = 0  # receipts allocated as proposed
    profiles: dict[str, Profile] = field(default_factory=dict)  # by file, where one was used
    remembered: list[Remembered] = field(default_factory=list)

    @property
    def results(self) -> list[MergeResult]:
        """What became of the rows, by sheet."""
        return [sheet.result for sheet in self.sheets if sheet.result is not None]

    @property
    def rejected(self) -> list[RejectedRow]:
        """All rejected rows."""
        return [row for sheet in self.sheets for row in sheet.rejected]

    @property
    def is_changing(self) -> bool:
        """Tell whether anything is new, changed or gone."""
        is_shrinking = any(sheet.ended for sheet in self.sheets)
        return (
            bool(self.claimed)
            or is_shrinking
            or any(one.new or one.changed or one.introduced or one.beside for one in self.results)
        )
