"""Random histories of commands: imports, edits and undos in any order; undoing everything restores the empty store."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.registry import built_in
from salescli.store.batches import CONTENT_KINDS, fetch_batches, in_force
from salescli.store.connection import open_store
from salescli.store.state import dump_state
from tests.shell import ROOT, Shell

SEEDS = 30
EDITS = (
    ("deal", "D-01", "amount=50万"),
    ("deal", "D-02", "stage=输单"),
    ("receipt", "R-01", "amount=7"),
    ("contract", "C-01", "kind=renewal"),
    ("person", "P-01", "phone=13800000009"),
)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(Path(shutil.copytree(ROOT / "tests" / "cli" / "small", tmp_path / "小 店")))


def state(shell: Shell, known: int | None = None) -> dict[str, Any]:
    with open_store(shell.folder / "salescli.db", built_in()) as store:
        return dump_state(store, known)


def live(shell: Shell, *, contents_only: bool = True) -> list[int]:
    if not (shell.folder / "salescli.db").exists():
        return []
    with open_store(shell.folder / "salescli.db", built_in()) as store:
        force = in_force(store)
        found = [one for one in fetch_batches(store) if one.id in force]
        return [one.id for one in found if not contents_only or one.kind in CONTENT_KINDS]


def changed(path: Path, pick: random.Random) -> None:
    """Change a figure of a file, or spoil one, or leave a row out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = pick.randrange(1, len(lines))
    cells = lines[at].split(",")
    figures = [place for place, cell in enumerate(cells) if cell.isdigit() and place]
    match pick.randrange(3):
        case 0 if figures:
            cells[pick.choice(figures)] = str(pick.randrange(1, 900))
            lines[at] = ",".join(cells)
        case 1 if figures:
            cells[pick.choice(figures)] = "12,5O0".replace(",", "")
            lines[at] = ",".join(cells)
        case _ if len(lines) > 2:
            del lines[at]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def step(shell: Shell, pick: random.Random) -> None:
    what = pick.choice(("import", "import", "import", "change", "edit", "undo", "undo-one"))
    files = sorted((shell.folder / "inbox").glob("*.csv"))
    if what in ("import", "change"):
        file = pick.choice(files)
        if what == "change":
            changed(file, pick)
        shell("import", f"inbox/{file.name}", "--correct", code=None)
    elif what == "edit":
        kind, key, said = pick.choice(EDITS)
        shell("record", "edit", kind, key, said, code=None)
    elif what == "undo":
        shell("undo", code=None)
    elif batches := live(shell, contents_only=False):
        shell("undo", str(pick.choice(batches)))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_undoing_everything_restores_the_empty_store(shell: Shell, seed: int) -> None:
    pick = random.Random(seed)
    for file in pick.sample(sorted(path.name for path in (shell.folder / "inbox").glob("*.csv")), 3):
        shell("import", f"inbox/{file}", code=None)
    for _ in range(6):
        step(shell, pick)
    batches = live(shell)
    if batches:  # one batch and its redo change nothing
        before, one = state(shell), pick.choice(batches)
        shell("undo", str(one))
        shell("undo", str(max(live(shell, contents_only=False))))
        assert state(shell) == before
    order = live(shell)
    pick.shuffle(order)
    for one in order:
        shell("undo", str(one))
    assert not any(state(shell).values())
    assert "nothing-to-undo" in shell("undo", code=1).err
    assert shell("store", "verify", code=None).code == 0


def test_the_log_says_what_was_remembered_and_undo_that_it_stays(shell: Shell) -> None:
    (shell.folder / "外部三月.csv").write_text("日期,客户,钱\n2026-03-02,甲,100\n", encoding="utf-8")
    shell("import", "外部三月.csv", "--as", "receipt", "--map", "钱=amount", "--key", "日期,客户,钱")
    said = shell("log", "1", "-O", "json")
    assert [row["profile"] for row in said.table("remembered")] == ["config/imports/外部.yaml"] * 2
    (source,) = said.table("sources")
    assert len(source["sha256"]) == 12 and source["rows"] == 1
    assert "what config/imports/外部.yaml remembers stays" in shell("undo", "--lang", "en").out
    assert (shell.folder / "config" / "imports" / "外部.yaml").exists()
