"""What the command line says of an import, as one request."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from salescli.core.periods import FiscalCalendar, Period, parse_period
from salescli.core.records.registry import Registry
from salescli.errors import Problem, UsageError, Where, problem
from salescli.importers.opening.book import STDIN
from salescli.importers.result import ReadOptions
from salescli.services.context import Context
from salescli.services.importing.choosing import choose_profiles
from salescli.services.importing.files import ImportRequest
from salescli.store.merge import MergeOptions

ROSTER = "roster"
_YEAR = r"(?:[Ff][Yy])?20\d{2}"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Ground:
    """What reading files has to know of a workspace; without one: the built-in types, and no profiles of its own."""

    registry: Registry
    config: Path | None
    today: date
    currency: str = ""
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)


@dataclass(frozen=True, slots=True)
class ToRead:
    """The files that were asked for, how they are to be read, and what is to be said about the asking."""

    paths: tuple[str, ...]
    options: ReadOptions
    notes: tuple[Problem, ...] = ()


def build_options(
    ground: Ground,
    files: Sequence[str],
    *,
    as_type: str = "",
    profile: str = "",
    sheet: str = "",
    date_order: Any = "",
    percent: Any = "",
    key: str = "",
    maps: Sequence[str] = (),
    aliases: Sequence[str] = (),
    encoding: str = "",
    auto_key: bool = False,
    accept_dates: bool = False,
    source: str = "",
    constants: Sequence[str] = (),
    year: str = "",
    wrong: Sequence[Problem] = (),
) -> ToRead:
    """Check and collect what was said of the reading; `wrong` is what is wrong already.

    Raises:
        UsageError: an option is ill-formed; a pattern that matches no file; all of them together.
    """
    found, notes = list(wrong), list[Problem]()
    paths = _expanded(files, found, notes)
    mapped = _pairs("--map", maps, found)
    accepted = _aliases(aliases, found)
    same = _pairs("--constant", constants, found)
    stated_year = _year(ground, year, found)
    if found:
        raise UsageError(*found)
    named, own = choose_profiles(ground.config, ground.registry, paths, profile)
    options = ReadOptions(
        as_type="person" if as_type.strip().casefold() == ROSTER else as_type,
        profile=named,
        profiles=own,
        sheet=sheet,
        encoding=encoding,
        date_order=date_order,
        percent=percent,
        keys=tuple(part.strip() for part in re.split("[,，]", key) if part.strip()),
        maps=mapped,
        aliases=accepted,
        auto_key=auto_key,
        accept_dates=accept_dates,
        constants={**same, **({"source": source} if source else {})},
        today=ground.today,
        base_currency=ground.currency,
        year=stated_year,
        calendar=ground.calendar,
    )
    return ToRead(paths, options, tuple(notes))


def build_request(
    context: Context,
    files: Sequence[str],
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    dated: str = "",
    prefer_file: bool = False,
    accept_claims: bool = False,
    again: Literal["", "replaces", "adds"] = "",
    complete: Literal["", "month"] = "",
    accept_gone: bool = False,
    accept_posting: bool = False,
    roster_month: str = "",
    accept_roster: bool = False,
    remember: bool = True,
    **said: Any,
) -> ImportRequest:
    """Check and collect what was asked; `said` is about the reading, as `build_options` takes it.

    Raises:
        UsageError: an option is ill-formed; a pattern that matches no file; all of them together.
    """
    wrong: list[Problem] = []
    if dated not in ("", "correct") and not _is_day(dated):
        wrong.append(problem("option-date", option="--changes-from", text=dated))
    if re.fullmatch(_YEAR, roster_month):
        said["year"], roster_month = roster_month, ""
    if roster_month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", roster_month):
        wrong.append(problem("option-month", option="--for", text=roster_month))
    said["as_type"] = _roster_type(context, said.get("as_type", ""), roster_month, wrong)
    ground = Ground(context.store.registry, context.workspace.config, context.today, context.currency, context.calendar)
    to_read = build_options(ground, files, wrong=wrong, **said)
    return ImportRequest(
        to_read.paths,
        to_read.options,
        MergeOptions(dated, prefer_file),
        dry_run,
        all_or_nothing,
        again=again,
        complete=complete,
        accept_gone=accept_gone,
        accept_posting=accept_posting,
        accept_claims=accept_claims,
        roster_month=roster_month,
        accept_roster=accept_roster,
        remember=remember,
        is_profile_named=bool(said.get("profile")),
        notes=to_read.notes,
    )


def _year(ground: Ground, text: str, wrong: list[Problem]) -> Period | None:
    """Return the year that months without one are of; a bare 2026 is the calendar's."""
    if not text:
        return None
    if not re.fullmatch(_YEAR, text):
        wrong.append(problem("option-month", option="--for", text=text))
        return None
    return parse_period(text.upper(), ground.calendar if text[:1].upper() == "F" else FiscalCalendar())


