"""The console blocks of the READMEs and guides are run, and print what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console import ROOT, read_script, run_script

_PLACES = ("README.md", "README.zh-CN.md", "examples/*/README*.md", "docs/guides/*.md")
FILES = [path for place in _PLACES for path in sorted(ROOT.glob(place)) if read_script(path).blocks]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_console_blocks(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_script(read_script(path), tmp_path, monkeypatch)


def test_both_readmes_show_the_same_commands() -> None:
    shown = [
        [block.command.replace(" --currency CNY", "") for block in read_script(ROOT / name).blocks]
        for name in ("README.md", "README.zh-CN.md")
    ]
    assert shown[0] == shown[1]
