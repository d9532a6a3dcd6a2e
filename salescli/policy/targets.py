"""Target policies: `config/targets/*.yaml` read into `TargetsPolicy`, and findings of a split placed in the file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.quotas.findings import Finding
from salescli.errors import Problem
from salescli.policy.reader import Document, read_document
from salescli.policy.source import read_source

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy

FOLDER = "targets"


def read_targets(source: Path | str | bytes, file_name: str = "") -> Document[TargetsPolicy]:
    """Read one target policy with the place of everything in it."""
    if not isinstance(source, Path):
        from salescli.core.quotas.shape import TargetsPolicy

        return read_document(source, TargetsPolicy, file_name)
    read = read_source(source, file_name or source.as_posix())
    return _document(source, read.file, read.sha256)


@lru_cache(maxsize=64)
def _document(path: Path, file_name: str, sha256: str) -> Document[TargetsPolicy]:
    """Read a file of one content once: whoever splits several policies looks at each of them several times."""
    from salescli.core.quotas.shape import TargetsPolicy

    return read_document(path, TargetsPolicy, file_name)


def target_files(config: Path) -> tuple[Path, ...]:
    """Return the target policies of a config folder, by name."""
    return tuple(sorted((config / FOLDER).glob("*.yaml")))


def placed(document: Document[TargetsPolicy], findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Give each finding its line and column in the policy, sorted by place."""
    found = [
        Problem(one.name, (document.where if one.at_key else document.where_value)(*one.path), one.values)
        for one in findings
    ]
    return tuple(sorted(found, key=Problem.sort_key))
