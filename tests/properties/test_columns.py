"""Laws of kinds: a column read at once is what its cells are one by one."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.records import kinds
from salescli.core.records.kinds import PLAIN, parse_column

KINDS = (kinds.TEXT, kinds.ID, kinds.REFERENCE, kinds.MONEY, kinds.QUANTITY)
ODD = [
    "",
    " ",
    "　",
    "'007",
    "1.2E+17",
    "#N/A",
    "#REF!",
    "上海港通",
    " 上海 港通 ",
    "²",
    "A-1",
    "a\tb",
    "-",
    "'",
    "true",
]
TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=6), st.from_regex(r"[A-Z]{1,3}[0-9]{1,6}", fullmatch=True))
NUMBERS = st.one_of(
    st.floats(allow_nan=False),
    st.integers(-10_000, 10_000).map(float),
    st.integers(-(10**9), 10**9).map(lambda n: n / 100),
)
COLUMNS = st.one_of(
    st.lists(st.one_of(st.none(), TEXTS), max_size=20),
    st.lists(st.one_of(st.none(), NUMBERS), max_size=20),
    st.lists(NUMBERS, min_size=1, max_size=20),
    st.lists(st.sampled_from([1.0, 2.0, 2.5, -0.0, 0.0, 1e15]), max_size=20).map(lambda cells: cells * 120),
    st.lists(
        st.one_of(
            st.none(), TEXTS, NUMBERS, st.booleans(), st.dates(), st.just(datetime.fromisoformat("2026-01-05 09:00"))
        ),
        max_size=9,
    ),
)


@settings(max_examples=300, deadline=None)
@given(cells=COLUMNS, kind=st.sampled_from(KINDS))
def test_a_column_is_read_as_its_cells_are(cells, kind):
    column = parse_column(kind, cells, PLAIN)
    singly = [kind.parse_cell(cell, PLAIN) for cell in cells]
    assert column == singly
    assert [type(value) for value in column] == [type(value) for value in singly]


def test_dates_in_a_text_column_are_texts():
    assert parse_column(kinds.TEXT, [date(2026, 1, 5), "x"]) == ["2026-01-05", "x"]
