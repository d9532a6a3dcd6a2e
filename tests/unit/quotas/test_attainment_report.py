"""Reports of attainment: what stands in each line, what is blank, how an unfinished period is marked."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.quotas.attainment import compute_attainment, compute_clock
from salescli.core.quotas.ratios import compute_ratio_attainment
from salescli.core.table import Ratio
from salescli.core.title import Title
from salescli.render import RenderOptions, render
from salescli.reports.attainment import Measured, build_attainment_report
from salescli.reports.attainment_words import clock_mark, standing_word
from salescli.reports.quota import AttainmentRow

MARCH = parse_period("2026-03", FiscalCalendar())
TODAY = date(2026, 3, 14)
KNOWN = Title("批次 1", "batch 1")


def row(name, actual, target, clock, **more):
    standing = compute_attainment(Decimal(actual), None if target is None else Decimal(target), clock)
    return AttainmentRow(name, name, "", standing, **more)


def measured(rows, clock, **more):
    total = row("Company", 115, 500, clock)
    basis, by = Title("团队目标", "team target"), Title("团队", "Team")
    values = {"unit": "money", "currency": "CNY", **more}
    given = {"clock": clock, "rows": tuple(rows), "total": total, "basis": basis, "by": by, **values}
    return Measured("receipts", Title("回款", "Receipts"), **given)


def lines_of(table):
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, line, strict=True)) for line in table.rows]


def test_a_line_says_how_far_and_what_is_left():
    clock = compute_clock(MARCH, date(2026, 3, 13))
    one = measured([row("A", 110, 220, clock), row("B", 5, None, clock)], clock)
    report = build_attainment_report([one], MARCH, TODAY, KNOWN)
    first, second = lines_of(report.blocks[0])
    assert (first["actual"], first["target"], first["variance"]) == (Decimal(110), Decimal(220), Decimal(-110))
    assert first["variance_rate"].exact() == Decimal("-0.5")
    assert (first["required"], first["projected"]) == (Decimal("9.17"), Decimal("242.00"))
    assert first["word"].en == "▲ ahead"
    assert {key for key, value in second.items() if value is not None} == {"name", "actual", "projected"}
    assert [line.en for line in report.footer] == [
        "batch 1",
        "team target",
        "incomplete: data through 2026-03-13 · working day 10 of 22",
        "1 without a target (not counted as 0 %)",
        "pace = actual ÷ (target × share of working days gone); ▲ pace ≥ 100 % · ▼ below",
    ]
    assert report.title.en == "Attainment · Receipts · 2026-03 (incomplete to 2026-03-13)"


def test_no_target_is_written_and_never_zero():
    clock = compute_clock(MARCH, date(2026, 3, 31))
    found = build_attainment_report([measured([row("B", 5, None, clock)], clock)], MARCH, TODAY, KNOWN)
    assert "无目标" in render(found, "text", RenderOptions(language="zh"))
    assert "no target" in render(found, "markdown", RenderOptions(language="en"))
    assert "no target" not in render(found, "csv", RenderOptions(language="en"))


def test_numbers_are_the_same_in_every_format():
    clock = compute_clock(MARCH, date(2026, 3, 13))
    found = build_attainment_report([measured([row("A", 110, 220, clock)], clock)], MARCH, TODAY, KNOWN)
    for name in ("text", "plain", "markdown", "html"):
        text = render(found, name, RenderOptions(language="en"))
        assert all(figure in text for figure in ("110.00", "220.00", "50.0 %", "-50.0 %", "9.17", "242.00")), name
    assert "<svg" in render(found, "html", RenderOptions(language="en"))
    assert "actual,target,attainment" in render(found, "csv", RenderOptions())


def test_a_workbook_has_native_charts_of_actual_and_target():
    clock = compute_clock(MARCH, date(2026, 3, 13))
    both = [measured([row("A", 110, 220, clock), row("B", 90, 100, clock)], clock) for _ in range(2)]
    report = build_attainment_report(both, MARCH, TODAY, KNOWN)
    raw = render(report, "xlsx", RenderOptions(language="en"))
    assert isinstance(raw, bytes)
    charts = [chart for sheet in load_workbook(BytesIO(raw)).worksheets for chart in sheet._charts]
    assert [type(chart).__name__ for chart in charts] == ["BarChart", "BarChart"]
    assert all(len(chart.series) == 2 for chart in charts)


def test_a_narrow_screen_leaves_the_pictures_out_first():
    clock = compute_clock(MARCH, date(2026, 3, 13))
    one = measured([row("A", 110, 220, clock, trend=(Decimal(1), Decimal(2)))], clock)
    found = build_attainment_report([one], MARCH, TODAY, KNOWN)
    wide, narrow = (render(found, "text", RenderOptions(language="en", width=width)) for width in (160, 60))
    assert "█" in wide
    assert "█" not in narrow
    assert "a wider terminal also shows: Bar, Trend" in narrow
    assert "242.00" in narrow
    plain = render(found, "text", RenderOptions(language="en", width=160, ascii=True))
    assert plain.isascii()


@pytest.mark.parametrize(
    ("through", "first", "today", "word", "mark"),
    [
        (date(2026, 4, 2), None, date(2026, 4, 3), "▼ missed", ""),
        (date(2026, 3, 13), None, TODAY, "▼ behind", " (incomplete to 2026-03-13)"),
        (date(2026, 4, 2), date(2026, 3, 11), date(2026, 4, 3), "● data incomplete", " (data from 2026-03-11)"),
        (date(2026, 4, 2), date(2026, 3, 6), date(2026, 4, 3), "▼ missed", ""),  # in the first week: nothing is missing
        (date(2026, 5, 9), date(2026, 4, 8), date(2026, 5, 9), "● no data", " (data from 2026-04-08)"),
        (None, None, date(2026, 2, 1), "● not begun", " (not begun)"),
        (None, None, TODAY, "● no data yet", " (no data yet)"),
    ],
)
def test_an_unfinished_period_is_marked_and_no_miss(through, first, today, word, mark):
    clock = compute_clock(MARCH, through, first=first)
    standing = compute_attainment(Decimal(10), Decimal(220), clock)
    assert standing_word(standing, today).en == word
    assert clock_mark(clock, today).en == mark


def test_a_future_period_has_a_target_and_no_miss():
    clock = compute_clock(MARCH, None)
    one = measured([row("A", 0, 220, clock)], clock)
    (line,) = lines_of(build_attainment_report([one], MARCH, date(2026, 1, 5), KNOWN).blocks[0])
    assert (line["target"], line["to_go"], line["required"]) == (Decimal(220), Decimal(220), Decimal("10.00"))
    assert line["attainment"].exact() is None  # a dash: there is a target, and nothing to measure on it
    assert [line[key] for key in ("actual", "variance", "variance_rate", "projected")] == [None] * 4


def test_several_metrics_are_a_table_each():
    clock = compute_clock(MARCH, date(2026, 4, 1))
    both = [measured([row("A", 110, 220, clock)], clock), measured([], clock, unit="count", currency="")]
    report = build_attainment_report(both, MARCH, TODAY, KNOWN)
    assert [block.title.en for block in report.blocks] == ["Receipts", "Receipts"]
    assert len(report.blocks[1].rows) == 1  # the company alone is a line
    assert report.blocks[1].total is None


def test_a_rate_has_points_and_nothing_to_go():
    clock = compute_clock(MARCH, date(2026, 3, 13))
    standing = compute_ratio_attainment(Ratio(3, 10), Decimal("0.4"), clock)
    total = AttainmentRow("", "Company", "", standing)
    one = Measured("win-rate", Title("赢单率", "Win rate"), "rate", "", clock, (), total, Title("", "company"),
                   Title("公司", "Company"), is_additive=False)  # fmt: skip
    report = build_attainment_report([one], MARCH, TODAY, KNOWN)
    (line,) = lines_of(report.blocks[0])
    assert line["attainment"].exact() == Decimal("0.75")
    assert line["variance"] == Decimal("-0.1")
    assert {line[key] for key in ("to_go", "pace", "required", "projected")} == {None}
    text = render(report, "text", RenderOptions(language="en"))
    assert "-10.00 %" in text
    assert "30.00 %" in text
    assert "it does not add up: nothing to go" in text
