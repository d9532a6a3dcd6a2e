"""Column keys for machine formats."""

from __future__ import annotations

from collections.abc import Iterable

from salescli.core.table import Column


def unique_keys(columns: Iterable[Column]) -> list[str]:
    """Return the keys of columns, later twins numbered (`amount`, `amount-2`): no value may hide another."""
    keys: list[str] = []
    for column in columns:
        key, count = column.key, 1
        while key in keys:
            count += 1
            key = f"{column.key}-{count}"
        keys.append(key)
    return keys
