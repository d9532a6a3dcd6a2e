"""Splits that do not make the whole: what is missing of them is nobody's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from salescli.core.commission.wording import percent
from salescli.core.money import CONTEXT, from_e4, part
from salescli.errors import Problem, Where, problem
from salescli.policy.plans import PlanFile
from salescli.services.context import Context
from salescli.services.knowledge import record_keys
from salescli.store.lineage import fetch_lineage
from salescli.store.state import fetch_images
from salescli.store.waiting import fetch_amounts, fetch_open_splits


def find_open_shares(context: Context, files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Find sets of shares below 100 %, each once, with the money that is in nobody's credit."""
    found = {(one.of, one.subject): one for one in fetch_open_splits(context.store)}
    kinds = sorted({of for of, _ in found})
    for kind in kinds:
        ids = {subject for of, subject in found if of == kind}
        keys = record_keys(context, context.store.registry[kind], ids)
        amounts = fetch_amounts(context.store, kind, ids)
        places = _places(context, kind, ids)
        for subject in sorted(ids, key=lambda one: str(keys[one])):
            one = found[kind, subject]
            currency, amount = amounts.get(subject, ("", 0))
            yield problem(
                "lint-split-not-whole",
                places.get(subject, files[0].where("for")),
                severity="warning",
                record=keys[subject],
                share=percent(CONTEXT.scaleb(Decimal(one.total), -6)),
                rest=f"{from_e4(amount - part(amount, one.total)):,} {currency}".strip(),
                amount=f"{from_e4(amount):,} {currency}".strip(),
            )


def _places(context: Context, kind: str, subjects: Collection[int]) -> dict[int, Where]:
    """Return the cell that the first share of each set was read from."""
    split = context.store.registry["credit-split"]
    first: dict[int, int] = {}
    for entity, image in sorted(fetch_images(context.store, split).items()):
        if image[kind] in subjects and image["kind"] == "own":
            first.setdefault(image[kind], entity)
    origins = {subject: fetch_lineage(context.store, split, entity).get("share") for subject, entity in first.items()}
    return {subject: origin.where for subject, origin in origins.items() if origin is not None and origin.where.file}
