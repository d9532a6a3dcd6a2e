"""A small workspace with a filled store, for tests of services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from salescli.core.records.registry import built_in
from salescli.services.context import Context
from salescli.services.workspace import create_workspace
from salescli.store.connection import open_store
from tests.unit.store_support import load

TODAY = date(2026, 3, 31)
TEAMS = [{"name": "销售中心"}, {"name": "一部", "parent": "销售中心"}, {"name": "二部", "parent": "销售中心"}]
PEOPLE = [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}, {"number": "3", "name": "李娜"}]
SEATS = [
    {"person": "1", "from": "2025-01-01", "team": "一部", "role": "rep"},
    {"person": "2", "from": "2025-01-01", "team": "一部", "role": "rep"},
    {"person": "2", "from": "2026-03-01", "team": "二部", "role": "rep"},
]
CONTRACTS = [{"number": "C1", "owner": "王芳"}, {"number": "C2", "owner": "赵磊"}]
SPLITS = [{"contract": "C1", "person": "1", "share": "60%"}, {"contract": "C1", "person": "2", "share": "30%"}]
RECEIPTS = [
    {"number": "R1", "date": "2026-02-10", "contract": "C1", "amount": "100.01"},
    {"number": "R2", "date": "2026-03-10", "contract": "C2", "amount": 50},
    {"number": "R3", "date": "2026-03-11", "amount": 7},
]
DEALS = [
    {"number": "D1", "owner": "王芳", "amount": 120, "stage": "赢单", "created": "2026-01-05", "closed": "2026-02-03"},
    {"number": "D2", "owner": "赵磊", "amount": 80, "stage": "输单", "created": "2026-01-09", "closed": "2026-03-02"},
]


@contextmanager
def workspace_context(folder: Path, *, is_filled: bool = True, language: Any = "en") -> Iterator[Context]:
    """Open a new workspace, by default with the records above, one batch per type."""
    workspace = create_workspace(folder, "test", "CNY", "en")
    with open_store(workspace.store_path, built_in(), create=True, base_currency="CNY") as store:
        if is_filled:
            fill(store)
        yield Context(workspace, store, TODAY, TODAY, language)


def fill(store: Any) -> None:
    """Load the records above: batches 1 to 7."""
    load(store, "team", TEAMS)
    load(store, "person", PEOPLE)
    load(store, "assignment", SEATS)
    load(store, "contract", CONTRACTS)
    load(store, "credit-split", SPLITS)
    load(store, "receipt", RECEIPTS)
    load(store, "deal", DEALS)
