"""Where output goes: reports to stdout or a file, everything else to stderr.

A command builds its report by one service and calls `emit`; which format, how wide and where follows from the session.
Problems found on the way go through `emit_problems`, which also settles the exit code.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from salescli.cli.session import base_currency, session, shown_unit
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem

if TYPE_CHECKING:
    from salescli.core.table import Report

_worst = 0


def begin_outcome() -> None:
    """Forget the exit code of an earlier command in this process."""
    global _worst
    _worst = 0


def outcome() -> int:
    """Return the exit code that the output so far asks for."""
    return _worst


def set_outcome(code: int) -> None:
    """Ask for an exit code; the highest one asked for wins."""
    global _worst
    _worst = max(_worst, code)


def emit(report: Report, *, beside_files: bool = False) -> None:
    """Show a report on stdout, or write it to the file of `-o`; `beside_files`: that names what else was written."""
    from salescli.render import FORMATS, RenderOptions, render
    from salescli.render.signs import can_show_signs

    asked = session()
    output = None if beside_files else asked.output
    to_terminal = output is None and sys.stdout.isatty()
    name = asked.format or "text"
    if beside_files and FORMATS[name].is_binary:
        name = "text"
    if FORMATS[name].is_binary and to_terminal:
        raise UsageError(problem("binary-on-terminal", format=name))
    options = RenderOptions(
        language=asked.language,
        width=asked.width or (_terminal_width() if to_terminal else None),
        colour=to_terminal and has_colour(sys.stdout),
        ascii=asked.ascii or (output is None and not can_show_signs(sys.stdout.encoding)),
        unit=shown_unit(),
        to_file=output is not None,
        currency=base_currency(),
    )
    content = render(report, name, options)
    if output is None:
        _write_stdout(content, name)
    else:
        from salescli.services.atomic import write_file

        write_file(output, content.encode() if isinstance(content, str) else content)
        say(Title(f"已写入 {output}", f"written: {output}"))


def emit_problems(
    problems: Sequence[Problem], *, limit: int | None = None, checked: int | None = None, option: str = ""
) -> None:
    """Show problems on stderr, sorted by place; where one is an error, the exit code becomes 1.

    `limit` folds the problems of one name in one column, and `option` lists them all; `checked` says how many files
    were looked at.
    """
    if not problems:
        return
    from salescli.render.problems import render_problems

    ordered = sorted(problems, key=Problem.sort_key)
    text = render_problems(ordered, session().language, checked, has_colour(sys.stderr), limit=limit, option=option)
    sys.stdout.flush()
    sys.stderr.write(text if text.endswith("\n") else text + "\n")
    if any(found.severity == "error" for found in problems):
        set_outcome(1)


def say(title: Title) -> None:
    """Say one line about the work on stderr."""
    sys.stdout.flush()
    sys.stderr.write(title.text(session().language) + "\n")


def has_colour(stream: TextIO) -> bool:
    """Tell whether a stream wants colour: a terminal that is not dumb, and no NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _terminal_width() -> int:
    return max(shutil.get_terminal_size().columns, 20)


def _write_stdout(content: str | bytes, name: str) -> None:
    """Write to stdout; machine formats that leave for a file or a pipe are UTF-8 whatever the console speaks."""
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(content, str):
        forced = os.environ.get("PYTHONIOENCODING")
        if raw is None or name in ("text", "plain") or forced or sys.stdout.isatty():
            sys.stdout.write(content if content.endswith("\n") else content + "\n")
            return
        content = content.encode()
    if raw is None:
        raise UsageError(problem("binary-on-terminal", format=name))
    sys.stdout.flush()
    raw.write(content)
