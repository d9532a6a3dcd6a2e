"""What is above a limit that would count in the next window is lost where none follows, and says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.properties.test_commission_reference import runs_of
from tests.unit.commission.capped import capped_case


def case(excess, months):
    """Two quarters on the plan, 10 % of each month's credit, at most 4,000 a quarter."""
    limit = {"at_most": "4,000", "of": ["sales"], "over": "quarter", "excess": excess}
    return capped_case("10%", "quarter", months, "2026-06-30", last="2026-06", limits=[limit])


@pytest.mark.parametrize(
    ("excess", "months", "lost"),
    [
        ("next-window", {2: "50000", 5: "48000"}, [None, None, None, None, None, Decimal("1800.00")]),
        ("next-window", {2: "50000", 5: "20000"}, [None] * 6),  # it counts in the second quarter
        ("lost", {2: "50000", 5: "48000"}, [None] * 6),  # the plan says so by itself
    ],
)
def test_what_no_window_follows_for_is_told_in_the_last_run(excess, months, lost):
    results = runs_of(case(excess, months))
    notes = [[*one.notes, *(note for part in one.components for note in part.notes)] for one in results]
    found = [[note.part("amount") for note in run if note.name == "limit-lost"] for run in notes]
    assert found == [[] if one is None else [one] for one in lost]
