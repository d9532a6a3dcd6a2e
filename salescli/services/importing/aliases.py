"""Other names that an import accepts (`--alias person:王方=王芳`): checked, used while reading, and kept as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salescli.core.records.internal import ALIAS
from salescli.errors import Problem, ProblemsFound, problem
from salescli.importers.result import ReadOptions
from salescli.services.context import Context
from salescli.store.entities import create_entities, fetch_keys, nearest_name, resolve
from salescli.store.versions import write_cells

Aliases = Mapping[str, Mapping[str, str]]


def name_types(context: Context, options: ReadOptions) -> ReadOptions:
    """Return the options with each type called by its own name, whatever word was written for it.

    Raises:
        ProblemsFound: a word names no type.
    """
    missing: list[Problem] = []
    named: dict[str, dict[str, str]] = {}
    for word, pairs in options.aliases.items():
        kind = context.store.registry.find(word)
        if kind is None:
            missing.append(problem("unknown-type", text=word, nearest=""))
        else:
            named.setdefault(kind.name, {}).update(pairs)
    if missing:
        raise ProblemsFound(*missing)
    return replace(options, aliases=named)


def accept_aliases(context: Context, batch: int, aliases: Aliases) -> int:
    """Keep accepted other names as records, so that they hold from now on; return how many of them are new.

    The names meant may have come with the files of this very command, by a list or a mention.

    Raises:
        ProblemsFound: no record is called as meant, or two are.
    """
    _check_meant(context, aliases)
    count = 0
    for name, pairs in aliases.items():
        kind = context.store.registry[name]
        directory = resolve(context.store, kind, [*pairs.values(), *pairs])
        for alias, meant in pairs.items():
            target = directory.get(meant)
            if target is None or directory.get(alias) == target:
                continue
            key = f"{kind.name}|{alias}"
            entity = create_entities(context.store, ALIAS, [key])[key]
            write_cells(context.store, batch, ALIAS, {entity: {"type": kind.name, "alias": alias, "target": target}})
            count += 1
    return count


def _check_meant(context: Context, aliases: Aliases) -> None:
    missing: list[Problem] = []
    for name, pairs in aliases.items():
        kind = context.store.registry[name]
        directory = resolve(context.store, kind, pairs.values())
        for text in dict.fromkeys(pairs.values()):
            if text in directory.ambiguous:
                keys = fetch_keys(context.store, kind, directory.ambiguous[text])
                missing.append(problem("ambiguous-record", text=text, candidates=sorted(keys.values())))
            elif directory.get(text) is None:
                nearest = nearest_name(context.store, kind, text)
                missing.append(problem("unknown-record", text=text, type=kind.titles, nearest=nearest))
    if missing:
        raise ProblemsFound(*missing)
