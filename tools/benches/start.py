"""What a start costs beside an empty typer program run to its end, and the morning screen of the example."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.benches.paired import Case, Program, salescli

_EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "huachen"
_EMPTY = """\
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    pass


app()
"""


def cases(folder: Path) -> list[Case]:
    """`--version`, the root's `--help`, and `status` on the imported example."""
    empty, name = empty_program(folder), "an empty typer program"
    own = [
        Case(f"start: {word}", Program(salescli(word), folder), empty, name, goal=0.7, rounds=15)
        for word in ("--version", "--help")
    ]
    example = _imported_example(folder / "huachen")
    screens = [
        Case(f"start: {words}", Program(salescli(*words.split()), example), empty, name, goal=1.5, rounds=15)
        for words in ("status", "report team 2026-03", "funnel show 2026-Q1")
    ]
    return [*own, *screens]


def empty_program(folder: Path) -> Program:
    """Write the empty typer program, and return it."""
    path = folder / "empty.py"
    path.write_text(_EMPTY, encoding="utf-8")
    return Program((sys.executable, str(path)), folder)


def _imported_example(folder: Path) -> Path:
    """Copy the example, import its files and accept its targets; made anew each time, it takes two seconds."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_EXAMPLE, folder)
    files = sorted(str(path) for path in (folder / "inbox").iterdir())
    done = subprocess.run(salescli("import", *files), cwd=folder, capture_output=True, text=True, check=False)
    if not (folder / "salescli.db").exists():
        sys.exit(f"the example was not imported: {done.stderr}")
    for words in ("quota split receipts-2026", "quota accept"):
        subprocess.run(salescli(*words.split()), cwd=folder, capture_output=True, check=True)
    return folder
