"""Where the value of a record was read: through undo and redo, edits by hand, and files that say something else."""

from salescli.store.batches import begin_batch
from salescli.store.edits import edit_record, insert_record
from salescli.store.givers import Given, fetch_given
from salescli.store.lineage import fetch_sources
from salescli.store.versions import undo_batch
from tests.unit.store_support import REGISTRY, load, new_store

RECEIPT = REGISTRY["receipt"]


def write(store, work):
    with store.transaction():
        batch = begin_batch(store, "edit", "x")
        work(batch)
    return batch


def undo(store, target):
    with store.transaction():
        return undo_batch(store, target).batch


def receipt(amount, **more):
    return {"number": "R1", "date": "2026-01-05", "amount": amount, **more}


def one(store):
    (found,) = fetch_given(store, RECEIPT, path="amount").items()
    return found


def feed_of(store, given):
    return fetch_sources(store, [given.source])[given.source].feed


def test_what_an_undone_undo_brings_back_was_read_where_it_was():
    store = new_store()
    load(store, "receipt", [receipt(7)], feed="first")
    entity, before = one(store)
    undo(store, 1)
    undo(store, 2)
    assert one(store) == (entity, before)
    assert before.source is not None and before == Given(before.source, 2)
    assert store.db.execute("SELECT source_id FROM receipt WHERE since_batch = 3").fetchone() == (None,)


def test_what_was_edited_names_its_row_and_the_batch_and_an_undone_edit_the_row_alone():
    store = new_store()
    load(store, "receipt", [receipt(7)], feed="first")
    entity, read = one(store)
    batch = write(store, lambda batch: edit_record(store, batch, RECEIPT, entity, {"amount": 9_0000}))
    assert one(store)[1] == Given(read.source, 2, batch)
    write(store, lambda later: edit_record(store, later, RECEIPT, entity, {"note": "x"}))
    assert one(store)[1] == Given(read.source, 2, batch), "another cell says nothing of the amount"
    store.known = 1
    assert one(store)[1] == read
    store.known = None
    undo(store, batch)
    assert one(store)[1] == read


def test_a_file_that_gives_another_cell_does_not_give_the_amount():
    store = new_store()
    load(store, "receipt", [receipt(7)], feed="first")
    load(store, "receipt", [{"number": "R1", "note": "x"}], feed="second")
    assert feed_of(store, one(store)[1]) == "first"
    assert feed_of(store, next(iter(fetch_given(store, RECEIPT, path="note").values()))) == "second"
    load(store, "receipt", [receipt(8)], feed="first")
    assert one(store)[1].source == store.db.execute("SELECT max(id) FROM source").fetchone()[0]


def test_what_was_typed_names_its_batch():
    store = new_store()
    typed = {"number": "R1", "date": "2026-01-05", "amount": 7_0000}
    batch = write(store, lambda batch: insert_record(store, batch, RECEIPT, typed))
    assert one(store)[1] == Given(None, None, batch)


def test_a_computed_amount_comes_from_the_amount_that_it_follows_from():
    store = new_store()
    load(store, "receipt", [receipt(7)], feed="first")
    load(store, "receipt", [{"number": "R1", "tax_rate": "6%"}], feed="second")
    assert feed_of(store, next(iter(fetch_given(store, RECEIPT, path="net_amount").values()))) == "first"
