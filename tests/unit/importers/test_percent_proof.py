"""The proof of percentages, and of units: what is proved by bounds and by sums, what is asked, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.importers.names import parse_header, sheet_unit
from salescli.importers.result import SheetReading
from salescli.render.problems import evidence_of
from tests.unit.importers.files import csv_text, names, read_one, xlsx


def read_rates(path: Path, *cells: Any, header: str = "赢率", **options: Any) -> SheetReading:
    rows = [["商机编号", "客户", "金额", header], *([f"D-{at}", "甲", 5, cell] for at, cell in enumerate(cells))]
    return read_one(path / "商机.csv", csv_text(rows), as_type="deal", **options)


def read_shares(path: Path, *rows: tuple[str, str, Any], **options: Any) -> SheetReading:
    return read_one(
        path / "分成.csv", csv_text([("合同编号", "人员", "比例"), *rows]), as_type="credit-split", **options
    )


def rates(found: SheetReading) -> list[str | None]:
    assert found.staged is not None, names(found.decisions)
    return found.staged.columns["probability"]


def shares(found: SheetReading) -> list[int | None]:
    assert found.staged is not None, names(found.decisions)
    return found.staged.columns["share"]


def test_a_figure_above_one_proves_a_column_that_ends_at_a_hundred_percent(tmp_path: Path) -> None:
    assert rates(read_rates(tmp_path, 10, 1, "25%", 0, 100)) == ["0.1", "0.01", "0.25", "0", "1"]
    for cells in ((0.5, 50), (1,), (0.5, 0.2), (1, 0.5)):
        assert names(read_rates(tmp_path, *cells).decisions) == ["percent-unproved"], cells
    assert rates(read_rates(tmp_path, 0.5, 50, percent="percent")) == ["0.005", "0.5"]


def test_a_statement_that_the_figures_disprove_stops(tmp_path: Path) -> None:
    found = read_rates(tmp_path, 10, 50, percent="fraction")
    assert names(found.decisions) == ["percent-contradicted"]
    assert found.staged is None
    mixed = read_rates(tmp_path, 0.5, 50, percent="fraction")
    assert rates(mixed) == ["0.5"]
    assert names(mixed.row_problems) == ["bad-rate"]


def test_what_a_person_said_is_remembered_where_it_was_needed(tmp_path: Path) -> None:
    assert read_rates(tmp_path, 0.5, 0.2, percent="fraction").decided.percents == {"赢率": "fraction"}
    assert read_rates(tmp_path, 10, 50, percent="percent").decided.percents == {}
    profile = Profile("own", (FileProfile("*", type="deal", percents={"赢率": "fraction"}),))
    assert rates(read_rates(tmp_path, 0.5, 0.2, profile=profile)) == ["0.5", "0.2"]
    assert names(read_rates(tmp_path, 10, 50, profile=profile).decisions) == ["percent-contradicted"]


def test_a_header_with_a_sign_says_it(tmp_path: Path) -> None:
    assert rates(read_rates(tmp_path, 0.5, 2, header="赢率(%)")) == ["0.005", "0.02"]


def test_a_tax_of_a_hundred_percent_is_none(tmp_path: Path) -> None:
    rows = [["合同编号", "客户", "金额", "税率"], ["C-1", "甲", 5, 1], ["C-2", "甲", 5, "6%"]]
    found = read_one(tmp_path / "a.csv", csv_text(rows), as_type="contract")
    assert found.staged is not None
    assert found.staged.columns["tax_rate"] == ["0.01", "0.06"]


def test_sums_prove_shares(tmp_path: Path) -> None:
    assert shares(read_shares(tmp_path, ("A", "a", 0.5), ("A", "b", 0.5))) == [500_000, 500_000]
    assert shares(read_shares(tmp_path, ("A", "a", 99.5), ("A", "b", 0.5))) == [995_000, 5_000]
    assert shares(read_shares(tmp_path, ("A", "a", 1))) == [1_000_000]
    assert shares(read_shares(tmp_path, ("A", "a", 1), ("B", "a", 50), ("B", "b", 50))) == [
        1_000_000, 500_000, 500_000,
    ]  # fmt: skip
    assert shares(read_shares(tmp_path, ("A", "a", 0.5), ("A", "b", "50%"))) == [500_000, 500_000]
    assert shares(read_shares(tmp_path, ("A", "a", 0.6), ("A", "b", 0.4), ("B", "a", 30), ("B", "b", 70))) == [
        600_000, 400_000, 300_000, 700_000,
    ]  # fmt: skip


def test_shares_that_do_not_sum_are_asked_with_the_counts(tmp_path: Path) -> None:
    rows = [("A", "a", 0.5), ("A", "b", 0.5), ("B", "a", 0.3), ("B", "b", 0.6)]
    found = read_shares(tmp_path, *rows)
    assert names(found.decisions) == ["percent-unproved"]
    assert [line.en for line in evidence_of(found.decisions[0])] == [
        "0.5 = 0.5 % (4): 0 of 2 sets add up to 100 %",
        "0.5 = 50 % (4): 1 of 2 sets add up to 100 %",
    ]
    assert shares(read_shares(tmp_path, *rows, percent="fraction")) == [500_000, 500_000, 300_000, 600_000]
    wrong = read_shares(tmp_path, *rows[:2], percent="percent")
    assert names(wrong.decisions) == ["percent-contradicted"]


def test_a_share_that_cannot_be_read_spoils_only_its_set(tmp_path: Path) -> None:
    found = read_shares(tmp_path, ("A", "a", 0.5), ("A", "b", 0.5), ("B", "a", 0.3), ("B", "b", "?"))
    assert shares(found)[:2] == [500_000, 500_000]


@pytest.mark.parametrize(
    ("formats", "expected"), [(("0%", "0%"), ["1", "0.5"]), (("0%", "General"), None), (("General", "General"), None)]
)
def test_cells_that_are_shown_as_percentages(tmp_path: Path, formats: tuple[str, str], expected: Any) -> None:
    def style(book: Any) -> None:
        for row, shown in enumerate(formats, 2):
            book["商机"].cell(row, 4).number_format = shown
        book["商机"].cell(9, 4).number_format = "0%"

    rows = [["商机编号", "客户", "金额", "赢率"], ["D-1", "甲", 5, 1], ["D-2", "甲", 5, 0.5]]
    found = read_one(tmp_path / "a.xlsx", xlsx({"商机": rows}, style), as_type="deal")
    assert (found.staged.columns["probability"] if found.staged else None) == expected
    rows[2][3] = 50  # a full one that is shown as 100 %, beside a bare 50
    found = read_one(tmp_path / "b.xlsx", xlsx({"商机": rows}, style), as_type="deal")
    assert (found.staged is None) is (formats == ("0%", "General"))


def test_a_text_without_a_sign_among_formatted_cells_is_not_a_fraction(tmp_path: Path) -> None:
    def style(book: Any) -> None:
        book["商机"].cell(2, 4).number_format = "0%"

    rows = [["商机编号", "客户", "金额", "赢率"], ["D-1", "甲", 5, 0.25], ["D-2", "甲", 5, "50"]]
    found = read_one(tmp_path / "a.xlsx", xlsx({"商机": rows}, style), as_type="deal")
    assert names(found.decisions) == ["percent-unproved"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位:万元", 10_000), ("单位:人民币元", 1), ("(单位：万美元)", 10_000), ("金额单位为千元", 1_000),
        ("Unit: USD thousands", 1_000), ("(in millions)", 1_000_000), ("单位:个", None), ("付款单位", None),
    ],
)  # fmt: skip
def test_units_above_a_table(text: str, unit: int | None) -> None:
    assert sheet_unit(text) == unit


@pytest.mark.parametrize(
    ("header", "unit"),
    [("金额(万美元)", 10_000), ("金额(人民币)", None), ("Amount ($K)", 1_000), ("金额(元)", 1), ("金额/万元", 10_000)],
)
def test_units_in_a_header(header: str, unit: int | None) -> None:
    assert parse_header(header).unit == unit
    assert parse_header(header).name in ("金额", "amount")
