"""What refunds undo, on worked amounts."""

from __future__ import annotations

from salescli.core.metrics.refunded import GivenBack, ReceiptPart, part_refunds

C1, C2 = 11, 12


def part(receipt: int, contract: int | None, amount: int, date: str = "2026-01-05", currency: str = "CNY"):
    return ReceiptPart(receipt, contract, currency, amount, date, f"R{receipt}")


def back(number: int, amount: int, receipt: int | None = None, contract: int | None = None, **more):
    given = {"currency": "CNY", "net": None, "date": "2026-02-10", **more}
    return GivenBack(number, receipt, contract, amount=amount, **given)


def taken(parts, *refunds):
    return [(one.refund, one.receipt, one.contract, one.amount) for one in part_refunds(parts, refunds)]


ALLOCATED = [part(1, C1, 400), part(1, C2, 600)]


def test_a_refund_takes_of_everything_that_its_receipt_was_allocated_to() -> None:
    assert taken(ALLOCATED, back(1, 1000, 1)) == [(1, 1, C1, 400), (1, 1, C2, 600)]
    assert taken(ALLOCATED, back(1, 100, 1)) == [(1, 1, C1, 40), (1, 1, C2, 60)]
    rest = [part(1, C1, 300), part(1, None, 700)]
    assert taken(rest, back(1, 100, 1)) == [(1, 1, C1, 30), (1, 1, None, 70)], "what is not allocated goes back too"


def test_several_refunds_take_back_exactly_what_each_contract_had() -> None:
    thirds = [part(1, C1, 1), part(1, C2, 2)]
    assert taken(thirds, back(1, 1, 1), back(2, 1, 1), back(3, 1, 1)) == [(1, 1, C2, 1), (2, 1, C1, 1), (3, 1, C2, 1)]
    named = [back(1, 400, 1, C1), back(2, 600, 1)]
    assert taken(ALLOCATED, *named) == [(1, 1, C1, 400), (2, 1, C2, 600)], "C1 has had its own back"


def test_more_than_the_receipt_goes_by_what_its_parts_were() -> None:
    assert taken(ALLOCATED, back(1, 1100, 1)) == [(1, 1, C1, 440), (1, 1, C2, 660)]
    assert taken(ALLOCATED, back(1, 1000, 1), back(2, 10, 1))[2:] == [(2, 1, C1, 4), (2, 1, C2, 6)]


def test_a_refund_that_is_taken_back_gives_back_what_it_took() -> None:
    pair = [back(1, 7, 1), back(2, -7, 1), back(3, 1000, 1)]
    assert taken(ALLOCATED, *pair) == [
        (1, 1, C1, 3), (1, 1, C2, 4), (2, 1, C1, -3), (2, 1, C2, -4), (3, 1, C1, 400), (3, 1, C2, 600),
    ]  # fmt: skip
    latest = [part(1, C1, 100, "2026-01-05"), part(2, C1, 100, "2026-01-20")]
    assert taken(latest, back(1, 150, None, C1), back(2, -60, None, C1)) == [
        (1, 2, C1, 100), (1, 1, C1, 50), (2, 1, C1, -50), (2, 2, C1, -10),
    ]  # fmt: skip


def test_the_net_amount_is_cut_as_the_amount_is() -> None:
    found = list(part_refunds(ALLOCATED, [back(1, 100, 1, net=89)]))
    assert [one.net for one in found] == [36, 53]
    assert [one.net for one in part_refunds(ALLOCATED, [back(1, 0, 1, net=5)])] == [5]


def test_a_refund_of_a_contract_undoes_its_latest_receipts_first() -> None:
    parts = [part(1, C1, 100, "2026-01-05"), part(3, C1, 100, "2026-01-20"), part(2, C1, 100, "2026-01-20")]
    assert taken(parts, back(1, 250, None, C1)) == [(1, 3, C1, 100), (1, 2, C1, 100), (1, 1, C1, 50)]
    early = back(1, 250, None, C1, date="2026-01-19")
    assert taken(parts, early) == [(1, 1, C1, 100), (1, None, C1, 150)], "of what had come in by then"
    assert taken(parts, back(1, 10, None, C2)) == [(1, None, C2, 10)]
    assert taken(parts, back(1, 10, None, C1, currency="USD")) == [(1, None, C1, 10)]


def test_what_earlier_refunds_took_is_not_taken_again() -> None:
    parts = [part(1, C1, 100, "2026-01-05"), part(2, C1, 100, "2026-01-20")]
    assert taken(parts, back(1, 70, 2), back(2, 50, None, C1), back(3, 90, None, C1)) == [
        (1, 2, C1, 70), (2, 2, C1, 30), (2, 1, C1, 20), (3, 1, C1, 80), (3, None, C1, 10),
    ]  # fmt: skip


def test_a_receipt_counts_with_what_of_it_is_the_contracts() -> None:
    parts = [part(1, C1, 100, "2026-01-05"), part(2, C1, 40, "2026-01-20"), part(2, C2, 60, "2026-01-20")]
    assert taken(parts, back(1, 50, None, C1)) == [(1, 2, C1, 40), (1, 1, C1, 10)]


def test_a_refund_of_what_nobody_knows_is_whole_as_it_is() -> None:
    assert taken(ALLOCATED, back(1, 10, 9), back(2, 10)) == []
