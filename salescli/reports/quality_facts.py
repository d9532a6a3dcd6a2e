"""What `report data-quality` is built from."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.quality.checks import CheckName
from salescli.core.quality.score import Tally
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class FieldFact:
    """A field in use: records with a value of all, values that fail a check, values that are not alone."""

    name: str
    title: Title
    filled: int
    rows: int
    invalid: int
    repeated: int


@dataclass(frozen=True, slots=True)
class TypeFact:
    """A record type and its fields."""

    name: str
    title: Title
    tally: Tally
    fields: tuple[FieldFact, ...]


@dataclass(frozen=True, slots=True)
class OwnerFact:
    """Whose records they are; key None: nobody's."""

    key: str | None
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that records of a type fail: how many, of how many looked at."""

    type: str
    title: Title
    field: Title
    check: CheckName
    failed: int
    looked: int


@dataclass(frozen=True, slots=True)
class FailingRow:
    """One record that fails a check."""

    type: Title
    key: str
    name: str
    owner: str
    field: Title
    check: CheckName
    value: str


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """All of it; `limit` is how many rows of a check are listed at most."""

    types: tuple[TypeFact, ...]
    owners: tuple[OwnerFact, ...]
    findings: tuple[Finding, ...]
    rows: tuple[FailingRow, ...]
    limit: int
