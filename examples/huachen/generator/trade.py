"""The company's trade, drawn in order: what was signed, what came in, what went back, and who shares it."""

from __future__ import annotations

from datetime import date

from generator.chance import Chance
from generator.collecting import draw_receipts
from generator.facts import Contract, Refund, Trade
from generator.market import FIRST_DAY, Customer
from generator.people import PEOPLE, is_selling
from generator.signing import draw_contracts

_REASONS = ("项目缩减", "重复付款", "未通过验收", "服务降级")
# day of the refund, and the month in which the receipt that it undoes came
_REFUNDED = (
    (date(2025, 4, 17), "2502"), (date(2025, 7, 9), "2505"), (date(2025, 9, 23), "2508"), (date(2025, 11, 12), "2510"),
    (date(2025, 12, 18), "2509"), (date(2026, 1, 22), "2511"), (date(2026, 2, 11), "2601"), (date(2026, 3, 12), "2602"),
    (date(2026, 3, 25), "2601"),
)  # fmt: skip


def build_trade(chance: Chance, customers: list[Customer]) -> Trade:
    """Draw the contracts of July 2024 to March 2026 and all that follows from them."""
    trade = Trade(contracts=draw_contracts(chance, customers))
    trade.receipts = draw_receipts(chance, trade.contracts)
    trade.refunds = _draw_refunds(chance, trade)
    trade.splits = _draw_splits(chance, trade.contracts)
    return trade


def _draw_refunds(chance: Chance, trade: Trade) -> list[Refund]:
    refunds: list[Refund] = []
    counts: dict[int, int] = {}
    used: set[str] = set()
    for day, month in _REFUNDED:
        candidates = [
            each
            for each in trade.receipts
            if each.number.startswith(f"R{month}")
            and each.contract
            and not each.purchase
            and each.amount > 60_000_00
            and each.contract not in used
        ]
        receipt = chance.pick(candidates)
        used.add(receipt.contract)
        counts[day.year] = counts.get(day.year, 0) + 1
        refunds.append(
            Refund(
                number=f"TK-{day.year}-{counts[day.year]:03d}",
                day=day,
                receipt=receipt.number,
                contract=receipt.contract,
                amount=receipt.amount * chance.between(10, 40) // 100 // 100_00 * 100_00,
                tax=receipt.tax,
                reason=chance.pick(_REASONS),
            )
        )
    return refunds


def _draw_splits(chance: Chance, contracts: list[Contract]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Share some contracts: mostly 70 / 30 with a colleague, some 60 / 40 and 50 / 50, one among three."""
    splits: dict[str, tuple[tuple[str, int], ...]] = {}
    shapes = [(70, 30)] * 18 + [(60, 40)] * 5 + [(50, 50)] * 4 + [(50, 30, 20)]
    recent = [each for each in contracts if each.signed >= date(2025, 6, 1)]
    early = [each for each in contracts if FIRST_DAY <= each.signed < date(2025, 6, 1)]
    star = next(
        each
        for each in recent
        if each.owner == "0023" and each.product.line == "云服务" and each.signed >= date(2025, 10, 1)
    )
    splits[star.number] = (("0023", 70), ("0085", 30))
    for shape in shapes:
        contract = chance.pick(recent if chance.happens(0.7) else early)
        if contract.number in splits:
            continue
        colleagues = [
            each.number
            for each in PEOPLE
            if each.number != contract.owner and is_selling(each.number, contract.signed) and not each.left
        ]
        partners = chance.shuffled(colleagues)[: len(shape) - 1]
        splits[contract.number] = tuple(zip([contract.owner, *partners], shape, strict=True))
    return splits
