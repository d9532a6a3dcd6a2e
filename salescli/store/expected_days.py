"""What versions of deals said of their expected close: one row per version that gave the cell, of batches in force."""

from __future__ import annotations

from typing import NamedTuple

from salescli.store.batches import in_force, latest_batch
from salescli.store.connection import Store


class ExpectedRow(NamedTuple):
    """A deal's expected close as one batch said it, with its stage and amount after that batch."""

    deal: int
    batch: int
    expected: str | None
    stage: str | None
    amount_e4: int | None
    source: int | None
    row: int | None


def fetch_expected(store: Store) -> dict[int, list[ExpectedRow]]:
    """Return the sayings of each deal, oldest first, as the store's `known` has them; what was undone was not said."""
    bit = store.bits(store.registry["deal"]).get("expected")
    if bit is None:
        return {}
    upto = store.known if store.known is not None else latest_batch(store)
    live = in_force(store, upto)
    rows = store.db.execute(
        "SELECT id, since_batch, expected, stage, amount_e4, source_id, source_row FROM deal "
        "WHERE NOT ended AND given >> ? & 1 AND since_batch <= ? ORDER BY id, since_batch",
        (bit, upto),
    )
    found: dict[int, list[ExpectedRow]] = {}
    for row in rows:
        said = ExpectedRow(*row)
        if said.batch in live:
            found.setdefault(said.deal, []).append(said)
    return found
