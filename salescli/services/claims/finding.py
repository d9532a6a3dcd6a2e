"""Open claims with what is found for each: facts of the store through the pure matching, and who has the credit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from salescli.core.claims.matching import Ledger, build_ledger, match_claims
from salescli.core.claims.model import Claim, Contract, Instalment, OpenReceipt
from salescli.core.metrics.dimensions import NONE
from salescli.core.metrics.model import Filter
from salescli.core.metrics.query import Query
from salescli.services.context import Context
from salescli.store.claims import OpenRow, fetch_open_receipts, has_contracts
from salescli.store.metric_lines import fetch_lines
from salescli.store.open_contracts import fetch_customer_aliases, fetch_customer_names, fetch_instalments

RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A receipt that waits for a claim, and what is found for it."""

    row: OpenRow
    found: Claim


@dataclass(frozen=True)
class OpenClaims:
    """All open claims, oldest first; `contracts` and `instalments` are what they may belong to."""

    claims: tuple[OpenClaim, ...] = ()
    contracts: tuple[Contract, ...] = ()
    instalments: tuple[Instalment, ...] = ()

    def __iter__(self) -> Iterator[OpenClaim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)


def find_claims(context: Context, *, with_owned: bool = False, only: Collection[str] | None = None) -> OpenClaims:
    """Return the open claims with their proposals; `only` are numbers of receipts, which are matched beside all others.

    Where nobody keeps contracts there are none: then a receipt belongs to its owner, and to nothing else.
    """
    store = context.store
    if not has_contracts(store):
        return OpenClaims()
    rows = fetch_open_receipts(store, with_owned=with_owned)
    if not rows or (only is not None and not any(one.number in only for one in rows)):
        return OpenClaims()
    contracts, instalments = fetch_instalments(store)
    ledger = _ledger(context, contracts, instalments)
    by_id = {one.id: one for one in rows}
    found = [OpenClaim(by_id[each.receipt.id], each) for each in match_claims([*map(_receipt, rows)], ledger)]
    kept = [one for one in found if only is None or one.row.number in only]
    return OpenClaims(tuple(kept), tuple(contracts), tuple(instalments))


def _ledger(context: Context, contracts: list[Contract], instalments: list[Instalment]) -> Ledger:
    store = context.store
    return build_ledger(contracts, instalments, fetch_customer_names(store), fetch_customer_aliases(store))


def _receipt(row: OpenRow) -> OpenReceipt:
    return OpenReceipt(row.id, row.day, row.currency, row.open, row.payer, row.customer, (row.note, row.payer))


def fetch_credited(context: Context) -> dict[int, list[int]]:
    """Return the people who have the credit of receipts without a contract today, by receipt; nobody is left out."""
    if RECEIPTS not in context.catalogue or context.catalogue.get(RECEIPTS).name != RECEIPTS:
        return {}
    (metric, _), *_ = context.catalogue.base_parts(RECEIPTS)
    query = Query(metric.name, (), None, (Filter("contract", "=", (next(iter(NONE)),)),))
    found: dict[int, list[int]] = {}
    for line in fetch_lines(context.store, metric, query, context.on.isoformat()):
        if line.person is not None and line.person not in found.setdefault(line.entity, []):
            found[line.entity].append(line.person)
    return found
