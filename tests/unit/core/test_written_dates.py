"""Dates as people write them: what proves itself, what does not, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.records.kinds import DATE, MOMENT, MONTH, Bad, Reading, read_moment
from salescli.core.records.written_dates import Written, layout_name, read_written

DAY = date(2021, 4, 15)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2021-04-15", ""), ("2021.4.15", ""), ("2021/4/15 9:05", "9:05"), ("20210415", ""),
        ("20210415 09:05", "09:05"),
        ("2021年4月15日", ""), ("2021年4月15日14:05", "14:05"), ("２０２１年４月１５号", ""), ("21年4月15日", ""),
        ("2021-04-15T14:05:33Z", "14:05:33"), ("2021-04-15T14:05:33.000+08:00", "14:05:33"),
        ("15 Apr, 2021 00:02:00", "00:02:00"), ("Apr 15, 2021", ""), ("April 15 2021", ""), ("15-Apr-21", ""),
        ("15th April 2021", ""), ("Thu, 15 Apr 2021 2:05 PM", "14:05"), ("2021-Apr-15", ""), ("2021-04-15 星期四", ""),
        ("2021/4/15 下午2:05", "14:05"), ("15 apr 2021 12:05 am", "00:05"), ("15Apr2021", ""),
    ],
)  # fmt: skip
def test_dates_that_prove_themselves(text: str, clock: str) -> None:
    assert read_written(text) == (DAY, clock)


@pytest.mark.parametrize(
    "text",
    [
        "2021-13-15", "2021-02-30", "2021-04-15 25:00", "15 Arp 2021", "marble 5 2020", "4月15日", "Apr 2021", "210415",
        "45000", "15/04/0021x", "2021-04-15 13:05 PM", "", "合计", "12112026", "1/2", "1/2/3/4", "2021-04/15",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_written(text) is None


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("03/04/2026", "00/00/0000"), ("3/4/2026", "0/0/0000"), ("3-4-26 9:05", "0-0-00 00:00"), ("26/3/5", "0/0/00"),
        ("05-06-17", "00-00-00"), ("03.04.2026", "00.00.0000"), ("３／４／２０２６", "0/0/0000"),
    ],
)  # fmt: skip
def test_layouts(text: str, layout: str) -> None:
    found = read_written(text)
    assert isinstance(found, Written)
    assert layout_name(found.family, found.width) == layout


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["dmy", "mdy", "ymd"]), st.sampled_from("/-."))
def test_what_is_written_in_an_order_is_read_in_it(day: date, order: str, mark: str) -> None:
    parts = {"d": f"{day.day:02d}", "m": f"{day.month:02d}", "y": f"{day.year % 100:02d}"}
    short = read_written(mark.join(parts[each] for each in order))
    assert isinstance(short, Written)
    assert short.read(order) == day  # type: ignore[arg-type]
    if order != "ymd":
        long = read_written(mark.join({**parts, "y": str(day.year)}[each] for each in order))
        assert isinstance(long, Written)
        assert (long.read(order), long.read("ymd")) == (day, None)  # type: ignore[arg-type]


def test_kinds_of_date() -> None:
    reading = Reading(date_order="dmy")
    assert DATE.parse_cell("03/04/2026 2:05 PM", reading) == "2026-04-03"
    assert MOMENT.parse_cell("3/4/2026 2:05 PM", reading) == "2026-04-03 14:05"
    assert MOMENT.parse_cell("2026-04-03T9:05:01Z", Reading()) == "2026-04-03 09:05:01"
    assert MONTH.parse_cell("03/04/2026", reading) == "2026-04"
    assert read_moment(" 03/04/2026 ", "") == Bad("date-order-unknown", "03/04/2026")
    assert read_moment(" ", "") is None
    assert [DATE.parse_cell(cell, reading) for cell in (45000, 7, "45000.5")] == [
        Bad("bad-date", "45000", "serial"), Bad("bad-date", "7", "number"), Bad("bad-date", "45000.5", "serial"),
    ]  # fmt: skip
