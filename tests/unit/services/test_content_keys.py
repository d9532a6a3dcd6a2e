"""Records of types that do not pay and have no number: known by what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.errors import DecisionNeeded
from salescli.services.batches import undo
from salescli.store.state import dump_state
from tests.unit.services.importing import give, records
from tests.unit.services.workspaces import workspace_context

HEADER = ("活动时间", "活动类型", "客户", "负责人", "活动内容")
MARCH = [
    ["2026-03-02", "电话", "上海港通", "王芳", "报价"],
    ["2026-03-02", "电话", "上海港通", "王芳", "报价"],
    ["2026-03-03", "拜访", "宁波远洋", "赵磊", "签约"],
]
APRIL = [["2026-04-02", "电话", "上海港通", "王芳", "回访"], MARCH[2]]
TYPE = {"as_type": "activity"}


def test_the_same_rows_in_any_order_are_the_same_records(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        assert give(context, "三月活动.csv", MARCH, HEADER, **TYPE).results[0].new == 3, "equal ones are counted"
        before = dump_state(context.store)
        outcome = give(context, "活动-2026-03.csv", MARCH[::-1], HEADER, **TYPE)
        assert outcome.batch is None
        assert dump_state(context.store) == before


def test_another_file_of_the_source_asks_and_each_answer_does_what_it_says(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月活动.csv", MARCH, HEADER, **TYPE)
        before = dump_state(context.store)
        with pytest.raises(DecisionNeeded) as caught:
            give(context, "四月活动.csv", APRIL, HEADER, **TYPE)
        (asked,) = caught.value.problems
        assert asked.name == "source-again"
        assert {name: asked.values[name] for name in ("rows", "fresh", "missing")} == {
            "rows": 2,
            "fresh": 1,
            "missing": 2,
        }
        assert dump_state(context.store) == before

        added = give(context, "四月活动.csv", APRIL, HEADER, again="adds", **TYPE)
        assert (added.results[0].new, added.results[0].unchanged, len(records(context, "activity"))) == (1, 1, 4)
        assert added.batch is not None
        undo(context, added.batch)
        assert dump_state(context.store)["activity"] == before["activity"]

        replaced = give(context, "四月活动.csv", APRIL, HEADER, again="replaces", **TYPE)
        assert (replaced.results[0].new, replaced.sheets[0].ended) == (1, 2)
        assert len(records(context, "activity")) == 2
        assert replaced.batch is not None
        undo(context, replaced.batch)
        assert dump_state(context.store)["activity"] == before["activity"]


def test_a_grown_file_asks_nothing(tmp_path: Path) -> None:
    """Whether it replaces the former one or adds to it, the records are the same."""
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月活动.csv", MARCH, HEADER, **TYPE)
        assert give(context, "四月活动.csv", [*APRIL, *MARCH], HEADER, **TYPE).results[0].new == 2


def test_numbers_are_keys_where_rows_have_them(tmp_path: Path) -> None:
    header = ("活动编号", *HEADER)
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月活动.csv", [["A1", *MARCH[0]], [None, *MARCH[2]]], header, **TYPE)
        rows = [["A1", *MARCH[0][:4], "改约"], [None, *MARCH[2]]]
        result = give(context, "三月活动.csv", rows, header, **TYPE).results[0]
        assert (result.new, result.changed, result.unchanged) == (0, 1, 1)
        assert "A1" in records(context, "activity")


def test_a_complete_month_needs_no_answer(tmp_path: Path) -> None:
    many = [["2026-03-04", "电话", f"客户{n}", "王芳", "报价"] for n in range(30)]
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月活动.csv", many, HEADER, complete="month", **TYPE)
        outcome = give(context, "三月活动-新.csv", many[1:], HEADER, complete="month", **TYPE)
        assert outcome.batch is not None or outcome.sheets[0].gone == []


def test_an_answer_that_is_not_needed_is_said(tmp_path: Path) -> None:
    header = ("活动编号", *HEADER)
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        outcome = give(context, "三月活动.csv", [["A1", *MARCH[0]]], header, again="adds", **TYPE)
        assert "again-needless" in [each.name for each in outcome.notes]
