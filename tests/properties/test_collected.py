"""Laws of what is collected, over random contracts, receipts, allocations and refunds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.collected import Allocation, Instalment, Receipt, Refund, compute_collected

amounts = st.integers(1, 60)
contracts = st.integers(1, 2)
names = st.sampled_from(("1", "2", "3"))
plans = st.lists(st.tuples(contracts, names, st.integers(0, 60)), max_size=6, unique_by=lambda one: one[:2])
received = st.lists(st.tuples(st.none() | contracts, amounts), max_size=6)
allocated = st.lists(st.tuples(st.integers(0, 6), contracts, st.none() | names, amounts), max_size=8)
refunded = st.lists(st.tuples(st.none() | st.integers(0, 6), st.none() | contracts, amounts), max_size=4)


def build(plan, receipts, allocations, refunds=()):
    return (
        [Instalment(place, contract, "CNY", name, due) for place, (contract, name, due) in enumerate(plan)],
        [Receipt(place, contract, "CNY", amount) for place, (contract, amount) in enumerate(receipts)],
        [Allocation(receipt, contract, name, "CNY", amount) for receipt, contract, name, amount in allocations],
        [Refund(receipt, contract, "CNY", amount) for receipt, contract, amount in refunds],
    )


@given(plans, received, allocated, refunded)
def test_each_instalment_has_between_nothing_and_what_falls_due(plan, receipts, allocations, refunds) -> None:
    instalments, *facts = build(plan, receipts, allocations, refunds)
    collected = compute_collected(instalments, *facts)
    assert collected.keys() == {one.id for one in instalments}
    assert all(0 <= collected[one.id] <= one.amount for one in instalments)
    assert sum(collected.values()) <= sum(amount for _, amount in receipts)
    without = compute_collected(instalments, facts[0], facts[1], [])
    assert all(collected[place] <= without[place] for place in collected), "a refund never adds"


@given(plans, received, allocated, st.integers(0, 6))
def test_without_refunds_a_later_day_never_takes_away(plan, receipts, allocations, until) -> None:
    instalments, all_received, allocated_to, _ = build(plan, receipts, allocations)
    before = compute_collected(instalments, all_received[:until], allocated_to, [])
    after = compute_collected(instalments, all_received, allocated_to, [])
    assert all(before[place] <= after[place] for place in before)


@given(plans, received)
def test_nothing_is_lost_while_there_is_room(plan, receipts) -> None:
    collected = compute_collected(*build(plan, receipts, []))
    for contract in (1, 2):
        due = [(place, amount) for place, (of, _, amount) in enumerate(plan) if of == contract]
        money = sum(amount for of, amount in receipts if of == contract)
        assert sum(collected[place] for place, _ in due) == min(money, sum(amount for _, amount in due))
