"""What an import does about claims: accept the single matches of its receipts, or say how many are open.

Nothing is allocated without `--accept-claims`; what is allocated stands in the import's batch and is undone with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from salescli.core.money import from_e4
from salescli.core.records.staged import FORM, Source, Staged
from salescli.errors import Problem, problem
from salescli.services.claims.words import reason_words
from salescli.services.context import Context
from salescli.store.merge import MergeResult, merge_staged

if TYPE_CHECKING:
    from salescli.services.claims.finding import OpenClaim

FEED = f"{FORM}claims"


@dataclass(slots=True)
class Settled:
    """What became of the claims of an import: allocations made, and what is to be said."""

    results: list[MergeResult] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many allocations were made."""
        return sum(one.new for one in self.results)


def settle_claims(context: Context, batch: int, staged: Sequence[Staged], *, accept: bool) -> Settled:
    """Deal with the claims of the receipts of an import, once its rows are merged."""
    blocks = [one for one in staged if one.type.name == "receipt" and not one.source.feed.startswith(FORM)]
    numbers = {number for one in blocks for number in one.columns.get("number", ()) if number}
    settled = Settled()
    if not numbers:
        return settled
    from salescli.services.claims.finding import find_claims

    claims = list(find_claims(context, only=numbers))
    taken = [one for one in claims if one.found.proposal is not None] if accept else []
    if taken:
        settled.results = _allocate(context, batch, taken, blocks)
        settled.notes.append(_accepted(context, taken))
    if left := [one for one in claims if one not in taken]:
        settled.notes.append(_open(context, left))
    return settled


def _allocate(context: Context, batch: int, taken: list[OpenClaim], receipts: Sequence[Staged]) -> list[MergeResult]:
    """Write the allocations; each remembers the row of its receipt."""
    kind = context.store.registry["allocation"]
    done = []
    for source, mine in _by_source(taken, receipts):
        hits = [one.found.proposal for one in mine if one.found.proposal is not None]
        columns: dict[str, list[Any]] = {
            "receipt": [one.row.id for one in mine],
            "contract": [hit.contract for hit in hits],
            "instalment": [hit.instalment or None for hit in hits],
            "amount": [hit.amount for hit in hits],
            "currency": [one.row.currency or None for one in mine],
        }
        rows = [one.row.source_row or 0 for one in mine]
        done.append(merge_staged(context.store, batch, Staged(kind, source, rows, columns)))
    return done


def _by_source(taken: list[OpenClaim], receipts: Sequence[Staged]) -> list[tuple[Source, list[OpenClaim]]]:
    """Sort claims by the sheet of this import that has their receipt."""
    found = []
    left = list(taken)
    for block in receipts:
        numbers = set(block.columns.get("number", ()))
        mine = [one for one in left if one.row.number in numbers]
        left = [one for one in left if one.row.number not in numbers]
        if mine:
            found.append((replace(block.source, feed=FEED, letters={}), mine))
    return found


def _accepted(context: Context, taken: list[OpenClaim]) -> Problem:
    reasons: dict[str, int] = {}
    for one in taken:
        reasons[one.found.reason] = reasons.get(one.found.reason, 0) + 1
    values = {"count": len(taken), "amounts": amounts_of(taken), "reasons": reason_words(reasons)}
    return problem("claims-accepted", severity="note", **values)


def _open(context: Context, left: list[OpenClaim]) -> Problem:
    proposed = sum(one.found.proposal is not None for one in left)
    values = {"count": len(left), "amounts": amounts_of(left), "oldest": left[0].row.day[:10], "proposed": proposed}
    return problem("claims-open", severity="note", **values)


def amounts_of(claims: Sequence[OpenClaim]) -> str:
    """Return what is open of some claims, each currency apart."""
    found: dict[str, int] = {}
    for one in claims:
        found[one.row.currency] = found.get(one.row.currency, 0) + one.row.open
    return " + ".join(f"{from_e4(amount):,} {code}".strip() for code, amount in sorted(found.items()))
