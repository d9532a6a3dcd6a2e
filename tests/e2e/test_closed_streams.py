"""A process that is started without stdout, stderr or stdin does its work and ends with its own exit code."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CLOSED = ("<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-")


def run(folder: Path, words: str, closed: str) -> subprocess.CompletedProcess[str]:
    line = f"{shlex.quote(sys.executable)} -m salescli {words} {closed}"
    env = {**os.environ, "SALESCLI_LANG": "en", "SALESCLI_TODAY": "2026-04-05"}
    return subprocess.run(["sh", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.skipif(os.name != "posix", reason="sh closes the streams")
@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize(
    ("words", "code"), [("--version", 0), ("commission nope", 2), ("commission --help", 0), ("status", 0)]
)
def test_the_exit_code_is_the_command_s_own(tmp_path: Path, words: str, code: int, closed: str) -> None:
    (tmp_path / "people.csv").write_text("Employee number,Name\n1,Ann\n", encoding="utf-8")
    assert run(tmp_path, "start people.csv", closed).returncode == 0
    done = run(tmp_path, words, closed)
    assert (done.returncode, "internal error" in done.stderr, "Traceback" in done.stderr) == (code, False, False)
    assert run(tmp_path, "store verify", "").returncode == 0, "nothing was written into the store's file"
