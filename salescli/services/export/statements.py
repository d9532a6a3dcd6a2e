"""Statements as files: one per person, and one person's by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.services.commission.showing import stale_note
from salescli.services.context import Context
from salescli.services.export.statement_file import build_statement_file, open_run
from salescli.store.runs import Run

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
_KEPT_FOR_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows opens no such files
LONGEST_NAME, MOST_BYTES = 80, 220


class Called(Protocol):
    """Somebody with a name, and perhaps a number."""

    @property
    def number(self) -> str:
        """The person's number, "" where there is only a name."""

    @property
    def name(self) -> str:
        """The person's name."""


@dataclass(frozen=True)
class StatementFile:
    """One person's file: its name, and its bytes."""

    name: str
    content: bytes


@dataclass
class Statements:
    """The files of a run, what is to be said of it, and who has nothing in it."""

    files: list[StatementFile]
    run: Run
    note: Title | None = None
    blank: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def export_statements(context: Context, period: Period, form: str = "xlsx") -> Statements:
    """Build the files of everyone whom the closed run of a month pays, else its newest draft; nothing is written.

    Raises:
        Refused: the month was never run.
    """
    handed = open_run(context, period)
    files, blank, taken = [], [], set[str]()
    for person, entries in handed.entries.items():
        shown = entries[0][0]
        if all(each.is_blank for each, _ in entries):
            blank.append(shown.name)
            continue
        files.append(StatementFile(file_name(shown, taken, form), build_statement_file(handed, person, form)))
    return Statements(files, handed.run, stale_note(context, handed.run), tuple(blank), handed.problems)


def export_statement(context: Context, period: Period, person: str, form: str) -> Statements:
    """Build the file of one person, also where nothing is in it.

    Raises:
        Refused: the month was never run.
        UsageError: nobody, or several, are called so; or the run does not pay them.
    """
    handed = open_run(context, period, person)
    ((entity, entries),) = handed.entries.items()
    file = StatementFile(file_name(entries[0][0], set(), form), build_statement_file(handed, entity, form))
    return Statements([file], handed.run, stale_note(context, handed.run), problems=handed.problems)


def file_name(person: Called, taken: set[str], form: str = "xlsx") -> str:
    """Return `0023-王芳.xlsx`, without signs that a file system refuses; two of one name are told apart."""
    called = "-".join(part for part in (person.number, person.name) if part)
    base = _NOT_IN_NAMES.sub("_", called).strip(" .")[:LONGEST_NAME] or "_"
    base = base.encode(errors="replace")[:MOST_BYTES].decode(errors="ignore")
    base = f"_{base}" if _KEPT_FOR_DEVICES.fullmatch(base) else base
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name.casefold())
    return f"{name}.{form}"
