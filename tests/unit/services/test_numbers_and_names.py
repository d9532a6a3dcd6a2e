"""People are told apart by 工号: where a sheet has the name beside it, the number decides and the name is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.store.entities import labels
from tests.unit.services.importing import give, records
from tests.unit.services.workspaces import workspace_context

HEADERS = [("回款编号", "日期", "姓名", "工号", "金额"), ("回款编号", "日期", "业务员", "工号", "金额")]
PEOPLE = ("工号", "姓名")


def owners(context: Any) -> dict[str, Any]:
    people = labels(context.store, context.store.registry["person"], range(1, 1000))
    return {key: people.get(image["owner"]) for key, image in records(context).items()}


@pytest.mark.parametrize("header", HEADERS, ids=["姓名", "业务员"])
def test_the_number_decides_and_another_name_is_said(tmp_path: Path, header: tuple[str, ...]) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "花名册.csv", [["1", "王芳"], ["2", "赵磊"], ["3", "王芳"]], PEOPLE)
        rows = [
            ["R1", "2026-03-01", "王芳", "3", 5],
            ["R2", "2026-03-01", "王芳", "2", 5],
            ["R3", "2026-03-01", "赵磊", None, 5],
        ]
        outcome = give(context, "回款.csv", rows, header)
        numbers = {one["number"]: key for key, one in records(context, "person").items()}
        ids = {key: image["owner"] for key, image in records(context).items()}
        keys = dict(context.store.db.execute("SELECT id, key FROM entity WHERE type = 'person'"))
        assert {key: keys[one] for key, one in ids.items()} == {"R1": "3", "R2": "2", "R3": "2"} and numbers
        (note,) = (each for each in outcome.notes if each.name == "name-differs")
        assert note.values == {"number": "2", "written": "王芳", "known": "赵磊"}
        assert not [each for each in outcome.notes if each.name == "columns-unmapped"]


def test_a_name_alone_that_fits_two_is_no_choice(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "花名册.csv", [["1", "王芳"], ["3", "王芳"]], PEOPLE)
        outcome = give(context, "回款.csv", [["R1", "2026-03-01", "王芳", None, 5]], HEADERS[0])
        assert [each.name for row in outcome.rejected for each in row.problems] == ["ambiguous-reference"]


def test_who_was_mentioned_by_name_is_the_one_of_that_number(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "回款.csv", [["R1", "2026-03-01", "王芳", None, 5]], HEADERS[0])
        give(context, "回款.csv", [["R2", "2026-03-02", "王芳", "7", 5]], HEADERS[0])
        assert owners(context) == {"R1": "王芳", "R2": "王芳"}
        assert len(records(context, "person")) == 1
