"""What rejected rows remember of a made key: how many rows that they may come to equal went in."""

from __future__ import annotations

import json

from salescli.importers.made_keys import MOST, recall_counts, remember_counts
from salescli.importers.result import RejectedRow


def row(key: str, *cells: str) -> RejectedRow:
    return RejectedRow(2, cells, (), key)


def remembered(rows: list[RejectedRow], accepted: list[str], column: int = -1) -> list[dict[str, int]]:
    return [json.loads(each.key) if each.key else {} for each in remember_counts(rows, accepted, column)]


def test_a_whole_key_remembers_the_equal_rows_that_went_in() -> None:
    accepted = ["d|甲|1|1", "d|甲|1|2", "d|乙|1|1"]
    assert remembered([row("d|甲|1|3"), row("e|甲|1|1")], accepted) == [{"d|甲|1": 2}, {}]


def test_a_bad_part_may_become_anything_that_went_in() -> None:
    accepted = ["d|甲|1|1", "d|甲|2|1", "d|甲|2|2", "d|乙|3|1"]
    assert remembered([row("d|甲||1")], accepted) == [{"d|甲|1": 1, "d|甲|2": 2}]
    assert remembered([row("|甲||1")], accepted) == [{"d|甲|1": 1, "d|甲|2": 2}]
    assert remembered([row("||3|1")], accepted) == [{"d|乙|3": 1}]


def test_rows_rejected_again_add_what_went_in_meanwhile() -> None:
    again = row("d|甲|1|1", "x", '{"d|甲|1": 2, "d|甲|7": 1}')
    assert remembered([again], ["d|甲|1|3"], column=1) == [{"d|甲|1": 3, "d|甲|7": 1}]


def test_a_row_without_any_part_of_its_key_names_no_more_than_a_cell_can_hold() -> None:
    few, many = ([f"{n}|甲|1|1" for n in range(count)] for count in (MOST, MOST + 1))
    assert len(remembered([row("|||1")], few)[0]) == MOST
    assert remembered([row("|||1")], many) == [{}]


def test_what_is_no_such_cell_says_nothing() -> None:
    cells = [None, 3, "", "x", "{", '{"a": "b"}', '{"a": -1}', '{"a": 2}', '{"a": 1, "b": 4}']
    assert recall_counts(cells) == {"a": 2, "b": 4}
