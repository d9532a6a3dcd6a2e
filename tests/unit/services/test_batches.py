"""The log and undo: which batch bare undo takes, redo, refusals, and what a later batch keeps."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import ANY

import pytest

from salescli.errors import Refused
from salescli.services.batches import build_batch_report, build_log_report, undo
from salescli.services.record.editing import edit
from salescli.store.batches import in_force, latest_batch
from salescli.store.state import dump_state, fetch_images
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import REGISTRY, load


def name_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].name


def test_bare_undo_takes_the_newest_and_then_the_one_before(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        first, second = undo(ctx, None), undo(ctx, None)
        assert [one.report.data["undid"] for one in (first, second)] == [7, 6]
        assert not fetch_images(ctx.store, REGISTRY["deal"])
        assert not fetch_images(ctx.store, REGISTRY["receipt"])


def test_undo_of_an_undo_brings_everything_back_and_undo_of_that_takes_it_again(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        full = dump_state(ctx.store)
        gone = undo(ctx, 6).batch
        without = dump_state(ctx.store)
        redo = undo(ctx, gone)
        assert dump_state(ctx.store) == full
        assert redo.report.title.en == "batch 9: redid 6 (receipt) · 3 brought back (Receipt)"
        assert undo(ctx, redo.batch).report.title.en == "batch 10: undid 6 (receipt) · 3 gone (Receipt)"
        assert dump_state(ctx.store) == without


def test_what_is_undone_is_refused_and_says_by_which(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        undo(ctx, 6)
        with pytest.raises(Refused) as refused:
            undo(ctx, 6)
        assert name_of(refused) == "already-undone" and refused.value.problems[0].values["by"] == 8


def test_there_may_be_nothing_to_undo(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        with pytest.raises(Refused) as refused:
            undo(ctx, None)
        assert name_of(refused) == "nothing-to-undo"
        assert build_log_report(ctx).blocks[0].rows == ()


def test_a_dry_run_shows_it_and_writes_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        before, newest = dump_state(ctx.store), latest_batch(ctx.store)
        shown = undo(ctx, None, is_dry=True)
        assert shown.batch is None and shown.report.title.en == "dry run: would undo 7 (deal) · 2 gone (Deal)"
        assert (dump_state(ctx.store), latest_batch(ctx.store)) == (before, newest)


def test_only_what_a_later_batch_said_is_kept(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "deal", [{"number": "D1", "amount": 1}, {"number": "D2", "amount": 2}], "other")
        edit(ctx, "deal", "D1", ["amount=99"])
        done = undo(ctx, 8)
        assert done.report.data["counts"] == {"deal": {"restated": 1, "kept": 1}}
        images = {image["number"]: image["amount"] for image in fetch_images(ctx.store, REGISTRY["deal"]).values()}
        assert images == {"D1": 99_0000, "D2": 80_0000}
        assert done.report.data["kept"] == [
            {"type": "Deal", "key": "D1", "batch": 9, "by": ANY, "cells": ["Amount"]},
        ]
        blocks = {block.name: block for block in build_batch_report(ctx, 10, with_rows=True).blocks}
        assert {(row[1], row[3]) for row in blocks["records"].rows} == {("D1", "kept"), ("D2", "restated")}
        assert [row[1:5] for row in blocks["cells"].rows] == [("D2", REGISTRY["deal"]["amount"].title, "2.00", "80.00")]


def test_the_rows_of_a_batch_name_file_sheet_and_row(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        rows = build_batch_report(ctx, 6, with_rows=True).blocks[-1].rows
        assert [(row[1], row[3], row[5]) for row in rows] == [
            ("R1", "new", "f.xlsx!Sheet1!2"),
            ("R2", "new", "f.xlsx!Sheet1!3"),
            ("R3", "new", "f.xlsx!Sheet1!4"),
        ]


def test_what_an_undo_took_is_called_as_it_was(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "customer", [{"number": "K1", "name": "上海港通"}])
        batch = undo(ctx, None).batch
        assert batch is not None
        ((_, key, label, what, *_),) = build_batch_report(ctx, batch, with_rows=True).blocks[-1].rows
        assert (key, label, what) == ("K1", "上海港通", "gone")


def test_the_log_says_what_is_in_force(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        undo(ctx, 5)
        report = build_log_report(ctx)
        assert report.data["undone_by"] == {"5": 8}
        assert {row[0] for row in report.blocks[0].rows} - in_force(ctx.store) == {5}


def test_the_cells_of_a_batch_are_shown_before_and_after_with_names_and_places(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "contract", [{"number": "C1", "owner": "李娜"}], "contract", dated="correct")
        load(
            ctx.store, "deal", [{"number": "D2", "amount": 80, "stage": "赢单"}, {"number": "D9", "amount": 1}], "deal"
        )
        blocks = {block.name: block for block in build_batch_report(ctx, 8, with_rows=True).blocks}
        (row,) = blocks["cells"].rows
        assert row[1:] == ("C1", REGISTRY["contract"]["owner"].title, "王芳", "李娜", "f.xlsx!Sheet1!B2")
        blocks = {block.name: block for block in build_batch_report(ctx, 9, with_rows=True).blocks}
        assert [(row[1], row[3], row[4]) for row in blocks["cells"].rows] == [("D2", "输单", "赢单")]
        assert {(row[1], row[3]) for row in blocks["records"].rows} == {("D2", "changed"), ("D9", "new")}


def test_the_first_twenty_that_are_kept_are_named_and_the_others_counted(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "receipt", [{"number": f"X{n:02d}", "date": "2026-03-01", "amount": n} for n in range(25)])
        load(ctx.store, "receipt", [{"number": f"X{n:02d}", "amount": 99} for n in range(25)], "other")
        for is_dry in (True, False):
            done = undo(ctx, 8, is_dry=is_dry)
            lines = [text for text, _ in done.report.blocks[0].lines]
            assert done.report.title.en.endswith("25 kept, edited since (Receipt):")
            assert len([line for line in lines if "(batch 9, " in line]) == 20
            assert [line for line in lines if "5 more" in line] == [
                "  … and 5 more" + ("" if is_dry else ": salescli log 10 --rows")
            ]
