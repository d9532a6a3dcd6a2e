"""`commission schedule` over closed months: late facts are capitalised on the contracts that they are of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from salescli.core.table import Table
from salescli.services.commission.opening import open_month
from salescli.services.commission.scheduling import ScheduleAsked, show_schedule
from salescli.services.context import Context, open_context
from salescli.services.record.editing import add_record, edit, remove_record
from salescli.services.workspace import create_workspace
from tests.unit.services.closing import PLAN, close, paying_context
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


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_late_each_contract_has_what_it_would_have_had(context: Context, seed: int) -> None:
    dice = Random(seed)
    held: dict[str, tuple[str, int]] = {"R1": ("C", 1000)}
    for month in ("2026-02", "2026-03", "2026-04", "2026-05"):
        for number in range(dice.randint(0, 3)):
            key, contract, amount = f"R{dice.randint(1, 6)}", dice.choice("CD"), dice.randrange(100, 3000, 10)
            cells = [f"contract={contract}", f"amount={amount}"]
            if key not in held:
                day = f"2026-{dice.randint(1, int(month[-2:])):02}-{number + 3:02}"
                add_record(context, "receipt", [f"number={key}", f"date={day}", *cells])
            elif dice.random() < 0.3:
                remove_record(context, "receipt", key)
                del held[key]
                continue
            else:
                edit(context, "receipt", key, cells)
            held[key] = (contract, amount)
        close(context, month)
    expected = {one: sum(amount for contract, amount in held.values() if contract == one) // 10 for one in "CD"}
    found = commission(context, "2026-05")
    assert {one: found.get(one, (0, 0))[0] for one in "CD"} == expected
    assert found.get("", (0, 0)) == (0, 0)


def test_what_moved_to_another_contract_at_the_same_pay_moves_too(context: Context) -> None:
    edit(context, "receipt", "R1", ["contract=D"])
    close(context, "2026-02")
    assert commission(context, "2026-02") == {"C": (0, 0), "D": (100, 0)}


def test_what_comes_late_before_the_first_month_paid_is_nobody_s(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", "test", "CNY", "en")
    (workspace.config / "plans" / "tenth.yaml").write_text(PLAN, encoding="utf-8")
    with open_context(workspace, today=date(2026, 12, 31), create=True) as context:
        load(context.store, "person", [{"number": "1", "name": "王芳", "joined": "2026-01-01"}])
        load(context.store, "assignment", [{"person": "王芳", "from": "2026-01-01", "role": "销售"}])
        load(context.store, "contract", [{"number": "C", "owner": "王芳", "signed": "2026-01-01", "amount": "9000"}])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-02-05", "amount": "1000", "contract": "C"}])
        open_month(context, context.parse_period("2026-02"), None)
        close(context, "2026-02")
        add_record(context, "receipt", ["number=R2", "date=2026-01-06", "amount=2000", "contract=C"])
        close(context, "2026-03")
        assert commission(context, "2026-03") == {"C": (100, 0)}
