"""Start-up is a feature: what the root answers by itself loads nothing heavy, and a command loads only what it uses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import Shell, example

HEAVY = {
    "typer", "click", "rich", "pydantic", "openpyxl", "ruamel", "python_calamine", "rapidfuzz", "babel", "sqlite3",
}  # fmt: skip
# Parts of the standard library that cost more than the root's whole work.
COSTLY = {
    "argparse",
    "dataclasses",
    "inspect",
    "importlib.metadata",
    "pathlib",
    "difflib",
    "decimal",
    "json",
    "datetime",
}

ROOT_LINES = [
    ("--version",),
    ("--help",),
    (),
    ("--lang", "zh", "--help"),
    ("help", "output"),
    ("__complete", "st"),
    ("completion", "bash"),
]


def loaded(code: str, folder: Path, root: Path) -> set[str]:
    """Return the modules that are loaded by the time a program ends."""
    program = f"import sys\n{code}\nprint('\\nLOADED', *sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    # -I would be cleaner, but coverage of an editable install needs the path; -S keeps site's own imports out.
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("\nLOADED ")[2].split())


def beyond(code: str, folder: Path, root: Path) -> set[str]:
    """Return what a program loads that an empty one does not (an installed .pth file may load anything)."""
    return loaded(code, folder, root) - loaded("", folder, root)


@pytest.mark.parametrize("line", ROOT_LINES, ids=" ".join)
def test_root_loads_nothing_heavy(line: tuple[str, ...], tmp_path: Path, root: Path) -> None:
    (tmp_path / "salescli.yaml").write_text("language: zh\n", encoding="utf-8")
    names = beyond(f"from salescli.cli.root import main\nmain({list(line)!r})", tmp_path, root)
    assert "salescli.cli.root" in names
    allowed = {"dataclasses", "inspect", "pathlib", "datetime"} if line[:1] == ("completion",) else set()
    assert sorted(names & (HEAVY | COSTLY - allowed)) == []


def test_command_loads_only_what_it_uses(tmp_path: Path, root: Path) -> None:
    code = (
        "from salescli.cli.root import main\nfrom tests.cli.sample_group import TABLE\nmain(['sample', 'asked'], TABLE)"
    )
    names = beyond(code, tmp_path, root)
    assert "typer" in names
    assert sorted(names & HEAVY) == ["typer"]


def test_unknown_command_loads_nothing_heavy(tmp_path: Path, root: Path) -> None:
    names = beyond("from salescli.cli.root import main\nmain(['zzz'])", tmp_path, root)
    assert sorted(names & HEAVY) == []


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The example, imported; its policies were read once."""
    shell = example("huachen", tmp_path_factory.mktemp("start") / "w")
    shell("import", "inbox/*")
    shell("commission", "run", "2026-03", "--today=2026-04-05")
    return shell


@pytest.mark.parametrize(
    "line",
    [
        ("status",),
        ("commission", "run", "2026-03"),
        ("commission", "show", "2026-03"),
        ("commission", "explain", "2026-03", "--person", "王芳"),
        ("commission", "close", "2026-01"),
    ],
    ids=" ".join,
)
def test_sound_policies_are_read_without_pydantic(line: tuple[str, ...], workspace: Shell, root: Path) -> None:
    code = f"from salescli.cli.root import main\nassert main({[*line, '--today=2026-04-05']!r}) == 0"
    names = beyond(code, workspace.folder, root)
    assert sorted(names & (HEAVY - {"typer", "sqlite3", "ruamel"})) == []


def test_explaining_loads_nothing_of_registers_and_lists(workspace: Shell, root: Path) -> None:
    code = "from salescli.cli.root import main\nmain(['commission', 'explain', '2026-03', '--person', '王芳'])"
    names = beyond(code, workspace.folder, root)
    assert "salescli.services.commission.explaining" in names
    assert "salescli.services.commission.showing" not in names
