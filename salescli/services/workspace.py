"""Find the workspace a person stands in, and make a new one.

A workspace is a folder with `salescli.yaml`; its store, policies, inbox and exports lie beside that file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salescli.core.title import Language
from salescli.errors import ProblemsFound, Refused, Where, problem
from salescli.services.settings_cache import WorkspaceSettings, load_settings

SETTINGS_FILE = "salescli.yaml"
STORE_FILE = "salescli.db"
CONFIG_PARTS = ("plans", "targets", "scorecards", "imports", "cases")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One folder and what belongs to it; none of the paths but the folder need exist."""

    folder: Path
    settings: WorkspaceSettings

    @property
    def settings_path(self) -> Path:
        """The file that makes the folder a workspace."""
        return self.folder / SETTINGS_FILE

    @property
    def store_path(self) -> Path:
        """The store's file."""
        return self.folder / STORE_FILE

    @property
    def config(self) -> Path:
        """The folder of policies."""
        return self.folder / "config"

    @property
    def inbox(self) -> Path:
        """Where jobs look for files."""
        return self.folder / "inbox"

    @property
    def exports(self) -> Path:
        """Where jobs write files."""
        return self.folder / "exports"

    def relative(self, path: Path) -> str:
        """Name a path as people see it: from the workspace's folder where it lies inside, with `/` on every system."""
        try:
            return path.resolve().relative_to(self.folder).as_posix()
        except ValueError:
            return path.as_posix()


def find_workspace(start: Path) -> Workspace:
    """Return the workspace at `start` or in the nearest folder above it.

    Raises:
        ProblemsFound: there is none (`no-workspace`), or its settings have problems.
    """
    folder = find_folder(start)
    if folder is None:
        raise ProblemsFound(problem("no-workspace", path=str(start.resolve())))
    return Workspace(folder, load_settings(folder / SETTINGS_FILE))


def find_folder(start: Path) -> Path | None:
    """Return the nearest folder, from `start` up, that holds a settings file."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / SETTINGS_FILE).is_file()), None)


def create_workspace(folder: Path, name: str, currency: str, language: Language) -> Workspace:
    """Make a folder a workspace: its settings and the empty folders people put things into.

    Raises:
        Refused: it is one already (`workspace-exists`), or cannot be written (`cannot-write`).
    """
    path = folder / SETTINGS_FILE
    if path.exists():
        raise Refused(problem("workspace-exists", Where(str(path)), path=str(folder)))
    try:
        for part in ("inbox", "exports", *(f"config/{part}" for part in CONFIG_PARTS)):
            (folder / part).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(problem("cannot-write", path=str(folder), reason=error.strerror or str(error))) from error
    from salescli.policy.settings import build_settings_text
    from salescli.services.atomic import write_file

    write_file(path, build_settings_text(name, currency, language).encode())
    return find_workspace(folder)
