"""Merging records: references move, blanks are filled, names are taken over, files that come again change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Table
from salescli.errors import DecisionNeeded, ProblemsFound, Refused, UsageError
from salescli.services.batches import undo
from salescli.services.context import Context
from salescli.services.importing import closed_months
from salescli.services.record.editing import edit
from salescli.services.record.finding import find_record
from salescli.services.record.merging import merge_records
from salescli.store.batches import begin_batch, latest_batch
from salescli.store.merge import MergeOptions, MergeResult, merge_staged
from salescli.store.runs import add_event, save_run
from salescli.store.state import dump_state, fetch_images
from tests.unit.services.closing import close, paying_context
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import REGISTRY, load, stage

CUSTOMERS = [
    {"number": "K1", "name": "上海港通有限公司", "owner": "王芳", "phone": None, "industry": "物流", "region": None},
    {"number": "K2", "name": "上海港通", "owner": "赵磊", "phone": "021-1", "industry": "货代", "region": "华东"},
    {"number": "K3", "name": "宁波远洋", "owner": "赵磊", "phone": None, "industry": None, "region": None},
]
DEALS = [
    {"number": "E1", "customer": "上海港通", "amount": 10},
    {"number": "E2", "customer": "K2", "amount": 20},
    {"number": "E3", "customer": "上海港通有限公司", "amount": 30},
]


def with_customers(ctx: Context, customers: list[dict[str, object]] | None = None) -> list[MergeResult]:
    """Import a list of customers and the deals that name them; what is the same again changes nothing."""
    return [load(ctx.store, "customer", customers or CUSTOMERS), load(ctx.store, "deal", DEALS)]


def customer(ctx: Context, text: str) -> dict[str, object]:
    return fetch_images(ctx.store, REGISTRY["customer"])[find_record(ctx, REGISTRY["customer"], text)]


def changed(results: list[MergeResult]) -> int:
    return sum(one.new + one.changed + len(one.decisions) + len(one.rejected) for one in results)


def test_references_move_blanks_are_filled_and_undo_restores(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        before = dump_state(ctx.store)
        done = merge_records(ctx, "customer", "K1", ["K2"])
        kept = customer(ctx, "K1")
        assert (kept["name"], kept["phone"], kept["region"]) == ("上海港通有限公司", "021-1", "华东")
        assert kept["industry"] == "物流", "its own word stays"
        keep = find_record(ctx, REGISTRY["customer"], "K1")
        deals = fetch_images(ctx.store, REGISTRY["deal"]).values()
        assert [one["customer"] for one in deals if str(one["number"]).startswith("E")] == [keep] * 3
        assert find_record(ctx, REGISTRY["customer"], "K2") == keep
        assert find_record(ctx, REGISTRY["customer"], "上海港通") == keep
        assert len(fetch_images(ctx.store, REGISTRY["customer"])) == 2
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


@pytest.mark.parametrize(
    ("stays", "goes", "prefer", "kept", "conflicts"),
    [
        ((None, "CNY"), (100, "USD"), (), (100, "USD"), 0),
        ((None, None), (100, "USD"), (), (100, "USD"), 0),
        ((None, "CNY"), (100, "CNY"), (), (100, "CNY"), 0),
        ((7, "CNY"), (100, "USD"), (), (7, "CNY"), 2),
        ((7, "CNY"), (None, "USD"), (), (7, "CNY"), 0),
        ((7, "CNY"), (100, "USD"), ("amount",), (100, "USD"), 0),
        ((7, "CNY"), (100, "USD"), ("currency",), (100, "USD"), 0),
        ((7, "CNY"), (100, "CNY"), ("amount",), (100, "CNY"), 0),
    ],
)
def test_an_amount_keeps_its_currency(
    tmp_path: Path, stays: Any, goes: Any, prefer: tuple[str, ...], kept: Any, conflicts: int
) -> None:
    rows = [
        {"number": number, "amount": amount, "currency": currency}
        for number, (amount, currency) in (("E1", stays), ("E2", goes))
    ]
    with workspace_context(tmp_path, is_filled=False) as ctx:
        load(ctx.store, "deal", rows)
        before = dump_state(ctx.store)
        done = merge_records(ctx, "deal", "E1", ["E2"], prefer=list(prefer))
        (image,) = fetch_images(ctx.store, REGISTRY["deal"]).values()
        assert (image["amount"], image["currency"]) == (kept[0] * 10_000, kept[1])
        found = [block for block in done.report.blocks if isinstance(block, Table) and block.name == "conflicts"]
        assert sum(len(block.rows) for block in found) == conflicts
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


def test_the_amounts_of_a_contract_in_another_currency_fill_no_blank_of_it(tmp_path: Path) -> None:
    rows = [
        {"number": "H1", "amount": 100, "net_stated": None, "currency": "CNY"},
        {"number": "H2", "amount": 50, "net_stated": 47, "currency": "USD"},
    ]
    with workspace_context(tmp_path, is_filled=False) as ctx:
        load(ctx.store, "contract", rows)
        merge_records(ctx, "contract", "H1", ["H2"])
        (image,) = fetch_images(ctx.store, REGISTRY["contract"]).values()
        assert (image["amount"], image["net_stated"], image["currency"]) == (1_000_000, None, "CNY")


def test_the_same_files_again_change_nothing_and_bring_nobody_back(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        merge_records(ctx, "customer", "K1", ["K2"])
        before = dump_state(ctx.store)
        results = with_customers(ctx)
        assert changed(results) == 0 and dump_state(ctx.store) == before
        assert [note.name for note in results[0].notes] == ["merged-into"]


def test_a_row_of_the_merged_record_speaks_only_for_what_came_from_it(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        merge_records(ctx, "customer", "K1", ["K2"])
        later = [{**one} for one in CUSTOMERS]
        later[1].update(name="港通", phone="021-2", industry="海运")
        result = load(ctx.store, "customer", later)
        kept = customer(ctx, "K1")
        assert (kept["number"], kept["name"], kept["phone"], kept["industry"]) == (
            "K1", "上海港通有限公司", "021-2", "物流",
        )  # fmt: skip
        assert sorted(note.name for note in result.notes) == ["merged-differs", "merged-into"]
        assert changed([load(ctx.store, "customer", later)]) == 0


def test_a_record_without_a_number_takes_the_number_and_keeps_it(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "deal", [{"number": "E9", "customer": "港通", "amount": 1}])
        load(ctx.store, "customer", CUSTOMERS)
        merge_records(ctx, "customer", "港通", ["K2"])
        kept = customer(ctx, "港通")
        assert (kept["number"], kept["name"], kept["phone"]) == ("K2", "港通", "021-1")
        before = dump_state(ctx.store)
        assert changed([load(ctx.store, "customer", CUSTOMERS)]) == 0
        assert dump_state(ctx.store) == before


def test_a_hand_edit_before_the_merge_survives_the_file_after_it(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        edit(ctx, "deal", "E1", ["customer=宁波远洋"])
        merge_records(ctx, "customer", "K1", ["K2"])
        assert changed(with_customers(ctx)) == 0
        moved = [{**DEALS[1], "customer": "K3"}]
        assert load(ctx.store, "deal", moved).changed == 1, "the merge is no word that a file must not overwrite"


def test_preferred_fields_are_taken_and_stand_against_the_file(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        merge_records(ctx, "customer", "K1", ["K2"], prefer=["行业", "owner"])
        kept = customer(ctx, "K1")
        assert kept["industry"] == "货代"
        assert kept["owner"] == find_record(ctx, REGISTRY["person"], "赵磊")
        assert changed(with_customers(ctx)) == 0
        assert customer(ctx, "K1")["industry"] == "货代"


def test_a_history_by_day_stays_whole(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        edit(ctx, "customer", "K2", ["region=华南"], dated="2026-02-01")
        edit(ctx, "customer", "K2", ["owner=王芳"], dated="2026-02-01")
        before = dump_state(ctx.store)
        done = merge_records(ctx, "customer", "K1", ["K2"])
        keep = find_record(ctx, REGISTRY["customer"], "K1")
        days = [one for one in dump_state(ctx.store)["dated-value"] if one["subject"] == keep]
        assert [(one["field"], one["from"], one["value"]) for one in days] == [("region", "2026-02-01", "华南")]
        assert len(dump_state(ctx.store)["dated-value"]) == 1, "what changed on the other record by day has ended"
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


def test_values_by_day_that_refer_to_it_move_too(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        edit(ctx, "customer", "K3", ["owner=李娜"], dated="2026-02-01")
        done = merge_records(ctx, "person", "1", ["3"])
        (one,) = dump_state(ctx.store)["dated-value"]
        assert one["value"] == find_record(ctx, REGISTRY["person"], "1")
        undo(ctx, done.batch)


def test_keys_of_several_parts_mean_the_same_records_after_the_merge(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "assignment", [{"person": "3", "from": "2025-06-01", "team": "一部", "role": "rep"}])
        merge_records(ctx, "person", "1", ["3"])
        seats = [{"person": "3", "from": "2025-06-01", "team": "一部", "role": "rep"}]
        assert changed([load(ctx.store, "assignment", seats)]) == 0
        assert changed([load(ctx.store, "assignment", [{**seats[0], "person": "王芳"}])]) == 0
        assert find_record(ctx, REGISTRY["assignment"], "1|2025-06-01")


def test_two_records_of_one_key_are_refused_with_both_named(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        before, newest = dump_state(ctx.store), latest_batch(ctx.store)
        with pytest.raises(ProblemsFound) as found:
            merge_records(ctx, "person", "1", ["2"])
        assert {each.name for each in found.value.problems} == {"merge-collides"}
        assert len(found.value.problems) == 1, "two shares of one contract; that both sat in one seat is no conflict"
        assert (dump_state(ctx.store), latest_batch(ctx.store)) == (before, newest)


def test_the_same_seat_of_both_is_one_seat(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "person", [{"number": "4", "name": "王方"}])
        seats = [{"person": "4", "from": "2025-01-01", "team": "一部", "role": "rep"}]
        load(ctx.store, "assignment", seats)
        before = dump_state(ctx.store)
        done = merge_records(ctx, "person", "1", ["4"])
        assert len(dump_state(ctx.store)["assignment"]) == len(before["assignment"]) - 1
        assert changed([load(ctx.store, "assignment", seats)]) == 0
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


def test_a_chain_of_merges_ends_at_the_last(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        merge_records(ctx, "customer", "K1", ["K2"])
        merge_records(ctx, "customer", "K3", ["K1"])
        last = find_record(ctx, REGISTRY["customer"], "K3")
        assert {find_record(ctx, REGISTRY["customer"], text) for text in ("K1", "K2", "上海港通")} == {last}
        assert changed(with_customers(ctx)) == 0


def test_a_name_that_a_third_record_has_stays_doubtful(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        twins = [{"number": "K1", "name": "A"}, {"number": "K2", "name": "同名"}, {"number": "K3", "name": "同名"}]
        load(ctx.store, "customer", twins)
        merge_records(ctx, "customer", "K1", ["K2"])
        assert find_record(ctx, REGISTRY["customer"], "同名") == find_record(ctx, REGISTRY["customer"], "K3")
        assert find_record(ctx, REGISTRY["customer"], "K2") == find_record(ctx, REGISTRY["customer"], "K1")


def test_what_cannot_be_merged_is_said(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        cases = [
            (("customer", "K1", ["上海港通有限公司"]), "merge-with-itself"),
            (("assignment", "1|2025-01-01", ["2|2025-01-01"]), "merge-needs-number"),
            (("customer", "K1", ["K9"]), "unknown-record"),
        ]
        for (word, keep, others), name in cases:
            with pytest.raises(UsageError) as found:
                merge_records(ctx, word, keep, others)
            assert [each.name for each in found.value.problems] == [name]
        with pytest.raises(ProblemsFound) as circular:
            merge_records(ctx, "team", "一部", ["销售中心"])
        assert [each.name for each in circular.value.problems] == ["merge-circular"]


def test_closed_months_are_not_moved_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed_months, "_compute", lambda *_: None)  # the run below holds no figures
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        person = find_record(ctx, REGISTRY["person"], "3")
        with ctx.store.transaction():
            run = save_run(ctx.store, "commission", "all", "2026-02", 1, {}, {f"plan|#{person}": "{}"})
            add_event(ctx.store, run.id, "closed")
        with pytest.raises(Refused) as paid:
            merge_records(ctx, "person", "1", ["3"])
        assert [each.name for each in paid.value.problems] == ["merge-person-paid"]
        with pytest.raises(DecisionNeeded) as asked:
            merge_records(ctx, "customer", "K1", ["K2"])
        assert [each.name for each in asked.value.problems] == ["merge-moves-pay"]
        assert merge_records(ctx, "customer", "K1", ["K2"], is_accepted=True).batch


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        before, newest = dump_state(ctx.store), latest_batch(ctx.store)
        dry = merge_records(ctx, "customer", "K1", ["K2"], is_dry=True)
        assert dry.batch is None and (dump_state(ctx.store), latest_batch(ctx.store)) == (before, newest)
        real = merge_records(ctx, "customer", "K1", ["K2"])
        assert dry.report.blocks == real.report.blocks


def test_an_import_may_name_a_merged_record_in_a_list_of_names_only(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        rows = [{"name": "港通", "industry": "a"}, {"name": "港通公司", "phone": "1"}]
        load(ctx.store, "customer", rows)
        merge_records(ctx, "customer", "港通公司", ["港通"])
        with ctx.store.transaction():
            batch = begin_batch(ctx.store, "import", "x")
            again = merge_staged(ctx.store, batch, stage("customer", rows, "customer"), MergeOptions())
        assert changed([again]) == 0
        assert [one["name"] for one in dump_state(ctx.store)["customer"]] == ["港通公司"]


def test_undoing_the_first_of_a_chain_gives_the_names_back_to_the_record_that_is_back(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with_customers(ctx)
        plain = dump_state(ctx.store)
        first = merge_records(ctx, "customer", "K1", ["K2"]).batch
        second = merge_records(ctx, "customer", "K3", ["K1"]).batch
        chained = dump_state(ctx.store)
        assert first and second
        redo = undo(ctx, first).batch
        back, stays = find_record(ctx, REGISTRY["customer"], "K2"), find_record(ctx, REGISTRY["customer"], "K3")
        assert back != stays == find_record(ctx, REGISTRY["customer"], "K1")
        assert find_record(ctx, REGISTRY["customer"], "上海港通") == back, "its own name is its own again"
        load(ctx.store, "deal", [{"number": "E9", "customer": "上海港通", "amount": 1}])
        deals = {one["number"]: one["customer"] for one in fetch_images(ctx.store, REGISTRY["deal"]).values()}
        assert deals["E9"] == back
        undo(ctx, latest_batch(ctx.store))
        assert redo
        undo(ctx, redo)
        assert dump_state(ctx.store) == chained, "the redo restores the chain"
        undo(ctx, second)
        undo(ctx, first)
        assert dump_state(ctx.store) == plain


def test_a_merge_that_posts_for_closed_months_is_asked_about_whatever_differs(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as ctx:
        receipts = [{"number": f"R{n}", "date": "2026-01-05", "amount": n, "owner": "王芳"} for n in (100, 70)]
        load(ctx.store, "receipt", receipts)
        close(ctx, "2026-01")
        before = dump_state(ctx.store)
        with pytest.raises(DecisionNeeded) as asked:
            merge_records(ctx, "receipt", "R100", ["R70"])
        (found,) = asked.value.problems
        assert found.name == "merge-moves-pay" and "王芳 −7.00" in str(found.values["reason"])
        assert dump_state(ctx.store) == before
        done = merge_records(ctx, "receipt", "R100", ["R70"], is_accepted=True)
        assert [each.name for each in done.problems] == ["closed-months-moved"] and done.batch
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before
