"""Rows that a complete file no longer has are ended and listed; in a closed month, or in numbers, it asks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.errors import DecisionNeeded
from salescli.services.batches import undo
from salescli.services.commission.running import compute_period
from salescli.services.record.editing import edit
from salescli.store.state import dump_state
from tests.unit.services.closing import close, earned, paying_context
from tests.unit.services.importing import KEY, RECEIPTS, amounts, give, records
from tests.unit.services.workspaces import workspace_context

NUMBERED = ("回款编号", *RECEIPTS)


def month(number: int, count: int = 30) -> list[list[Any]]:
    """Return the receipts of a month, numbered."""
    return [
        [f"R{number}-{i:02d}", f"2026-{number:02d}-{i % 28 + 1:02d}", "甲", 100 + i, ("王芳", "赵磊")[i % 2], None]
        for i in range(count)
    ]


def asked(caught: pytest.ExceptionInfo[DecisionNeeded]) -> list[tuple[str, Any, Any]]:
    return [(each.name, each.values.get("month"), each.values.get("count")) for each in caught.value.problems]


def test_a_deleted_receipt_is_ended_and_listed_and_undo_brings_it_back(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3), NUMBERED, complete="month")
        before = dump_state(context.store)
        outcome = give(context, "四月回款.csv", [*month(3)[1:], *month(4)], NUMBERED)
        (gone,) = outcome.sheets[0].gone
        assert (gone.key, gone.day, gone.amount_e4, gone.fate) == ("R3-00", "2026-03-01", 1_000_000, "ended")
        assert str(gone.where).endswith("三月回款.csv!2")
        assert "R3-00" not in records(context)
        assert outcome.batch is not None
        undo(context, outcome.batch)
        assert dump_state(context.store)["receipt"] == before["receipt"]


def test_without_complete_absence_means_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3), NUMBERED)
        outcome = give(context, "四月回款.csv", month(3)[5:], NUMBERED)
        assert outcome.batch is None
        assert len(records(context)) == 30


def test_other_months_and_other_sources_are_left_alone(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3), NUMBERED, complete="month")
        give(context, "别处收款.csv", [["X1", "2026-04-02", "乙", 5, "李娜", None]], NUMBERED)
        outcome = give(context, "四月回款.csv", month(4), NUMBERED)
        assert outcome.sheets[0].gone == []
        assert len(records(context)) == 61


def test_more_than_one_in_twenty_of_a_month_asks(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3, 40), NUMBERED, complete="month")
        assert len(give(context, "四月回款.csv", month(3, 40)[2:], NUMBERED).sheets[0].gone) == 2, "5 % is not more"
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "五月回款.csv", month(3, 40)[4:], NUMBERED)
        assert asked(caught) == [("gone-many", "2026-03", 2)]
        assert caught.value.problems[0].values["of"] == 38
        assert len(records(context)) == 38
        outcome = give(context, "五月回款.csv", month(3, 40)[4:], NUMBERED, accept_gone=True)
        assert outcome.sheets[0].ended == 2


def test_what_would_go_is_summed_by_currency(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        rows = [[*row, ("CNY", "USD")[place % 2]] for place, row in enumerate(month(3))]
        header = (*NUMBERED, "币种")
        give(context, "三月回款.csv", rows, header, complete="month")
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "四月回款.csv", rows[4:], header)
        assert [each.values["amount"] for each in caught.value.problems] == ["202.00 + 204.00 USD"]


def test_a_receipt_of_a_closed_month_asks_and_its_commission_comes_back(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED, complete="month")
        paid = earned(context, "2026-01")
        close(context, "2026-01")
        rows = [*month(1)[1:], *month(2)]
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "二月回款.csv", rows, NUMBERED)
        assert asked(caught) == [("gone-closed", "2026-01", 1)]
        assert give(context, "二月回款.csv", rows, NUMBERED, accept_gone=True).sheets[0].ended == 1
        done = compute_period(context, context.parse_period("2026-02"))
        differences = {
            one.payee.name: [str(each.amount) for part in one.result.components for each in part.differences]
            for one in done.computed
        }
        assert [Decimal(each) for each in differences["王芳"]] == [Decimal(-10)]
        assert paid["王芳"] == "171.00"


def test_what_somebody_changed_since_is_kept_and_listed(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3), NUMBERED, complete="month")
        edit(context, "receipt", "R3-00", ["amount=7"])
        outcome = give(context, "四月回款.csv", month(3)[1:], NUMBERED)
        assert [(one.key, one.fate) for one in outcome.sheets[0].gone] == [("R3-00", "edited")]
        assert [each.name for each in outcome.notes if each.severity == "warning"] == ["gone-but-edited"]
        assert outcome.batch is None and len(records(context)) == 30


def test_a_rejected_row_is_not_gone(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3), NUMBERED, complete="month")
        rows = month(3)
        rows[0][3] = "1O0"
        outcome = give(context, "四月回款.csv", rows, NUMBERED)
        assert outcome.sheets[0].gone == [] and len(outcome.rejected) == 1
        rows[0][0] = None  # now nobody can tell which one it is
        outcome = give(context, "四月回款.csv", rows, NUMBERED)
        assert [(one.key, one.fate) for one in outcome.sheets[0].gone] == [("R3-00", "unsure")]
        assert len(records(context)) == 30


def test_with_a_made_key_the_last_of_two_equal_receipts_goes(tmp_path: Path) -> None:
    rows = [row[1:] for row in month(3)]
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", [*rows, rows[0]], key=KEY, complete="month")
        outcome = give(context, "四月回款.csv", rows[::-1], key=KEY)
        assert [one.key for one in outcome.sheets[0].gone] == ["2026-03-01|甲|100|2"]
        assert amounts(context) == {"2026-03": sum(100 + i for i in range(30))}
        assert give(context, "五月回款.csv", [*rows, rows[0]], key=KEY).results[0].new == 1, "it has come back"
        assert amounts(context) == {"2026-03": 100 + sum(100 + i for i in range(30))}


def test_a_workbook_of_rejected_rows_is_never_all_of_a_month(tmp_path: Path) -> None:
    from salescli.services.importing.files import import_files
    from salescli.services.importing.rejecting import write_rejects
    from salescli.services.importing.request import build_request

    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", month(3), NUMBERED, complete="month")
        rows = [*month(3), ["R3-99", "2026-03-30", "甲", "1O0", "王芳", None]]
        (path,) = write_rejects(context, give(context, "三月回款.csv", rows, NUMBERED))
        from openpyxl import load_workbook

        book = load_workbook(path)
        page = book.active
        page.cell(2, 4).value = 100
        book.save(path)
        outcome = import_files(context, build_request(context, [str(path)]))
        assert (outcome.results[0].new, outcome.sheets[0].gone) == (1, [])
        assert len(records(context)) == 31
