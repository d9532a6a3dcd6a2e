"""Which record each staged row is about: references resolved, natural keys, entities found, adopted or made."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.quoting import shell_word
from salescli.core.records.model import Field
from salescli.store.block import Block
from salescli.store.content_keys import fill_content_keys
from salescli.store.counting import recount
from salescli.store.entities import (
    alias_targets,
    create_entities,
    fetch_aliases,
    fetch_keys,
    labels,
    merged_names,
    resolve,
)
from salescli.store.namesakes import fill_namesake_keys
from salescli.store.references import adopt_named, names_beside, pair_names, resolve_column


def identify(block: Block, known: Sequence[int] | None = None) -> list[int | None]:
    """Turn the reference columns into entities and return the entity of each row; None where it has no key.

    `known` gives the entities where no key need be looked up.
    """
    references = [each for each in block.kind.references if each.name in block.columns and each.is_stored]
    for each in references:
        if each.ref != block.kind.name:
            _resolve(block, each, {})
    keys = _keys(block) if known is None else []
    entities: list[int | None] = _entities(block, keys) if known is None else [*known]
    if known is None:
        block.result.entities = entities
        _find_held(block, keys)
    for each in references:
        if each.ref == block.kind.name:  # a list may refer to rows of its own
            _resolve(block, each, _own_names(block, keys, entities))
    rejected = block.result.rejected
    return [None if index in rejected else one for index, one in enumerate(entities)] if rejected else [*entities]


def _own_names(block: Block, keys: list[str | None], entities: list[int | None]) -> dict[str, int]:
    own = {key: entity for key, entity in zip(keys, entities, strict=False) if key and entity}
    named = zip(block.columns.get(block.kind.name_field, []), entities, strict=False)
    return {**{name: entity for name, entity in named if name and entity}, **own}


def _resolve(block: Block, each: Field, own: dict[str, int]) -> None:
    column, target = block.columns[each.name], block.store.registry[each.ref]
    if own:
        column = [own.get(text, text) for text in column]
    names = names_beside(block.kind, each, block.columns)
    beside = block.staged.beside.get(each.name)
    if beside is not None:
        names = pair_names(column, beside)
        column = adopt_named(block.store, target, column, beside)
    live = block.live - {block.batch} if block.options.own_list else block.live
    found = resolve_column(block.store, block.batch, target, column, names, block.source_id, live)
    if found.introduced:
        block.result.introduced.setdefault(target.name, []).extend(found.introduced)
    for index, text in enumerate(column if found.unknown or found.ambiguous else ()):
        if text in found.ambiguous:
            candidates = found.ambiguous[text]
            block.reject(index, "ambiguous-reference", each.name, text=text, type=target.titles, candidates=candidates)
        elif text in found.unknown:
            near = found.unknown[text]
            option = shell_word(f"{target.name}:{text}={near}") if near else ""
            block.reject(
                index, "unknown-reference", each.name, text=text, type=target.titles, nearest=near, option=option
            )
    if beside is not None:
        _compare_names(block, each, found.ids, beside)
    block.columns[each.name] = found.ids


def _compare_names(block: Block, each: Field, ids: Sequence[int | None], names: Sequence[str | None]) -> None:
    """The number decides who is meant; a name beside it that is another one's is said."""
    known = labels(block.store, block.store.registry[each.ref], {one for one in ids if one is not None})
    aliases: dict[int, list[str]] = {}
    for index, (one, name) in enumerate(zip(ids, names, strict=True)):
        if one is None or name is None or known.get(one, name) == name:
            continue
        if one not in aliases:
            aliases[one] = fetch_aliases(block.store, block.store.registry[each.ref], one)
        number = block.staged.columns[each.name][index]
        if number is not None and name not in aliases[one]:
            values = {"number": number, "written": name, "known": known[one]}
            block.result.notes.append(block.problem(index, "name-differs", each.name, "warning", **values))


def _keys(block: Block) -> list[str | None]:
    """Return the natural key of each row; a row without one is rejected."""
    recount(block)
    first = block.kind[block.kind.key[0]]
    keys: list[str | None]
    if len(block.kind.key) > 1:
        parts = [_key_part(block, block.kind[name]) for name in block.kind.key]
        return list(map("|".join, zip(*parts, strict=True)))
    keys = list(block.columns.get(first.name, [None] * len(block.rows)))
    if block.kind.name_field and not first.required:
        names = block.columns.get(block.kind.name_field, keys)
        keys = [name if key is None else key for key, name in zip(keys, names, strict=True)]
        keys = fill_namesake_keys(block, keys)
    keys = fill_content_keys(block, keys)
    for index, key in enumerate(keys):
        if key is None and index not in block.result.rejected:
            block.reject(index, "key-missing", first.name, field=first.title, type=block.kind.titles)
    return keys


