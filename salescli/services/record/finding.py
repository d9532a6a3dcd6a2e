"""What people call things on the command line: record types, fields and records, by any of their names."""

from __future__ import annotations

from collections.abc import Iterable

from salescli.core.records.model import Field, RecordType
from salescli.errors import UsageError, problem
from salescli.services.context import Context
from salescli.store.entities import fetch_entity, fetch_keys, nearest_name, resolve


def find_type(ctx: Context, word: str) -> RecordType:
    """Return the record type that a word names.

    Raises:
        UsageError: `unknown-type`, with the nearest.
    """
    found = ctx.store.registry.find(word)
    if found is None:
        names = [name for kind in ctx.store.registry.types if not kind.internal for name in (kind.name, *kind.titles)]
        raise UsageError(problem("unknown-type", text=word, nearest=nearest_of(word, names)))
    return found


def find_field(kind: RecordType, word: str) -> Field | None:
    """Return the field that a word names: its name, a title or an alias."""
    from salescli.importers.names import folded

    wanted = folded(word)
    for match in (lambda each: (each.name, *each.title), lambda each: each.aliases):
        for each in kind.fields:
            if not each.is_helper and wanted in {folded(name) for name in match(each)}:
                return each
    return None


def find_record(ctx: Context, kind: RecordType, text: str) -> int:
    """Return the record that a text names: key, other name, present number, or a name that fits one only.

    The parts of a key of several fields are parted by `|`; what a part refers to may be called by its name.

    Raises:
        UsageError: `unknown-record` with the nearest, or `ambiguous-record` with the candidates.
    """
    directory = resolve(ctx.store, kind, [text])
    if (entity := directory.get(text)) is not None:
        return entity
    if text in directory.ambiguous:
        keys = fetch_keys(ctx.store, kind, directory.ambiguous[text])
        raise UsageError(problem("ambiguous-record", text=text, candidates=sorted(keys.values())))
    if len(kind.key) > 1 and (entity := _by_parts(ctx, kind, text)) is not None:
        return entity
    nearest = nearest_name(ctx.store, kind, text) if len(kind.key) == 1 else ""
    raise UsageError(problem("unknown-record", text=text, type=kind.titles, nearest=nearest))


def _by_parts(ctx: Context, kind: RecordType, text: str) -> int | None:
    given = text.split("|")
    parts = []
    for place, name in enumerate(kind.key):
        each = kind[name]
        part = given[place].strip() if place < len(given) else ""
        if not part and each.default is not None:
            part = str(each.default)
        if each.ref and part and not part.startswith("#"):
            part = f"#{find_record(ctx, ctx.store.registry[each.ref], part)}"
        parts.append(part)
    return fetch_entity(ctx.store, kind, "|".join(parts))


def nearest_of(word: str, names: Iterable[str]) -> str:
    """Return the name closest to a word, or "" where none is close."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(names), scorer=fuzz.ratio, score_cutoff=50)
    return str(found[0]) if found else ""
