"""Settings without YAML: what was read once is kept beside the workspace, by the SHA-256 of the file.

Reading YAML through its shape costs more than most commands do. The cache may be deleted at any time; whatever is
wrong with it is as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Literal, NamedTuple

from salescli.core.title import Language
from salescli.errors import ProblemsFound, problem

CACHE = ".salescli-settings.json"
Unit = Literal["", "yuan", "thousand", "ten-thousand"]


class WorkspaceSettings(NamedTuple):
    """The settings of a workspace as plain values."""

    name: str
    currency: str
    fiscal_year_start: int
    fiscal_year_named: Literal["start", "end"] | None
    language: Language
    time_zone: str
    unit: Unit
    close_needs: str = ""  # commission is closed only after: approval
    stop_at: tuple[str, ...] = ()  # points of the list before closing that stop it


def load_settings(path: Path) -> WorkspaceSettings:
    """Return the settings of a file, from the cache where its content has been read before.

    Raises:
        ProblemsFound: the file cannot be read, or has problems.
    """
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ProblemsFound(problem("cannot-read", path=str(path), reason=error.strerror or str(error))) from error
    cache = path.parent / CACHE
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        held = json.loads(cache.read_text(encoding="utf-8"))
        if held["sha256"] == digest:
            return WorkspaceSettings(**held["settings"])
    settings = _read(path)
    with contextlib.suppress(OSError):
        cache.write_text(json.dumps({"sha256": digest, "settings": settings._asdict()}), encoding="utf-8")
    return settings


def _read(path: Path) -> WorkspaceSettings:
    from salescli.policy.settings import read_settings

    read = read_settings(path)
    return WorkspaceSettings(
        read.name,
        read.currency,
        read.fiscal_year_start,
        read.fiscal_year_named,
        read.language,
        read.time_zone,
        read.unit,
        (read.commission and read.commission.close_needs) or "",
        read.commission.stop_at if read.commission else (),
    )
