"""Charts of tables: how they are drawn on terminals, in pages and in workbooks, from the table's own figures."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from salescli.core.table import Chart, Column, Table
from salescli.core.title import Language, Title
from salescli.render import RenderOptions, render
from salescli.render.ansi import unpainted
from salescli.render.cells import cell_width
from salescli.render.pictures.canvas import Canvas
from salescli.render.pictures.figure import compute_axis, drawn_keys, read_picture
from salescli.render.pictures.lines import ASCII_SIGNS, SIGNS
from salescli.render.pictures.terminal import chart_lines
from tests.unit.render.pictures import AMOUNT, MONTHS, NAME, PICTURED, STAGES, STEPS, TARGET, TEAMS, report, table

GOLDENS = Path(__file__).parent / "goldens"
CASES = [
    ("zh-80", RenderOptions("zh", 80)),
    ("en-120", RenderOptions("en", 120)),
    ("zh-160-wan", RenderOptions("zh", 160, unit="ten-thousand")),
    ("en-ascii-80", RenderOptions("en", 80, ascii=True)),
]


@pytest.mark.parametrize(("golden", "options"), CASES, ids=[case[0] for case in CASES])
def test_golden_on_a_terminal(golden: str, options: RenderOptions) -> None:
    check_golden(f"pictures-{golden}", "".join(text(each, options) for each in PICTURED.values()))


def test_golden_in_a_page() -> None:
    page = text_of(report(*PICTURED.values()), "html", RenderOptions("zh"))
    check_golden("pictures-html-zh", "\n".join(re.findall(r"<figure.*?</figure>", page, re.S)) + "\n")


def check_golden(name: str, output: str) -> None:
    path = GOLDENS / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(output, encoding="utf-8", newline="")
    assert output == path.read_text(encoding="utf-8")


def text_of(shown: object, name: str, options: RenderOptions) -> str:
    output = render(shown, name, options)  # type: ignore[arg-type]
    assert isinstance(output, str)
    return output


def text(pictured: Table, options: RenderOptions) -> str:
    return "\n".join([*(line.rstrip() for line in chart_lines(pictured, set(), options)), ""])


@pytest.mark.parametrize("width", [80, 160])
def test_a_picture_stands_beside_its_table_where_there_is_room(width: int) -> None:
    screen = "\n".join(text_of(report(each), "text", RenderOptions("zh", width)) for each in (MONTHS, STEPS))
    check_golden(f"pictures-report-zh-{width}", screen)
    (heading,) = [line for line in screen.splitlines() if line.startswith("月份")]
    assert ("图 · 各项" in heading) == (width == 160)
    assert all(cell_width(line) <= width for line in screen.splitlines())
    coloured = text_of(report(MONTHS), "text", RenderOptions("zh", width, colour=True))
    assert [unpainted(line).rstrip() for line in coloured.splitlines()] == text_of(
        report(MONTHS), "text", RenderOptions("zh", width)
    ).splitlines()


@pytest.mark.parametrize("width", [20, 40, 80, 120, 160])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ascii_signs", [False, True])
@pytest.mark.parametrize("kind", PICTURED)
def test_no_line_is_wider_than_the_terminal(width: int, language: Language, ascii_signs: bool, kind: str) -> None:
    output = text(PICTURED[kind], RenderOptions(language, width, ascii=ascii_signs))
    assert all(cell_width(line) <= width for line in output.splitlines())
    assert width < 40 or len(output.splitlines()) > 4


@pytest.mark.parametrize("kind", PICTURED)
def test_ascii_is_ascii_but_for_the_data(kind: str) -> None:
    output = text(PICTURED[kind], RenderOptions("en", 100, ascii=True))
    assert not [sign for sign in output if not sign.isascii() and not "\u4e00" <= sign <= "\u9fff"]


@pytest.mark.parametrize("name", ["text", "plain", "csv", "json", "markdown"])
def test_off_a_terminal_there_is_no_picture(name: str) -> None:
    bare = report(*(replace(each, charts=()) for each in PICTURED.values()))
    assert text_of(report(*PICTURED.values()), name, RenderOptions("zh")) == text_of(bare, name, RenderOptions("zh"))


def test_colour_changes_nothing_but_colours() -> None:
    for each in PICTURED.values():
        plain = text(each, RenderOptions("zh", 80))
        assert re.sub(r"\x1b\[\d+m", "", text(each, RenderOptions("zh", 80, colour=True))) == plain


def test_cells_that_hold_bars_are_the_picture() -> None:
    bar = Column("bar", Title("图", "Bar"), "bar")
    for each in (TEAMS, STAGES):
        barred = replace(each, columns=(*each.columns, bar), rows=tuple((*row, Decimal(1)) for row in each.rows))
        assert chart_lines(barred, set(), RenderOptions("zh", 80)) == []


def test_nothing_to_look_at_is_not_drawn() -> None:
    options = RenderOptions("zh", 80)
    assert chart_lines(replace(MONTHS, rows=()), set(), options) == []
    assert chart_lines(replace(MONTHS, rows=MONTHS.rows[:3]), set(), options) == []  # two points make no line
    zeros = tuple((name, Decimal(0), None) for name, _, _ in TEAMS.rows)
    assert chart_lines(replace(TEAMS, rows=zeros), set(), options) == []
    absent = Chart("bar", Title("图", "Picture"), "name", ("absent",))
    assert chart_lines(replace(TEAMS, charts=(absent,)), set(), options) == []
    many = tuple((f"n{number}", Decimal(number), None) for number in range(100))
    assert chart_lines(replace(TEAMS, rows=many), set(), options) == []


@given(st.lists(st.fractions(-(10**9), 10**9), min_size=1), st.integers(2, 8))
def test_an_axis_holds_zero_and_all_figures(figures: list[Fraction], most: int) -> None:
    axis = compute_axis(figures, most)
    assert axis.low == min(0, *figures) and (axis.high == max(0, *figures) or set(figures) == {0})
    assert 0 in axis.ticks and 1 <= len(axis.ticks) <= most
    assert axis.low <= axis.ticks[0] and axis.ticks[-1] <= axis.high
    for earlier, later in pairwise(axis.ticks):
        step = later - earlier
        assert str(step.numerator * step.denominator).strip("0") in {"1", "2", "5"}, step


def test_counts_have_no_half_ticks() -> None:
    assert compute_axis([Fraction(1)], 8, Fraction(1)).ticks == (Fraction(0), Fraction(1))


@given(st.lists(st.integers(-1000, 1000), min_size=3, max_size=20).filter(any), st.booleans())
def test_more_is_never_drawn_lower(values: list[int], ascii_signs: bool) -> None:
    pictured = table("line", (NAME, AMOUNT), [(f"{number}", Decimal(value)) for number, value in enumerate(values)])
    lines = chart_lines(pictured, set(), RenderOptions("en", 120, ascii=ascii_signs))[2:-1]
    sign = (ASCII_SIGNS if ascii_signs else SIGNS)[0]
    found = sorted((line.index(sign, at), -row) for row, line in enumerate(lines) for at in places(line, sign))
    assert len(found) == len(values)
    heights = [height for _, height in found]
    order = sorted(range(len(values)), key=values.__getitem__)
    assert [heights[place] for place in order] == sorted(heights)


def places(line: str, sign: str) -> list[int]:
    return [place for place, each in enumerate(line) if each == sign]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any))
def test_bars_are_as_long_as_their_figures(values: list[int]) -> None:
    pictured = table("bar", (NAME, AMOUNT), [(f"{number}", Decimal(value)) for number, value in enumerate(values)])
    lengths = [line.count("█") for line in chart_lines(pictured, set(), RenderOptions("en", 80))[2:]]
    longest = max(lengths)
    for value, length in zip(values, lengths, strict=True):
        assert (length == longest) == (value == max(values)) and (length == 0) == (value == 0)
        assert abs(Fraction(value, max(values)) * longest - length) <= 1


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=10), st.integers(1, 1000))
def test_a_waterfall_closes(changes: list[int], start: int) -> None:
    figures = [start, *changes, start + sum(changes)]
    pictured = table("waterfall", (NAME, AMOUNT), [(f"{place}", Decimal(each)) for place, each in enumerate(figures)])
    picture = read_picture(pictured, pictured.charts[0], set(), RenderOptions("en", 80))
    assert picture is not None
    spans = picture.spans()
    assert all(earlier[1] == later[0] for earlier, later in pairwise(spans[:-1]))
    assert spans[0][0] == spans[-1][0] == 0 and spans[-1][1] == spans[-2][1]


def test_a_waterfall_ends_at_the_total() -> None:
    last = replace(STEPS, rows=STEPS.rows[:-1], total=(None, Decimal(500)))
    pictures = [read_picture(each, each.charts[0], set(), RenderOptions("zh", 80)) for each in (STEPS, last)]
    assert pictures[0] is not None and pictures[1] is not None and pictures[1].names[-1] == "合计"
    assert pictures[0].spans() == pictures[1].spans() and pictures[0].series == pictures[1].series
    content = render(report(last), "xlsx", RenderOptions("zh"))
    (chart,) = load_workbook(io.BytesIO(content)).worksheets[0]._charts  # type: ignore[arg-type]
    assert chart.series[0].val.numRef.f.endswith("$B$2:$B$6")


def test_what_cannot_stand_on_one_axis_is_not_drawn_on_one() -> None:
    dollars = replace(TARGET, key="dollars", currency="USD")
    pair = table(
        "bar", (NAME, AMOUNT, dollars, Column("n", Title("数", "n"), "count")), [("a", Decimal(1), Decimal(2), 3)]
    )
    assert drawn_keys(pair, pair.charts[0]) == ("amount",)
    money = replace(AMOUNT, currency="")
    code = Column("currency", Title("币种", "Currency"), "id")
    mixed = Table("t", (NAME, money, code), (("a", Decimal(1), "CNY"), ("b", Decimal(1), "USD")), charts=TEAMS.charts)
    assert drawn_keys(mixed, mixed.charts[0]) == ()
    assert drawn_keys(replace(mixed, rows=mixed.rows[:1]), mixed.charts[0]) == ("amount",)


def test_a_line_is_broken_where_a_figure_is_unknown() -> None:
    picture = read_picture(MONTHS, MONTHS.charts[0], set(), RenderOptions("zh", 80))
    assert picture is not None and picture.names[0] == "2025-04" and picture.series[0].values[3] is None
    page = text_of(report(MONTHS), "html", RenderOptions("zh"))
    (drawn,) = re.findall(r'<path class="s0" d="(M[^"]*L[^"]*)"', page)
    assert drawn.count("M") == 2


@pytest.mark.parametrize(
    ("end", "shown"), [((7, 0), ["    ", "⣀⣀⣀⣀"]), ((7, 7), ["  ⡠⠊", "⡠⠊  "]), ((0, 7), ["⡇   "] * 2)]
)
def test_canvas(end: tuple[int, int], shown: list[str]) -> None:
    canvas = Canvas(4, 2, ascii_signs=False)
    canvas.line((0, 0), end)
    assert ["".join(row) for row in canvas.rows()] == shown


def test_canvas_of_ascii() -> None:
    cells = Canvas(4, 4, ascii_signs=True)
    cells.line((0, 0), (3, 3))
    cells.put((3, 3), "*")
    assert ["".join(row) for row in cells.rows()] == ["   *", "  . ", " .  ", ".   "]


def test_svg_is_well_formed_and_says_what_it_shows() -> None:
    evil = replace(TEAMS, rows=(("</svg><script>\x1b]", Decimal(1), Decimal(2)), *TEAMS.rows), name="t<2")
    page = text_of(report(*PICTURED.values(), evil), "html", RenderOptions("en"))
    assert "<script" not in page and "prefers-color-scheme: dark" in page
    drawn = re.findall(r"<svg xmlns.*?</svg>", page, re.S)
    assert len(drawn) == len(PICTURED) + 1
    for each in drawn:
        root = ElementTree.fromstring(each)
        named = {node.get("id") for node in root if node.tag.endswith(("}title", "}desc"))}
        assert root.get("role") == "img" and set((root.get("aria-labelledby") or "").split()) == named
        assert all((node.text or "").strip() for node in root if node.get("id") in named)
        numbers = [float(node.get(key) or 0) for node in root for key in ("x", "y", "x1", "x2", "cx", "cy", "width")]
        assert all(0 <= number <= 720 for number in numbers)


def test_no_chart_adds_no_style() -> None:
    assert ".chart" not in text_of(report(replace(TEAMS, charts=())), "html", RenderOptions("en"))
    assert ".chart" in text_of(report(TEAMS), "html", RenderOptions("en"))


def test_a_workbook_draws_from_the_cells() -> None:
    content = render(report(*(replace(each, name=key) for key, each in PICTURED.items())), "xlsx", RenderOptions("zh"))
    assert isinstance(content, bytes)
    book = load_workbook(io.BytesIO(content))
    drawn = {sheet.title: sheet._charts for sheet in book.worksheets if sheet._charts}
    assert list(drawn) == list(PICTURED)
    (line,) = drawn["line"]
    assert type(line).__name__ == "LineChart" and line.series[1].val.numRef.f == "'line'!$C$2:$C$9"
    assert line.series[0].cat.numRef.f == "'line'!$A$2:$A$9"
    assert all(book[name].page_setup.fitToHeight == 1 for name in drawn)  # no chart is torn in two
    assert drawn["waterfall"][0].x_axis.tickLblPos == "low" and not drawn["waterfall"][0].series[0].invertIfNegative
    (rates,) = drawn["rates"]
    marked = {point.idx: point.marker.symbol for point in line.series[0].dPt}
    assert marked == {3: "triangle", 5: "triangle", 6: "triangle", 7: "circle"} and not line.series[1].dPt
    assert rates.y_axis.numFmt.formatCode == "0%" and line.y_axis.numFmt.formatCode == "#,##0"


def test_a_workbook_draws_no_column_it_does_not_have() -> None:
    absent = Chart("bar", Title("图", "Picture"), "name", ("absent",))
    content = render(report(replace(STEPS, charts=(absent,))), "xlsx", RenderOptions("zh"))
    assert not load_workbook(io.BytesIO(content)).worksheets[0]._charts  # type: ignore[arg-type]
