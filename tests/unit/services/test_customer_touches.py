"""Last contact and next visit: what counts as a contact, and what as a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salescli.services.customer.touches import Touch, last_contact, next_visit

ON = date(2026, 3, 31)


def held(*images: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return dict(enumerate(images, 1))


@pytest.mark.parametrize(
    ("activities", "stated", "expected"),
    [
        ((), (), None),
        ((), ("2026-01-20", None), Touch("2026-01-20")),
        (({"at": "2026-03-02 10:00"}, {"at": "2026-03-20"}), ("2026-01-20",), Touch("2026-03-20", 2)),
        (({"at": "2026-03-31 23:59"},), (), Touch("2026-03-31 23:59", 1)),
        (({"at": "2026-04-01"},), (), None),
        (({"at": "2026-03-30", "status": "planned"}, {"at": "2026-03-29", "status": "cancelled"}), (), None),
        (({"done": "2026-03-05"},), (), Touch("2026-03-05", 1)),
    ],
)
def test_last_contact(activities: Any, stated: Any, expected: Touch | None) -> None:
    assert last_contact(held(*activities), stated, ON) == expected


@pytest.mark.parametrize(
    ("activities", "stated", "expected"),
    [
        ((), (), None),
        (({"at": "2026-03-20", "next_at": "2026-04-08"},), ("2026-04-10",), Touch("2026-04-08", 1, True)),
        (({"at": "2026-04-02", "status": "planned"},), ("2026-04-10",), Touch("2026-04-02", 1)),
        (({"due": "2026-03-31"},), (), Touch("2026-03-31", 1)),
        (({"due": "2026-04-02", "status": "done"}, {"due": "2026-04-03", "done": "2026-03-30"}), (), None),
        # the plan of 25 March has passed since the last contact: overdue
        (({"at": "2026-03-02", "next_at": "2026-03-25"},), (), Touch("2026-03-25", 1, True)),
        # it was kept, or something came after it
        (({"at": "2026-03-02", "next_at": "2026-03-25"}, {"at": "2026-03-26"}), (), None),
        # what is only said later is not known yet
        (({"at": "2026-04-05", "next_at": "2026-04-20"},), (), None),
    ],
)
def test_next_visit(activities: Any, stated: Any, expected: Touch | None) -> None:
    images = held(*activities)
    assert next_visit(images, stated, last_contact(images, (), ON), ON) == expected
