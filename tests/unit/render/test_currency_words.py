"""The title line says in which currency amounts are: that of the columns, else the workspace's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.render.options import RenderOptions
from salescli.render.words import title_line

AMOUNT = Decimal(1)


def report(*currencies: str, by_line: bool = False) -> Report:
    columns = tuple(Column(f"amount{at}", Title("金额", "Amount"), "money", code) for at, code in enumerate(currencies))
    lines = (Column("currency", Title("币种", "Currency")),) if by_line else ()
    row = (*("EUR" for _ in lines), *(AMOUNT for _ in columns))
    return Report("one", Title("一", "One"), (Table("one", (*lines, *columns), (row,)),))


@pytest.mark.parametrize(
    ("currencies", "unit", "base", "zh", "en"),
    [
        ([""], "yuan", "CNY", "一 · 单位:元", "One · in yuan"),
        ([""], "yuan", "", "一 · 单位:元", "One · in yuan"),
        ([""], "yuan", "USD", "一 · 单位:USD", "One · in USD"),
        (["EUR"], "yuan", "USD", "一 · 单位:EUR", "One · in EUR"),
        (["CNY"], "yuan", "USD", "一 · 单位:元", "One · in yuan"),
        (["EUR"], "thousand", "USD", "一 · 单位:千 EUR", "One · in thousands of EUR"),
        (["EUR"], "ten-thousand", "CNY", "一 · 单位:万 EUR", "One · in 10,000s of EUR"),
        ([""], "ten-thousand", "CNY", "一 · 单位:万元", "One · in 10,000s"),
        (["EUR", "USD"], "yuan", "USD", "一", "One"),
        (["EUR", "USD"], "thousand", "USD", "一 · 单位:千", "One · in thousands"),
        (["EUR"], "", "USD", "一 · 单位:EUR", "One · in EUR"),
        (["CNY"], "", "USD", "一 · 单位:元", "One · in yuan"),
        (["USD"], "", "USD", "一", "One"),
        ([""], "", "USD", "一", "One"),
    ],
)
def test_the_currency_is_that_of_the_amounts(currencies, unit, base, zh, en):
    found = [title_line(report(*currencies), RenderOptions(lang, unit=unit, currency=base)) for lang in ("zh", "en")]
    assert found == [zh, en]


def test_lines_that_name_their_currency_are_in_no_other():
    said = report("", by_line=True)
    assert title_line(said, RenderOptions("en", unit="yuan", currency="USD")) == "One"
    assert title_line(said, RenderOptions("en", unit="thousand", currency="USD")) == "One · in thousands"
