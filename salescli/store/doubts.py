"""What a row that is taken leaves in doubt: refunds that do not fit their receipt, and days that are hardly meant.

Nothing is kept out for it: each doubt is a warning with its cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from salescli.core.money import from_e4
from salescli.store.schema import table_of

if TYPE_CHECKING:
    from salescli.store.block import Block

FIRST_YEAR, LAST_YEAR = "1990", "2100"


def note_unlikely_dates(block: Block) -> None:
    """Warn of crediting dates far outside of any business: their figures stand in months where nobody looks."""
    name = block.kind.date
    if name not in block.columns:
        return
    days = block.columns[name]
    unlikely = {day for day in set(days) if day and not FIRST_YEAR <= day[:4] <= LAST_YEAR}
    for index, day in enumerate(days) if unlikely else ():
        if day in unlikely and index not in block.result.rejected:
            block.result.notes.append(block.problem(index, "unlikely-date", name, "warning", day=day[:10]))


def note_refunds_above(block: Block, entities: Sequence[int | None]) -> None:
    """Warn, once the rows are written, of receipts of which more is refunded than came in.

    It is said at the last row that concerns the receipt, whether that is the refund or the receipt itself. Only
    amounts of the receipt's own currency are compared.
    """
    if block.kind.name not in ("refund", "receipt"):
        return
    receipts = entities if block.kind.name == "receipt" else block.column("receipt")
    rejected = block.result.rejected
    touched = {one: i for i, one in enumerate(receipts) if one is not None and i not in rejected}
    for receipt, (key, received, refunded) in sorted(_refunded_above(block, touched).items()):
        values = {"receipt": key, "received": f"{from_e4(received):,}", "refunded": f"{from_e4(refunded):,}"}
        found = block.problem(touched[receipt], "refund-above-receipt", "amount", "warning", **values)
        block.result.notes.append(found)


def _refunded_above(block: Block, receipts: Collection[int]) -> dict[int, tuple[str, int, int]]:
    """Return key, amount and sum of refunds of those receipts of which more went back than came in."""
    registry = block.store.registry
    receipt, refund = registry["receipt"], registry["refund"]
    came, currency = (f'r."{receipt[name].column}"' for name in ("amount", "currency"))
    went, own, undoes = (f'b."{refund[name].column}"' for name in ("amount", "currency", "receipt"))
    rows = block.store.db.execute(
        f"SELECT r.id, e.key, {came}, sum({went}) AS back "
        f'FROM "{table_of(refund)}" AS b JOIN "{table_of(receipt)}" AS r ON r.id = {undoes} AND {own} IS {currency} '
        "JOIN entity AS e ON e.id = r.id "
        f"WHERE r.until_batch IS NULL AND b.until_batch IS NULL GROUP BY r.id HAVING back > {came}"
    )
    return {entity: (key, amount, back) for entity, key, amount, back in rows if entity in receipts}


def note_refunds_unlike(block: Block, entities: Sequence[int | None]) -> None:
    """Warn, once the rows are written, of refunds in another currency than their receipt, or of an earlier day.

    It is said at the last row that concerns the refund: the refund itself, or the receipt, whichever came later.
    """
    if block.kind.name not in ("refund", "receipt"):
        return
    is_refund = block.kind.name == "refund"
    touched = {one: i for i, one in enumerate(entities) if one is not None and i not in block.result.rejected}
    for refund, receipt, key, (own, wanted), (day, came) in _undone(block) if touched else ():
        index = touched.get(refund if is_refund else receipt)
        if index is None:
            continue
        if own != wanted:
            said = {"receipt": key, "currency": own, "wanted": wanted}
            on = "currency" if "currency" in block.columns else "amount"
            block.result.notes.append(block.problem(index, "refund-other-currency", on, "warning", **said))
        if day and came and day[:10] < came[:10]:
            said = {"receipt": key, "day": day[:10], "came": came[:10]}
            block.result.notes.append(block.problem(index, "refund-before-receipt", "date", "warning", **said))


def _undone(block: Block) -> Iterator[tuple[int, int, str, tuple[str, str], tuple[str | None, str | None]]]:
    """Yield refund, receipt, the receipt's key, both currencies and both days of refunds that do not fit."""
    registry = block.store.registry
    receipt, refund = registry["receipt"], registry["refund"]
    base = block.store.meta("base_currency") or ""
    own, wanted = (f'coalesce({one}."{receipt["currency"].column}", ?)' for one in "br")
    rows = block.store.db.execute(
        f"SELECT b.id, r.id, e.key, {own}, {wanted}, b.date, r.date "
        f'FROM "{table_of(refund)}" AS b JOIN "{table_of(receipt)}" AS r ON r.id = b."{refund["receipt"].column}" '
        "JOIN entity AS e ON e.id = r.id WHERE r.until_batch IS NULL AND b.until_batch IS NULL "
        f"AND ({own} <> {wanted} OR substr(b.date, 1, 10) < substr(r.date, 1, 10)) ORDER BY b.id",
        (base,) * 4,
    )
    for one, other, key, first, second, day, came in rows:
        yield one, other, key, (first, second), (day, came)
