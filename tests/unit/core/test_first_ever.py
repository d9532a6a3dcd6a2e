"""The first record of a customer within months: worked dates, groups, what nobody can say."""

from __future__ import annotations

from salescli.core.metrics.first_ever import Seen, Unit, find_first_ever

LEAST = 20_000_0000
LONG_AGO = "2020-01-01"


def seen(*rows: tuple[object, ...]) -> list[Seen]:
    return [Seen(number, 0, day, who, amount, *more) for number, (day, who, amount, *more) in enumerate(rows, 1)]


def found(rows: list[Seen], since: dict[object, str] | None = None, first_day: str = LONG_AGO) -> list[int]:
    units = find_first_ever(rows, months=12, at_least=LEAST, since=since or {}, first_day=first_day)
    return [unit.record for unit in units if unit.reason is None]


def test_needs_the_amount_and_twelve_quiet_months() -> None:
    assert found(seen(("2026-03-10", "A", LEAST), ("2026-03-11", "A", LEAST), ("2026-03-12", "B", LEAST - 1))) == [1]
    assert found(seen(("2026-01-05", "A", 5), ("2026-03-10", "A", LEAST))) == [], "a small one came before"
    assert found(seen(("2025-03-10", "A", 5), ("2026-03-10", "A", LEAST))) == [], "exactly twelve months: still within"
    assert found(seen(("2025-03-09", "A", 5), ("2026-03-10", "A", LEAST))) == [2]
    assert found(seen(("2024-02-28", "A", 5), ("2025-02-28", "A", LEAST))) == []


def test_one_day_counts_once_and_starts_no_history() -> None:
    assert found(seen(("2026-03-10", "A", 5), ("2026-03-10", "A", LEAST), ("2026-03-10", "A", LEAST))) == [2]


def test_who_comes_back_after_the_months_is_new_again() -> None:
    rows = seen(("2024-05-01", "A", LEAST), ("2026-05-02", "A", LEAST))
    assert found(rows) == [1, 2]
    assert found(rows, {"A": "2019-01-01"}) == [1, 2], "a year without a record is what counts"


def test_the_customer_list_speaks_where_the_records_do_not_reach_back() -> None:
    rows = seen(("2026-05-02", "A", LEAST))
    began = {"first_day": "2026-01-01"}
    assert found(rows, {"A": "2019-01-01"}, **began) == []
    assert found(rows, {"A": "2025-05-02"}, **began) == [1], "a year to the day is not longer"


def test_what_is_left_out_still_shows_the_customer() -> None:
    rows = seen(("2026-01-01", "A", LEAST, False), ("2026-02-01", "A", LEAST), ("2026-02-02", "B", LEAST))
    assert found(rows) == [3]


def test_nobody_can_say_where_the_records_begin_later() -> None:
    rows = seen(("2026-01-01", "A", LEAST), ("2026-01-02", "B", LEAST), ("2026-02-01", "C", None))
    units = find_first_ever(rows, months=12, at_least=LEAST, since={"B": "2025-06-01"}, first_day="2025-01-02")
    assert units == [Unit(1, 0, 10_000, "history"), Unit(2, 0, 10_000), Unit(3, 0, 10_000, "currency")]
    assert found(rows, first_day="2025-01-01") == [1, 2]


def test_without_an_owner_of_the_money_nothing_is_new() -> None:
    assert found(seen(("2026-01-01", None, LEAST))) == []


def test_a_receipt_over_two_contracts_is_one_unit_of_each_customer() -> None:
    parts = [
        Seen(1, 1, "2026-01-01", "A", 10_000_0000),
        Seen(1, 2, "2026-01-01", "A", 20_000_0000),
        Seen(1, 3, "2026-01-01", "B", 19_999_0000),
    ]
    units = find_first_ever(parts, months=12, at_least=LEAST, since={}, first_day=LONG_AGO)
    assert units == [Unit(1, 1, 3_333), Unit(1, 2, 6_667)]
