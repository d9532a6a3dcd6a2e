"""What reading files gives: staged rows, and a report that accounts for every row below every header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from salescli.core.periods import FiscalCalendar, Period
from salescli.core.records.kinds import DateOrder
from salescli.core.records.profile import FileProfile, PercentMeaning, Profile
from salescli.core.records.staged import Staged
from salescli.errors import Problem


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the command line says about how files are to be read; a profile says the same for files it fits.

    `keys` are headers or fields that make the key of a type without a number column, `maps` header → field,
    `aliases` type → written name → name meant. With `auto_key` a key is made of what is there, and said.
    """

    as_type: str = ""
    profile: Profile | None = None
    profiles: Mapping[str, Profile] = field(default_factory=dict)  # by path, where files have each their own
    sheet: str = ""
    encoding: str = ""
    date_order: DateOrder = ""
    percent: Literal["", "percent", "fraction"] = ""
    keys: tuple[str, ...] = ()
    maps: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    auto_key: bool = False
    accept_dates: bool = False  # take the one reading of ambiguous dates that breaks nothing
    constants: Mapping[str, str] = field(default_factory=dict)  # field → its value in every row (`--source 电话`)
    today: date | None = None
    base_currency: str = ""  # the workspace's, for signs such as `$` that fit several
    year: Period | None = None  # that months without one are of, where it was stated
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)

    def of_file(self, path: Path | str) -> ReadOptions:
        """Return the options as they hold for one file: with the profile that fits it."""
        profile = self.profiles.get(str(path))
        return self if profile is None else replace(self, profile=profile)


class TotalsRow(NamedTuple):
    """A figure of a totals row beside the sum of what was read above it, in ten-thousandths."""

    row: int
    label: str
    field: str
    stated_e4: int
    read_e4: int
    unread: int = 0  # rejected rows among them whose figure could not be read
    is_whole: bool = True  # it is held against all rows above it, not against a group

    @property
    def agrees(self) -> bool:
        """Tell whether the file's own total is the sum of its rows."""
        return self.stated_e4 == self.read_e4


class ControlTotal(NamedTuple):
    """The sum of a money column over the staged rows, in ten-thousandths, whole and by month."""

    field: str
    header: str
    currency: str
    total_e4: int
    by_month: tuple[tuple[str, int], ...]


class RejectedRow(NamedTuple):
    """A row that is not imported: its number, its cells as they were, and why."""

    row: int
    cells: tuple[Any, ...]
    problems: tuple[Problem, ...]
    key: str = ""  # its made key, as far as its cells give one


@dataclass(slots=True)
class SheetReport:
    """How one sheet was read.

    `rows_below_header` = staged + rejected + blank + totals + repeated headers + repeated rows + footnotes, always. Of
    a sheet with a column per month every row counts once for each of these: what is counted is figures.
    """

    file: str
    sheet: str
    type: str = ""
    header_row: int = 0
    header: tuple[str, ...] = ()
    first_column: int = 1
    rows_below_header: int = 0
    staged: int = 0
    title_rows: int = 0
    blank_rows: int = 0
    totals_rows: int = 0
    repeated_rows: int = 0
    footnote_rows: int = 0
    ended_figures: int = 0  # in whose place a word says that the record ends
    zero_figures: int = 0
    months: tuple[str, ...] = ()  # a sheet with a column per month: what these are; its rows are counted by figure
    spread: dict[str, str] = field(default_factory=dict)  # header of such a column → its month; "" of a sum
    year: str = ""  # of these months, where the headers do not say it
    known_batch: int = 0  # as of which batch a sheet of ours says that it was written
    hidden_rows: int = 0  # below the header, by hand or by a filter; they are read like the others
    encoding: str = ""
    delimiter: str = ""
    unit: int = 1
    mark: str = ""  # of a sheet that was written to be filled in: what its rows are
    sheet_unit: int = 1  # the part of it that stands above the table, as `单位:万元`
    key: tuple[str, ...] = ()
    made_key: str = ""  # the field that was filled with a made key, which ends in a count of equal ones
    mapped: dict[str, str] = field(default_factory=dict)
    maps_used: set[str] = field(default_factory=set)  # headers of --map that were found, and mean a field here
    unmapped: tuple[str, ...] = ()
    totals: list[TotalsRow] = field(default_factory=list)
    control: list[ControlTotal] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """Rows that are no records: blank, totals, repeated, footnotes; figures that end their record."""
        return self.blank_rows + self.totals_rows + self.repeated_rows + self.footnote_rows + self.ended_figures

    @property
    def is_accounted(self) -> bool:
        """Tell whether every row below the header is somewhere."""
        return self.rows_below_header == self.staged + len(self.rejected) + self.skipped


