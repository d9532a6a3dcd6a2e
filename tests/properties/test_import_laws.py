"""Laws of reading files: every row is somewhere, nothing raises, and the order of rows changes nothing."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.records.kinds import KINDS, Bad, Reading, parse_column, parse_number
from salescli.errors import Problem, Where
from salescli.importers.names import parse_header, sheet_unit
from salescli.importers.opening.delimited import find_encoding, read_delimited
from tests.unit.importers.files import DEALS, RECEIPTS, csv_text, read, xlsx

ODD_TEXT = st.text(
    alphabet=st.sampled_from("0123456789.,-+%¥()万亿年月日/:EeOo王合计总小totalTOTAL '\"=@\t\n　，。％"), max_size=12
)
CELLS = st.one_of(
    st.none(),
    ODD_TEXT,
    st.sampled_from(
        ["2026-03-02", "2026年3月3日", "03/04/2026", "合计", "小计", "Total", "-", "N/A", "王芳", "120000", "12.5万"]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)
TEXT_CELLS = CELLS.map(lambda cell: "" if cell is None else str(cell))


def in_a_folder(name: str, content: bytes | str, **options: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder) / name, content, **options)


@given(
    st.lists(st.lists(TEXT_CELLS, min_size=5, max_size=5), max_size=12),
    st.sampled_from([RECEIPTS, DEALS[:5]]),
    st.booleans(),
)
def test_every_row_of_a_text_is_accounted_for(rows: list[list[str]], header: tuple[str, ...], auto: bool) -> None:
    found = in_a_folder("回款.csv", csv_text([header, *rows]), auto_key=auto)
    for sheet in found.sheets:
        assert sheet.report.is_accounted
        if sheet.staged is not None:
            assert len(sheet.staged) == sheet.report.staged
            assert all(len(column) == len(sheet.staged) for column in sheet.staged.columns.values())
            for each in sheet.staged.type.required_fields():
                values = sheet.staged.columns.get(each.name)
                assert values is None or each.default is not None or None not in values


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8))
def test_every_row_of_a_workbook_is_accounted_for(rows: list[list[Any]]) -> None:
    clean = [[cell if not isinstance(cell, str) or cell.isprintable() else "x" for cell in row] for row in rows]
    found = in_a_folder("回款.xlsx", xlsx({"回款": [RECEIPTS, *clean]}), auto_key=True)
    assert all(sheet.report.is_accounted for sheet in found.sheets)


@given(
    st.lists(
        st.tuples(
            st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 1, 3)),
            st.sampled_from(["甲", "乙"]),
            st.sampled_from([1, 2.5]),
            st.sampled_from(["王", "赵"]),
            st.sampled_from([None, "x", "y"]),
        ),
        min_size=1,
        max_size=12,
    ).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows)))
)
def test_order_of_rows_changes_nothing(both: tuple[list[Any], list[Any]]) -> None:
    """The same rows in another order: the same keys for the same contents, and the same sums."""

    def records(rows: list[Any]) -> list[Any]:
        text = csv_text([RECEIPTS, *(["" if cell is None else cell for cell in row] for row in rows)])
        staged = in_a_folder("回款.csv", text, keys=("日期", "客户", "金额")).staged[0]
        assert len(staged) == len(rows)
        return sorted(zip(*(map(str, staged.columns[name]) for name in sorted(staged.columns)), strict=True))

    assert records(both[0]) == records(both[1])


@given(
    st.lists(CELLS, max_size=8),
    st.sampled_from(sorted(KINDS)),
    st.sampled_from([1, 10_000]),
    st.sampled_from(["", "dmy", "mdy", "ymd"]),
)
def test_no_cell_raises(cells: list[Any], kind: str, unit: int, order: Any) -> None:
    """A column turns into stored values or named refusals, alone or beside others in the same way."""
    reading = Reading(unit, order)
    values = parse_column(KINDS[kind], cells, reading)
    assert len(values) == len(cells)
    if kind != "any":
        assert all(isinstance(value, (str, int, Bad)) or value is None for value in values)
    assert values == [parse_column(KINDS[kind], [cell], reading)[0] for cell in cells]


@given(ODD_TEXT)
def test_no_text_raises(text: str) -> None:
    number = parse_number(text)
    assert number is None or isinstance(number, Decimal)
    parse_header(text)
    sheet_unit(text)


@given(st.binary(max_size=300), st.sampled_from([".csv", ".tsv", ".txt"]))
def test_no_bytes_raise(data: bytes, suffix: str) -> None:
    find_encoding(data)
    found = read_delimited(data, Where("a"), "", suffix)
    assert isinstance(found, Problem) or len({len(row) for row in found.rows}) <= 1
    assert in_a_folder("a" + suffix, data).staged == []


@given(st.binary(max_size=200), st.integers(0, 6000), st.integers(0, 200))
def test_no_broken_workbook_raises(noise: bytes, at: int, length: int) -> None:
    content = xlsx({"回款": [RECEIPTS, ["2026-03-02", "甲", 5, "王", None]]})
    broken = content[:at] + noise + content[at + length :]
    found = in_a_folder("a.xlsx", broken, auto_key=True)
    assert all(sheet.report.is_accounted for sheet in found.sheets)
