"""Sparklines: how they are drawn, and that every format that carries figures carries theirs."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.table import Column, Ratio, Report, Series, Table
from salescli.core.title import Title
from salescli.render import render
from salescli.render.options import RenderOptions
from salescli.render.values import ASCII_SPARKS, SPARKS, bar_width, spark

VALUES: Series = (Decimal("0.5"), None, Decimal(-1), Ratio(1, 3))
REPORT = Report(
    "r",
    Title("走势", "Trend"),
    (Table("t", (Column("trend", Title("走势", "Trend"), "spark", "CNY"),), ((VALUES,),)),),
)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((1, 2, 3), "▃▅▇"),
        ((0, 0), "▁▁"),
        ((5, 5), "▇▇"),
        ((0, 1, 1000), "▁▂▇"),
        ((-6, 0), "▁▇"),
        ((None, 3, Ratio(1, 0)), " ▇ "),
        ((), ""),
    ],
)
def test_drawn(values: Series, drawn: str) -> None:
    assert spark(values) == drawn
    assert spark(values, ascii_signs=True) == drawn.translate(str.maketrans(SPARKS, ASCII_SPARKS))


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_more_is_never_drawn_lower(values: list[int]) -> None:
    drawn = spark(tuple(values))
    heights = [SPARKS.index(sign) for sign in drawn]
    assert [heights[place] for place in sorted(range(len(values)), key=values.__getitem__)] == sorted(heights)


def test_figures_are_carried() -> None:
    options = RenderOptions("en")
    assert json.loads(render(REPORT, "json", options))["blocks"][0]["rows"] == [
        {"trend": ["0.50", None, "-1.00", "0.333333333333"]}
    ]
    assert "0.50;;-1.00;0.333333333333" in str(render(REPORT, "csv", options))
    assert "0.50;;-1.00;0.333333333333" in str(render(REPORT, "plain", options))
    assert 'title="0.50;;-1.00;0.333333333333">▇ ▁▆</span>' in str(render(REPORT, "html", options))
    assert "▇ ▁▆" in str(render(REPORT, "markdown", options))
    assert "▇ ▁▆" in str(render(REPORT, "text", options))


def test_workbook_holds_the_figures() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(bytes(render(REPORT, "xlsx", RenderOptions("en")))))  # type: ignore[arg-type]
    assert book.worksheets[0]["A2"].value == "0.50;;-1.00;0.333333333333"


def test_a_bar_leaves_room_to_the_figures() -> None:
    assert [bar_width(width) for width in (None, 160, 120, 80)] == [20, 20, 10, 6]
