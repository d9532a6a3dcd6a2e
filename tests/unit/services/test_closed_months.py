"""A new owner where months are closed: what each answer would post is said before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.errors import DecisionNeeded
from salescli.store.state import dump_state
from tests.unit.services.closing import close, earned, paying_context
from tests.unit.services.importing import RECEIPTS, give, records
from tests.unit.services.test_gone import NUMBERED, month
from tests.unit.services.workspaces import workspace_context


def said(caught: pytest.ExceptionInfo[DecisionNeeded]) -> dict[str, Any]:
    return {each.name: each.values.get("postings") or each.values.get("option") for each in caught.value.problems}


def with_owner(rows: list[list[Any]], owner: str) -> list[list[Any]]:
    return [[*row[:4], owner, row[5]] for row in rows]


def test_each_answer_says_what_it_would_post_per_person(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        before = dump_state(context.store)
        moved = with_owner(month(1)[:1], "赵磊")
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "一月回款.csv", [*moved, *month(1)[1:], *month(2)], NUMBERED)
        assert said(caught) == {
            "change-or-correction": None,
            "answer-posts": ["王芳 −10.00", "赵磊 +10.00"],
            "answer-posts-nothing": "--changes-from 2026-02-01",
        }
        assert dump_state(context.store) == before


def test_a_correction_that_moves_closed_months_stops_until_it_is_accepted(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        rows = with_owner(month(1)[:2], "李娜")
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "一月回款.csv", rows, NUMBERED, dated="correct")
        assert said(caught) == {"closed-months-move": ["李娜 +20.10", "赵磊 −10.10", "王芳 −10.00"]}
        give(context, "一月回款.csv", rows, NUMBERED, dated="correct", accept_posting=True)
        assert earned(context, "2026-02") == {"李娜": "20.10", "赵磊": "-10.10", "王芳": "-10.00"}


def test_an_answer_that_moves_nothing_closed_goes_through(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        give(context, "二月回款.csv", month(2), NUMBERED)
        outcome = give(context, "二月回款.csv", with_owner(month(2), "李娜"), NUMBERED, dated="correct")
        assert outcome.results[0].changed == 30
        assert set(earned(context, "2026-02")) == {"李娜"}


def test_without_closed_months_nothing_is_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.services.commission import running

    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        monkeypatch.setattr(running, "compute_period", None)
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "一月回款.csv", with_owner(month(1), "李娜"), NUMBERED)
        assert list(said(caught)) == ["change-or-correction"]


def test_new_rows_of_closed_months_are_said(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        outcome = give(context, "二月回款.csv", [*month(1, 32), *month(2)], NUMBERED)
        (late,) = (each for each in outcome.notes if each.name == "rows-in-closed-months")
        assert (late.values["count"], late.values["months"], late.values["month"]) == (2, ["2026-01"], "2026-02")


def test_the_same_file_corrected_takes_its_wrong_change_back(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        rows = with_owner(month(1, 4), "李娜")
        give(context, "一月回款.csv", rows, NUMBERED, dated="2026-03-01")
        assert earned(context, "2026-01") == {"王芳": "20.20", "赵磊": "20.40"}
        outcome = give(context, "一月回款.csv", rows, NUMBERED, dated="correct")
        assert outcome.results[0].changed == 4
        assert earned(context, "2026-01") == {"李娜": "40.60"}
        assert give(context, "一月回款.csv", rows, NUMBERED, dated="correct").batch is None


def test_a_later_file_that_corrects_leaves_changes_of_other_files(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        give(context, "一月回款.csv", with_owner(month(1, 4), "李娜"), NUMBERED, dated="2026-03-01")
        later = [*with_owner(month(1, 4), "李娜"), *month(2, 1)]
        give(context, "二月回款.csv", later, NUMBERED, dated="correct")
        assert earned(context, "2026-01") == {"王芳": "20.20", "赵磊": "20.40"}
        assert len(records(context)) == 5 and RECEIPTS


def test_an_edit_by_hand_says_so_too(tmp_path: Path) -> None:
    from salescli.services.record.editing import edit

    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        with pytest.raises(DecisionNeeded) as caught:
            edit(context, "receipt", "R1-00", ["owner=李娜"])
        assert said(caught)["answer-posts"] == ["李娜 +10.00", "王芳 −10.00"]
        with pytest.raises(DecisionNeeded) as caught:
            edit(context, "receipt", "R1-00", ["owner=李娜"], dated="correct")
        assert said(caught) == {"closed-months-move": ["李娜 +10.00", "王芳 −10.00"]}
        assert edit(context, "receipt", "R1-00", ["owner=李娜"], dated="correct", accept_posting=True).batch
        assert earned(context, "2026-02") == {"李娜": "10.00", "王芳": "-10.00"}
        assert edit(context, "receipt", "R1-01", ["owner=李娜"], dated="2026-03-01").batch


def test_a_new_manager_or_role_of_a_person_says_so_too(tmp_path: Path) -> None:
    from salescli.services.record.editing import edit

    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        with pytest.raises(DecisionNeeded) as caught:
            edit(context, "person", "1", ["role=经理"], dated="correct")
        assert said(caught) == {"closed-months-move": ["王芳 −171.00"]}


def seats_of(context: Any) -> dict[str, str]:
    found = records(context, "assignment")
    return {f"{image['person']} {image['from']}": image["role"] for image in found.values()}


def test_a_wrong_change_of_seat_is_taken_back_by_the_same_list_or_hand(tmp_path: Path) -> None:
    from salescli.services.record.editing import edit

    header = ("工号", "姓名", "入职日期", "岗位")
    rows = [["1", "王芳", "2026-01-01", "销售"], ["2", "赵磊", "2026-01-01", "销售"]]
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "花名册.csv", rows, header)
        before = seats_of(context)
        now = [[*rows[0][:3], "经理"], rows[1]]
        give(context, "花名册-新.csv", now, header, dated="2026-03-01")
        assert len(seats_of(context)) == 3
        outcome = give(context, "花名册-新.csv", now, header, dated="correct")
        assert "change-taken-back" in [each.name for each in outcome.notes]
        first = next(iter(before))
        assert seats_of(context) == {**before, first: "经理"}
        edit(context, "person", "2", ["role=经理"], dated="2026-02-01")
        assert len(seats_of(context)) == 3
        edit(context, "person", "2", ["role=经理"], dated="correct")
        assert seats_of(context) == dict.fromkeys(before, "经理")


def test_whatever_moves_closed_months_is_said(tmp_path: Path) -> None:
    from salescli.services.record.editing import edit, remove_record

    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        rows = month(1)
        changed = [[*rows[0][:3], rows[0][3] + 50, *rows[0][4:]], *rows[1:]]
        outcome = give(context, "一月回款.csv", changed, NUMBERED)
        (moved,) = (each for each in outcome.notes if each.name == "closed-months-moved")
        assert moved.values == {"month": "2026-02", "postings": ["王芳 +5.00"]}
        again = give(context, "二月回款.csv", month(2), NUMBERED)
        assert not [each for each in again.notes if each.name == "closed-months-moved"]
        number = str(rows[0][0])
        by_hand = edit(context, "receipt", number, ["amount=7"])
        assert [each.name for each in by_hand.problems] == ["closed-months-moved"]
        assert "closed-months-moved" in [each.name for each in remove_record(context, "receipt", number).problems]
