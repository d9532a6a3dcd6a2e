"""A currency that only the number format shows is not the workspace's own; a unit that is only shown is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.importers.opening.number_formats import parse_format
from tests.unit.importers.files import names, read_one, xlsx
from tests.unit.importers.old_files import InDollars, ods, xls, xlsb

HEADER = ("回款编号", "到账日期", "金额", "客户", "负责人")
DOLLARS = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_) '


def shown(formats: Sequence[str], column: int = 3, first: int = 2) -> Callable[[Any], None]:
    """Give the figures of a column their formats."""

    def apply(book: Any) -> None:
        for row, code in enumerate(formats, first):
            book["Sheet1"].cell(row, column).number_format = code

    return apply


def read_shown(
    tmp_path: Path, *formats: str, base: str = "CNY", head: str = "金额", amounts: Sequence[Any] = (),
    currencies: Sequence[Any] = (), above: str = "", **options: Any,
) -> Any:  # fmt: skip
    header = [*HEADER[:2], head, *HEADER[3:], *(["币种"] if currencies else [])]
    rows = [
        [f"R{at}", "2026-01-01", amounts[at] if amounts else 100, "甲", "张三", *currencies[at : at + 1]]
        for at in range(len(formats))
    ]
    rows = [*([[above]] if above else []), header, *rows]
    content = xlsx(rows, shown(formats, first=3 if above else 2))
    return read_one(tmp_path / "a.xlsx", content, base_currency=base, **options)


def currencies_of(found: Any) -> list[Any]:
    columns = found.staged.columns
    return list(columns.get("currency") or [None] * len(found.staged))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("[$$-409]#,##0.00", ("$", "USD")),
        ("[$$-en-US]#,##0.00", ("$", "USD")),
        ("[$$-C09]#,##0.00", ("$", "AUD")),
        ('"US$"#,##0', ("US$", "USD")),
        ("\\U\\S\\$#,##0", ("US$", "USD")),
        ("[$€-2] #,##0", ("€", "EUR")),
        ("#,##0.00 [$EUR]", ("EUR", "EUR")),
        ("[$XAF] #,##0", ("XAF", "XAF")),
        ("[$USD] #,##0.00", ("USD", "USD")),
        ("[$£-809]#,##0", ("£", "GBP")),
        ("[$HK$-C04]#,##0", ("HK$", "HKD")),
        ("[$￥-804]#,##0", ("¥", "CNY")),
        ("[$¥-411]#,##0", ("¥", "JPY")),
        (DOLLARS, ("$", "")),
        ('_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ', ("¥", "")),
        ('0.00"万美元"', ("万美元", "USD")),
    ],
)
def test_the_sign_of_a_format(code: str, expected: tuple[str, str]) -> None:
    found = parse_format(code)
    assert found is not None
    assert (found.sign, found.code) == expected


@pytest.mark.parametrize(
    ("code", "unit", "divisor"),
    [
        ('0.00"万元"', 10_000, 1),
        ("0.00\\万\\元", 10_000, 1),
        ('0!.0,"万"', 10_000, 10_000),
        ('0\\.0,"万元"', 10_000, 10_000),
        ("0!.0000", 1, 10_000),
        ("0!.0,", 1, 10_000),
        ("0.00,,", 1, 1_000_000),
        ("#,##0,", 1, 1_000),
        ('"$"0.0,,"M"', 1_000_000, 1_000_000),
        ('0.0"K"', 1_000, 1),
        ('[>=10000]0!.0,"万";0', 10_000, 10_000),
    ],
)
def test_the_unit_of_a_format(code: str, unit: int, divisor: int) -> None:
    found = parse_format(code)
    assert found is not None
    assert (found.unit, found.divisor) == (unit, divisor)


@pytest.mark.parametrize(
    "code",
    [
        "General", "0.00", "#,##0.00_);[Red](#,##0.00)", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d", "[$-F800]dddd", "@",
        '#,##0.00"元"', '0"个"', "0.00E+00", "", '"', "[", "\\", '"USDA"0', "0;;;",
    ],
)  # fmt: skip
def test_formats_that_say_nothing(code: str) -> None:
    assert parse_format(code) is None


@pytest.mark.parametrize(
    ("code", "base", "expected"),
    [
        ("[$$-409]#,##0.00", "CNY", "USD"),
        ('"US$"#,##0', "HKD", "USD"),
        ("[$€-2] #,##0", "CNY", "EUR"),
        ("[$USD] 0", "", "USD"),
        ("[$¥-804]#,##0", "USD", "CNY"),
        (DOLLARS, "USD", None),
        (DOLLARS, "HKD", None),
        (DOLLARS, "", None),
        ('"¥"#,##0', "CNY", None),
        ('"¥"#,##0', "JPY", None),
        ("[$¥-804]#,##0", "CNY", None),
        ("[$€-2] #,##0", "EUR", None),
        ('#,##0"元"', "CNY", None),
    ],
)
def test_one_currency_in_all_rows_is_theirs(tmp_path: Path, code: str, base: str, expected: str | None) -> None:
    found = read_shown(tmp_path, code, code, base=base)
    assert currencies_of(found) == [expected, expected]
    assert ("currency-by-format" in names(found.notes)) is (expected is not None)
    assert [each // 10_000 for each in found.staged.columns["amount"]] == [100, 100]


@pytest.mark.parametrize(("code", "base"), [(DOLLARS, "CNY"), ('"¥"#,##0', "USD")])
def test_a_sign_of_several_currencies_is_as_if_typed(tmp_path: Path, code: str, base: str) -> None:
    found = read_shown(tmp_path, code, code, base=base)
    assert names([each for row in found.report.rejected for each in row.problems]) == ["currency-contradicts"] * 2


@pytest.mark.parametrize(("code", "base"), [("[$$-409]0", "HKD"), ("[$¥-411]0", "CNY")])
def test_the_workspaces_sign_with_another_country_is_asked(tmp_path: Path, code: str, base: str) -> None:
    found = read_shown(tmp_path, code, base=base)
    assert names(found.decisions) == ["currency-formats-mixed"]
    assert found.staged is None


def test_formats_that_differ_by_row(tmp_path: Path) -> None:
    found = read_shown(tmp_path, "[$€-2]0", '"US$"0', '"¥"0')
    assert currencies_of(found) == ["EUR", "USD", None]
    for formats in (("[$€-2]0", "General"), ("[$€-2]0", '"$"0'), ('"¥"0', '"$"0')):
        assert names(read_shown(tmp_path, *formats).decisions) == ["currency-formats-mixed"], formats
    assert currencies_of(read_shown(tmp_path, '"¥"0', "General")) == [None, None]
    zero = read_shown(tmp_path, "[$€-2]0", "General", amounts=(5, 0))
    assert currencies_of(zero) == ["EUR", None], "nothing is nothing in every currency"
    typed = read_shown(tmp_path, "[$€-2]0", "General", amounts=(5, "USD 7"))
    assert currencies_of(typed) == ["EUR", "USD"]


def test_what_is_stated_holds_and_the_difference_is_said(tmp_path: Path) -> None:
    found = read_shown(tmp_path, "[$€-2]0", "[$€-2]0", "[$€-2]0", currencies=("USD", "EUR", None))
    assert currencies_of(found) == ["USD", "EUR", "EUR"]
    (said,) = [each for each in found.notes if each.name == "currency-format-differs"]
    assert (said.values["count"], said.where.cell) == (1, "C2")
    for options in ({"head": "金额(人民币)"}, {"above": "币种:人民币"}):
        found = read_shown(tmp_path, "[$€-2]0", **options)
        assert currencies_of(found) == [None]
        assert "currency-format-differs" in names(found.notes)
    profile = Profile("own", (FileProfile("*", type="receipt", currency="CNY"),))
    mixed = read_shown(tmp_path, "[$¥-411]0", "General", profile=profile)
    assert currencies_of(mixed) == ["CNY", "CNY"], "what was asked can be answered"
    assert "currency-format-differs" not in names(mixed.notes)


def test_a_unit_that_is_only_shown_is_never_passed_over(tmp_path: Path) -> None:
    for code in ('0.00"万元"', '0.0"万美元"', '0.0,"万"'):
        found = read_shown(tmp_path, code, amounts=(12,))
        assert names(found.decisions) == ["unit-by-format"], code
        assert found.staged is None
    profile = Profile("own", (FileProfile("*", type="receipt", unit=10_000),))
    for options in ({"head": "金额(万元)"}, {"above": "单位:万元"}, {"profile": profile}):
        found = read_shown(tmp_path, '0.00"万元"', amounts=(12,), **options)
        assert found.staged.columns["amount"] == [120_000 * 10_000]


def test_a_display_in_tens_of_thousands_changes_no_value(tmp_path: Path) -> None:
    for code in ("0!.0,", '0!.0,"万"', "0.00,,", "#,##0,"):
        found = read_shown(tmp_path, code, amounts=(120_000,))
        assert found.staged.columns["amount"] == [120_000 * 10_000], code
    twice = read_shown(tmp_path, "0!.0,", amounts=(120_000,), head="金额(万元)")
    assert names(twice.decisions) == ["unit-by-format"], "shown as 12.0 under 万元, and 1.2 billion when multiplied"


def test_columns_of_one_row_that_are_shown_in_two_currencies(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["合同编号", "客户", "签订日期", "合同金额", "不含税金额"],
        ["HT-1", "甲", "2026-01-01", 5, 7],
    ]

    def style(book: Any) -> None:
        book["Sheet1"]["D2"].number_format = "[$€-2]0"
        book["Sheet1"]["E2"].number_format = '"US$"0'

    found = read_one(tmp_path / "a.xlsx", xlsx(rows, style), as_type="contract", base_currency="CNY")
    assert names([each for row in found.report.rejected for each in row.problems]) == ["currency-contradicts"]


@pytest.mark.parametrize(("suffix", "write"), [(".xls", xls), (".xlsb", xlsb), (".ods", ods)])
def test_other_workbooks_show_currencies_too(tmp_path: Path, suffix: str, write: Callable[..., bytes]) -> None:
    rows: list[list[Any]] = [
        [*HEADER],
        ["R1", "2026-01-01", InDollars(100), "甲", "张三"],
        ["R2", "2026-01-01", InDollars(7), "乙", "张三"],
    ]
    found = read_one(tmp_path / f"a{suffix}", write({"回款": rows}), base_currency="CNY")
    assert currencies_of(found) == ["USD", "USD"]
    assert names(found.notes).count("currency-by-format") == 1
    rows[2][2] = 7
    mixed = read_one(tmp_path / f"b{suffix}", write({"回款": rows}), base_currency="CNY")
    assert names(mixed.decisions) == ["currency-formats-mixed"]
