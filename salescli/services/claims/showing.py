"""`receipt claims`: the list of what is open."""

from __future__ import annotations

from datetime import date

from salescli.core.money import from_e4
from salescli.core.table import Report
from salescli.reports.claims import ClaimFacts, ClaimLine, build_claims_report
from salescli.services.claims.finding import OpenClaim, fetch_credited, find_claims
from salescli.services.claims.words import claim_words
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.claims import has_contracts
from salescli.store.entities import labels


def show_claims(context: Context, *, with_owned: bool = False) -> Report:
    """Return the open claims with their proposals, oldest first."""
    open_claims = find_claims(context, with_owned=with_owned)
    numbers = {one.id: one.number for one in open_claims.contracts}
    credited = credited_names(context) if len(open_claims) else {}
    places = Places(context)
    sources = places.of_some(context.store.registry["receipt"], [one.row.id for one in open_claims], "amount")
    lines = tuple(_line(one, numbers, credited, places, sources) for one in open_claims)
    known = known_line(context, [context.store.registry["receipt"]])
    file = "认领.xlsx" if context.language == "zh" else "claims.xlsx"
    facts = ClaimFacts(lines, context.currency, known, file, has_contracts(context.store), with_owned)
    return build_claims_report(facts)


def _line(
    one: OpenClaim, numbers: dict[int, str], credited: dict[int, str], places: Places, sources: dict[int, str]
) -> ClaimLine:
    row, found = one.row, one.found
    return ClaimLine(
        number=row.number,
        day=date.fromisoformat(row.day[:10]),
        payer=row.payer or places.label("customer", row.customer),
        currency=row.currency,
        amount=from_e4(row.amount),
        open=from_e4(row.open),
        note=row.note,
        contract=numbers[found.proposal.contract] if found.proposal else "",
        instalment=found.proposal.instalment if found.proposal else "",
        reason=claim_words(found, numbers),
        credited=credited.get(row.id, ""),
        source=sources.get(row.id, ""),
    )


def credited_names(context: Context) -> dict[int, str]:
    """Return who has the credit of receipts without a contract, by receipt, as people are called."""
    found = fetch_credited(context)
    people = {person for mine in found.values() for person in mine}
    names = labels(context.store, context.store.registry["person"], people)
    return {receipt: "、".join(names.get(one, "") for one in mine) for receipt, mine in found.items()}