def as_typed(text: str) -> str:
    """Return a word as it is typed on a command line: in quotes where it needs them."""
    return text if re.fullmatch(r"[\w./\\:,，=+@%~-]+", text) else '"' + text.replace('"', '\\"') + '"'


def _roster_type(context: Context, word: str, month: str, wrong: list[Problem]) -> str:
    """A roster is a list of people of a month: `--as roster --for 2026-03`, or any word for people with a month."""
    if word.strip().casefold() == ROSTER:
        if not month:
            wrong.append(problem("roster-needs-month"))
        return "person"
    if month and (kind := context.store.registry.find(word or ROSTER)) is not None and kind.name != "person":
        wrong.append(problem("roster-of-people", type=kind.titles))
    return word or ("person" if month else "")


def expand_files(files: Sequence[str]) -> tuple[str, ...]:
    """Return the files that paths, patterns and folders mean.

    Raises:
        UsageError: one of them means none.
    """
    wrong: list[Problem] = []
    found = _expanded(files, wrong)
    if wrong:
        raise UsageError(*wrong)
    return found


def _expanded(files: Sequence[str], wrong: list[Problem], notes: list[Problem] | None = None) -> tuple[str, ...]:
    """Expand patterns ourselves: on Windows no shell does. Order is by name, each file once."""
    found: dict[str, None] = {}
    for text in files:
        if text != STDIN and Path(text).is_dir():
            inside = _inside(Path(text))
            if not inside:
                wrong.append(problem("folder-without-files", Where(text)))
            elif notes is not None:
                notes.append(problem("folder-read", Where(text), severity="note", count=len(inside)))
            found.update(dict.fromkeys(inside))
            continue
        if text == STDIN or Path(text).exists():
            found[text] = None
            continue
        found_here = glob.glob(text, recursive=True)  # noqa: PTH207 -- a pattern may be absolute
        matches = sorted(one for one in found_here if _is_wanted(Path(one)))
        if not matches:
            wrong.append(problem("file-not-found", path=text, nearest=_nearest_file(text)))
        found.update(dict.fromkeys(matches))
    return tuple(found)


def _inside(folder: Path) -> list[str]:
    """Return the spreadsheets of a folder; a `.txt` is more often a remark, and rejected rows wait to be corrected."""
    return sorted(
        str(one)
        for one in folder.iterdir()
        if one.suffix.lower() in SPREADSHEETS and _is_wanted(one) and not one.name.endswith(".rejects.xlsx")
    )


def _is_wanted(path: Path) -> bool:
    """Tell whether what a pattern or a folder holds is meant: a file, and not one that an editor keeps for itself."""
    return not path.name.startswith(("~$", ".")) and not path.is_dir()


def _nearest_file(text: str) -> str:
    import difflib

    folder = Path(text).parent
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(Path(text).name, names, 1, 0.6)
    return str(folder / near[0]) if near else ""


def _pairs(option: str, texts: Iterable[str], wrong: list[Problem]) -> dict[str, str]:
    found = {}
    for text in texts:
        left, equals, right = text.partition("=")
        if not (left.strip() and equals and right.strip()):
            wrong.append(problem("not-a-pair", option=option, text=text))
        found[left.strip()] = right.strip()
    return found


def _aliases(texts: Iterable[str], wrong: list[Problem]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        type_name, colon, pair = text.partition(":")
        written, equals, meant = pair.partition("=")
        if not (type_name.strip() and colon and written.strip() and equals and meant.strip()):
            wrong.append(problem("not-an-alias", text=text))
        found.setdefault(type_name.strip(), {})[written.strip()] = meant.strip()
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
