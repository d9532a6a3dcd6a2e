"""Merging staged rows: introduced names, three-way cells, dated fields, wholes."""

from __future__ import annotations

import pytest

from salescli.messages import sentence
from salescli.store.batches import begin_batch, in_force, latest_batch
from salescli.store.dated import fetch_history
from salescli.store.merge import merge_staged
from salescli.store.state import dump_state, fetch_images
from salescli.store.versions import undo_batch, write_cells
from tests.unit.store_support import REGISTRY, load, new_store, stage

DEALS = [
    {"number": "D1", "customer": "上海港通", "owner": "王芳", "amount": "1,200.50", "created": "2026-01-05"},
    {"number": "D2", "customer": "宁波远洋", "owner": "赵磊", "amount": 300, "created": "2026-01-06"},
]


def only(store, kind, **where):
    rows = fetch_images(store, REGISTRY[kind]).values()
    found = [row for row in rows if all(row[name] == value for name, value in where.items())]
    assert len(found) == 1, found
    return found[0]


def test_a_fact_sheet_introduces_what_it_names_on_an_empty_store():
    store = new_store()
    result = load(store, "deal", DEALS)
    assert (result.new, result.changed, result.unchanged) == (2, 0, 0)
    assert result.introduced == {"customer": ["上海港通", "宁波远洋"], "person": ["王芳", "赵磊"]}
    deal = only(store, "deal", number="D1")
    assert (deal["amount"], deal["currency"]) == (12_005_000, "CNY")


def test_the_same_rows_twice_and_resorted_change_nothing():
    store = new_store()
    load(store, "deal", DEALS)
    before = dump_state(store)
    result = load(store, "deal", DEALS[::-1])
    assert (result.new, result.changed, result.unchanged) == (0, 0, 2)
    assert dump_state(store) == before


def test_an_unknown_name_is_a_problem_once_the_list_is_there():
    store = new_store()
    load(store, "person", [{"number": "0071", "name": "王芳"}])
    result = load(store, "deal", [{**DEALS[0], "owner": "王方"}])
    (problem,) = result.rejected[0]
    assert (problem.name, problem.values["nearest"], str(problem.where)) == (
        "unknown-reference",
        "王芳",
        "f.xlsx!Sheet1!C2",
    )


def test_a_list_with_numbers_adopts_the_people_that_a_sheet_introduced():
    store = new_store()
    load(store, "deal", DEALS)
    load(store, "person", [{"number": "0071", "name": "王芳"}, {"number": "0072", "name": "赵磊"}])
    people = fetch_images(store, REGISTRY["person"])
    assert sorted(p["number"] for p in people.values()) == ["0071", "0072"]
    assert people[only(store, "deal", number="D1")["owner"]]["number"] == "0071"
    assert load(store, "person", [{"number": "0071", "name": "王芳"}]).unchanged == 1


def test_two_people_may_share_a_name_and_then_only_the_number_tells_them_apart():
    store = new_store()
    load(store, "person", [{"number": "1", "name": "王芳"}, {"number": "2", "name": "王芳"}])
    result = load(store, "deal", [DEALS[0], {**DEALS[1], "owner": "2"}])
    assert result.rejected[0][0].name == "ambiguous-reference"
    assert result.new == 1


def test_a_hand_edit_survives_the_same_file_again_and_a_file_that_changed_its_mind_is_listed():
    store = new_store()
    load(store, "deal", DEALS)
    entity = next(e for e, row in fetch_images(store, REGISTRY["deal"]).items() if row["number"] == "D1")
    with store.transaction():
        write_cells(store, begin_batch(store, "edit", ""), REGISTRY["deal"], {entity: {"amount": 99_0000}})
    assert load(store, "deal", DEALS).unchanged == 2
    assert only(store, "deal", number="D1")["amount"] == 99_0000
    result = load(store, "deal", [{**DEALS[0], "amount": 7}])
    assert [note.name for note in result.notes] == ["edited-since"]
    assert only(store, "deal", number="D1")["amount"] == 99_0000
    assert load(store, "deal", [{**DEALS[0], "amount": 7}], prefer_file=True).changed == 1
    assert only(store, "deal", number="D1")["amount"] == 7_0000


