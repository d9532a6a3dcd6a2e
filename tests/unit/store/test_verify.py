"""Proofs of a store: a sound one passes, and each way of breaking it is found by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from salescli.store.batches import begin_batch
from salescli.store.entities import resolve
from salescli.store.verify import check_store
from salescli.store.versions import undo_batch, write_cells
from tests.unit.services.workspaces import fill
from tests.unit.store_support import REGISTRY, load, new_store


def names_found(store: Any) -> list[str]:
    return sorted({found.name for check in check_store(store) for found in check.problems})


def test_a_store_with_edits_and_undos_is_sound() -> None:
    store = new_store()
    fill(store)
    load(store, "deal", [{"number": "D1", "amount": 5}], "other", prefer_file=True)
    gone = resolve(store, REGISTRY["deal"], ["D2"]).found["D2"]
    with store.transaction():
        undo_batch(store, 6)
        write_cells(store, begin_batch(store, "edit", ""), REGISTRY["deal"], {gone: None})
    assert names_found(store) == []


def test_a_reference_to_what_was_undone_is_only_a_warning() -> None:
    store = new_store()
    fill(store)
    with store.transaction():
        undo_batch(store, 4)
    found = [each for check in check_store(store) for each in check.problems]
    assert {each.name for each in found} == {"reference-dangles"} and {each.severity for each in found} == {"warning"}


def broken(sql: str) -> Callable[[Any], None]:
    return lambda store: store.db.execute(sql)


def second_version(store: Any) -> None:
    columns = [row[1] for row in store.db.execute("PRAGMA table_info(receipt)")]
    listed = ", ".join(f'"{name}"' for name in columns)
    copied = ", ".join("8" if name == "since_batch" else f'"{name}"' for name in columns)
    with store.transaction():
        begin_batch(store, "edit", "")
    store.db.execute(f"INSERT INTO receipt ({listed}) SELECT {copied} FROM receipt WHERE number = 'R1'")


@pytest.mark.parametrize(
    ("breaks", "name"),
    [
        (broken("UPDATE receipt SET until_batch = 6 WHERE number = 'R1'"), "versions-overlap"),
        (broken("UPDATE receipt SET given = given | (1 << 60) WHERE number = 'R1'"), "unknown-cells-given"),
        (broken("UPDATE receipt SET number = 'R2' WHERE number = 'R1'"), "key-twice"),
        (broken("UPDATE receipt SET net_amount_e4 = 7 WHERE number = 'R1'"), "state-differs-from-history"),
        (broken("UPDATE receipt SET until_batch = 7 WHERE number = 'R1'"), "state-differs-from-history"),
        (broken("UPDATE entity SET type = 'deal', key = 'moved' WHERE key = 'R1'"), "entity-of-other-type"),
        (second_version, "two-present-versions"),
    ],
)
def test_what_is_broken_is_found(breaks: Callable[[Any], None], name: str) -> None:
    store = new_store()
    fill(store)
    breaks(store)
    assert name in names_found(store)
