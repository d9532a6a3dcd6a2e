"""What the day of signing decides: whose credit it is, and which numbers are in force."""

import pytest

from tests.unit.services.crediting import crediting, earned
from tests.unit.store_support import load

OWNER = """  sales: {{type: rate, pays_on: receipts-gross, credit: own, owner_on: {day}, rate: 10%, refunds: recompute}}
"""
RATE = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: {2026-01-01: 10%, 2026-03-01: 20%},
    refunds: recompute}
"""
TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      2026-01-01: [from 0: 10%]
      2026-03-01: [from 0: 20%]
    refunds: recompute
"""


@pytest.mark.parametrize(("day", "whose"), [("transaction-date", "赵磊"), ("signing-date", "王芳")])
def test_who_held_it_when_it_was_signed_or_when_the_money_came(tmp_path, day, whose):
    with crediting(tmp_path, OWNER.format(day=day)) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳", "signed": "2026-01-05"}])
        load(context.store, "contract", [{"number": "C1", "owner": "赵磊"}], dated="2026-03-01")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-04-10", "contract": "C1", "amount": "1000"}])
        load(context.store, "refund", [{"number": "T1", "date": "2026-04-12", "receipt": "R1", "amount": "400"}])
        assert earned(context, "2026-04") == {whose: "60.00"}


@pytest.mark.parametrize("text", [RATE, TIERS])
def test_the_numbers_in_force_at_signing(tmp_path, text):
    with crediting(tmp_path, text, more="rates_in_force_on: signing-date\n") as context:
        contracts = [
            {"number": "C1", "owner": "王芳", "signed": "2026-01-05"},
            {"number": "C2", "owner": "王芳", "signed": "2026-03-05"},
            {"number": "C3", "owner": "王芳"},
        ]
        load(context.store, "contract", contracts)
        receipts = [
            {"number": f"R{n}", "date": "2026-04-10", "contract": f"C{n}", "amount": amount}
            for n, amount in ((1, "1000"), (2, "100"), (3, "10"))
        ]
        load(context.store, "receipt", receipts)
        load(context.store, "refund", [{"number": "T1", "date": "2026-04-12", "receipt": "R1", "amount": "400"}])
        assert earned(context, "2026-04") == {"王芳": "82.00"}, "600 at 10 %, 110 at 20 %"
