"""What holds for rows of forms alone, the sheets that salescli wrote for people to fill in.

What is claimed of a receipt may not be more than it: the rows of one receipt are taken or rejected as one (what another
system says it has allocated is taken as it comes). And a form that only completes records makes no new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from salescli.core.money import from_e4
from salescli.core.records.staged import FORM
from salescli.store.claims import fetch_allocated
from salescli.store.entities import fetch_keys, labels
from salescli.store.state import fetch_images, state_of
from salescli.store.versions import Image

if TYPE_CHECKING:
    from salescli.store.block import Block


def check_form(block: Block, entities: Sequence[int | None]) -> None:
    """Check the rows of a form; of any other sheet nothing."""
    if block.source.feed.startswith(FORM):
        _check_known(block, entities)
        _check_claims(block)
        _check_allocated(block, entities)


def _check_known(block: Block, entities: Sequence[int | None]) -> None:
    """Reject rows about records that are gone, where the form does not hold all that a new one needs."""
    if all(each.name in block.columns or each.default is not None for each in block.kind.required_fields()):
        return
    have = block.access.current([one for one in entities if one is not None])
    key = block.kind.key[0]
    for index, entity in enumerate(entities):
        if entity is not None and entity not in have and index not in block.result.rejected:
            text = block.column(key)[index]
            block.reject(index, "unknown-reference", key, text=text, type=block.kind.titles, nearest="", option="")


def _check_claims(block: Block) -> None:
    """Reject claims of nothing or less, and those for an instalment that the contract's plan does not have."""
    if block.kind.name != "allocation" or "amount" not in block.columns:
        return
    plans = _instalments(block)
    stated = zip(*(block.column(name) for name in ("receipt", "contract", "instalment", "amount")), strict=True)
    for index, (receipt, contract, instalment, amount) in enumerate(stated):
        if index in block.result.rejected:
            continue
        if amount is not None and amount <= 0:
            number = labels(block.store, block.store.registry["receipt"], [receipt]).get(receipt, "")
            block.reject(index, "claim-not-positive", "amount", amount=f"{from_e4(amount):,}", receipt=number)
        known = plans.get(contract, [])
        if instalment and known and instalment not in known:
            number = fetch_keys(block.store, block.store.registry["contract"], [contract]).get(contract, "")
            said = {"contract": number, "instalment": instalment, "known": known}
            block.reject(index, "claim-instalment-unknown", "instalment", **said)


def _instalments(block: Block) -> dict[int, list[str]]:
    """Return the instalments of the contracts that rows name, where they name an instalment."""
    pairs = zip(block.column("contract"), block.column("instalment"), strict=True)
    wanted = sorted({contract for contract, instalment in pairs if contract is not None and instalment})
    found: dict[int, list[str]] = {}
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        rows = block.store.db.execute(
            f"""SELECT contract_id, instalment FROM {state_of(block.store, "payment-plan")}
                WHERE contract_id IN ({",".join("?" * len(chunk))}) ORDER BY due, length(instalment), instalment""",
            chunk,
        )
        for contract, instalment in rows:
            found.setdefault(contract, []).append(instalment)
    return found


def _check_allocated(block: Block, entities: Sequence[int | None]) -> None:
    """Reject allocations that, with those already stored, are more than their receipt, or in another currency."""
    if block.kind.name != "allocation" or "amount" not in block.columns:
        return
    rows: dict[int, list[int]] = {}
    for index, receipt in enumerate(block.column("receipt")):
        if receipt is not None and index not in block.result.rejected:
            rows.setdefault(receipt, []).append(index)
    stored, restated = fetch_allocated(block.store, rows), set(entities)
    currencies, amounts = block.column("currency"), block.columns["amount"]
    for receipt, (number, amount, currency) in _receipts(block, rows).items():
        for index in rows[receipt]:
            stated = currencies[index] or currency
            if stated != currency:
                values = {"receipt": number, "currency": currency, "stated": stated}
                block.reject(index, "claim-in-other-currency", "currency", **values)
        others = [value for one, code, value in stored.get(receipt, ()) if one not in restated and code == currency]
        left, claimed = amount - sum(others), sum(amounts[index] or 0 for index in rows[receipt])
        if claimed > max(left, 0):
            said = {"amount": f"{from_e4(claimed):,}", "open": f"{from_e4(max(left, 0)):,}", "receipt": number}
            for index in rows[receipt]:
                block.reject(index, "claim-above-open", "amount", **said)


def _receipts(block: Block, wanted: Iterable[int]) -> dict[int, tuple[str, int, str]]:
    """Return number, amount and currency of the receipts whose amount is known."""
    kind, ids = block.store.registry["receipt"], sorted(wanted)
    images: dict[int, Image] = {}
    for start in range(0, len(ids), 500):
        chunk = tuple(ids[start : start + 500])
        images |= fetch_images(block.store, kind, f"id IN ({','.join('?' * len(chunk))})", chunk)
    return {
        one: (str(image["number"]), image["amount"], image["currency"] or "")
        for one, image in images.items()
        if image["amount"] is not None
    }
