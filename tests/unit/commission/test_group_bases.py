"""What the levels below earned is taken from the right sums: no credit is lost on the way."""

from datetime import date
from decimal import Decimal

from salescli.core.commission.groups.bases import Below, take_below
from salescli.core.commission.inputs import CreditLine, CreditSum, PayeeInputs
from salescli.core.periods import FiscalCalendar

DAY = date(2026, 3, 10)


def line(key, amount, priced):
    return CreditLine("team", DAY, key, Decimal(amount), Decimal(amount), Decimal(amount), priced=priced)


def test_sums_of_one_day_signed_on_two_days_stay_two():
    """Numbers in force when a contract was signed: two receipts of one day may have two rates."""
    first, second = date(2026, 1, 5), date(2026, 2, 5)
    lines = (line("R1", 1000, first), line("R2", 2000, second), line("R3", 4000, None))
    sums = tuple(
        CreditSum("team", date(2026, 3, 1), one.pay_credit, one.quota_credit, stretch=DAY, priced=one.priced)
        for one in lines
    )
    inputs = PayeeInputs(
        person="M", calendar=FiscalCalendar(), start=date(2026, 1, 1), end=date(2027, 1, 1), credits=sums, lines=lines
    )
    below = {("R1", "", ""): Below(Decimal(50)), ("R2", "", ""): Below(Decimal(100))}
    taken = take_below(inputs, "team", "less-commission-below", below)
    assert {one.priced: one.pay_credit for one in taken.credits} == {
        first: Decimal(950),
        second: Decimal(1900),
        None: Decimal(4000),
    }
    assert sum(one.quota_credit for one in taken.credits) == Decimal(7000)
