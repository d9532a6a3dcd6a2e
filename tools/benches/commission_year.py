"""What a month costs at the end of a year: eleven months closed, 1,000 people, 1,000,000 lines, and one late fact."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tools.benches.commission import MILLION, PEOPLE
from tools.benches.commission_data import FIVE_COMPONENTS, add_late_line, build_workspace
from tools.benches.paired import Case, Program, salescli

MONTHS = [f"2026-{number:02}" for number in range(1, 13)]
RUN = ("commission", "run", MONTHS[-1])
_MEMORY = 500_000_000


def cases(folder: Path) -> list[Case]:
    """The run of December again after a late line of March, and its verification, beside its whole run."""
    bare = build_workspace(folder, MILLION, PEOPLE, FIVE_COMPONENTS)
    closed = _made(folder / f"{bare.name}-closed", bare, _close)
    drafted, late = folder / "drafted", folder / "drafted-late"  # a draft is of the engine that computed it
    for workspace in (drafted, late):
        shutil.rmtree(workspace, ignore_errors=True)
    _made(drafted, closed, lambda workspace: _say(workspace, *RUN))
    _made(late, drafted, lambda workspace: add_late_line(workspace, 7, "2026-03-15"))
    month = Program(salescli(*RUN), folder / "month", template=closed)
    again = Program(salescli(*RUN), folder / "late", template=late)
    verified = Program(salescli("commission", "verify", str(len(MONTHS))), drafted)
    name = "the whole run of the month"
    return [
        Case("commission: one late fact", again, month, name, goal=1.2, rounds=3, memory_goal=_MEMORY),
        Case("commission: verify a month", verified, month, name, goal=1.2, rounds=3, memory_goal=_MEMORY),
    ]


def _made(workspace: Path, template: Path, change: Callable[[Path], object]) -> Path:
    """Return a changed copy of a workspace; it is made once."""
    if not workspace.exists():
        unfinished = workspace.with_name(f"{workspace.name}-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(template, unfinished)
        change(unfinished)
        unfinished.rename(workspace)
    return workspace


def _close(workspace: Path) -> None:
    for month in MONTHS[:-1]:
        _say(workspace, "commission", "close", month)


def _say(workspace: Path, *words: str) -> None:
    subprocess.run(salescli(*words), cwd=workspace, capture_output=True, check=True)
