"""Derived values: days between two dates, and numbers that are stored as they were written."""

from __future__ import annotations

import pytest

from salescli.core.records.derived import days_between, quantity_of

CLOSING = days_between("opened", "closed", "stated")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"opened": "2026-02-27T23:59", "closed": "2026-03-02T00:01", "stated": 9}, 3),
        ({"opened": "2026-02-27", "closed": "2026-02-27"}, 0),
        ({"opened": "2026-02-27", "closed": "2026-02-26", "stated": 9}, None),
        ({"opened": "2026-02-27", "stated": 9}, 9),
        ({"closed": "2026-02-27"}, None),
    ],
)
def test_days_between(values: dict[str, object], expected: int | None) -> None:
    assert CLOSING(values) == expected


@pytest.mark.parametrize(
    ("written", "expected"), [("4.5", 45_000), ("-0.00005", -1), ("1E+3", 10_000_000), (None, None), ("1E+20", None)]
)
def test_quantities(written: str | None, expected: int | None) -> None:
    assert quantity_of("score")({"score": written}) == expected
