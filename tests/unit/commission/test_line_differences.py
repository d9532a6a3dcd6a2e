"""Two pay sheets line by line: the reasons, and that what parts them always adds up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.line_differences import OurLine, SheetLine, compare_lines

CENTS = st.integers(-50_000, 50_000).map(lambda cents: Decimal(cents).scaleb(-2))
KEYS = st.sampled_from(["R1", "R2", "R3", "R4"])


def one(theirs, ours):
    difference = sum((line.pay for line in theirs), Decimal(0)) - sum((line.pay for line in ours), Decimal(0))
    return compare_lines(theirs, ours, difference)


@pytest.mark.parametrize(
    ("theirs", "ours", "reason", "there", "here"),
    [
        ([SheetLine("R1", Decimal(30))], [], "only-there", None, None),
        ([], [OurLine("R1", Decimal(30))], "only-here", None, None),
        ([], [OurLine("R1", Decimal(30), is_earlier=True)], "earlier", None, None),
        (
            [SheetLine("R1", Decimal(100), Decimal(10_000))],
            [OurLine("R1", Decimal(70), Decimal(7_000), Decimal("0.7"))],
            "share",
            Decimal("1.00"),
            Decimal("0.7"),
        ),
        (
            [SheetLine("R1", Decimal("101.23"), Decimal("10123.45"))],
            [OurLine("R1", Decimal(100), Decimal(10_000))],
            "credit",
            Decimal("10123.45"),
            Decimal(10_000),
        ),
        (
            [SheetLine("R1", Decimal(200), Decimal(10_000))],
            [OurLine("R1", Decimal(150), Decimal(10_000))],
            "rate",
            Decimal("0.02"),
            Decimal("0.015"),
        ),
        (
            [SheetLine("R1", Decimal("150.01"), Decimal(10_000))],
            [OurLine("R1", Decimal(150), Decimal(10_000))],
            "rounding",
            None,
            None,
        ),
    ],
)
def test_each_reason(theirs, ours, reason, there, here):
    found = one(theirs, ours)
    assert [(line.reason, line.there, line.here) for line in found.lines] == [(reason, there, here)]
    assert found.rest == 0


def test_components_of_one_receipt_are_one_line():
    """A sheet with a row of commission and a row of an award for one receipt, beside two components that pay on it."""
    theirs = [SheetLine("R1", Decimal(100), Decimal(10_000)), SheetLine("R1", Decimal(800))]
    ours = [
        OurLine("R1", Decimal(100), Decimal(10_000), component="sales"),
        OurLine("R1", Decimal(800), component="award"),
    ]
    assert one(theirs, ours).lines == ()


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("credit", [Decimal(10_000), None])
def test_a_row_that_is_there_again_is_counted_twice(times, credit):
    theirs = [SheetLine("R1", Decimal(150), credit, f"D{row}") for row in range(2, 2 + times)]
    (line,) = one(theirs, [OurLine("R1", Decimal(150), Decimal(10_000))]).lines
    assert (line.reason, line.there, line.here, line.where) == ("twice", None, None, f"D{1 + times}")
    assert line.amount == 150 * (times - 1)


def test_both_parts_of_one_that_are_there_again_are_counted_twice():
    """Commission and award of a receipt, each in a row, the two rows copied."""
    theirs = [SheetLine("R1", Decimal(100), Decimal(10_000)), SheetLine("R1", Decimal(800))] * 2
    (line,) = one(theirs, [OurLine("R1", Decimal(900), Decimal(10_000))]).lines
    assert (line.reason, line.amount) == ("twice", 900)


def test_two_rows_of_other_pay_are_not_counted_twice():
    rows = [SheetLine("R1", Decimal(150)), SheetLine("R1", Decimal(140))]
    (line,) = one(rows, [OurLine("R1", Decimal(150), Decimal(10_000))]).lines
    assert line.reason == "rate"


def test_contracts_of_one_receipt_add_up():
    """1,000 allocated to two contracts, at 2 % there and 1.5 % here, in one row and in two."""
    ours = [OurLine("R1", Decimal("7.50"), Decimal(500), component="sales")] * 2
    for theirs in (
        [SheetLine("R1", Decimal(20), Decimal(1_000))],
        [SheetLine("R1", Decimal(10), Decimal(500))] * 2,
    ):
        found = one(theirs, ours).lines
        assert [(line.reason, line.there, line.here) for line in found] == [("rate", Decimal("0.02"), Decimal("0.015"))]


@given(
    st.lists(st.builds(SheetLine, KEYS, CENTS, st.none() | CENTS), max_size=6),
    st.lists(
        st.builds(OurLine, KEYS, CENTS, st.none() | CENTS, component=st.sampled_from(["sales", "award"])), max_size=6
    ),
    CENTS,
)
def test_lines_and_rest_add_up_to_the_difference(theirs, ours, elsewhere):
    """Whatever the lines: what is on them and what is on none is the whole difference of the two totals."""
    difference = sum((line.pay for line in theirs), Decimal(0)) - sum((line.pay for line in ours), elsewhere)
    parted = compare_lines(theirs, ours, difference)
    assert sum((line.amount for line in parted.lines), parted.rest) == difference
    assert sum((amount for _, amount in parted.sums().values()), parted.rest) == difference
    assert parted.rest == -elsewhere
