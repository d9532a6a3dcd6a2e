"""Reading records: the types there are, lists, and one record with the lineage of each cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from salescli.core.money import CONTEXT
from salescli.core.records.kinds import Bad, Reading
from salescli.core.records.model import Field, RecordType
from salescli.core.table import Report, Value
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem
from salescli.reports.batches import KINDS, join_titles
from salescli.reports.records import CellLine, DatedLine, VersionLine, build_list, build_record, build_type, build_types
from salescli.services.context import Context
from salescli.services.knowledge import known_line, local_moment, record_keys, record_labels
from salescli.services.record.finding import find_field, find_record, find_type, nearest_of
from salescli.store.batches import fetch_batch, in_force
from salescli.store.dated import fetch_history
from salescli.store.edits import count_referring, fetch_dated_on, fetch_seats_on
from salescli.store.entities import fetch_aliases
from salescli.store.lineage import Origin, fetch_dated_words, fetch_lineage
from salescli.store.state import count_records, fetch_images
from salescli.store.versions import Access

Stored = dict[str, Any]
_CONDITION = re.compile(r"\s*(.+?)\s*(>=|<=|!=|=|>|<)\s*(.*?)\s*$", re.DOTALL)
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
}


def build_types_report(ctx: Context, word: str = "") -> Report:
    """Return the record types with their counts, or the fields of one."""
    if word:
        kind = find_type(ctx, word)
        targets = {other.name: other.titles for other in ctx.store.registry.types}
        return build_type(kind, count_records(ctx.store, kind), targets, ctx.language)
    kinds = [kind for kind in ctx.store.registry.types if not kind.internal]
    return build_types([(kind, count_records(ctx.store, kind)) for kind in kinds], ctx.language)


def build_list_report(
    ctx: Context, word: str, where: Sequence[str] = (), limit: int = 0, *, all_fields: bool = False
) -> Report:
    """Return the records of a type on a day; columns in which nothing stands are left out unless all are asked for."""
    kind = find_type(ctx, word)
    images = images_on(ctx, kind)
    total = len(images)
    for test in parse_conditions(ctx, kind, where):
        images = {entity: image for entity, image in images.items() if test(image)}
    picked = dict(list(images.items())[:limit] if limit else images)
    fields = [each for each in kind.fields if not each.is_helper and (all_fields or _is_filled(each, picked.values()))]
    names = names_of(ctx, fields, picked.values())
    rows = [tuple(shown(each, image.get(each.name), names) for each in fields) for image in picked.values()]
    footer = [known_line(ctx), Title(f"{ctx.on} 的值", f"values of {ctx.on}")]
    return build_list(kind, fields, rows, len(images), _why_empty(kind, total, where), footer)


def _is_filled(each: Field, images: Iterable[Stored]) -> bool:
    return any(image.get(each.name) is not None for image in images)


def _why_empty(kind: RecordType, total: int, where: Sequence[str]) -> Title:
    if total and where:
        asked = ", ".join(where)
        return Title(
            f"{total:,} 条{kind.titles.zh}都不符合 {asked}", f"none of {total:,} {kind.titles.en} records has {asked}"
        )
    return Title(f"还没有{kind.titles.zh}记录", f"there are no {kind.titles.en} records yet")


def images_on(ctx: Context, kind: RecordType) -> dict[int, Stored]:
    """Return the records of a type as they are true on the day asked: dated fields and seats included."""
    images = fetch_images(ctx.store, kind)
    if kind.dated:
        for (entity, name), value in fetch_dated_on(ctx.store, kind, ctx.on.isoformat()).items():
            if entity in images and name in kind:
                images[entity][name] = value
    if any(each.via for each in kind.fields):
        for entity, seat in fetch_seats_on(ctx.store, ctx.on.isoformat()).items():
            if entity in images:
                images[entity].update({each.name: seat[each.name] for each in kind.fields if each.via})
    return images


def names_of(ctx: Context, fields: Sequence[Field], images: Iterable[Stored]) -> dict[int, str]:
    """Return what people call every record that these fields refer to."""
    wanted: dict[str, set[int]] = {}
    for image in images:
        for each in fields:
            if each.ref and image.get(each.name) is not None:
                wanted.setdefault(each.ref, set()).add(image[each.name])
    found: dict[int, str] = {}
    for type_name, ids in wanted.items():
        found.update(record_labels(ctx, ctx.store.registry[type_name], ids))
    return found


def shown(each: Field, stored: Any, names: Mapping[int, str]) -> Value:
    """Return a stored value as a report carries it."""
    if stored is None:
        return None
    if each.ref:
        return names.get(stored, f"#{stored}")
    value: Value = each.kind.to_python(stored)
    return value


def told(each: Field, stored: Any, names: Mapping[int, str]) -> Value:
    """Return a stored value for a column that holds values of all kinds: a rate carries its sign."""
    value = shown(each, stored, names)
    if isinstance(value, Decimal) and each.kind.shown_as == "rate":
        return f"{CONTEXT.scaleb(value, 2).normalize(CONTEXT):f} %"
    return value


def parse_conditions(ctx: Context, kind: RecordType, texts: Sequence[str]) -> list[Callable[[Stored], bool]]:
    """Read `region=华东`, `amount>=50万`, `stage!=赢单`; several values are parted by `|`.

    Raises:
        UsageError: all conditions that cannot be read, together.
    """
    wrong: list[Problem] = []
    tests = []
    for text in texts:
        match = _CONDITION.match(text)
        each = find_field(kind, match[1]) if match else None
        if match is None or each is None:
            wrong.append(unknown_field(kind, match[1] if match else text))
            continue
        values = [_compared(ctx, each, part, wrong) for part in match[3].split("|")]
        if match[2] in _COMPARED and None in values:  # more than nothing is no condition
            wrong.append(problem("bad-filter-value", path=each.name, text=match[3]))
        tests.append(_test(each.name, match[2], values))
    if wrong:
        raise UsageError(*wrong)
    return tests


def unknown_field(kind: RecordType, text: str) -> Problem:
    """Build the problem of a field that a type does not have."""
    names = [name for each in kind.fields for name in (each.name, *each.title)]
    return problem("unknown-field", text=text, type=kind.titles, nearest=nearest_of(text, names))


def _compared(ctx: Context, each: Field, text: str, wrong: list[Problem]) -> Any:
    if text == "":
        return None
    if each.ref:
        return find_record(ctx, ctx.store.registry[each.ref], text)
    if each.choices:
        return next((key for key, words in each.choices.items() if text in (key, *words)), text)
    value = each.kind.parse_cell(text, Reading(percent="fraction"))
    if isinstance(value, Bad):
        wrong.append(problem("bad-filter-value", path=each.name, text=text))
    return value


def _test(name: str, op: str, values: list[Any]) -> Callable[[Stored], bool]:
    if op == "=":
        return lambda image: image.get(name) in values
    if op == "!=":
        return lambda image: image.get(name) not in values
    return lambda image: image.get(name) is not None and any(_COMPARED[op](image[name], value) for value in values)


def build_record_report(ctx: Context, word: str, text: str) -> Report:
    """Return one record: each cell with its value on the day, its lineage, its history by day and by batch."""
    kind = find_type(ctx, word)
    entity = find_record(ctx, kind, text)
    image = {**images_on(ctx, kind)[entity], "id": entity}
    histories = {each.name: _by_day(ctx, entity, each) for each in kind.dated if each.is_stored}
    names = names_of(ctx, kind.fields, [image, *({n: v} for n, days in histories.items() for _, v in days)])
    lineage = fetch_lineage(ctx.store, kind, entity)
    cells = [_cell(ctx, each, image, names, lineage, histories) for each in kind.fields if not each.is_helper]
    dated = [
        DatedLine(kind[name].title, start, told(kind[name], value, names))
        for name, days in histories.items()
        if len(days) > 1
        for start, value in days
    ]
    referring = [
        (ctx.store.registry[name].titles, count) for name, count in count_referring(ctx.store, kind, entity).items()
    ]
    key = record_keys(ctx, kind, [entity])[entity]
    footer = [known_line(ctx), Title(f"{ctx.on} 的值", f"values of {ctx.on}")]
    others = [name for name in fetch_aliases(ctx.store, kind, entity) if name != key]
    label = record_labels(ctx, kind, [entity])[entity]
    versions = _versions(ctx, kind, entity)
    return build_record(kind, key, label, cells, dated, versions, referring, others, footer, ctx.language)


def _by_day(ctx: Context, entity: int, each: Field) -> list[tuple[str, Any]]:
    return fetch_history(ctx.store, entity, each.name)


def _cell(
    ctx: Context,
    each: Field,
    image: Stored,
    names: Mapping[int, str],
    lineage: Mapping[str, Origin],
    histories: Mapping[str, list[tuple[str, Any]]],
) -> CellLine:
    days = [start for start, _ in histories.get(each.name, ()) if start and start <= ctx.on.isoformat()]
    origin = _dated_origin(ctx, each, days[-1], image) if days else lineage.get(each.name)
    source = str(origin.where) if origin and origin.where.file else ""
    if origin and not source:
        source = Title("手工编辑", "edited by hand").text(ctx.language)
    if not each.is_given and image.get(each.name) is not None:
        source = Title("由计算得出", "computed").text(ctx.language)
    if each.via and image.get(each.name) is not None:
        source = Title(f"见 {each.via}", f"see {each.via}").text(ctx.language)
    batch = origin.batch if origin else None
    return CellLine(each, told(each, image.get(each.name), names), days[-1] if days else "", batch, source)


def _dated_origin(ctx: Context, each: Field, start: str, image: Stored) -> Origin | None:
    from salescli.core.records.internal import DATED_VALUE
    from salescli.store.entities import fetch_entity

    entity = fetch_entity(ctx.store, DATED_VALUE, f"{image['id']}|{each.name}|{start}") if "id" in image else None
    return fetch_lineage(ctx.store, DATED_VALUE, entity, each.name).get("value") if entity is not None else None


def _versions(ctx: Context, kind: RecordType, entity: int) -> list[VersionLine]:
    """What each batch said of a record: its own cells, and its values by day."""
    access = Access(ctx.store, kind)
    bits = sorted(access.bits.items(), key=lambda pair: pair[1])
    said: list[tuple[int, Title]] = []
    for version in access.history(entity):
        given = [kind[name].title for name, bit in bits if version.given >> bit & 1 and name in kind]
        words = Title("结束", "ended") if version.ended else Title(join_titles(given, "zh"), join_titles(given, "en"))
        said.append((version.batch, words))
    for batch, name, start in fetch_dated_words(ctx.store, entity):
        title = kind[name].title
        said.append((batch, Title(f"{title.zh}(自 {start})", f"{title.en} from {start}")))
    known = ctx.store.known
    return [
        _version(ctx, batch, words)
        for batch, words in sorted(said, key=lambda pair: -pair[0])
        if known is None or batch <= known
    ]


def _version(ctx: Context, number: int, words: Title) -> VersionLine:
    batch = fetch_batch(ctx.store, number)
    word = KINDS.get(batch.kind, Title(batch.kind, batch.kind)).text(ctx.language)
    is_live = number in in_force(ctx.store, ctx.store.known)
    return VersionLine(number, local_moment(ctx.workspace, batch.at), batch.by, word, words.text(ctx.language), is_live)
