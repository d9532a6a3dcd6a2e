"""The base currency of a workspace: changed while nothing is stored by it, refused afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescli.errors import Refused
from salescli.services.context import open_context
from salescli.services.workspace import create_workspace, find_workspace
from salescli.store.batches import latest_batch
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

RECEIPT = {"number": "R1", "date": "2026-01-05", "amount": "100"}


def currencies(folder: Path) -> list[str]:
    """Return the currencies of the receipts."""
    with open_context(find_workspace(folder), today=date(2026, 2, 1)) as context:
        return [row[0] for row in context.store.db.execute("SELECT currency FROM receipt")]


def test_what_is_stored_keeps_its_base_currency_and_the_change_is_refused(tmp_path):
    workspace = create_workspace(tmp_path, "test", "USD", "en")
    with open_context(workspace, today=date(2026, 2, 1), create=True):
        pass
    settings = tmp_path / "salescli.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("currency: USD", "currency: EUR"), encoding="utf-8")
    with open_context(find_workspace(tmp_path), today=date(2026, 2, 1)) as context:
        load(context.store, "receipt", [RECEIPT])
    assert currencies(tmp_path) == ["EUR"], "the store was empty: it followed"
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as raised:
        currencies(tmp_path)
    assert [each.name for each in raised.value.problems] == ["base-currency-changed"]
    settings.write_text(text.replace("currency: USD", "currency: EUR"), encoding="utf-8")
    with open_context(find_workspace(tmp_path), today=date(2026, 2, 1)) as context:
        undo_batch(context.store, latest_batch(context.store))
    settings.write_text(text, encoding="utf-8")
    with open_context(find_workspace(tmp_path), today=date(2026, 2, 1)) as context:
        load(context.store, "receipt", [RECEIPT], feed="again")
        assert context.store.db.execute("SELECT currency FROM receipt ORDER BY since_batch DESC").fetchone() == ("USD",)
