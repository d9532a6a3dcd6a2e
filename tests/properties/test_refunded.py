"""Laws of what refunds undo: over receipts in parts, and refunds that name a receipt, a contract, or both."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.refunded import GivenBack, ReceiptPart, part_refunds

contracts = st.sampled_from([11, 12, 13])
cut = st.lists(
    st.tuples(contracts | st.none(), st.integers(1, 50)), min_size=1, max_size=3, unique_by=lambda one: one[0]
)
receipts = st.lists(st.tuples(st.integers(1, 9), cut), max_size=4)
back = st.lists(
    st.tuples(st.none() | st.integers(0, 3), st.none() | contracts, st.integers(-60, 120), st.integers(1, 9)),
    max_size=7,
)


def build(received, given_back):
    parts = [
        ReceiptPart(place, contract, "CNY", amount, f"2026-01-0{day}", f"R{place}")
        for place, (day, pieces) in enumerate(received)
        for contract, amount in pieces
    ]
    ordered = sorted(given_back, key=lambda one: one[3])
    refunds = [
        GivenBack(place, receipt, contract, "CNY", amount, amount * 9 // 10, f"2026-01-0{day}")
        for place, (receipt, contract, amount, day) in enumerate(ordered)
    ]
    return parts, refunds


@given(receipts, back)
def test_the_parts_of_a_refund_are_the_refund(received, given_back) -> None:
    parts, refunds = build(received, given_back)
    found = list(part_refunds(parts, refunds))
    for refund in refunds:
        mine = [one for one in found if one.refund == refund.id]
        if not mine:
            continue
        assert (sum(one.amount for one in mine), sum(one.net or 0 for one in mine)) == (refund.amount, refund.net)
        assert all(one.is_named == (refund.receipt is not None) for one in mine)
        assert all(one.amount * refund.amount >= 0 for one in mine), "no part of a refund is a receipt"
        assert refund.contract is None or {one.contract for one in mine} == {refund.contract}
        assert refund.receipt is None or {one.receipt for one in mine} == {refund.receipt}


@given(receipts, back, st.integers(0, 7))
def test_later_refunds_change_nothing(received, given_back, until) -> None:
    parts, refunds = build(received, given_back)
    before = list(part_refunds(parts, refunds[:until]))
    assert list(part_refunds(parts, refunds))[: len(before)] == before


@given(cut, st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_a_receipt_that_goes_back_whole_leaves_nothing_to_anybody(pieces, sizes) -> None:
    whole = sum(amount for _, amount in pieces)
    amounts = []
    for size in sizes:
        amounts.append(min(size, whole - sum(amounts)))
    amounts.append(whole - sum(amounts))
    parts, refunds = build([(1, pieces)], [(0, None, amount, 2) for amount in amounts])
    taken: Counter[int | None] = Counter()
    for one in part_refunds(parts, refunds):
        taken[one.contract] += one.amount
        assert taken[one.contract] <= dict(pieces)[one.contract]
    assert taken == Counter(dict(pieces))


@given(receipts, back)
def test_a_refund_of_a_contract_takes_no_more_of_a_receipt_than_it_has_left(received, given_back) -> None:
    its = {place: [contract for contract, _ in pieces] for place, (_, pieces) in enumerate(received)}
    # A refund whose contract never had any of its receipt takes of the receipt all the same: not asked here.
    given_back = [
        (receipt, of if receipt is None or of in its.get(receipt, ()) else None, abs(amount), day)
        for receipt, of, amount, day in given_back
    ]
    parts, refunds = build(received, given_back)
    had = {(one.receipt, one.contract): one for one in parts}
    left = {place: one.amount for place, one in had.items()}
    days = {one.id: one.date for one in refunds}
    for one in part_refunds(parts, refunds):
        place = (one.receipt, one.contract)
        if not one.is_named and one.receipt is not None:
            assert one.amount <= left[place] and had[place].date <= days[one.refund]
            later = [h for p, h in had.items() if p[1] == one.contract and h.date <= days[one.refund] and left[p] > 0]
            assert (had[place].date, had[place].key) == max((h.date, h.key) for h in later), "the latest first"
        elif not one.is_named and one.amount:
            assert not any(
                left[p] > 0 for p, h in had.items() if p[1] == one.contract and h.date <= days[one.refund]
            ), "nothing is left that it could undo"
        if place in left:
            left[place] -= one.amount