def test_a_new_owner_is_a_question_a_change_or_a_correction():
    store = new_store()
    load(store, "deal", DEALS)
    moved = [{**DEALS[0], "owner": "赵磊"}]
    result = load(store, "deal", moved)
    assert [d.name for d in result.decisions] == ["change-or-correction"] and result.changed == 0
    load(store, "deal", moved, dated="2026-04-01")
    entity = next(e for e, row in fetch_images(store, REGISTRY["deal"]).items() if row["number"] == "D1")
    (_, wang), (start, zhao) = fetch_history(store, entity, "owner")
    assert start == "2026-04-01" and wang != zhao
    assert load(store, "deal", moved, dated="2026-05-01").unchanged == 1
    undo = latest_batch(store) - 1
    with store.transaction():
        undo_batch(store, undo)
    assert fetch_history(store, entity, "owner") == [("", wang)]
    load(store, "deal", moved, dated="correct")
    assert fetch_history(store, entity, "owner") == [("", zhao)]


def test_a_set_of_shares_above_100_percent_is_rejected_whole_and_a_missing_part_is_noted():
    store = new_store()
    load(store, "contract", [{"number": "C1"}, {"number": "C2"}, {"number": "C3"}])
    rows = [
        {"contract": "C1", "person": "王芳", "share": "60%"},
        {"contract": "C1", "person": "赵磊", "share": "50%"},
        {"contract": "C2", "person": "王芳", "share": "60%"},
        {"contract": "C2", "person": "赵磊", "share": "40%"},
        {"contract": "C3", "person": "赵磊", "share": "99%"},
    ]
    result = load(store, "credit-split", rows)
    assert sorted(result.rejected) == [0, 1] and result.new == 3
    assert result.rejected[0][0].name == "split-above-100" and result.rejected[0][0].values["total"] == "110 %"
    assert [note.name for note in result.notes] == ["split-below-100"]
    assert load(store, "credit-split", rows[2:]).unchanged == 3


def test_more_refunded_than_received_is_a_warning_and_the_rows_stay():
    store = new_store()
    rows = [{"number": n, "date": "2026-01-05", "amount": 100} for n in ("R1", "R2")]
    assert not load(store, "receipt", rows).notes
    back = [("F1", "R1", 60), ("F2", "R1", "40.01"), ("F3", "R2", 100)]
    refunds = [{"number": n, "date": "2026-02-01", "amount": a, "receipt": r} for n, r, a in back]
    result = load(store, "refund", refunds)
    assert (result.new, result.rejected) == (3, {})
    (note,) = result.notes
    assert (note.name, note.severity, str(note.where)) == ("refund-above-receipt", "warning", "f.xlsx!Sheet1!C3")
    assert note.values == {"receipt": "R1", "received": "100.00", "refunded": "100.01"}
    lower = load(store, "receipt", [{"number": "R2", "date": "2026-01-05", "amount": 99}])
    assert [one.values["receipt"] for one in lower.notes] == ["R2"], "the receipt was corrected below its refunds"


@pytest.mark.parametrize(
    ("type_", "field", "value", "name", "is_refused"),
    [
        ("special-rate", "rate", "-5%", "figure-below-zero", True),
        ("special-rate", "rate", "5000%", "percent-above-whole", False),
        ("special-rate", "rate", "100%", "", False),
        ("person-terms", "base_rate", "120%", "percent-above-whole", False),
        ("person-terms", "draw", -500, "figure-below-zero", True),
        ("person-terms", "draw", 0, "", False),
        ("target", "amount", -5, "figure-below-zero", False),
    ],
)
def test_figures_that_nobody_can_mean(type_: str, field: str, value: object, name: str, is_refused: bool) -> None:
    row = {"person": "王芳", "from": "2026-01-01", "approved_by": "总监", "reason": "特批", "metric": "receipts-net",
           "month": "2026-03", field: value}  # fmt: skip
    store = new_store()
    result = load(store, type_, [{key: cell for key, cell in row.items() if key in store.registry[type_]}])
    said = [*result.rejected.get(0, ()), *result.notes]
    assert [each.name for each in said] == ([name] if name else [])
    assert (result.new, bool(result.rejected)) == (0 if is_refused else 1, is_refused)
    for each in said:
        assert each.where.cell and each.severity == ("error" if is_refused else "warning")
        assert "<" not in sentence(each, "zh") + sentence(each, "en")


