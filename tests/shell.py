"""Commands as a person types them, in process: exit code, stdout and stderr."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from salescli.cli.root import main
from salescli.cli.session import Session, begin_session
from tests.console import captured, text_of

ROOT = Path(__file__).parent.parent


class Said(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table of a `-O json` report."""
        return next(block["rows"] for block in self.json["blocks"] if block.get("name") == name)


class Shell:
    """A folder in which commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, code: int | None = 0) -> Said:
        """Run one command; `code` None accepts any exit code."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with captured() as (out, err):
                found = main(list(words))
            said = Said(found, text_of(out), text_of(err))
        finally:
            os.chdir(before)
            begin_session(Session())  # the next test starts from nothing
        assert "Traceback" not in said.err, said.err
        assert code is None or said.code == code, said
        return said


def example(name: str, folder: Path) -> Shell:
    """Copy an example without its generator and return a shell in it."""
    ignore = shutil.ignore_patterns("generator", "make.py", "__pycache__", "*.db*", ".salescli-*")
    shutil.copytree(ROOT / "examples" / name, folder, ignore=ignore)
    return Shell(folder)
