"""Columns of plain decimals as text: read at once, and as exactly as one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.records.kind import PLAIN, parse_column
from salescli.core.records.number_kinds import MONEY

DECIMALS = st.from_regex(r"-?[0-9]{1,10}(\.[0-9]{1,5})?", fullmatch=True)


@given(st.lists(DECIMALS | st.text("0123456789.-\n ", max_size=6), min_size=1, max_size=8))
def test_a_column_is_what_its_cells_are(cells: list[str]) -> None:
    assert parse_column(MONEY, cells) == [MONEY.parse_cell(cell, PLAIN) for cell in cells]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "-2.5", "0.0001"], [10_000, -25_000, 1]),
        (["999999999.9999", "-999999999.9999"], [9_999_999_999_999, -9_999_999_999_999]),
        (["1", ""], [10_000, None]),
        (["-0", "007.10"], [0, 71_000]),
    ],
)
def test_values(cells: list[str], values: list[int | None]) -> None:
    assert parse_column(MONEY, cells) == values
