"""Stored runs read back: every value is of the type that it had, and what was changed in the store is found."""

from __future__ import annotations

import json
import string
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from salescli.core.commission.note_words import NOTE_WORDS
from salescli.core.commission.result import Note
from salescli.core.table import Table
from salescli.errors import Refused, UsageError
from salescli.services.commission.closing import reopen_period, verify_run, verify_shown
from salescli.services.commission.running import compute_period
from salescli.services.commission.stored import AMOUNT_PARTS, DAY_PARTS, read_result
from salescli.store.runs import closed_runs, fetch_results
from tests.unit.services import closing
from tests.unit.services.closing import close, paying_context
from tests.unit.store_support import load

TEXTS = {"metric", "level", "base_rate", "text", "contract", "field", "key", "source", "of"}


def test_every_part_of_a_note_has_a_type() -> None:
    named = {name for zh, _ in NOTE_WORDS.values() for _, name, _, _ in string.Formatter().parse(zh) if name}
    assert named <= AMOUNT_PARTS | DAY_PARTS | TEXTS
    assert not (AMOUNT_PARTS & DAY_PARTS or (AMOUNT_PARTS | DAY_PARTS) & TEXTS)


def test_the_parts_of_notes_keep_their_types(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        result = compute_period(context, context.parse_period("2026-01")).computed[0].result
    notes = (
        Note("adjustment-before-first-run", (("key", "007"), ("amount", Decimal("5.00"))), ("payout",)),
        Note("refund-without-receipt", (("key", "2026-01-05"), ("date", date(2026, 1, 5)), ("amount", Fraction(1, 3)))),
        Note("kept-without-date", (("contract", "12"), ("kept", Decimal("1")), ("field", "accepted_on"))),
        Note("no-quota", (("metric", "receipts"), ("level", "2"))),
    )
    object.__setattr__(result, "notes", notes)
    again = read_result(result.to_json())
    assert again.notes == notes
    assert [type(value) for one in again.notes for _, value in one.parts] == [
        type(value) for one in notes for _, value in one.parts
    ]
    assert json.loads(again.to_json())["notes"] == json.loads(result.to_json())["notes"]


def test_reopening_needs_a_reason(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        close(context, "2026-01")
        with pytest.raises(Refused) as found:
            reopen_period(context, context.parse_period("2026-01"), " ")
        assert [one.name for one in found.value.problems] == ["reopen-needs-reason"]
        assert "2026-01" in closed_runs(context.store, "commission")


DRAW = (
    "payout: {draw: {tops_up_to: 100, for_months: 1, recover: 50% of pay above the draw, "
    "recover_from_month: 2, at_plan_end: owed}, "
)


@pytest.mark.parametrize("draw", ["payout: {", DRAW])
def test_a_result_that_is_gone_from_a_closed_run_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draw: str
) -> None:
    monkeypatch.setattr(closing, "PLAN", closing.PLAN.replace("payout: {", draw))
    with paying_context(tmp_path / "w") as context:
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "1000", "owner": "王芳"}])
        close(context, "2026-01", "2026-02")
        run = closed_runs(context.store, "commission")["2026-02"]
        items = list(fetch_results(context.store, run.id))
        assert verify_run(context, run).is_same and len(items) == 3
        with context.store.transaction("by hand"):
            context.store.db.execute("DELETE FROM run_result WHERE run = ? AND item = ?", (run.id, items[1]))
        found = verify_run(context, run)
        assert not found.is_same and not found.is_whole and found.differing == (items[1],)
        _, problems = verify_shown(context)
        assert [one.name for one in problems] == ["run-not-whole", "run-differs"]


def test_a_run_is_verified_by_its_number_or_its_month(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        close(context, "2026-01")
        run = closed_runs(context.store, "commission")["2026-01"]
        table = verify_shown(context, "2026-01")[0].blocks[0]
        assert isinstance(table, Table)
        assert [row[:2] for row in table.rows] == [(run.id, "2026-01")]
        assert verify_shown(context, str(run.id))[0] == verify_shown(context, "2026-01")[0]
        for wrong in ("99", "9" * 40, "2026-13", "2026-02"):
            with pytest.raises((Refused, UsageError)):
                verify_shown(context, wrong)


def test_a_figure_changed_in_a_closed_run_is_found(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        close(context, "2026-01")
        run = closed_runs(context.store, "commission")["2026-01"]
        item, text = next(iter(fetch_results(context.store, run.id).items()))
        with context.store.transaction("by hand"):
            said = text.replace('"payable":"0.00"', '"payable":"9.00"')
            assert said != text
            context.store.db.execute(
                "UPDATE run_result SET result = ? WHERE run = ? AND item = ?", (said, run.id, item)
            )
        report, problems = verify_shown(context)
        assert [one.name for one in problems] == ["run-not-whole", "run-differs"]
        _, differences = report.blocks
        assert [row[2:] for row in differences.rows] == [
            ("1", "王芳", "tenth", "应发", Decimal("9.00"), Decimal("0.00"), Decimal("-9.00"))
        ]
