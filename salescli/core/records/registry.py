"""The record types there are: one line each, masters before what refers to them."""

from __future__ import annotations

from importlib import import_module

from salescli.core.records.model import RecordType
from salescli.core.records.number_names import with_number_names

BUILT_IN = (
    "team",
    "person",
    "assignment",
    "person_terms",
    "product",
    "customer",
    "contact",
    "campaign",
    "lead",
    "deal",
    "stage_change",
    "contract",
    "payment_plan",
    "receipt",
    "allocation",
    "refund",
    "credit_split",
    "order_line",
    "delivery",
    "seat",
    "target",
    "submission",
    "fx_rate",
    "calendar_day",
    "rating",
    "deduction",
    "special_rate",
    "dispute",
    "confirmation",
    "adjustment",
    "pool_share",
    "payment_made",
    "quote",
    "invoice",
    "complaint",
    "survey",
    "activity",
)


class Registry:
    """Record types by name, in import order; a workspace adds its own registers and fields."""

    def __init__(self, types: tuple[RecordType, ...]) -> None:
        self.types = types
        self._by_name = {each.name: each for each in types}

    def __getitem__(self, name: str) -> RecordType:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def find(self, word: str) -> RecordType | None:
        """Return the type that a word names: its name, a title or an alias, in any case."""
        folded = _folded(word)
        for each in self.types:
            if each.internal:
                continue
            names = (each.name, *each.titles, *each.aliases)
            if folded in {_folded(name) for name in names}:
                return each
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the types that people use."""
        return tuple(each.name for each in self.types if not each.internal)


def built_in() -> Registry:
    """Return the registry of the types that ship with the program."""
    from salescli.core.records.internal import ALIAS, DATED_VALUE

    declared = (import_module(f"salescli.core.records.{name}").RECORD for name in BUILT_IN)
    types = tuple(with_number_names(each) for each in declared)
    return Registry((ALIAS, DATED_VALUE, *types))


def _folded(word: str) -> str:
    return word.casefold().replace("-", " ").replace("_", " ").strip()
