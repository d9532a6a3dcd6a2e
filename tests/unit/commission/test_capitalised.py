"""The capitalised commission: straight line over the term, to the cent; E29 of the published examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.capitalised import (
    Incurred,
    Term,
    build_schedule,
    months_at,
    spread_evenly,
    term_between,
)
from salescli.core.periods import add_months

JANUARY = date(2026, 1, 1)


def test_e29_amount_at_so_much_a_month() -> None:
    assert months_at(Decimal(2400), Decimal(100)) == 24
    schedule = build_schedule(Term(JANUARY, 24), [Incurred(JANUARY, Decimal(2400))])
    assert set(schedule.parts.values()) == {Decimal(100)}
    assert len(schedule.parts) == 24


def test_e29_only_the_commission_is_capitalised() -> None:
    costs = [
        Incurred(JANUARY, Decimal(9000)),
        Incurred(JANUARY, Decimal(12000), "due diligence"),
        Incurred(JANUARY, Decimal(18000), "travel"),
    ]
    schedule = build_schedule(Term(JANUARY, 36), costs)
    assert (schedule.capitalised, schedule.expensed) == (9000, 30000)
    years = [schedule.written_off(date(year + 1, 1, 1), date(year, 1, 1)) for year in (2026, 2027, 2028)]
    assert years == [3000, 3000, 3000]
    assert (schedule.left(date(2027, 1, 1)), schedule.left(date(2029, 1, 1))) == (6000, 0)


def test_year_or_less_is_an_expense_at_once_where_the_expedient_is_taken() -> None:
    cost = [Incurred(JANUARY, Decimal(1200))]
    assert build_schedule(Term(JANUARY, 12), cost, expedient=True).expensed == 1200
    assert build_schedule(Term(JANUARY, 12), cost).parts[JANUARY] == 100
    assert build_schedule(Term(JANUARY, 13), cost, expedient=True).expensed == 0


def test_what_is_earned_later_is_spread_over_what_is_left() -> None:
    later = add_months(JANUARY, 4)
    schedule = build_schedule(Term(JANUARY, 6), [Incurred(JANUARY, Decimal(60)), Incurred(later, Decimal(30))])
    assert [str(one) for one in schedule.parts.values()] == ["10.00", "10.00", "10.00", "10.00", "25.00", "25.00"]
    ended = build_schedule(Term(JANUARY, 6), [Incurred(add_months(JANUARY, 6), Decimal(30))])
    assert (ended.expensed, ended.capitalised) == (30, 0)
    early = build_schedule(Term(later, 3), [Incurred(JANUARY, Decimal(30))])
    assert min(early.parts) == later


def test_terms_are_counted_in_months_begun() -> None:
    assert term_between(date(2026, 3, 15), date(2029, 3, 14)) == Term(date(2026, 3, 1), 36)
    assert term_between(date(2026, 3, 15), date(2029, 3, 15)) == Term(date(2026, 3, 1), 37)
    assert term_between(date(2024, 2, 29), date(2025, 2, 27)) == Term(date(2024, 2, 1), 12)
    assert term_between(date(2026, 3, 1), date(2026, 3, 1)) == Term(date(2026, 3, 1), 1)
    assert term_between(date(2026, 3, 2), date(2026, 3, 1)) is None


def test_contract_without_a_term_is_an_expense() -> None:
    assert build_schedule(None, [Incurred(JANUARY, Decimal(7))]).expensed == 7


AMOUNTS = st.integers(0, 5).flatmap(lambda places: st.decimals(min_value=-100000, max_value=100000, places=places))
SMALLEST = st.sampled_from([Decimal("0.01"), Decimal(1)])


@given(AMOUNTS, st.integers(1, 120), SMALLEST)
def test_parts_add_up_and_differ_by_the_smallest_amount_at_most(amount: Decimal, months: int, unit: Decimal) -> None:
    parts = spread_evenly(amount, months, unit)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= unit


def test_an_amount_finer_than_a_cent_is_written_off_whole() -> None:
    schedule = build_schedule(Term(JANUARY, 24), [Incurred(JANUARY, Decimal("548.478"))])
    assert schedule.left(add_months(JANUARY, 24)) == 0


def test_an_amount_of_a_currency_without_cents_is_written_off_without_cents() -> None:
    schedule = build_schedule(Term(JANUARY, 3), [Incurred(JANUARY, Decimal(100))], unit=Decimal(1))
    assert [str(one) for one in schedule.parts.values()] == ["34", "33", "33"]


@given(st.lists(st.tuples(st.integers(0, 60), AMOUNTS), max_size=8), st.integers(1, 48), st.booleans())
def test_everything_is_capitalised_or_expensed(costs: list[tuple[int, Decimal]], months: int, expedient: bool) -> None:
    incurred = [Incurred(add_months(JANUARY, month), amount) for month, amount in costs]
    schedule = build_schedule(Term(JANUARY, months), incurred, expedient=expedient)
    assert schedule.capitalised + schedule.expensed == sum(amount for _, amount in costs)
    assert sum(schedule.parts.values()) == schedule.capitalised
    assert schedule.left(add_months(JANUARY, months)) == 0
