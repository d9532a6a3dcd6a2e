"""The store's laws, over random histories of writes and undos."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from salescli.core.records.fields import field, ident, text
from salescli.core.records.kinds import WHOLE
from salescli.core.records.model import RecordType
from salescli.core.records.registry import Registry
from salescli.core.title import Title
from salescli.store.batches import begin_batch, fetch_batches, in_force
from salescli.store.connection import Store, open_store
from salescli.store.state import dump_state
from salescli.store.versions import Access, undo_batch, write_cells

# A small type with what matters: a required cell, a default, a derived cell, a custom one in `extra`.
THING = RecordType(
    name="thing",
    titles=Title("物", "Thing"),
    key=("name",),
    fields=(
        ident("name", "名", "Name", required=True),
        field(WHOLE, "owner", "人", "Owner"),
        field(WHOLE, "amount", "额", "Amount"),
        text("state", "态", "State", default="open"),
        field(
            WHOLE,
            "double",
            "倍",
            "Double",
            derive=lambda values: None if values.get("amount") is None else values["amount"] * 2,
        ),
        field(WHOLE, "note", "注", "Note", custom=True),
    ),
)
OPTIONAL = ("owner", "amount", "state", "note")
REGISTRY = Registry((THING,))

cells = st.dictionaries(st.sampled_from(("name", *OPTIONAL)), st.integers(0, 3), min_size=1)
step = st.one_of(
    st.tuples(
        st.just("write"), st.dictionaries(st.integers(1, 4), st.one_of(st.none(), cells), min_size=1, max_size=4)
    ),
    st.tuples(st.just("undo"), st.integers(0, 1000)),
)
history = st.lists(step, max_size=12)

# Six laws of five hundred histories each, even in the shortest profile: what undo means rests on them.
many = settings(max_examples=max(500, settings.default.max_examples))


def new_store() -> Store:
    store = open_store(Path(":memory:"), REGISTRY, create=True)
    store.db.executemany("INSERT INTO entity VALUES (?, 'thing', ?)", [(n, str(n)) for n in range(1, 5)])
    return store


def state(store: Store, known: int | None = None) -> dict:
    return {row["id"]: row for row in dump_state(store, known)["thing"]}


def typed(changes: dict) -> dict:
    as_text = ("name", "state")
    return {r: c if c is None else {f: str(v) if f in as_text else v for f, v in c.items()} for r, c in changes.items()}


def full(store: Store, changes: dict) -> dict:
    """What the importer guarantees: a new record comes with its required cells, and only what exists is ended."""
    have = state(store)
    changes = {r: c for r, c in typed(changes).items() if c is not None or r in have}
    return {r: c if c is None or r in have else {"name": "9", **c} for r, c in changes.items()}


def write(store: Store, changes: dict) -> int:
    with store.transaction():
        batch = begin_batch(store, "import", "x")
        write_cells(store, batch, THING, changes)
    return batch


def undo(store: Store, target: int) -> int:
    with store.transaction():
        return undo_batch(store, target).batch


def play(steps: list) -> tuple[Store, list]:
    store = new_store()
    seen = [{}]
    for what, argument in steps:
        count = len(fetch_batches(store))
        if what == "write":
            write(store, full(store, argument))
        elif count and (target := argument % count + 1) in in_force(store):
            undo(store, target)
        else:
            continue
        seen.append(state(store))
    return store, seen


def contents(store: Store) -> list[int]:
    live = in_force(store)
    return sorted(b.id for b in fetch_batches(store) if b.undoes is None and b.id in live)


@many
@given(history)
def test_every_earlier_state_can_be_asked_for_and_rebuilt(steps):
    store, seen = play(steps)
    access = Access(store, THING)
    for number, expected in enumerate(seen):
        assert state(store, number) == expected
        live = in_force(store, number)
        for record in range(1, 5):
            said = [v for v in access.history(record) if v.batch <= number]
            image = access.fold(said, live)
            assert (image is None) == (record not in expected)
            if image is not None:
                assert image == {name: value for name, value in expected[record].items() if name != "id"}


@many
@given(history, st.dictionaries(st.integers(1, 4), st.one_of(st.none(), cells), min_size=1))
def test_a_write_does_what_it_says_and_no_more(steps, changes):
    store, _ = play(steps)
    before = state(store)
    changes = full(store, changes)
    write(store, changes)
    after = state(store)
    for record in {*before, *after}:
        if record not in changes:
            assert before[record] == after[record]
        elif changes[record] is None:
            assert record not in after
        else:
            for name, value in changes[record].items():
                assert after[record][name] == value
            for name in OPTIONAL:
                if name not in changes[record] and record in before:
                    assert after[record][name] == before[record][name]
            amount = after[record]["amount"]
            assert after[record]["double"] == (None if amount is None else amount * 2)


@many
@given(history, st.randoms(use_true_random=False))
def test_undoing_everything_in_any_order_empties_the_store(steps, random):
    store, _ = play(steps)
    order = contents(store)
    random.shuffle(order)
    for batch in order:
        undo(store, batch)
    assert state(store) == {}


@many
@given(history, st.integers(0, 1000), st.integers(0, 1000))
def test_undos_commute_and_an_undone_undo_restores(steps, i, j):
    store, _ = play(steps)
    live = sorted(in_force(store))
    if not live:
        return
    before = state(store)
    undo(store, undo(store, live[i % len(live)]))
    assert state(store) == before
    choices = contents(play(steps)[0])
    if len(choices) < 2 or (x := choices[i % len(choices)]) == (y := choices[j % len(choices)]):
        return

    def after(order):
        other, _ = play(steps)
        for batch in order:
            undo(other, batch)
        return state(other)

    assert after([x, y]) == after([y, x])


@many
@given(history, st.integers(0, 1000))
@example([("write", {4: {"name": 0}}), ("write", {4: {"owner": 0}}), ("undo", 0), ("write", {4: {"name": 1}})], 1)
def test_undo_restores_what_nobody_touched_since_and_leaves_the_rest(steps, i):
    store, seen = play(steps)
    choices = contents(store)
    if not choices:
        return
    target = choices[i % len(choices)]
    rows = store.db.execute('SELECT id, since_batch FROM "thing" WHERE given OR ended').fetchall()
    touched = {record for record, batch in rows if batch == target}
    later = {record for record, batch in rows if batch > target}
    quiet = not any(b.undoes is not None and b.id > target for b in fetch_batches(store))
    undo(store, target)
    now = state(store)
    if quiet:
        for record in touched - later:
            assert now.get(record) == seen[target - 1].get(record)
    untouched = {record: row for record, row in seen[-1].items() if record not in touched}
    assert {record: row for record, row in now.items() if record not in touched} == untouched


@many
@given(history)
def test_no_optional_cell_comes_only_from_undone_batches(steps):
    store, _ = play(steps)
    live = in_force(store)
    access = Access(store, THING)
    for record, row in state(store).items():
        for name in ("owner", "amount", "note"):
            if row[name] is not None:
                bit = access.bits[name]
                assert any(
                    v.batch in live and v.given >> bit & 1 and v.image[name] == row[name]
                    for v in access.history(record)
                )
