"""Edits by hand: parsing, problems together, dated fields, seats, keys, and undo of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.errors import DecisionNeeded, ProblemsFound, UsageError
from salescli.services.batches import undo
from salescli.services.context import Context
from salescli.services.record.editing import add_record, edit, rekey_record, remove_record
from salescli.services.record.finding import find_record
from salescli.services.record.showing import build_list_report, build_record_report, images_on
from salescli.store.batches import latest_batch
from salescli.store.state import dump_state
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import REGISTRY, load


def image(ctx: Context, kind: str, text: str) -> dict[str, object]:
    return images_on(ctx, REGISTRY[kind])[find_record(ctx, REGISTRY[kind], text)]


def test_amounts_are_read_as_people_write_them_and_an_edit_can_be_undone(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        before = dump_state(ctx.store)
        done = edit(ctx, "商机", "D1", ["金额=50万", "probability=30%", "expected=2026-05-01"])
        deal = image(ctx, "deal", "D1")
        assert (deal["amount"], deal["probability"], deal["expected"]) == (500_000_0000, "0.3", "2026-05-01")
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


def test_all_that_is_wrong_comes_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        newest = latest_batch(ctx.store)
        texts = ["amount=12,5O0", "foo=1", "created=03/04/2026", "number=7", "probability=30", "stage", "amount=1"]
        with pytest.raises(ProblemsFound) as found:
            edit(ctx, "deal", "D1", texts)
        assert sorted(each.name for each in found.value.problems) == [
            "bad-amount",
            "bad-date",
            "bad-rate",
            "field-said-twice",
            "key-not-edited",
            "not-field-value",
            "unknown-field",
        ]
        assert latest_batch(ctx.store) == newest


def test_an_empty_value_clears_and_a_required_field_cannot_be_cleared(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        edit(ctx, "deal", "D1", ["stage="])
        assert image(ctx, "deal", "D1")["stage"] is None
        with pytest.raises(ProblemsFound) as found:
            edit(ctx, "person", "王芳", ["name="])
        assert [each.name for each in found.value.problems] == ["field-missing"]


def test_the_same_value_again_makes_no_batch(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        assert edit(ctx, "deal", "D1", ["amount=120"]).batch is None
        load(ctx.store, "deal", [{"number": "D1", "amount": 7}], "other", prefer_file=True)
        assert edit(ctx, "deal", "D1", ["amount=120"]).batch is not None


def test_a_dated_field_needs_a_day_or_a_correction(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with pytest.raises(DecisionNeeded) as asked:
            edit(ctx, "deal", "D1", ["owner=赵磊"])
        assert asked.value.problems[0].name == "change-or-correction"
        edit(ctx, "deal", "D1", ["owner=赵磊"], dated="2026-04-01")
        assert image(ctx, "deal", "D1")["owner"] == find_record(ctx, REGISTRY["person"], "王芳")
        report = build_record_report(ctx, "deal", "D1")
        assert [row[1:] for row in report.blocks[1].rows] == [("beginning", "王芳"), ("2026-04-01", "赵磊")]
        edit(ctx, "deal", "D1", ["owner=李娜"], dated="correct")
        assert [row[1:] for row in build_record_report(ctx, "deal", "D1").blocks[1].rows][1] == ("2026-04-01", "李娜")


def test_a_new_team_is_a_seat_that_keeps_the_rest_of_the_old_one(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with pytest.raises(DecisionNeeded):
            edit(ctx, "person", "王芳", ["team=二部"])
        edit(ctx, "person", "王芳", ["team=二部"], dated="2026-03-15")
        person = image(ctx, "person", "王芳")
        assert person["team"] == find_record(ctx, REGISTRY["team"], "二部") and person["role"] == "rep"
        assert len(build_list_report(ctx, "assignment", ["person=王芳"]).blocks[0].rows) == 2


def test_a_record_that_is_there_is_not_added_again(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        assert add_record(ctx, "deal", ["number=D9", "owner=王芳", "amount=1千"]).batch == 8
        for kind, texts in (
            ("deal", ["number=D9"]),
            ("assignment", ["person=王芳", "from=2025-01-01", "team=一部", "role=rep"]),
        ):
            with pytest.raises(ProblemsFound) as found:
                add_record(ctx, kind, texts)
            assert [each.name for each in found.value.problems] == ["record-exists"]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx, pytest.raises(ProblemsFound) as found:
        add_record(ctx, "receipt", ["payer=x"])
    assert {str(each.values["field"].en) for each in found.value.problems} == {"Receipt number", "Date", "Amount"}


def test_a_person_added_by_hand_is_no_list_of_all_people(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        add_record(ctx, "person", ["number=1", "name=王芳"])
        assert not load(ctx.store, "deal", [{"number": "D1", "owner": "赵磊"}]).rejected


def test_shares_above_the_whole_are_refused_in_an_edit_too(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with pytest.raises(ProblemsFound) as found:
            edit(ctx, "credit-split", "C1|||王芳", ["share=80%"])
        assert found.value.problems[0].name == "split-above-100"
        edit(ctx, "credit-split", "C1|||王芳", ["share=70%"])
        assert image(ctx, "credit-split", "C1|||王芳")["share"] == 700_000


def test_removing_leaves_the_history_and_tells_who_still_refers(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        before = dump_state(ctx.store)
        done = remove_record(ctx, "contract", "C2")
        assert [(each.name, each.values["count"]) for each in done.problems] == [("record-still-used", 1)]
        with pytest.raises(UsageError):
            find_record(ctx, REGISTRY["contract"], "C2")
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


def test_after_a_rekey_both_numbers_mean_the_record(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        entity = find_record(ctx, REGISTRY["deal"], "D1")
        done = rekey_record(ctx, "deal", "D1", "X1")
        assert {find_record(ctx, REGISTRY["deal"], text) for text in ("D1", "X1")} == {entity}
        assert load(ctx.store, "deal", [{"number": "X1", "amount": 5}], "other").changed == 1
        assert image(ctx, "deal", "D1")["amount"] == 5_0000
        with pytest.raises(ProblemsFound):
            rekey_record(ctx, "deal", "X1", "D2")
        undo(ctx, done.batch)
        assert image(ctx, "deal", "D1")["number"] == "D1"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        before = dump_state(ctx.store)
        for done in (
            edit(ctx, "deal", "D1", ["amount=1"], is_dry=True),
            add_record(ctx, "deal", ["number=D9"], is_dry=True),
            remove_record(ctx, "deal", "D1", is_dry=True),
            rekey_record(ctx, "deal", "D1", "X", is_dry=True),
        ):
            assert done.batch is None and done.report.title.en.startswith("dry run")
        assert dump_state(ctx.store) == before


def test_lineage_is_per_cell(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        edit(ctx, "deal", "D1", ["amount=7"])
        rows = {row[0]: row[1:] for row in build_record_report(ctx, "deal", "D1").blocks[0].rows}
        assert rows["Amount"] == (7, "8", "edited by hand")
        assert rows["Stage"] == ("赢单", "7", "f.xlsx!Sheet1!D2")
        ctx.store.at(7)
        assert build_record_report(ctx, "deal", "D1").data["values"]["amount"] == 120
