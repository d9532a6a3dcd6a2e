"""`commission schedule` over closed months: late facts are capitalised on the contracts that they are of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.core.table import Table
from salescli.services.commission.scheduling import ScheduleAsked, show_schedule
from salescli.services.context import Context
from salescli.services.record.editing import add_record, edit, remove_record
from tests.unit.services.closing import close, paying_context
from tests.unit.store_support import load


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with paying_context(tmp_path / "w") as context:
        contracts = [{"number": one, "owner": "王芳", "signed": "2026-01-01", "amount": "1000"} for one in ("C", "D")]
        load(context.store, "contract", contracts)
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "1000", "contract": "C"}])
        close(context, "2026-01")
        yield context


def commission(context: Context, month: str) -> dict[str, tuple[object, object]]:
    """Return commission, and what is an expense at once, by contract; no contract is ""."""
    report = show_schedule(context, ScheduleAsked(context.parse_period(month), months=24))
    table = next(one for one in report.blocks if isinstance(one, Table) and one.name == "contracts")
    found: dict[str, tuple[object, object]] = {}
    for row in table.rows:
        assert isinstance(row[3], Decimal) and isinstance(row[4], Decimal)
        found[row[0] if isinstance(row[0], str) else ""] = (row[3], row[4])
    return found


def test_a_late_receipt_is_capitalised_on_its_contract(context: Context) -> None:
    load(
        context.store, "receipt", [{"number": "R2", "date": "2026-01-06", "amount": "2000", "contract": "C"}], feed="l"
    )
    close(context, "2026-02")
    assert commission(context, "2026-02") == {"C": (300, 0)}


def test_late_twice_and_taken_back(context: Context) -> None:
    add_record(context, "receipt", ["number=R2", "date=2026-01-06", "amount=2000", "contract=D"])
    close(context, "2026-02")
    edit(context, "receipt", "R1", ["amount=700"])
    close(context, "2026-03")
    assert commission(context, "2026-03") == {"C": (70, 0), "D": (200, 0)}
    remove_record(context, "receipt", "R2")
    close(context, "2026-04")
    assert commission(context, "2026-04") == {"C": (70, 0), "D": (0, 0)}


def test_what_moved_to_another_contract_and_grew_moves_whole(context: Context) -> None:
    edit(context, "receipt", "R1", ["contract=D", "amount=1100"])
    close(context, "2026-02")
    assert commission(context, "2026-02") == {"C": (0, 0), "D": (110, 0)}


def test_an_adjustment_is_an_expense_at_once(context: Context) -> None:
    add_record(context, "adjustment", ["number=A1", "person=王芳", "month=2026-01", "amount=500", "reason=补"])
    close(context, "2026-02")
    assert commission(context, "2026-02") == {"C": (100, 0), "": (500, 500)}
