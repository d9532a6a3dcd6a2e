"""What is wrong with a target policy once it meets the records: by name, at a path of the policy's document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Path = tuple[str | int, ...]


class Finding(NamedTuple):
    """One problem at a path of the policy (`("people", "fixed", 0, "person")`), with the values of its sentence.

    `at_key` points at the key of the path instead of its value.
    """

    name: str
    path: Path
    values: dict[str, object]
    at_key: bool = False


class CannotSplit(Exception):
    """The split is impossible; carries every finding, for the reader to place and show together."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(", ".join(finding.name for finding in self.findings))


def finding(name: str, *path: str | int, **values: object) -> Finding:
    """Build a Finding: `finding("unknown-team", "teams", "weights", "T9", text="T9")`."""
    return Finding(name, path, values)
