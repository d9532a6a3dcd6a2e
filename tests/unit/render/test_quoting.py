from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quoting import quote_formula, unquote_formula
from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.render import RenderOptions, render


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "\t=1", "+cmd|' /C calc'!A0", "-2+3", "-x", '=HYPERLINK("x")', "--1"]
)
def test_formulas_are_quoted(text: str) -> None:
    table = Table("t", (Column("a", Title("甲", "A")), Column("b", Title("乙", "B"), "id")), ((text, text),))
    output = render(Report("r", Title("", ""), (table,)), "csv", RenderOptions())
    assert isinstance(output, str)
    assert list(csv.reader(io.StringIO(output)))[1] == ["'" + text, "'" + text]


@pytest.mark.parametrize(
    "text", ["-12.5", "+3", "-1,234.50", "+86 138 0013 8000", "+86-138-0013-8000", "-5 %", "a=1", "", "'s"]
)
def test_numbers_phones_and_plain_text_are_not(text: str) -> None:
    assert quote_formula(text) == text


@given(st.text(st.sampled_from("'=+-@\t1a "), max_size=8))
def test_what_is_exported_comes_back(text: str) -> None:
    assert unquote_formula(quote_formula(text)) == text
