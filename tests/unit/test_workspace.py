"""Finding and making workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.errors import ProblemsFound, Refused
from salescli.services.workspace import create_workspace, find_folder, find_workspace


def test_none_here(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as raised:
        find_workspace(tmp_path)
    assert raised.value.problems[0].name == "no-workspace"


def test_the_nearest_one_above_is_found(tmp_path: Path) -> None:
    (tmp_path / "salescli.yaml").write_text("name: outer\n", encoding="utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_folder(inner) == tmp_path.resolve()
    (tmp_path / "a" / "salescli.yaml").write_text("name: inner\n", encoding="utf-8")
    assert find_folder(inner) == (tmp_path / "a").resolve()


@pytest.mark.parametrize("name", ["华辰科技", 'a "quoted" name', "colon: and # hash", "- list", "null", "0071"])
def test_a_new_one_reads_back(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "我的 团队"
    made = create_workspace(folder, name, "CNY", "zh")
    assert made.settings.name == name
    assert (made.settings.currency, made.settings.language) == ("CNY", "zh")
    assert made.store_path == folder.resolve() / "salescli.db"
    assert made.inbox.is_dir() and made.exports.is_dir() and (made.config / "plans").is_dir()
    assert made.relative(made.config / "plans" / "p.yaml") == "config/plans/p.yaml"
    with pytest.raises(Refused) as raised:
        create_workspace(folder, name, "CNY", "zh")
    assert raised.value.problems[0].name == "workspace-exists"
