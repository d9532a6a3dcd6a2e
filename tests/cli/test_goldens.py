"""Every `*.console` file is a session that must print exactly what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console import ROOT, read_script, run_script

FILES = sorted((ROOT / "tests").rglob("*.console"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "tests").as_posix())
def test_golden(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = read_script(path)
    assert script.blocks, f"{path} has no commands"
    run_script(script, tmp_path, monkeypatch)
