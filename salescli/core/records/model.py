"""The declaration of a record type: one value from which table, importer, template, form, schema and reference follow.

A `RecordType` is data. Built-in types are modules of this package that export one; `config/records.yaml` is parsed
into the same value. Nothing here knows SQL, files or spreadsheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from salescli.core.records.kinds import Kind
from salescli.core.title import Title

NO_NOTE = Title("", "")

# A derived column: computed from the record's own stored values, in exact integers, whenever the record changes.
Derive = Callable[[Mapping[str, Any]], Any]


class Rule(Protocol):
    """What one record's stored values may say against each other."""

    def __call__(self, values: Mapping[str, Any]) -> RuleBreak | None:
        """Return the name and values of what is contradictory in a record, or None."""

    def suspects(self, columns: Mapping[str, Sequence[Any]]) -> list[int]:
        """Return the rows of columns that may break it, by a look at whole columns; the others need no check."""


@dataclass(frozen=True, slots=True)
class RuleBreak:
    """What a rule found: a problem name, the field to point at, the sentence's values, and whether it refuses."""

    name: str
    field: str
    values: Mapping[str, object]
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """The `share` of the records that agree in the fields `of` sums to at most 100 %; `only` counts some of them."""

    of: tuple[str, ...]
    share: str
    only: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a record type.

    `ref` names the type that a reference points to. `dated` fields decide who is paid or in which group a number
    falls: they keep a history by day. `derive` columns are computed, never given. `choices` (enum) map each stored
    value to what people write for it. `past` dates cannot lie after today, a rate cannot exceed `at_most` (1: 100 %):
    neither refuses a record, both tell one reading of ambiguous cells from another.
    """

    name: str
    kind: Kind
    title: Title
    aliases: tuple[str, ...] = ()
    required: bool = False
    dated: bool = False
    ref: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derive: Derive | None = None
    default: Any = None
    via: str = ""  # its history is kept by records of another type (team, role, manager: assignment)
    names: str = ""  # this column only names the record that the reference field `names` points to; it is not stored
    part_of: str = ""  # this column is a part of that field, as the first name of a name; it is not stored
    is_open: bool = False
    note: Title = NO_NOTE
    custom: bool = False
    past: bool = False
    at_most: Decimal | int = 0  # 0: it may be anything

    @property
    def column(self) -> str:
        """The SQL column."""
        return self.name + self.kind.suffix

    @property
    def is_stored(self) -> bool:
        """Tell whether it is a column of the type's own table."""
        return not self.names and not self.via and not self.part_of

    @property
    def is_helper(self) -> bool:
        """Tell whether it only helps to read a file: it says nothing that another field does not hold."""
        return bool(self.names or self.part_of)

    @property
    def is_given(self) -> bool:
        """Tell whether a file can hold it."""
        return self.derive is None


@dataclass(frozen=True)
class RecordType:
    """A kind of fact: its key, fields, paths to the dimensions, and rules.

    `key` names the fields that make the natural key; `name_field` is what people call a record, by which it may be
    referred to while unique; `paths` tell how each dimension is reached (first non-blank wins); `date` is the
    crediting date; `pays` marks types that money depends on: they must have a key. `apart` are the fields that tell
    people of one name apart where they have no number: with whom they are, then how they are reached.
    """

    name: str
    titles: Title
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    name_field: str = ""
    date: str = ""
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    whole: Whole | None = None
    # What sheets write as one column per month: the field of the month, and the field of the figure under it.
    wide: tuple[str, ...] = ()
    # Words in a reference that name no record: (field, value) says what the row is instead, ("", "") nothing more.
    stand_ins: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    splits: tuple[str, ...] = ()  # where its credit split hangs: "self", or a reference such as "contract"
    pays: bool = False
    apart: tuple[str, ...] = ()
    introduces: bool = False  # may be created by a mere mention before its own list is imported
    internal: bool = False
    note: Title = NO_NOTE

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {each.name: each for each in self.fields}

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    @cached_property
    def given(self) -> tuple[Field, ...]:
        """Fields that a file can hold, in declared order."""
        return tuple(each for each in self.fields if each.is_given)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """Columns of its table, derived ones included, in declared order."""
        return tuple(each for each in self.fields if each.is_stored)

    @cached_property
    def derived(self) -> tuple[Field, ...]:
        """Computed fields, in declared order."""
        return tuple(each for each in self.fields if each.derive)

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """Fields that point to another record."""
        return tuple(each for each in self.fields if each.ref)

    @cached_property
    def dated(self) -> tuple[Field, ...]:
        """Fields with a history by day."""
        return tuple(each for each in self.fields if each.dated)

    def required_fields(self) -> Iterator[Field]:
        """Yield the fields that every record must have."""
        return (each for each in self.given if each.required)
