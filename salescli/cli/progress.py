"""A progress line on stderr for long work; nothing at all where nobody watches.

A service takes a `step(done, total)` callback and never knows what becomes of it:

    with progress(Title("读取行", "rows read")) as step:
        import_files(..., step=step)
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from salescli.cli.session import session
from salescli.core.title import Title

Step = Callable[[int, int], None]
PATIENCE = 0.5  # seconds of work before the line appears
PAUSE = 0.1  # seconds between two updates


@contextmanager
def progress(what: Title) -> Iterator[Step]:
    """Show how far the work is, from half a second on, and wipe the line at the end."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda done, total: None
        return
    line = _Line(what.text(session().language))
    try:
        yield line.show
    finally:
        line.wipe()


class _Line:
    """The one line, rewritten in place."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = time.monotonic() + PATIENCE
        self._is_shown = False

    def show(self, done: int, total: int) -> None:
        """Rewrite the line, unless it was a moment ago; a total of 0 means that nobody knows it."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + PAUSE
        share = f"{100 * done // total:3d} % · " if total else ""
        sys.stderr.write(f"\r\x1b[K{share}{done:,} {self._what}")
        sys.stderr.flush()
        self._is_shown = True

    def wipe(self) -> None:
        """Leave the terminal as it was."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
