"""An import profile as the importers see it: what was decided once about the files of one source.

Its YAML shape is in `policy.imports`; these are the frozen values built from it. A profile decides nothing by
itself: every line of it replaces a question that would otherwise be asked (exit 3) or a name that would not match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from salescli.core.records.kinds import DateOrder

PercentMeaning = Literal["", "percent", "fraction"]


@dataclass(frozen=True, slots=True)
class FileProfile:
    """What holds for the files whose name matches, or for one sheet of them.

    `columns` maps a header to a field's name, `values` a field's written value to the value meant, `constants` a
    field to the value of every row. `header_row` is the spreadsheet's row number (0: found by itself). `dates` maps a
    header to the order of each layout accepted for it (`{"成交日期": {"00/00/0000": "dmy"}}`), `percents` a header to
    what its bare figures mean. `complete: month` says that the file holds everything of the months it touches,
    `blank: clear` that an empty cell empties the record's, `changes_from` the day from which dated fields change.
    """

    match: str = "*"
    sheet: str = ""
    type: str = ""
    skip: bool = False
    header_row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder = ""
    percent: PercentMeaning = ""
    dates: Mapping[str, Mapping[str, DateOrder]] = field(default_factory=dict)
    percents: Mapping[str, PercentMeaning] = field(default_factory=dict)
    complete: Literal["", "month"] = ""
    blank: Literal["", "clear"] = ""
    changes_from: str = ""
    unit: int = 1
    round_finer: bool = False
    null_tokens: tuple[str, ...] | None = None
    key: tuple[str, ...] = ()
    currency: str = ""
    encoding: str = ""

    def fits(self, file_name: str, sheet: str) -> bool:
        """Tell whether it speaks of a sheet of a file; names compare without case."""
        return self.fits_file(file_name) and self.sheet in ("", sheet)

    def fits_file(self, file_name: str) -> bool:
        """Tell whether a file's name fits; the rejected rows of a file, `NAME.rejects.xlsx`, fit where it does."""
        name, pattern = file_name.casefold(), self.match.casefold()
        stem = name.removesuffix(".rejects.xlsx")
        suffix = pattern[pattern.rfind(".") :] if "." in pattern else ""
        return fnmatchcase(name, pattern) or (stem != name and fnmatchcase(stem + suffix, pattern))


@dataclass(frozen=True, slots=True)
class Profile:
    """A named profile: one entry per kind of file, and other names of records by type."""

    name: str
    files: tuple[FileProfile, ...] = ()
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    path: str = ""

    def entry(self, file_name: str, sheet: str = "") -> FileProfile | None:
        """Return the entry for a sheet: the first that fits, one that names the sheet before one that does not."""
        fitting = [each for each in self.files if each.fits(file_name, sheet)]
        return min(fitting, key=lambda each: not each.sheet, default=None)

    def entry_of_file(self, file_name: str) -> FileProfile | None:
        """Return the first entry whose pattern fits a file, whatever the sheet."""
        return next((each for each in self.files if each.fits_file(file_name)), None)