def test_refunds_in_another_currency_or_before_their_receipt_are_a_warning():
    store = new_store()
    load(store, "receipt", [{"number": "R1", "date": "2026-03-05", "amount": 100, "currency": "USD"}])
    rows = [
        {"number": "F1", "date": "2026-03-05", "amount": 10, "currency": "USD", "receipt": "R1"},
        {"number": "F2", "date": "2026-03-06", "amount": 10, "currency": "EUR", "receipt": "R1"},
        {"number": "F3", "date": "2026-03-04", "amount": 10, "currency": "USD", "receipt": "R1"},
        {"number": "F4", "date": "2026-03-06", "amount": 10, "currency": None, "receipt": "R1"},
    ]
    result = load(store, "refund", rows)
    assert result.new == 4 and not result.rejected
    said = [(one.name, one.severity, one.where.cell[-1:]) for one in result.notes]
    assert said == [
        ("refund-other-currency", "warning", "3"),
        ("refund-before-receipt", "warning", "4"),
        ("refund-other-currency", "warning", "5"),
    ]
    assert load(store, "refund", rows[:1]).notes == [], "only what the file is about"
    later = load(store, "receipt", [{"number": "R1", "date": "2026-03-07", "amount": 100, "currency": "USD"}])
    assert {one.name for one in later.notes} == {"refund-other-currency", "refund-before-receipt"}


def test_days_far_outside_are_a_warning_and_the_rows_stay():
    store = new_store()
    days = ("1989-12-31", "1990-01-01", "2100-12-31", "2101-01-01")
    rows = [{"number": f"R{n}", "date": day, "amount": 1} for n, day in enumerate(days)]
    result = load(store, "receipt", rows)
    assert result.new == 4
    found = [(note.name, note.values["day"], str(note.where)) for note in result.notes]
    assert found == [
        ("unlikely-date", "1989-12-31", "f.xlsx!Sheet1!B2"),
        ("unlikely-date", "2101-01-01", "f.xlsx!Sheet1!B5"),
    ]


def test_undoing_an_import_leaves_the_store_as_it_was_and_a_redo_brings_it_back():
    store = new_store()
    load(store, "deal", DEALS)
    before = dump_state(store)
    load(store, "deal", [{**DEALS[0], "amount": 5, "name": "港通一期"}, {"number": "D3", "owner": "王芳", "amount": 1}])
    after = dump_state(store)
    batch = latest_batch(store)
    with store.transaction():
        undone = undo_batch(store, batch)
    assert dump_state(store) == before and (undone.gone, undone.restated) == ({"deal": 1}, {"deal": 1})
    assert batch not in in_force(store)
    with store.transaction():
        undo_batch(store, undone.batch)
    assert dump_state(store) == after
    assert dump_state(store, batch - 1) == before


def test_what_was_introduced_and_undone_is_introduced_again():
    store = new_store()
    load(store, "deal", DEALS)
    with store.transaction():
        undo_batch(store, 1)
    assert all(not rows for rows in dump_state(store).values())
    result = load(store, "deal", DEALS)
    assert result.new == 2 and len(result.introduced["person"]) == 2
    assert len(fetch_images(store, REGISTRY["person"])) == 2


def test_one_batch_may_introduce_a_person_and_then_list_them():
    store = new_store()
    with store.transaction():
        batch = begin_batch(store, "import", "x")
        merge_staged(store, batch, stage("team", [{"name": "一部", "manager": "王芳"}]))
        result = merge_staged(store, batch, stage("person", [{"number": "0071", "name": "王芳", "phone": "138"}]))
    assert (result.changed, result.rejected) == (1, {})
    person = only(store, "person", name="王芳")
    assert (person["number"], person["phone"]) == ("0071", "138")
    with store.transaction():
        undo_batch(store, batch)
    assert all(not rows for rows in dump_state(store).values())


def test_a_hand_edit_survives_a_file_of_another_name_too():
    from salescli.store.edits import edit_record

    store = new_store()
    load(store, "deal", DEALS)
    entity = next(e for e, row in fetch_images(store, REGISTRY["deal"]).items() if row["number"] == "D1")
    with store.transaction():
        edit_record(store, begin_batch(store, "edit", ""), REGISTRY["deal"], entity, {"amount": 99_0000})
    result = load(store, "deal", DEALS, feed="another")
    assert [note.name for note in result.notes] == ["edited-since"]
    assert only(store, "deal", number="D1")["amount"] == 99_0000
    assert load(store, "deal", [{**DEALS[1], "amount": 5}], feed="another").changed == 1, "no hand was on this one"
