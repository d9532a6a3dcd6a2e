"""Payers that were unknown until somebody filled in whose they are: kept as other names, to match next month."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.records.internal import ALIAS
from salescli.core.records.staged import FORM, Staged
from salescli.errors import Problem, problem
from salescli.services.context import Context
from salescli.store.entities import create_entities, labels, resolve
from salescli.store.state import fetch_images
from salescli.store.versions import write_cells


def keep_payers(context: Context, batch: int, staged: Sequence[Staged]) -> list[Problem]:
    """Keep the payers of receipts whose customer was filled in on a form as other names of those customers.

    A payer that is a customer's name already is left alone, and one that was filled in for several customers is said.
    """
    meant: dict[str, set[int]] = {}
    for block in staged:
        if block.type.name == "receipt" and block.source.feed.startswith(FORM) and "customer" in block.columns:
            _collect(context, block, meant)
    if not meant:
        return []
    from salescli.core.matching.company import company_key
    from salescli.store.open_contracts import fetch_customer_aliases, fetch_customer_names

    known = {
        company_key(name)
        for named in (fetch_customer_names(context.store), fetch_customer_aliases(context.store))
        for _, name in named
        if name
    }
    notes = []
    for payer, customers in sorted(meant.items()):
        if company_key(payer) not in known:
            notes.append(_keep(context, batch, payer, sorted(customers)))
    return notes


def _collect(context: Context, block: Staged, meant: dict[str, set[int]]) -> None:
    numbers = [number for number, name in zip(block.columns["number"], block.columns["customer"], strict=True) if name]
    receipts = resolve(context.store, block.type, numbers)
    ids = sorted(set(receipts.found.values()))
    for start in range(0, len(ids), 500):
        chunk = tuple(ids[start : start + 500])
        for image in fetch_images(context.store, block.type, f"id IN ({','.join('?' * len(chunk))})", chunk).values():
            if image["payer"] and image["customer"] is not None:
                meant.setdefault(image["payer"], set()).add(image["customer"])


def _keep(context: Context, batch: int, payer: str, customers: list[int]) -> Problem:
    names = labels(context.store, context.store.registry["customer"], customers)
    if len(customers) > 1:
        said = [names.get(one, "") for one in customers]
        return problem("payer-unclear", severity="warning", payer=payer, customers=said)
    key = f"customer|{payer}"
    entity = create_entities(context.store, ALIAS, [key])[key]
    cells = {"type": "customer", "alias": payer, "target": customers[0]}
    write_cells(context.store, batch, ALIAS, {entity: cells})
    return problem("payer-known", severity="note", payer=payer, customer=names.get(customers[0], ""))
