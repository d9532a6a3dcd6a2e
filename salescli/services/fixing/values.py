"""Cells of sheets from stored values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from salescli.services.context import Context
from salescli.store.entities import labels


def customer_names(context: Context, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return what customers are called."""
    wanted = {one for one in ids if one is not None}
    found: dict[int | None, str] = {}
    for one, name in labels(context.store, context.store.registry["customer"], wanted).items():
        found[one] = name
    return found


def day_of(stored: str | None) -> date | None:
    """Return a stored day."""
    return date.fromisoformat(stored[:10]) if stored else None
