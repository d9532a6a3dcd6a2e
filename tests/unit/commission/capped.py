"""A case of one seller at one rate, whose pay is capped: what the tests of caps share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def capped_case(
    rate: str, over: str, months: Mapping[int, str], through: str, *, last: str, **blocks: Any
) -> dict[str, Any]:
    """Return a case: credits by month, through the run `last`; `blocks` are the plan's, `at_most` the component's."""
    own = {"at_most": blocks.pop("at_most")} if "at_most" in blocks else {}
    sales = {"type": "rate", "pays_on": "sales", "credit": "own", "rate": rate, "adds_up_over": over, **own}
    plan = {
        "format": "1",
        "plan": "capped",
        "title": "capped",
        "for": {"role": "seller"},
        "from": "2026-01-01",
        "through": through,
        "currency": "CNY",
        "pay": "monthly",
        "rates_in_force_on": "receipt-date",
        "part_period": "nothing-scaled",
        "components": {"sales": {**sales, "refunds": "recompute"}},
        "payout": {"below_zero": "carry", "round_to": "0.01"},
        **blocks,
    }
    credits = [{"component": "sales", "date": f"2026-0{number}-05", "amount": one} for number, one in months.items()]
    return {"case": "capped", "plan": plan, "given": {"credits": credits}, "expect": {last: {"earned": {}}}}
