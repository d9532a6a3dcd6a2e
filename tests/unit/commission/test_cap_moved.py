"""A cap that changes inside its window says what it lets out, or takes back, of what was earned before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.properties.test_commission_reference import runs_of


def case(caps, place):
    """Two months of 100,000 at 5 % in one year; the cap changes in February."""
    sales = {"type": "rate", "pays_on": "sales", "credit": "own", "rate": "5%", "adds_up_over": "year"}
    plan = {
        "format": "1",
        "plan": "capped",
        "title": "capped",
        "for": {"role": "seller"},
        "from": "2026-01-01",
        "through": "2026-12-31",
        "currency": "CNY",
        "pay": "monthly",
        "rates_in_force_on": "receipt-date",
        "part_period": "nothing-scaled",
        "components": {"sales": {**sales, "refunds": "recompute"}},
        "payout": {"below_zero": "carry", "round_to": "0.01"},
    }
    at_most = {"2026-01-01": caps[0], "2026-02-01": caps[1]}
    if place == "limits":
        plan["limits"] = [{"at_most": at_most, "of": ["sales"], "over": "year", "excess": "lost"}]
    else:
        plan["components"]["sales"]["at_most"] = at_most
    credits = [{"component": "sales", "date": f"2026-0{month}-05", "amount": "100000"} for month in (1, 2)]
    return {"case": "capped", "plan": plan, "given": {"credits": credits}, "expect": {"2026-03": {"earned": {}}}}


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
