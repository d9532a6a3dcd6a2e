"""What a start costs beside an empty typer program run to its end."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.benches.paired import Case, Program

_EMPTY = """\
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    pass


app()
"""


def empty_program(folder: Path) -> Program:
    """Write the empty typer program into a folder and return it."""
    path = folder / "empty.py"
    path.write_text(_EMPTY, encoding="utf-8")
    return Program((sys.executable, str(path)), folder)


def cases(folder: Path) -> list[Case]:
    """`--version` and the root's `--help`; commands join as `Case("start: …", …, goal=1.5)`."""
    empty = empty_program(folder)
    return [
        Case(f"start: {word}", Program(_salescli(word), folder), empty, "an empty typer program", goal=0.7, rounds=15)
        for word in ("--version", "--help")
    ]


def _salescli(*words: str) -> tuple[str, ...]:
    """The installed command beside this Python, else the module."""
    script = Path(sys.executable).with_name("salescli")
    return (str(script), *words) if script.exists() else (sys.executable, "-m", "salescli", *words)
