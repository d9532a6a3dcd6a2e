"""Names of files from month to month: the pattern of one fits the next, and no other source's."""

from __future__ import annotations

import pytest

from salescli.core.records.file_names import feed_of_stem, fits_name, has_date, pattern_of, specificity

NEXT = [
    ("三月回款.xlsx", "四月回款.xlsx"),
    ("三月回款.xlsx", "十二月回款.xlsx"),
    ("三月回款.xlsx", "2026年4月份回款.xlsx"),
    ("三月回款.xlsx", "四月回款 (2).xlsx"),
    ("回款-2026-03.xlsx", "回款-2026-04.xlsx"),
    ("回款.xlsx", "回款(1).xlsx"),
    ("回款.xlsx", "回款.xlsx"),
    ("Receipts_Mar-2026.csv", "receipts_Apr-2026.csv"),
    ("Receipts_Mar-2026.csv", "Receipts-May 2026.csv"),
    ("202603_回款明细_华东.xls", "202604_回款明细_华东.xls"),
    ("Export (March).csv", "Export (April).csv"),
    ("销售订单2026Q1.xlsx", "销售订单2026Q2.xlsx"),
    ("2026上半年合同[终].xlsx", "2026下半年合同[终].xlsx"),
    ("Ｒｅｃｅｉｐｔｓ３.csv", "receipts4.csv"),
    ("202603.csv", "202603.csv"),
    ("data*1.csv", "data*2.csv"),
    ("回款", "回款"),
    (".csv", ".csv"),
]
OTHERS = [
    ("三月回款.xlsx", "三月回款计划.xlsx"),
    ("三月回款.xlsx", "三月未回款.xlsx"),
    ("三月回款.xlsx", "三月退款.xlsx"),
    ("三月回款.xlsx", "三月华东回款.xlsx"),
    ("三月回款.xlsx", "四月回款.csv"),
    ("回款.xlsx", "回款计划.xlsx"),
    ("回款计划-三月.xlsx", "回款-三月.xlsx"),
    ("202603.csv", "202604.csv"),  # a name that is a date only says nothing of what is inside
    ("Receipts_Mar-2026.csv", "Refunds_Mar-2026.csv"),
    ("orders3.csv", "orders_east3.csv"),
    ("Marketing leads.csv", "leads.csv"),  # no month begins it
    ("data*1.csv", "data of customers 1.csv"),
]


@pytest.mark.parametrize(("name", "following"), NEXT)
def test_pattern_fits_the_file_and_the_next_one(name: str, following: str) -> None:
    assert fits_name(pattern_of(name), name)
    assert fits_name(pattern_of(name), following)
    assert fits_name(pattern_of(name), name.rpartition(".")[0] + ".rejects.xlsx") or "." not in name or name == ".csv"


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_pattern_fits_no_other_source(name: str, other: str) -> None:
    assert not fits_name(pattern_of(name), other)


@pytest.mark.parametrize(("name", "following"), NEXT)
def test_what_fits_is_of_one_feed(name: str, following: str) -> None:
    assert feed_of_stem(name.rpartition(".")[0] or name) == feed_of_stem(following.rpartition(".")[0] or following)


def test_patterns_by_hand() -> None:
    assert fits_name("*回款*.xlsx", "三月回款计划.xlsx")
    assert fits_name("{date}*回款.xls?", "三月华东回款.xlsx")
    assert not fits_name("{date}*回款.xls?", "三月华东回款.csv")
    assert specificity("{date}回款.xlsx") > specificity("*回款.xlsx") > specificity("*.xlsx") > specificity("*")
    assert specificity("三月回款.xlsx") > specificity("{date}回款.xlsx")


def test_names_with_dates() -> None:
    assert [has_date(text) for text in ("三月", "2026", "Mar", "Q1", "回款", "March on", "Market", "月饼")] == [
        True, True, True, True, False, True, False, True,
    ]  # fmt: skip
