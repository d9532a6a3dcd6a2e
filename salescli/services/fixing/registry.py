"""The kinds of things that can wait for a person: one line each, what moves most money first."""

from __future__ import annotations

from importlib import import_module

from salescli.services.fixing.kind import FixKind

NAMES = (
    "claims",
    "receipt_owner",
    "contract_owner",
    "open_split",
    "unlisted_people",
    "seat",
    "target",
    "warranty_end",
    "instalment_due",
    "deal_owner",
    "deal_expected",
    "customer_owner",
)


def fix_kinds() -> tuple[FixKind, ...]:
    """Return all kinds, in their order."""
    return tuple(import_module(f"salescli.services.fixing.kinds.{name}").KIND for name in NAMES)
