"""The proof of dates: what is proved, proposed, asked and refused, layout by layout, and what is said of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.importers.result import SheetReading
from salescli.messages import sentence
from salescli.render.problems import evidence_of, render_problems
from tests.unit.importers.files import csv_text, names, read_one, xlsx

TODAY = date(2026, 11, 22)
HEADER = ("商机编号", "商机名称", "客户", "负责人", "金额", "创建日期", "成交日期")
Cells = list[Any]


@pytest.fixture
def deals(tmp_path: Path) -> Any:
    """Read deals with the given dates of creation, and of closing."""

    def read_deals(created: Cells, closed: Cells | None = None, **options: Any) -> SheetReading:
        second = closed if closed is not None else [None] * len(created)
        rows = [[f"D-{at}", "x", "甲", "王", 1, *pair] for at, pair in enumerate(zip(created, second, strict=True))]
        has_real = any(isinstance(cell, date) for cell in (*created, *second))
        text = csv_text([HEADER, *(["" if cell is None else cell for cell in row] for row in rows)])
        content = xlsx([HEADER, *rows]) if has_real else text
        options.setdefault("today", TODAY)
        return read_one(tmp_path / ("商机.xlsx" if has_real else "商机.csv"), content, as_type="deal", **options)

    return read_deals


def created(found: SheetReading) -> list[str | None]:
    assert found.staged is not None, names(found.decisions)
    return found.staged.columns["created"]


def accepted(**lines: str) -> Profile:
    orders: Any = {name.replace("_", "/").replace("o", "0"): order for name, order in lines.items()}
    return Profile("own", (FileProfile("*", type="deal", dates={"创建日期": orders}),))


def test_a_part_above_twelve_proves_its_layout_and_no_other(deals: Any) -> None:
    found = deals(["13/01/2026", "03/04/2026", "2026年3月5日", "5 Mar, 2026 10:00"])
    assert created(found) == ["2026-01-13", "2026-04-03", "2026-03-05", "2026-03-05"]
    (note,) = found.notes
    assert sentence(note, "en") == (
        "`创建日期`: dates written as 00/00/0000 are read day-month-year: 13/01/2026 can only be 2026-01-13"
    )
    assert found.decided.dates == {}  # nobody was asked
    other = deals(["13/01/2026", "03-04-2026"])
    assert names(other.decisions) == ["date-order-unknown"]
    assert other.decisions[0].values["examples"] == ["03-04-2026"]


def test_a_layout_of_two_orders_is_asked_with_both_counts(deals: Any) -> None:
    found = deals(["13/01/2026", "01/14/2026", "01/15/2026", "03/04/2026"])
    assert names(found.decisions) == ["date-orders-mixed"]
    assert [line.en for line in evidence_of(found.decisions[0])] == [
        "创建日期 day-month-year: 2 are no date, as F3 01/14/2026",
        "创建日期 month-day-year: 1 are no date, as F2 13/01/2026",
    ]
    stated = deals(["13/01/2026", "01/14/2026", "01/15/2026", "03/04/2026"], date_order="dmy")
    assert created(stated) == ["2026-01-13", "2026-04-03"]
    assert names(stated.row_problems) == ["bad-date", "bad-date"]
    assert sentence(stated.row_problems[0], "en") == "`01/14/2026` is not a date (stated: day-month-year)"


def test_a_cell_that_no_order_reads_is_bad_and_proves_nothing(deals: Any) -> None:
    found = deals(["13/01/2026", "45/45/2026", "31/02/2026"])
    assert created(found) == ["2026-01-13"]
    assert names(found.row_problems) == ["bad-date", "bad-date"]


def test_the_range_of_the_plain_dates_speaks(deals: Any) -> None:
    """Plain dates from 10 to 20 February: 10 March is near; 3 October, 10 April and 4 October are not."""
    assert names(deals(["2026-02-10", "2026-02-20", "10/03/2026"]).decisions) == ["date-order-proposed"]
    taken = deals(["2026-02-10", "2026-02-20", "10/03/2026"], accept_dates=True)
    assert created(taken)[2] == "2026-03-10"
    assert taken.decided.dates == {"创建日期": {"00/00/0000": "dmy"}}
    assert names(taken.notes) == ["dates-accepted"]
    neither = deals(["2026-02-10", "2026-02-20", "10/04/2026"], accept_dates=True)
    assert names(neither.decisions) == ["date-order-unknown"]
    assert neither.decisions[0].values["fitting"] == 0


def test_the_edge_of_a_month(deals: Any) -> None:
    """2 April is 32 days after 1 March, and 31 after 2 March; 4 February is near in both."""
    assert names(deals(["2026-01-10", "2026-03-01", "04/02/2026"]).decisions) == ["date-order-proposed"]
    assert names(deals(["2026-01-10", "2026-03-02", "04/02/2026"]).decisions) == ["date-order-unknown"]


def test_other_columns_speak_within_five_years(deals: Any) -> None:
    """Where the column has no plain date: 05-06-17 is 2017 or 2005."""
    found = deals(["13-06-17"], ["2018-07-01"])
    assert names(found.decisions) == ["date-order-proposed"]
    assert created(deals(["13-06-17"], ["2018-07-01"], accept_dates=True)) == ["2017-06-13"]
    near = deals(["13-06-17"], ["2018-06-16"])  # 17 June 2013 lies within five years before it
    assert names(near.decisions) == ["date-order-unknown"]


def test_the_past_and_the_order_of_dates_speak(deals: Any) -> None:
    future = deals(["03/12/2026", "01/02/2026"])  # 3 December has not been yet
    assert names(future.decisions) == ["date-order-proposed"]
    assert created(deals(["03/12/2026", "01/02/2026"], accept_dates=True)) == ["2026-03-12", "2026-01-02"]
    assert names(deals(["03/12/2026"], today=None).decisions) == ["date-order-unknown"]
    ordered = deals(["2026-03-02"], ["04/03/2026"])
    assert names(ordered.decisions) == ["date-order-unknown"]
    ordered = deals(["2026-03-05"], ["04/03/2026"])  # 4 March is before it
    assert names(ordered.decisions) == ["date-order-proposed"]
    assert [line.en for line in evidence_of(ordered.decisions[0])] == [
        "month-day-year (04/03/2026 is 2026-04-03): breaks nothing",
        "day-month-year (04/03/2026 is 2026-03-04):",
        "    1 rows with 成交日期 before 创建日期, as G2",
    ]


def test_columns_that_a_rule_joins_are_judged_together(deals: Any) -> None:
    """Each column alone could be either; together only one reading of both keeps every deal in order."""
    begun, ended = ["05/01/2026", "01/06/2026"], ["04/02/2026", "02/06/2026"]
    found = deals(begun, ended)
    assert names(found.decisions) == ["date-order-proposed"]
    assert found.decisions[0].values["headers"] == ["创建日期", "成交日期"]
    taken = deals(begun, ended, accept_dates=True)
    assert created(taken) == ["2026-01-05", "2026-06-01"]
    assert taken.decided.dates == {"创建日期": {"00/00/0000": "dmy"}, "成交日期": {"00/00/0000": "dmy"}}


def test_a_width_that_shows_nothing_follows_both_layouts(deals: Any) -> None:
    both = ["3/4/2026", "13/4/2026", "03/04/2026", "15/04/2026", "05/14/2026"]
    assert names(deals(both).decisions) == ["date-orders-mixed"]  # 15/04 and 05/14 are of one layout
    cells = ["3/4/2026", "13/4/2026", "03/04/2026", "04/15/2026", "12/11/2025"]
    assert names(deals(cells).decisions) == ["date-orders-mixed"]  # of which of the two is 12/11?
    assert created(deals(cells[:4])) == ["2026-04-03", "2026-04-13", "2026-03-04", "2026-04-15"]
    alike = ["3/4/2026", "13/4/2026", "03/04/2026", "15/04/2026", "12/11/2025"]
    assert created(deals(alike)) == ["2026-04-03", "2026-04-13", "2026-04-03", "2026-04-15", "2025-11-12"]
    unproved = ["3/4/2026", "13/4/2026", "03/04/2026", "12/11/2025"]
    assert names(deals(unproved).decisions) == ["date-order-unknown"]  # 13/4 says nothing of 03/04


def test_a_stated_order_that_the_cells_disprove_stops(deals: Any) -> None:
    found = deals(["13/01/2026", "03/04/2026"], date_order="mdy")
    assert names(found.decisions) == ["date-order-contradicted"]
    assert found.staged is None
    assert created(deals(["13/01/2026", "03/04/2026"], date_order="ymd")) == ["2026-01-13", "2026-04-03"]
    assert created(deals(["03/04/2026"], date_order="mdy")) == ["2026-03-04"]
    general = Profile("own", (FileProfile("*", type="deal", date_order="mdy"),))
    by_profile = deals(["03/04/2026"], profile=general)
    assert (created(by_profile), by_profile.decided.dates) == (["2026-03-04"], {})  # it is there already
    stated = deals(["03/04/2026"], date_order="mdy")
    assert stated.decided.dates == {"创建日期": {"00/00/0000": "mdy"}}


def test_what_a_former_month_accepted_is_held_against_this_one(deals: Any) -> None:
    profile = accepted(oo_oo_oooo="mdy")
    assert created(deals(["03/04/2026", "05/06/2026"], profile=profile)) == ["2026-03-04", "2026-05-06"]
    proved = deals(["13/04/2026", "05/06/2026"], profile=profile)
    assert names(proved.decisions) == ["profile-order-contradicted"]
    outdated = deals(["2026-03-20", "03/04/2026", "09/03/2026"], profile=profile)
    assert names(outdated.decisions) == ["date-order-outdated"]  # September is far from March
    stated = deals(["2026-03-20", "03/04/2026", "09/03/2026"], profile=profile, date_order="mdy")
    assert created(stated) == ["2026-03-20", "2026-03-04", "2026-09-03"]
    other = deals(["13-04-2026", "05-06-2026"], profile=profile)  # another layout: not what was accepted
    assert created(other) == ["2026-04-13", "2026-06-05"]


def test_two_figures_of_a_year(deals: Any) -> None:
    assert created(deals(["31-12-99", "01-02-49"], today=None)) == ["1999-12-31", "2049-02-01"]
    assert created(deals(["50/3/15", "26/3/5"], today=None)) == ["1950-03-15", "2026-03-05"]


def test_real_dates_beside_texts_that_could_not_be_turned_are_suspect(deals: Any) -> None:
    real = [datetime(2026, month, 3) for month in range(1, 7)]  # noqa: DTZ001 -- as a spreadsheet gives them
    texts = [f"{day}/03/2026" for day in range(13, 19)]
    found = deals([*real, *texts])
    assert names(found.notes) == ["dates-proved", "dates-half-converted"]
    assert found.notes[1].severity == "warning"
    assert names(deals([*real, *texts, "03/04/2026"]).notes) == ["dates-proved"]
    assert names(deals([*real, datetime(2026, 3, 20), *texts]).notes) == ["dates-proved"]  # noqa: DTZ001


def test_a_required_date_that_waits_is_not_called_blank(tmp_path: Path) -> None:
    rows = [("日期", "客户", "金额"), ("03/04/2026", "甲", 5), ("2026-13-01", "甲", 6)]
    found = read_one(tmp_path / "回款.csv", csv_text(rows), as_type="receipt", auto_key=True, today=TODAY)
    assert names(found.decisions) == ["date-order-unknown"]
    assert names(found.row_problems) == ["bad-date"]


def test_a_serial_number_is_refused_with_what_it_seems_to_be(deals: Any) -> None:
    found = deals([45000, "2026-03-05"])
    assert sentence(found.row_problems[0], "en") == (
        "`45000` is not a date (a day as Excel counts them? format the column as a date)"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_evidence_is_a_line_for_each_reading(deals: Any, language: Any) -> None:
    found = deals(["03-04-17", "13-04-17", "2017-05-01"], ["2017-05-01", "14-04-17", "14-04-17"])
    lines = render_problems(found.decisions, language).splitlines()
    evidence = [line for line in lines if line.startswith("  ")]
    assert len(evidence) >= 5
    assert all(len(line) <= 80 for line in evidence)
