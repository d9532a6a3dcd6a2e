"""A cap that changes inside its window says what it lets out, or takes back, of what was earned before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.properties.test_commission_reference import runs_of
from tests.unit.commission.capped import capped_case


def case(caps, place):
    """Two months of 100,000 at 5 % in one year; the cap changes in February."""
    at_most = {"2026-01-01": caps[0], "2026-02-01": caps[1]}
    limit = {"at_most": at_most, "of": ["sales"], "over": "year", "excess": "lost"}
    block = {"limits": [limit]} if place == "limits" else {"at_most": at_most}
    return capped_case("5%", "year", {1: "100000", 2: "100000"}, "2026-12-31", last="2026-03", **block)


@pytest.mark.parametrize("place", ["limits", "component"])
@pytest.mark.parametrize(
    ("caps", "earned", "moved"),
    [
        (("4,000", "3,000"), ("4000", "-1000", "0"), Decimal(-1000)),
        (("4,000", "4,500"), ("4000", "500", "0"), Decimal(500)),
        (("4,000", "4,000"), ("4000", "0", "0"), None),
        (("6,000", "7,000"), ("5000", "2000", "0"), None),  # nothing had been cut
    ],
)
def test_a_cap_that_moves_says_by_how_much(place, caps, earned, moved):
    results = runs_of(case(caps, place))
    assert tuple(f"{one.earned:f}".rstrip("0").rstrip(".") or "0" for one in results) == earned
    said = [[note for part in one.components for note in part.notes] + list(one.notes) for one in results]
    found = [[note.part("amount") for note in notes if note.name == "cap-moved"] for notes in said]
    assert found == [[], [moved] if moved is not None else [], []]
