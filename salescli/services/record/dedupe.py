"""`record dedupe`: records of a type that may be one, with their reasons and what hangs on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from salescli.core.matching.company import company_key, company_words, name_key
from salescli.core.matching.duplicates import Duplicates, Group, Subject, find_duplicates
from salescli.core.matching.identifiers import domain_of, email_of, phone_of, tax_id_of
from salescli.core.money import from_e4
from salescli.core.quoting import shell_word
from salescli.core.records.model import RecordType
from salescli.core.table import Report
from salescli.errors import UsageError, problem
from salescli.reports.duplicates import Candidate, CandidateGroup, DuplicateFacts, build_duplicates
from salescli.services.context import Context
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.services.record.finding import find_type
from salescli.services.record.showing import Stored, images_on
from salescli.store.entities import letter_likeness
from salescli.store.weight import fetch_received, fetch_reference_counts

PEOPLE = frozenset(("person", "contact", "lead"))  # two may share a name
BESIDE = {"contact": "customer", "lead": "company"}  # what must agree, too, before an equal name says something
_READERS = {
    "tax_id": ("tax-id", tax_id_of),
    "credit_code": ("tax-id", tax_id_of),
    "phone": ("phone", phone_of),
    "mobile": ("phone", phone_of),
    "email": ("email", email_of),
    "website": ("domain", domain_of),
}


def build_dedupe_report(ctx: Context, word: str, limit: int = 0) -> Report:
    """Return the groups of records of a type that may be one; `limit` 0 shows all.

    Raises:
        UsageError: the type has no number of its own, so that its records cannot be merged.
    """
    kind = find_type(ctx, word)
    found = _find(ctx, kind)
    shown = found.groups[:limit] if limit else found.groups
    facts = DuplicateFacts(
        kind.titles,
        tuple(_described(ctx, kind, shown)),
        len(found.groups),
        len(found.denied),
        tuple(found.common),
        ctx.currency,
        known_line(ctx),
        kind.name,
    )
    return build_duplicates(facts, ctx.language)


def describe_all(ctx: Context, kind: RecordType) -> list[CandidateGroup]:
    """Return all groups of records of a type that may be one, surest first."""
    return list(_described(ctx, kind, _find(ctx, kind).groups))


def _find(ctx: Context, kind: RecordType) -> Duplicates:
    if len(kind.key) > 1:
        raise UsageError(problem("merge-needs-number", type=kind.titles))
    subjects = [_subject(kind, entity, image) for entity, image in images_on(ctx, kind).items()]
    return find_duplicates(subjects, letter_likeness())


def _subject(kind: RecordType, entity: int, image: Stored) -> Subject:
    identifiers: dict[str, set[str]] = {}
    for name, (reason, read) in _READERS.items():
        if name in kind and image.get(name) and (value := read(str(image[name]))):
            identifiers.setdefault(reason, set()).add(value)
    if kind.name == "customer" and (domain := domain_of(str(image.get("email") or ""))):
        identifiers.setdefault("domain", set()).add(domain)
    name = str(image.get(kind.name_field) or "") if kind.name_field else ""
    only = next((value for text in ("tax_id", "credit_code") if (value := tax_id_of(str(image.get(text) or "")))), "")
    frozen = {reason: frozenset(values) for reason, values in identifiers.items()}
    if kind.name == "customer":
        return Subject(entity, company_key(name), frozen, only, company_words(name))
    key, beside = name_key(name), BESIDE.get(kind.name, "")
    if key and beside and image.get(beside) is not None:
        text = image[beside]
        return Subject(entity, f"{key}|{company_key(text) if isinstance(text, str) else text}", frozen, only)
    if kind.name in PEOPLE:
        return Subject(entity, key, frozen, only, is_named_surely=False)
    return Subject(entity, key, frozen, only, name_key(name) if len(key) >= 4 else "")


def _described(ctx: Context, kind: RecordType, groups: Sequence[Group]) -> Iterator[CandidateGroup]:
    images = images_on(ctx, kind)
    wanted = sorted({entity for group in groups for entity in group.entities})
    keys, names = record_keys(ctx, kind, wanted), record_labels(ctx, kind, wanted)
    owners = _owners(ctx, kind, images, wanted)
    counts = fetch_reference_counts(ctx.store, kind, set(wanted))
    received = fetch_received(ctx.store, set(wanted)) if kind.name == "customer" else {}
    number = kind.key[0]
    for group in groups:
        order = sorted(
            group.entities, key=lambda one: (-counts.get(one, 0), images[one].get(number) is None, one)
        )  # the one that most refers to stays, else the one that has a number
        yield CandidateGroup(
            tuple(
                Candidate(
                    keys[one],
                    names[one],
                    images[one].get("region"),
                    owners.get(one, ""),
                    counts.get(one, 0),
                    _amount(received.get(one, {}), ctx.currency),
                )
                for one in order
            ),
            group.score,
            group.is_firm,
            tuple(dict.fromkeys(reason for pair in group.pairs for reason in pair.reasons)),
            f"salescli record merge {kind.name} " + " ".join(shell_word(keys[one]) for one in order),
        )


def _amount(by_currency: Mapping[str, int], currency: str) -> Decimal | None:
    return from_e4(by_currency[currency]) if currency in by_currency else None


def _owners(ctx: Context, kind: RecordType, images: Mapping[int, Stored], wanted: Sequence[int]) -> dict[int, str]:
    if "owner" not in kind:
        return {}
    ids: dict[int, Any] = {one: images[one].get("owner") for one in wanted}
    names = record_labels(ctx, ctx.store.registry["person"], {owner for owner in ids.values() if owner is not None})
    return {one: names.get(owner, "") for one, owner in ids.items()}
