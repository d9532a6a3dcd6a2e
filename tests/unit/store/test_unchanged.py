"""Rows that say what their records are already: told from those that must be compared by cell."""

from __future__ import annotations

from salescli.store.state import fetch_images
from tests.unit.store_support import REGISTRY, load, new_store

DEALS = [
    {
        "number": f"D{number:04}",
        "customer": f"客户{number % 7}",
        "owner": "王芳",
        "amount": number,
        "created": "2026-01-05",
    }
    for number in range(1, 1203)  # more than two statements ask for
]


def counts(result):
    return result.new, result.changed, result.unchanged


def test_of_many_rows_only_what_differs_is_changed_and_only_what_is_not_there_is_new():
    store = new_store()
    load(store, "deal", DEALS[:1200])
    changed = {**DEALS[777], "amount": 1}
    result = load(store, "deal", [*DEALS[:777], changed, *DEALS[778:]])
    assert counts(result) == (2, 1, 1199)
    assert [(cell.field, cell.before, cell.after) for cell in result.cells] == [("amount", 7_780_000, 10_000)]
    assert result.fresh == [1200, 1201]


def test_a_blank_cell_is_compared_by_cell():
    store = new_store()
    load(store, "deal", DEALS[:3])
    rows = [DEALS[0], {**DEALS[1], "amount": None}, DEALS[2]]
    assert counts(load(store, "deal", rows)) == (0, 0, 3)
    assert counts(load(store, "deal", rows, blank_clears=frozenset({"amount"}))) == (0, 1, 2)


def test_a_rejected_row_between_unchanged_ones_moves_none_of_them():
    store = new_store()
    load(store, "customer", [{"name": f"客户{number}"} for number in range(7)])
    load(store, "person", [{"number": "1", "name": "王芳"}])
    load(store, "deal", DEALS[:5])
    rows = [DEALS[0], {**DEALS[1], "owner": "某人"}, *DEALS[2:6]]
    result = load(store, "deal", rows)
    assert (counts(result), list(result.rejected)) == ((1, 0, 4), [1])


def test_two_rows_about_one_record_are_taken_one_after_the_other():
    store = new_store()
    load(store, "customer", [{"number": "C1", "name": "上海港通", "phone": "1"}])
    result = load(store, "customer", [{"number": "C1", "phone": "2"}, {"number": "C1", "phone": "1"}])
    (image,) = fetch_images(store, REGISTRY["customer"]).values()
    assert (image["phone"], counts(result)) == ("1", (0, 2, 0))


def test_a_value_that_changed_from_a_day_is_held_against_that_and_not_against_the_first():
    store = new_store()
    load(store, "deal", DEALS[:2])
    load(store, "deal", [{**DEALS[0], "owner": "赵磊"}], dated="2026-03-01")
    assert counts(load(store, "deal", [{**DEALS[0], "owner": "赵磊"}])) == (0, 0, 1)
    result = load(store, "deal", DEALS[:2])  # 王芳 again, as the record's own cell says
    assert [each.name for each in result.decisions] == ["change-or-correction"]
