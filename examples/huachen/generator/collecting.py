"""Draw when and how the instalments were paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from generator.chance import Chance
from generator.facts import Contract, Instalment, Receipt
from generator.market import FIRST_DAY, working_day

_LAST_RECEIPT = date(2026, 4, 3)
_LATE_PAYERS_OF = "0031"  # this quarter his customers pay late: the collection gate stays shut


def draw_receipts(chance: Chance, contracts: list[Contract]) -> list[Receipt]:
    """Draw what was paid from January 2025 to 3 April 2026, numbered by month."""
    drafts: list[Receipt] = []
    for contract in contracts:
        received = 0
        for part in contract.instalments:
            if part.due < FIRST_DAY:
                received += part.amount
                continue
            day = _draw_payday(chance, contract, part)
            for when, amount in _draw_payments(chance, day, part.amount):
                if when is None or not FIRST_DAY <= when <= _LAST_RECEIPT:
                    continue
                # purchase follows the money: cumulated, so that a contract paid in full carries all of it
                before = contract.purchase * received // contract.amount
                received += amount
                bought = contract.purchase * received // contract.amount - before
                drafts.append(_draw_receipt(chance, contract, part, when, amount, bought))
    drafts.sort(key=lambda each: (each.day, each.contract, each.instalment, each.amount))
    counts: dict[str, int] = {}
    receipts = []
    for draft in drafts:
        month = f"{draft.day:%y%m}"
        counts[month] = counts.get(month, 0) + 1
        receipts.append(replace(draft, number=f"R{month}-{counts[month]:04d}"))
    return _forget_contracts(receipts)


def _draw_payday(chance: Chance, contract: Contract, part: Instalment) -> date | None:
    """Most pay within a week, some weeks later, a few months later, and one in fifty never."""
    habit = chance.weighted(("on time", "weeks", "months", "never"), (78, 15, 5, 2))
    if contract.owner == _LATE_PAYERS_OF and part.due >= date(2025, 12, 20) and chance.happens(0.5):
        habit = "months"
    if habit == "never":
        return None
    low, high = {"on time": (-8, 6), "weeks": (7, 40), "months": (41, 110)}[habit]
    return working_day(max(part.due + timedelta(days=chance.between(low, high)), FIRST_DAY))


def _draw_payments(chance: Chance, day: date | None, amount: int) -> list[tuple[date | None, int]]:
    """One payment, or for one instalment in eight two of them, the second some weeks later."""
    if day is None or amount < 20_000_00 or not chance.happens(0.17):
        return [(day, amount)]
    first = amount * chance.pick((5, 6, 7)) // 10 // 1_000_00 * 1_000_00
    return [(day, first), (working_day(day + timedelta(days=chance.between(18, 45))), amount - first)]


def _draw_receipt(
    chance: Chance, contract: Contract, part: Instalment, day: date, amount: int, purchase: int
) -> Receipt:
    method = chance.weighted(("银行转账", "承兑汇票", "网银"), (8, 1, 3))
    matures = date.fromordinal(day.toordinal() + 182) if method == "承兑汇票" else None
    note = "尾款" if part.number == len(contract.instalments) > 1 else ""
    return Receipt(
        number="",
        day=day,
        payer=contract.customer.name,
        contract=contract.number,
        instalment=part.number,
        amount=amount,
        tax=contract.product.tax,
        purchase=purchase,
        method=method,
        matures=matures,
        note=note,
    )


def _forget_contracts(receipts: list[Receipt]) -> list[Receipt]:
    """One receipt in ninety came with a payer's name and nothing else; every third of these payers is another firm."""
    kept = []
    for place, receipt in enumerate(receipts):
        if place % 90 == 31 and receipt.day < date(2026, 4, 1):
            payer = receipt.payer.replace("有限公司", "财务结算中心") if place % 270 == 31 else receipt.payer
            receipt = replace(receipt, payer=payer, contract="", instalment=0, purchase=0, note="待认领")
        kept.append(receipt)
    return kept
