"""Where policies lie: what ships with the program (layer 0), and what a workspace adds or overrides (layer 1).

A folder kind (`plans/`, `imports/` …) is overridden file by file: a workspace file hides the shipped file of the
same name. A file kind (`metrics.yaml`, `records.yaml`) is returned from both layers, to be merged by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal[
    "metrics",
    "records",
    "process",
    "plans",
    "targets",
    "scorecards",
    "imports",
    "cases",
    "market",
    "payroll",
    "alerts",
    "jobs",
]
SUFFIXES = (".yaml", ".yml")
SHIPPED, WORKSPACE = 0, 1


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """One policy file: its name without suffix, its path, and the layer it is from."""

    name: str
    path: Path
    layer: int


def shipped_folder() -> Path:
    """Return the folder of layer 0: inside the wheel, or at the root of a source checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_shipped" / "config"
    return packed if packed.is_dir() else package.parent / "config"


def policy_files(workspace_config: Path | None, kind: Kind) -> list[PolicyFile]:
    """List the files of one kind: single files of both layers first, then the folder's by name.

    Args:
        workspace_config: the `config/` folder of the workspace, where there is one.
        kind: what is looked for; `plans` means `plans.yaml` and everything in `plans/`.
    """
    layers = [(SHIPPED, shipped_folder())]
    if workspace_config is not None and not _is_same(workspace_config, layers[0][1]):
        layers.append((WORKSPACE, workspace_config))
    single = [PolicyFile(kind, path, layer) for layer, folder in layers for path in _single(folder, kind)]
    found: dict[str, PolicyFile] = {}
    for layer, folder in layers:
        for path in _inside(folder / kind):
            found[path.stem] = PolicyFile(path.stem, path, layer)
    return [*single, *sorted(found.values(), key=lambda one: one.name)]


def _single(folder: Path, kind: str) -> list[Path]:
    paths = [folder / f"{kind}{suffix}" for suffix in SUFFIXES]
    return [path for path in paths if path.is_file()][:1]


def _inside(folder: Path) -> list[Path]:
    """Return the policy files of a folder; editors' and systems' own files begin with a dot or a tilde."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.name[0] not in ".~")


def _is_same(first: Path, second: Path) -> bool:
    return first.exists() and second.exists() and first.samefile(second)
