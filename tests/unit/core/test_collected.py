"""What of an instalment has been received: worked amounts."""

from __future__ import annotations

from salescli.core.metrics.collected import Allocation, Instalment, Receipt, Refund, compute_collected

PLAN = [Instalment(1, 9, "CNY", "1", 300), Instalment(2, 9, "CNY", "2", 500), Instalment(3, 9, "CNY", "3", 200)]


def collected(receipts=(), allocations=(), refunds=(), plan=PLAN):
    return list(compute_collected(plan, receipts, allocations, refunds).values())


def test_money_of_the_contract_fills_instalments_in_due_order() -> None:
    assert collected([Receipt(1, 9, "CNY", 400)]) == [300, 100, 0]
    assert collected([Receipt(1, 9, "CNY", 5000)]) == [300, 500, 200], "never more than falls due"
    assert collected([Receipt(1, 8, "CNY", 400), Receipt(2, None, "CNY", 400)]) == [0, 0, 0]
    assert collected([Receipt(1, 9, "USD", 400)]) == [0, 0, 0], "currencies are not added"


def test_an_allocation_that_names_the_receipts_own_contract_counts_once() -> None:
    receipt = Receipt(1, 9, "CNY", 400)
    assert collected([receipt], [Allocation(1, 9, "2", "CNY", 400)]) == [0, 400, 0]
    assert collected([receipt], [Allocation(1, 9, None, "CNY", 400)]) == [300, 100, 0]
    assert collected([receipt], [Allocation(1, 9, "3", "CNY", 150)]) == [250, 0, 150], "the rest is the contract's"
    assert collected([receipt], [Allocation(1, 9, "3", "CNY", 260)]) == [200, 0, 200], "so is what is too much for it"
    assert collected([receipt], [Allocation(1, 9, "9", "CNY", 400)]) == [300, 100, 0], "an instalment nobody planned"


def test_an_allocation_takes_no_more_than_the_receipt_has_and_waits_for_it() -> None:
    over = [Allocation(1, 9, "2", "CNY", 80), Allocation(1, 9, "3", "CNY", 80)]
    assert collected([Receipt(1, 9, "CNY", 100)], over) == [0, 80, 20]
    assert collected([], over) == [0, 0, 0]


def test_a_receipt_without_contract_counts_by_its_allocations() -> None:
    spread = [Allocation(1, 9, "1", "CNY", 100), Allocation(1, 8, None, "CNY", 300)]
    assert collected([Receipt(1, None, "CNY", 400)], spread) == [100, 0, 0]


def test_a_refund_takes_back_from_what_it_names() -> None:
    receipts = [Receipt(1, 9, "CNY", 300), Receipt(2, 9, "CNY", 500)]
    explicit = [Allocation(1, 9, "1", "CNY", 300), Allocation(2, 9, "2", "CNY", 500)]
    assert collected(receipts, explicit, [Refund(1, None, "CNY", 100)]) == [200, 500, 0]
    assert collected(receipts, explicit, [Refund(None, 9, "CNY", 600)]) == [200, 0, 0], "the latest first"
    assert collected(receipts, explicit, [Refund(1, 9, "CNY", 400)]) == [0, 400, 0], "more than the receipt had"
    assert collected(receipts, (), [Refund(2, 9, "CNY", 100)]) == [300, 400, 0]
    assert collected(receipts, explicit, [Refund(1, 8, "CNY", 100)]) == [300, 500, 0], "the other contract's refund"
    assert collected(receipts, explicit, [Refund(None, 9, "CNY", 9000)]) == [0, 0, 0]


def test_a_reversed_receipt_undoes_it() -> None:
    receipts = [Receipt(1, 9, "CNY", 300), Receipt(2, 9, "CNY", -300)]
    assert collected(receipts) == [0, 0, 0]
    both = [Allocation(1, 9, "1", "CNY", 300), Allocation(2, 9, "1", "CNY", -300)]
    assert collected(receipts, both) == [0, 0, 0]