def _key_part(block: Block, each: Field) -> list[str]:
    column = block.column(each.name)
    if each.kind.sql == "TEXT" and not each.ref and None not in column:
        return column
    default = "" if each.default is None else str(each.default)
    prefix = "#" if each.ref else ""  # an entity stays the same when its name changes
    return [default if value is None else f"{prefix}{value}" for value in column]


def _entities(block: Block, keys: list[str | None]) -> list[int | None]:
    """Return the entity of each row: the record there is, what a mention had introduced, or a new one."""
    rejected = block.result.rejected
    there = [key for index, key in enumerate(keys) if index not in rejected] if rejected else keys
    wanted = [key for key in there if key is not None]
    said = [key for key in keys if key is not None] if rejected else wanted  # a rejected row is about its record, too
    known: dict[str, int] = {}
    if len(block.kind.key) == 1:
        known = resolve(block.store, block.kind, said, by_name=False).found
        _find_named(block, keys, known)
        _adopt(block, keys, known)
        _mark_other_names(block, keys, known)
    else:
        known = alias_targets(block.store, block.kind, wanted)
        if said is not wanted:
            known.update(resolve(block.store, block.kind, set(said) - set(wanted), by_name=False).found)
    fresh = [key for key in wanted if key not in known] if known else wanted
    known.update(create_entities(block.store, block.kind, fresh))
    return list(map(known.get, keys))  # type: ignore[arg-type]


def _find_named(block: Block, keys: Sequence[str | None], known: dict[str, int]) -> None:
    """A row without a number is the record of its name, if that fits one; two records of one name are no choice."""
    kind = block.kind
    if not kind.name_field or kind.apart or kind[kind.key[0]].required:
        return
    numbers, names = block.column(kind.key[0]), block.column(kind.name_field)
    rows = [
        index
        for index, (number, name) in enumerate(zip(numbers, names, strict=True))
        if number is None and name is not None and name == keys[index] and name not in known
    ]
    directory = resolve(block.store, kind, {names[index] for index in rows})
    by_number = {known[number]: at for at, number in enumerate(numbers) if number is not None and number in known}
    for index in rows:
        name = names[index]
        if name in directory.ambiguous:
            candidates = sorted(fetch_keys(block.store, kind, directory.ambiguous[name]).values())
            said = {"text": name, "type": kind.titles, "candidates": candidates}
            block.reject(index, "ambiguous-reference", kind.name_field, **said)
        elif (at := by_number.get(directory.found.get(name, -1))) is not None:
            block.reject(index, "duplicate-record", kind.name_field, key=name, rows=[block.rows[at], block.rows[index]])
        elif name in directory.found:
            known[name] = directory.found[name]


def _find_held(block: Block, keys: Sequence[str | None]) -> None:
    """Note which records rejected rows are about: where a file is to hold everything, they are not gone."""
    parts = [block.column(name) for name in block.kind.key]
    for index in block.result.rejected:
        is_blank = keys[index] is None or (len(parts) > 1 and any(part[index] is None for part in parts))
        if is_blank and block.result.entities[index] is None:
            block.result.unsure.add(block.rows[index])
    held = block.staged.held
    if held is None or block.staged.counted:
        return
    blank = [None] * len(held.rows)
    names = [block.kind.key[0], block.kind.name_field] if len(block.kind.key) == 1 else []
    said = list(zip(*(held.columns.get(name, blank) for name in names if name), strict=True)) or [()] * len(held.rows)
    texts = [next((text for text in row if text is not None), None) for row in said]
    found = resolve(block.store, block.kind, [text for text in texts if text], by_name=True).found if names else {}
    for row, text in zip(held.rows, texts, strict=True):
        block.hold(row, found.get(text) if text else None, is_told=bool(text) and not block.kind.name_field)


def _mark_other_names(block: Block, keys: list[str | None], known: dict[str, int]) -> None:
    """Mark rows that reach their record by another name: they do not rename it.

    A number by which the record goes now is no other name, unless it belonged to a record merged into it.
    """
    others = merged_names(block.store, block.kind)
    if not others:
        return
    numbers = block.column(block.kind.key[0])
    for index, key in enumerate(keys):
        if key in others and key in known and (others[key] is not None or numbers[index] is None):
            block.result.other_names[index] = others[key]


def _adopt(block: Block, keys: list[str | None], known: dict[str, int]) -> None:
    """A list row with a number takes over the record that a mere mention of its name introduced."""
    number, name = block.kind.key[0], block.kind.name_field
    if not name or number not in block.columns or name not in block.columns:
        return
    names: list[str] = block.columns[name]
    rows = zip(keys, block.columns[number], names, strict=True)
    free: dict[str, str] = {}
    repeated: set[str] = set()
    for key, given, text in rows:
        if given and key and text and key not in known:
            repeated |= {text} & free.keys()
            free[text] = key
    directory = resolve(block.store, block.kind, free.keys() - repeated)
    present = block.access.current(list(directory.found.values()))
    taken = set(known.values())
    for text, entity in directory.found.items():
        if entity in present and present[entity].get(number) is None and entity not in taken:
            known[free[text]] = entity
