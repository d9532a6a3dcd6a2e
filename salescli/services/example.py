"""The example workspaces that ship with the program."""

from __future__ import annotations

import shutil
from pathlib import Path

from salescli.errors import Refused, problem

LEFT_OUT = shutil.ignore_patterns("generator", "make.py", "__pycache__", "*.db*", ".salescli-*")


def examples_folder() -> Path:
    """Return the folder of examples: inside the wheel, or at the root of a source checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_shipped" / "examples"
    return packed if packed.is_dir() else package.parent / "examples"


def copy_example(name: str, folder: Path) -> Path:
    """Copy an example to a folder that does not exist yet, or is empty.

    Raises:
        Refused: something is there already, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(problem("folder-not-empty", path=str(folder)))
    try:
        shutil.copytree(examples_folder() / name, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
    except OSError as error:
        raise Refused(problem("cannot-write", path=str(folder), reason=error.strerror or str(error))) from error
    return folder.resolve()
