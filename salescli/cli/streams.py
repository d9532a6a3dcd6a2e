"""The three streams of a process that was started without some of them (`>&-`, a service, a Windows program)."""

from __future__ import annotations

import os
import sys

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def open_closed_streams() -> None:
    """Give every stream that is closed the null device, so that all of the program can read and write.

    They are opened in the order of their numbers: else the next file, which may be the store, would get the number of
    the closed stream, and whatever a library writes there.
    """
    for name, mode in _MODES.items():
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDONLY if mode == "r" else os.O_WRONLY)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))
