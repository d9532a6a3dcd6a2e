"""Running totals: to the end of each line's period, anew with each month, quarter or fiscal year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.cumulative import counted_period
from salescli.core.metrics.model import Aggregate, BaseMetric, Catalogue, CumulativeMetric
from salescli.core.metrics.query import Figure, Measured, Query, compute_figures
from salescli.core.periods import FiscalCalendar, Period, WindowGrain, parse_period
from salescli.core.title import Title

TITLE = Title("", "")
SALES = BaseMetric("sales", TITLE, "receipt", Aggregate("sum", "amount"), "date", (), "owner", "money")
Sale = tuple[date, str, int]


def catalogue(over: WindowGrain) -> Catalogue:
    return Catalogue({"sales": SALES, "run": CumulativeMetric("run", TITLE, "sales", over)})


def figures(sales: list[Sale], over: WindowGrain, query: Query, calendar: FiscalCalendar) -> list[Figure]:
    """Answer from a list of sales, as the store does from its records."""

    def fetch(_: BaseMetric, asked: Query) -> list[Measured]:
        assert asked.period is not None
        found: dict[tuple[object, ...], int] = {}
        for day, person, amount in sales:
            if day in asked.period:
                group = tuple(_label(name, day, person, calendar) for name in asked.by)
                found[group] = found.get(group, 0) + amount * 10_000
        return [Measured(group, "", value, 1) for group, value in found.items()]

    return compute_figures(catalogue(over), query, fetch, calendar)


def _label(name: str, day: date, person: str, calendar: FiscalCalendar) -> str:
    if name == "person":
        return person
    return day.isoformat() if name == "day" else str(calendar.window(name, day))  # type: ignore[arg-type]


SALES_2026 = [
    (date(2025, 12, 30), "a", 1_000),
    (date(2026, 1, 5), "a", 1),
    (date(2026, 2, 5), "b", 2),
    (date(2026, 4, 1), "a", 4),
]
CALENDAR = FiscalCalendar()


def test_the_year_to_date_by_month_carries_on_and_ends_with_the_data() -> None:
    query = Query("run", ("person", "month"), parse_period("2026", CALENDAR))
    found = [(one.group, one.value) for one in figures(SALES_2026, "year", query, CALENDAR)]
    assert found == [
        (("a", "2026-01"), 1), (("a", "2026-02"), 1), (("a", "2026-03"), 1), (("a", "2026-04"), 5),
        (("b", "2026-02"), 2), (("b", "2026-03"), 2), (("b", "2026-04"), 2),
    ]  # fmt: skip


def test_a_period_within_the_year_counts_from_the_beginning_of_the_year() -> None:
    period = parse_period("2026-Q2", CALENDAR)
    assert [one.value for one in figures(SALES_2026, "year", Query("run", (), period), CALENDAR)] == [7]
    assert [one.value for one in figures(SALES_2026, "quarter", Query("run", (), period), CALENDAR)] == [4]
    by_quarter = figures(SALES_2026, "month", Query("run", ("quarter",), parse_period("2026", CALENDAR)), CALENDAR)
    assert [(one.group, one.value) for one in by_quarter] == [], "nothing was sold in March, in June, later"
    by_year = figures(SALES_2026, "year", Query("run", ("month", "year"), period), CALENDAR)
    assert [(one.group, one.value) for one in by_year] == [(("2026-04", "2026"), 7)]


def test_the_fiscal_year_decides() -> None:
    fiscal = FiscalCalendar(4)
    found = figures(SALES_2026, "year", Query("run", ("month",), Period(date(2026, 3, 1), date(2026, 5, 1))), fiscal)
    assert [(one.group, one.value) for one in found] == [(("2026-03",), 1_003), (("2026-04",), 4)]


def test_it_needs_a_period_and_the_calendar() -> None:
    with pytest.raises(ValueError, match="none is asked"):
        figures([], "year", Query("run"), CALENDAR)
    with pytest.raises(ValueError, match="fiscal calendar"):
        compute_figures(catalogue("year"), Query("run"), lambda *_: [])


def test_it_is_not_additive_and_keeps_the_unit() -> None:
    assert not catalogue("year").is_additive("run")
    assert catalogue("year").unit("run") == "money"
    assert [base.name for base, _ in catalogue("year").base_parts("run")] == ["sales"]


days = st.integers(0, 800).map(lambda n: date(2025, 1, 1) + timedelta(n))
sale = st.tuples(days, st.sampled_from("ab"), st.integers(-50, 50))


@given(
    st.lists(sale, max_size=15), st.sampled_from(["month", "quarter", "year"]), st.sampled_from([1, 4, 10]),
    st.sampled_from(["day", "month", "quarter", "year"]), days, st.integers(1, 400),
)  # fmt: skip
def test_each_line_is_the_sum_of_its_days(
    sales: list[Sale], over: WindowGrain, start_month: int, grain: str, first: date, length: int
) -> None:
    calendar = FiscalCalendar(start_month)
    period = Period(first, first + timedelta(length))
    metric = CumulativeMetric("run", TITLE, "sales", over)
    for one in figures(sales, over, Query("run", ("person", grain), period), calendar):
        person, label = one.group
        line = next(each for day in _days(period) if str(each := _line(grain, day, calendar)) == label)
        asked = Period(max(line.start, period.start), min(line.end, period.end))
        counted = counted_period(metric, asked, calendar)
        assert one.value == sum((Decimal(n) for day, who, n in sales if who == person and day in counted), Decimal(0))


def _days(period: Period) -> list[date]:
    return [period.start + timedelta(n) for n in range(period.days)]


def _line(grain: str, day: date, calendar: FiscalCalendar) -> Period:
    return Period(day, day + timedelta(1), day.isoformat()) if grain == "day" else calendar.window(grain, day)  # type: ignore[arg-type]
