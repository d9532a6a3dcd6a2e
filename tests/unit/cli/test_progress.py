"""The progress line: silent where nobody watches, seldom and wiped where somebody does."""

from __future__ import annotations

import pytest

from salescli.cli import progress as here
from salescli.core.title import Title
from tests.console import captured, text_of

ROWS = Title("行", "rows")


def test_nothing_off_a_terminal() -> None:
    with captured() as (out, err), here.progress(ROWS) as step:
        step(1, 2)
    assert text_of(out) + text_of(err) == ""


def test_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.1, 0.6, 0.65, 0.8])
    monkeypatch.setattr(here.time, "monotonic", lambda: next(clock))
    monkeypatch.setenv("TERM", "xterm")
    with captured() as (out, err):
        monkeypatch.setattr(err, "isatty", lambda: True, raising=False)
        with here.progress(ROWS) as step:
            for done, total in ((1, 0), (1000, 4000), (1001, 4000), (2000, 0)):
                step(done, total)
    assert text_of(out) == ""
    assert text_of(err) == "\r\x1b[K 25 % · 1,000 rows\r\x1b[K2,000 rows\r\x1b[K"
