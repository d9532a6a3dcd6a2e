"""An import profile as the importers see it: what was decided once about the files of one source.

Its YAML shape is in `policy.imports`; these are the frozen values built from it. A profile decides nothing by
itself: every line of it replaces a question that would otherwise be asked (exit 3) or a name that would not match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, Literal

from salescli.core.records.file_names import fits_name, specificity
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
        return fits_name(self.match, file_name)

    def over(self, base: FileProfile) -> FileProfile:
        """Return what holds where this is said upon `base`: what is said here wins, maps are joined."""
        said: dict[str, Any] = {}
        for each in fields(self):
            own, below = getattr(self, each.name), getattr(base, each.name)
            default = each.default_factory() if each.default_factory is not MISSING else each.default
            if isinstance(own, Mapping):
                said[each.name] = _joined(own, below)
            elif own == default and each.name != "match":
                said[each.name] = below
        return replace(self, **said)


def _joined(own: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """Join two maps, and the maps inside them; the first one's word wins."""
    return {
        key: _joined(own[key], below[key])
        if key in own and key in below and isinstance(own[key], Mapping)
        else own.get(key, below.get(key))
        for key in {**below, **own}
    }


@dataclass(frozen=True, slots=True)
class Profile:
    """A named profile: one entry per kind of file, and other names of records by type.

    `uses` names the profile upon which it is said. `feed` is what its rows come from in the store's eyes, where that is
    not its own name: a profile said upon another one leaves the source what it was.
    """

    name: str
    files: tuple[FileProfile, ...] = ()
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    path: str = ""
    uses: str = ""
    feed: str = ""

    @property
    def source(self) -> str:
        """What stays the same from month to month: the feed of the rows read by it."""
        return self.feed or self.name

    def entry(self, file_name: str, sheet: str = "") -> FileProfile | None:
        """Return the entry for a sheet: one that names it first, then the narrowest, then the first written."""
        fitting = [each for each in self.files if each.fits(file_name, sheet)]
        return max(fitting, key=lambda each: (bool(each.sheet), specificity(each.match)), default=None)

    def entry_of_file(self, file_name: str) -> FileProfile | None:
        """Return the entry that speaks most narrowly of a file, whatever the sheet."""
        fitting = [each for each in self.files if each.fits_file(file_name)]
        return max(fitting, key=lambda each: specificity(each.match), default=None)

    def narrowness(self, file_name: str) -> tuple[int, int] | None:
        """Return how narrowly it speaks of a file, to be compared with other profiles; None where it does not."""
        return max((specificity(each.match) for each in self.files if each.fits_file(file_name)), default=None)

    def over(self, base: Profile, file_name: str) -> Profile:
        """Return the profile of one file that is said upon another: its entries upon the other's, sheet by sheet."""
        sheets = dict.fromkeys(each.sheet for one in (base, self) for each in one.files if each.fits_file(file_name))
        entries = []
        for sheet in sheets:
            own, below = self.entry(file_name, sheet), base.entry(file_name, sheet)
            entry = own.over(below) if own and below else own or below
            if entry is not None:
                entries.append(replace(entry, sheet=sheet))
        return replace(self, files=tuple(entries), aliases=_joined(self.aliases, base.aliases), feed=base.source)
