"""Reports of records: the types there are, the fields of one, lists, one record with its history, and edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from salescli.core.records.model import Field, RecordType
from salescli.core.table import Block, Column, ColumnKind, Facts, Report, Table, Value
from salescli.core.title import Language, Title


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell of a record: its value, since which day it is true, and who said so where."""

    field: Field
    value: Value
    since: str
    batch: int | None
    source: str


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One value of a dated field and the day from which it holds ("" is the beginning)."""

    field: Title
    start: str
    value: Value


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One batch that wrote to a record."""

    batch: int
    at: datetime
    by: str
    kind: str
    fields: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One cell that an edit changed."""

    field: Title
    before: Value
    after: Value


def build_types(counts: Sequence[tuple[RecordType, int]], language: Language) -> Report:
    """Build the list of record types: records, key, columns."""
    columns = (
        Column("type", Title("类型", "Type"), "id"),
        Column("title", Title("名称", "Title"), "id"),
        Column("records", Title("记录", "Records"), "count"),
        Column("key", Title("键", "Key")),
        Column("columns", Title("列", "Columns")),
    )
    rows = tuple(
        (
            kind.name,
            kind.titles.text(language),
            count,
            " + ".join(kind.key),
            ", ".join(each.name for each in kind.given if not each.is_helper),
        )
        for kind, count in counts
    )
    title = Title("记录类型", "Record types")
    return Report("record-types", title, (Table("types", columns, rows),), next=("salescli record types deal",))


def build_type(kind: RecordType, count: int, targets: Mapping[str, Title], language: Language) -> Report:
    """Build the fields of one type."""
    columns = (
        Column("field", Title("字段", "Field"), "id"),
        Column("title", Title("名称", "Title"), "id"),
        Column("kind", Title("内容", "Holds"), "id"),
        Column("note", Title("说明", "Note")),
        Column("aliases", Title("也认这些表头", "Also known as")),
    )
    rows = tuple(
        (
            each.name,
            each.title.text(language),
            _holds(each, targets, language),
            _remarks(kind, each, language),
            ", ".join(each.aliases),
        )
        for each in kind.fields
        if not each.is_helper
    )
    title = Title(f"{kind.titles.zh}({kind.name})· {count:,} 条", f"{kind.titles.en} ({kind.name}) · {count:,} records")
    after = (f"salescli record template {kind.name} -o {kind.name}.xlsx", f"salescli record list {kind.name}")
    return Report("record-type", title, (Table("fields", columns, rows),), next=after)


def _holds(each: Field, targets: Mapping[str, Title], language: Language) -> str:
    if each.ref:
        return f"→ {targets[each.ref].text(language)}"
    return " | ".join(each.choices) if each.choices else each.kind.name


def _remarks(kind: RecordType, each: Field, language: Language) -> str:
    said = [
        (each.name in kind.key, Title("键", "key")),
        (each.required, Title("必填", "required")),
        (each.dated, Title("按日期", "by day")),
        (not each.is_given, Title("由计算得出", "computed")),
        (bool(each.via), Title(f"见 {each.via}", f"kept by {each.via}")),
        (each.custom, Title("自定义", "custom")),
    ]
    return ", ".join(title.text(language) for is_so, title in said if is_so)


def build_list(
    kind: RecordType,
    fields: Sequence[Field],
    rows: Sequence[tuple[Value, ...]],
    total: int,
    empty: Title,
    footer: Sequence[Title],
) -> Report:
    """Build a list of records, one column per field."""
    columns = tuple(Column(each.name, each.title, _column_kind(each)) for each in fields)
    shown = len(rows)
    zh, en = (
        (f"{shown:,} 条", f"{shown:,}")
        if shown == total
        else (f"{total:,} 条中的 {shown:,} 条", f"{shown:,} of {total:,}")
    )
    title = Title(f"{kind.titles.zh} · {zh}", f"{kind.titles.en} · {en}")
    table = Table("records", columns, tuple(rows), empty=empty)
    return Report("records", title, (table,), tuple(footer))


def _column_kind(each: Field) -> ColumnKind:
    kind: Any = "text" if each.ref else each.kind.shown_as
    return "text" if kind == "text" else kind


def build_record(
    kind: RecordType,
    key: str,
    label: str,
    cells: Sequence[CellLine],
    dated: Sequence[DatedLine],
    versions: Sequence[VersionLine],
    referring: Sequence[tuple[Title, int]],
    other_names: Sequence[str],
    footer: Sequence[Title],
    language: Language,
) -> Report:
    """Build one record: cells with their lineage, values by day, what refers to it, and its history."""
    blocks: list[Block] = [_cells_table(cells, language)]
    if dated:
        blocks.append(_dated_table(dated, language))
    facts: list[tuple[Column, Value]] = []
    if other_names:
        facts.append((Column("names", Title("也称", "Also called")), ", ".join(other_names)))
    facts += [
        (Column(f"referring_{place}", Title(f"被引用({title.zh})", f"referred to by {title.en}"), "count"), count)
        for place, (title, count) in enumerate(referring, 1)
    ]
    if facts:
        blocks.append(Facts("about", tuple(facts)))
    blocks.append(_versions_table(versions, language))
    name = f" · {label}" if label != key else ""
    title = Title(f"{kind.titles.zh} {key}{name}", f"{kind.titles.en} {key}{name}")
    return Report(
        "record",
        title,
        tuple(blocks),
        tuple(footer),
        next=(f"salescli log {versions[0].batch} --rows",) if versions else (),
        data={"type": kind.name, "key": key, "values": {each.field.name: each.value for each in cells}},
    )


def _cells_table(cells: Sequence[CellLine], language: Language) -> Table:
    columns = [
        Column("field", Title("字段", "Field"), "id"),
        Column("value", Title("值", "Value")),
        Column("since", Title("生效自", "True from"), "id"),
        Column("batch", Title("批次", "Batch"), "id"),
        Column("source", Title("来源", "Source")),
    ]
    rows: list[tuple[Value, ...]] = [
        (
            each.field.title.text(language),
            each.value,
            each.since,
            "" if each.batch is None else str(each.batch),
            each.source,
        )
        for each in cells
    ]
    if not any(row[2] for row in rows):
        del columns[2]
        rows = [(*row[:2], *row[3:]) for row in rows]
    return Table("cells", tuple(columns), tuple(rows), fold=Title("空", "Blank"))


def _dated_table(dated: Sequence[DatedLine], language: Language) -> Table:
    columns = (
        Column("field", Title("字段", "Field"), "id"),
        Column("from", Title("生效自", "True from"), "id"),
        Column("value", Title("值", "Value")),
    )
    beginning = Title("最初", "beginning").text(language)
    rows = tuple((each.field.text(language), each.start or beginning, each.value) for each in dated)
    return Table("dated", columns, rows, Title("按日期的值", "Values by day"))


def _versions_table(versions: Sequence[VersionLine], language: Language) -> Table:
    columns = (
        Column("batch", Title("批次", "Batch"), "id"),
        Column("at", Title("时间", "When"), "moment"),
        Column("by", Title("操作人", "Who")),
        Column("kind", Title("操作", "Kind"), "id"),
        Column("cells", Title("单元格", "Cells")),
    )
    undone = Title("(已撤销)", " (undone)").text(language)
    rows = tuple(
        (str(each.batch), each.at, each.by, each.kind + ("" if each.is_live else undone), each.fields)
        for each in versions
    )
    return Table("history", columns, rows, Title("历史", "History"))


def build_edit(
    title: Title, changes: Sequence[ChangeLine], notes: Sequence[Title], batch: int | None, language: Language
) -> Report:
    """Build what an edit did: each changed cell before and after, and how to take it back."""
    columns = (
        Column("field", Title("字段", "Field"), "id"),
        Column("before", Title("原值", "Before")),
        Column("after", Title("新值", "After")),
    )
    rows = tuple((each.field.text(language), each.before, each.after) for each in changes)
    blocks = (Table("cells", columns, rows),) if rows else ()
    undo = () if batch is None else (Title(f"撤销:salescli undo {batch}", f"undo: salescli undo {batch}"),)
    return Report("edit", title, blocks, (*notes, *undo), data={"batch": batch})