@dataclass(slots=True)
class Decided:
    """What a person decided, or a proof settled, about a sheet: what a profile remembers, by header.

    `dates` are the orders of layouts, `percents` what bare figures mean, `columns` accepted fields, `key` the columns
    of a made key, `encoding` one that was stated.
    """

    dates: dict[str, dict[str, DateOrder]] = field(default_factory=dict)
    percents: dict[str, PercentMeaning] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    encoding: str = ""
    type: str = ""  # a stated one that recognition would not have found
    sheet: str = ""  # a stated one of several, or a hidden one
    complete: Literal["", "month"] = ""  # the file holds everything of the months it touches


@dataclass(slots=True)
class SheetReading:
    """One sheet: its rows as a staged block (None where nothing could be staged), report, and problems.

    `problems` are about the sheet and its rows and do not keep the other rows out; `blocking` ones mean that nothing
    of the import may be written; `decisions` need a person (exit 3); `notes` are only said.
    """

    report: SheetReport
    staged: Staged | None = None
    problems: list[Problem] = field(default_factory=list)
    blocking: list[Problem] = field(default_factory=list)
    decisions: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    cells_at: Callable[[int], tuple[Any, ...]] | None = None  # a row's cells as they were, by its number
    entry: FileProfile = field(default_factory=FileProfile)  # what a profile says of the sheet
    decided: Decided = field(default_factory=Decided)
    counted: str = ""  # the key field that a made key fills, ending with a count
    untouched: int = 0  # figures of a sheet of ours that still say what was written into it
    is_own: bool = False  # only the figures that a person changed in it are staged
    taken: dict[str, int] = field(default_factory=dict)  # made key → equal rows that went in before rejected ones

    @property
    def row_problems(self) -> list[Problem]:
        """The problems of rejected rows."""
        return [each for row in self.report.rejected for each in row.problems]


@dataclass(slots=True)
class FilesRead:
    """All sheets of all files, and the problems of files that gave no sheet."""

    sheets: list[SheetReading] = field(default_factory=list)
    file_problems: list[Problem] = field(default_factory=list)
    file_notes: list[Problem] = field(default_factory=list)

    @property
    def blocking(self) -> list[Problem]:
        """What keeps everything out: bad files, sheets, headers."""
        return _sorted([*self.file_problems, *(each for sheet in self.sheets for each in sheet.blocking)])

    @property
    def decisions(self) -> list[Problem]:
        """What only a person can decide."""
        return _sorted([each for sheet in self.sheets for each in sheet.decisions])

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with rows and totals; the rest goes in."""
        return _sorted([each for sheet in self.sheets for each in (*sheet.problems, *sheet.row_problems)])

    @property
    def notes(self) -> list[Problem]:
        """What is worth saying."""
        return _sorted([*self.file_notes, *(each for sheet in self.sheets for each in sheet.notes)])

    @property
    def staged(self) -> list[Staged]:
        """The blocks of rows, in the order of files and sheets."""
        return [each.staged for each in self.sheets if each.staged is not None]


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=Problem.sort_key)
