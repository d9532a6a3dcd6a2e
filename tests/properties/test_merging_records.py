"""Merging records, over random stores: nothing refers to who went, undo restores, the same files change nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salescli.store.absorbing import absorb
from salescli.store.batches import begin_batch
from salescli.store.connection import Store
from salescli.store.entities import create_entities
from salescli.store.state import dump_state
from salescli.store.verify import check_store
from salescli.store.versions import undo_batch
from tests.unit.store_support import REGISTRY, load, new_store

CUSTOMER = REGISTRY["customer"]
number = st.sampled_from(["K1", "K2", "K3", "K4"])
word = st.sampled_from(["港通", "远洋", "上海港通有限公司"])
region = st.one_of(st.none(), st.sampled_from(["华东", "华南"]))
customer = st.fixed_dictionaries(
    {"number": number, "name": word, "region": region, "industry": st.one_of(st.none(), word)}
)
customers = st.lists(customer, min_size=2, max_size=4, unique_by=lambda one: one["number"])
deals = st.lists(st.tuples(st.integers(1, 6), number), max_size=6, unique_by=lambda one: one[0])
choice = st.tuples(number, st.lists(number, min_size=1, max_size=2, unique=True))


def files(listed: list[dict[str, Any]], sold: list[tuple[int, str]]) -> list[tuple[str, list[dict[str, Any]]]]:
    known = {one["number"] for one in listed}
    rows = [{"number": f"D{n}", "customer": one, "amount": n} for n, one in sold if one in known]
    return [("customer", listed), *([("deal", rows)] if rows else [])]


def play(store: Store, all_files: list[tuple[str, list[dict[str, Any]]]]) -> int:
    """Import every file; return how much was new, changed, asked or rejected."""
    done = [load(store, name, rows) for name, rows in all_files]
    return sum(one.new + one.changed + len(one.rejected) + len(one.decisions) for one in done)


def chosen(listed: list[dict[str, Any]], merge: tuple[str, list[str]]) -> tuple[str, list[str]] | None:
    known = {one["number"] for one in listed}
    keep, others = merge[0], [one for one in merge[1] if one != merge[0] and one in known]
    return (keep, others) if keep in known and others else None


def absorbed(store: Store, keep: str, others: list[str]) -> int:
    ids = create_entities(store, CUSTOMER, [keep, *others])
    with store.transaction():
        batch = begin_batch(store, "edit", "merge")
        done = absorb(store, batch, CUSTOMER, ids[keep], [ids[one] for one in others])
        assert not done.collisions and not done.circular
    return batch


@given(customers, deals, choice)
def test_nothing_refers_to_who_went_and_undo_restores(listed, sold, merge):
    store = new_store()
    play(store, files(listed, sold))
    if (picked := chosen(listed, merge)) is None:
        return
    before = dump_state(store)
    batch = absorbed(store, *picked)
    after = dump_state(store)
    present = {one["id"] for one in after["customer"]}
    assert len(present) == len(before["customer"]) - len(picked[1])
    assert all(one["customer"] in present for one in after["deal"])
    assert {one["target"] for one in after["alias"]} <= present
    untouched = {name: rows for name, rows in after.items() if name not in ("customer", "deal", "alias", "dated-value")}
    assert untouched == {name: before[name] for name in untouched}
    assert not [each for one in check_store(store) for each in one.problems if each.severity == "error"]
    with store.transaction():
        undo_batch(store, batch)
    assert dump_state(store) == before


@given(customers, deals, choice, st.randoms(use_true_random=False))
def test_the_same_files_in_any_order_of_rows_change_nothing_after_a_merge(listed, sold, merge, random):
    store = new_store()
    all_files = files(listed, sold)
    play(store, all_files)
    if (picked := chosen(listed, merge)) is None:
        return
    absorbed(store, *picked)
    before = dump_state(store)
    for _, rows in all_files:
        random.shuffle(rows)
    assert play(store, all_files) == 0
    assert dump_state(store) == before


@given(customers, deals, choice, choice)
def test_two_merges_undone_in_either_order_restore(listed, sold, first, second):
    store = new_store()
    play(store, files(listed, sold))
    before = dump_state(store)
    batches = []
    for merge in (first, second):
        if (picked := chosen([{"number": one["number"]} for one in dump_state(store)["customer"]], merge)) is not None:
            batches.append(absorbed(store, *picked))
    for batch in batches:
        with store.transaction():
            undo_batch(store, batch)
    assert dump_state(store) == before
