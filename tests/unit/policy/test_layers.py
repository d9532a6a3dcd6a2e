"""Layer 0 and the workspace: what overrides what, and what is no policy file."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.policy import layers
from salescli.policy.layers import policy_files, shipped_folder


def make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: b\n", encoding="utf-8")
    return folder


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make(tmp_path / "shipped", "metrics.yaml", "plans/a.yaml", "plans/b.yaml")
    monkeypatch.setattr(layers, "shipped_folder", lambda: folder)
    return folder


def test_layer_0_ships_with_the_program() -> None:
    assert (shipped_folder() / "metrics.yaml").is_file()
    assert [(one.name, one.layer) for one in policy_files(None, "metrics")] == [("metrics", 0)]


def test_single_files_come_from_both_layers(shipped: Path, tmp_path: Path) -> None:
    mine = make(tmp_path / "config", "metrics.yml")
    assert [(one.path, one.layer) for one in policy_files(mine, "metrics")] == [
        (shipped / "metrics.yaml", 0),
        (mine / "metrics.yml", 1),
    ]


def test_workspace_file_hides_the_shipped_one_of_its_name(shipped: Path, tmp_path: Path) -> None:
    mine = make(tmp_path / "config", "plans/b.yaml", "plans/c.yml", "plans/~$c.yaml", "plans/.d.yaml", "plans/e.txt")
    assert [(one.name, one.path, one.layer) for one in policy_files(mine, "plans")] == [
        ("a", shipped / "plans/a.yaml", 0),
        ("b", mine / "plans/b.yaml", 1),
        ("c", mine / "plans/c.yml", 1),
    ]


def test_nothing_there_is_no_problem(shipped: Path, tmp_path: Path) -> None:
    assert policy_files(tmp_path / "nowhere", "targets") == []


def test_a_workspace_on_the_shipped_folder_itself_is_read_once(shipped: Path) -> None:
    assert [one.layer for one in policy_files(shipped, "plans")] == [0, 0]
