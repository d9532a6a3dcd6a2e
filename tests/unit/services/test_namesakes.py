"""Records of one name: a row without a number is the one its name fits; contacts and leads are told apart by more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from salescli.services.batches import undo
from salescli.services.context import Context
from salescli.services.importing.files import ImportOutcome
from salescli.store.state import dump_state
from tests.unit.services.importing import give, records
from tests.unit.services.workspaces import workspace_context

CUSTOMER = ("客户编号", "客户名称", "行业")
CONTACT = ("联系人姓名", "公司", "手机", "邮箱", "职务")
CONTACTS = [
    ["张伟", "甲公司", "131", None, "经理"],
    ["张伟", "乙公司", "132", None, "总监"],
    ["张伟", "乙公司", "133", None, "采购"],
    ["李强", None, None, None, "经理"],
]


def problems(outcome: ImportOutcome) -> list[str]:
    return [each.name for row in outcome.rejected for each in row.problems]


def contacts(context: Context, rows: list[list[Any]]) -> tuple[int, int, int, int]:
    result = give(context, "联系人.csv", rows, CONTACT).results[0]
    return result.new, result.changed, result.unchanged, len(result.rejected)


def test_a_row_without_a_number_is_the_record_of_its_name(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "客户.csv", [["C1", "甲公司", None], ["C2", "乙公司", None]], CUSTOMER)
        give(context, "客户2.csv", [[None, "甲公司", "金融"], ["C2", "乙公司", "化工"]], CUSTOMER)
        found = records(context, "customer")
        assert {key: one["industry"] for key, one in found.items()} == {"C1": "金融", "C2": "化工"}


def test_a_name_that_two_records_have_is_no_choice(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "客户.csv", [["C1", "甲公司", None], ["C2", "甲公司", None]], CUSTOMER)
        assert problems(give(context, "客户2.csv", [[None, "甲公司", "金融"]], CUSTOMER)) == ["ambiguous-reference"]
        assert problems(give(context, "客户3.csv", [["甲公司", "金融"]], CUSTOMER[1:])) == ["ambiguous-reference"]
        assert sorted(records(context, "customer")) == ["C1", "C2"]


def test_a_record_stands_in_one_row_only(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "客户.csv", [["C1", "甲公司", None]], CUSTOMER)
        twice = [["C1", "甲公司", "金融"], [None, "甲公司", "化工"]]
        assert problems(give(context, "客户2.csv", twice, CUSTOMER)) == ["duplicate-record"]


def test_contacts_of_one_name_are_told_apart_and_the_file_again_changes_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        empty = dump_state(context.store)
        outcome = give(context, "联系人.csv", CONTACTS, CONTACT)
        assert outcome.results[0].new == 4 and not problems(outcome)
        before = dump_state(context.store)
        assert give(context, "联系人.csv", CONTACTS[::-1], CONTACT).batch is None
        assert dump_state(context.store) == before
        assert outcome.batch
        undo(context, outcome.batch)
        assert dump_state(context.store) == empty


def test_a_contact_keeps_its_record_while_one_thing_stays(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        contacts(context, CONTACTS)
        assert contacts(context, [["张伟", "丙公司", "131", None, None]]) == (0, 1, 0, 0), "moved to another company"
        assert contacts(context, [["李强", "甲公司", None, "li@a.cn", None]]) == (0, 1, 0, 0), (
            "what was blank is filled"
        )
        assert contacts(context, [["张伟", "乙公司", None, None, None]]) == (0, 0, 0, 1), "it may be either"
        assert contacts(context, [["张伟", "乙公司", "139", None, None]]) == (1, 0, 0, 0), "neither of the two"
