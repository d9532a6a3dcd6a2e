"""Reports of the log: all batches, one batch with its sources, the records it touched and the cells it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from salescli.core.table import Block, Column, Facts, Report, Table, Value
from salescli.core.title import Language, Title

KINDS = {
    "import": Title("导入", "import"),
    "edit": Title("编辑", "edit"),
    "undo": Title("撤销", "undo"),
}
COUNTED = {
    "new": Title("新增", "new"),
    "changed": Title("变更", "changed"),
    "unchanged": Title("未变", "unchanged"),
    "rejected": Title("拒绝", "rejected"),
    "ended": Title("结束", "ended"),
    "gone": Title("消失", "gone"),
    "restated": Title("恢复", "restated"),
    "kept": Title("保留", "kept"),
}
QUIET = ("unchanged",)  # said of one batch, not in the list of all


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch as the log shows it: its local time, the batch that undid it, and counts by type and outcome."""

    id: int
    at: datetime
    by: str
    kind: str
    title: str
    undoes: int | None
    undone_by: int | None
    counts: Mapping[str, Mapping[str, int]]
    introduced: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TouchedLine:
    """One record that a batch touched."""

    type: Title
    key: str
    label: str
    what: str
    fields: tuple[Title, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell that a batch changed: what it was and what it became."""

    type: Title
    key: str
    field: Title
    before: str
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One sheet that a batch read: its file's SHA-256, and how many records it wrote."""

    file: str
    sha256: str
    sheet: str
    type: str
    rows: int


def kind_text(line: BatchLine, language: Language) -> str:
    """Return `import`, `edit`, or `undo 55`."""
    word = KINDS.get(line.kind, Title(line.kind, line.kind)).text(language)
    return f"{word} {line.undoes}" if line.undoes is not None else word


def counts_text(counts: Mapping[str, Mapping[str, int]], language: Language) -> str:
    """Return `121 new · 64 changed · 3 rejected`, summed over the types."""
    sums: dict[str, int] = {}
    for each in counts.values():
        for what, count in each.items():
            sums[what] = sums.get(what, 0) + count
    said = [_counted(what, sums[what], language) for what in COUNTED if sums.get(what) and what not in QUIET]
    return " · ".join(said) or Title("无变化", "no change").text(language)


def _counted(what: str, count: int, language: Language) -> str:
    word = COUNTED[what].text(language)
    return f"{word} {count:,}" if language == "zh" else f"{count:,} {word}"


def build_log(lines: Sequence[BatchLine], language: Language) -> Report:
    """Build the log, newest first."""
    columns = (
        Column("batch", Title("批次", "Batch"), "id"),
        Column("at", Title("时间", "When"), "moment"),
        Column("by", Title("操作人", "Who"), give_way="narrow"),
        Column("kind", Title("操作", "Kind"), "id"),
        Column("title", Title("标题", "Title")),
        Column("what", Title("结果", "What"), "id"),
    )
    rows = tuple(
        (
            line.id,
            line.at,
            line.by,
            kind_text(line, language),
            line.title,
            counts_text(line.counts, language) + _undone(line, language),
        )
        for line in lines
    )
    empty = Title(
        "还没有批次:先导入一个文件(salescli import 文件)", "no batch yet: import a file (salescli import FILE)"
    )
    table = Table("batches", columns, rows, empty=empty)
    newest = next((line for line in lines if line.undone_by is None and line.kind != "undo"), None)
    after: tuple[str, ...] = (f"salescli log {lines[0].id} --rows",) if lines else ()
    after += (f"salescli undo {newest.id}",) if newest else ()
    data: dict[str, Any] = {"undone_by": {str(line.id): line.undone_by for line in lines if line.undone_by is not None}}
    return Report("log", Title("批次记录", "Log"), (table,), next=after, data=data)


def _undone(line: BatchLine, language: Language) -> str:
    if line.undone_by is None:
        return ""
    return Title(f" · 被 {line.undone_by} 撤销", f" · undone by {line.undone_by}").text(language)


def build_batch(
    line: BatchLine,
    titles: Mapping[str, Title],
    sources: Sequence[SourceLine],
    touched: Sequence[TouchedLine] | None,
    cells: Sequence[CellLine],
    remembered: Sequence[tuple[str, Title]],
    language: Language,
) -> Report:
    """Build one batch: facts, what became of each type, sources, what a profile remembers; its records and cells."""
    items: list[tuple[Column, Value]] = [
        (Column("at", Title("时间", "When"), "moment"), line.at),
        (Column("by", Title("操作人", "Who")), line.by),
        (Column("kind", Title("操作", "Kind")), kind_text(line, language)),
        (Column("title", Title("标题", "Title")), line.title),
    ]
    if line.undone_by is not None:
        items.append((Column("undone_by", Title("被撤销于批次", "Undone by")), str(line.undone_by)))
    blocks: list[Block] = [Facts("batch", tuple(items)), _types_table(line, titles, language)]
    if sources:
        blocks.append(_sources_table(sources))
    if remembered:
        blocks.append(_remembered_table(remembered))
    if touched is not None:
        blocks.append(_touched_table(touched, language))
    if cells:
        blocks.append(_cells_table(cells, language))
    after: tuple[str, ...] = () if touched is not None else (f"salescli log {line.id} --rows",)
    undo = line.undone_by if line.undone_by is not None else line.id
    after += (f"salescli undo {undo}",)
    return Report("batch", Title(f"批次 {line.id}", f"Batch {line.id}"), tuple(blocks), next=after)


def _types_table(line: BatchLine, titles: Mapping[str, Title], language: Language) -> Table:
    used = [what for what in COUNTED if any(counts.get(what) for counts in line.counts.values())]
    columns = [Column("type", Title("类型", "Type"), "id"), *(Column(what, COUNTED[what], "count") for what in used)]
    rows: list[tuple[Value, ...]] = []
    for name in [*line.counts, *(name for name in line.introduced if name not in line.counts)]:
        counts: Mapping[str, int] = line.counts.get(name, {})
        rows.append((titles.get(name, Title(name, name)).text(language), *(counts.get(what, 0) for what in used)))
    if line.introduced:
        columns.append(Column("introduced", Title("仅被提及", "Only mentioned"), "count"))
        names = [*line.counts, *(name for name in line.introduced if name not in line.counts)]
        rows = [(*row, line.introduced.get(name, 0)) for name, row in zip(names, rows, strict=True)]
    return Table("types", tuple(columns), tuple(rows), empty=Title("没有改动任何记录", "it changed no record"))


def _sources_table(sources: Sequence[SourceLine]) -> Table:
    columns = (
        Column("file", Title("文件", "File")),
        Column("sheet", Title("工作表", "Sheet")),
        Column("type", Title("类型", "Type"), "id"),
        Column("rows", Title("写入记录", "Records written"), "count"),
        Column("sha256", Title("SHA-256", "SHA-256"), "id"),
    )
    rows = tuple((each.file, each.sheet, each.type, each.rows, each.sha256[:12]) for each in sources)
    return Table("sources", columns, rows, Title("来源", "Sources"))


def _remembered_table(remembered: Sequence[tuple[str, Title]]) -> Table:
    columns = (Column("profile", Title("导入配置", "Profile")), Column("said", Title("已记入", "Remembers")))
    return Table("remembered", columns, tuple(remembered), Title("记住的决定", "Remembered"))


def _cells_table(cells: Sequence[CellLine], language: Language) -> Table:
    columns = (
        Column("type", Title("类型", "Type"), "id"),
        Column("key", Title("编号", "Key"), "id"),
        Column("field", Title("字段", "Field")),
        Column("before", Title("原值", "Before")),
        Column("after", Title("新值", "After")),
        Column("source", Title("来源", "Source")),
    )
    rows = tuple(
        (each.type.text(language), each.key, each.field, each.before, each.after, each.source) for each in cells
    )
    return Table("cells", columns, rows, Title("变更的单元格", "Changed cells"))


def _touched_table(touched: Sequence[TouchedLine], language: Language) -> Table:
    columns = (
        Column("type", Title("类型", "Type"), "id"),
        Column("key", Title("编号", "Key"), "id"),
        Column("label", Title("名称", "Name")),
        Column("what", Title("结果", "What"), "id"),
        Column("fields", Title("单元格", "Cells")),
        Column("source", Title("来源", "Source")),
    )
    rows = tuple(
        (
            each.type.text(language),
            each.key,
            each.label if each.label != each.key else "",
            COUNTED[each.what].text(language),
            join_titles(each.fields, language),
            each.source,
        )
        for each in touched
    )
    empty = Title("没有改动任何记录", "it touched no record")
    return Table("records", columns, rows, Title("记录", "Records"), empty=empty)


def join_titles(fields: Sequence[Title], language: Language) -> str:
    """Return field names in one line."""
    return ("、" if language == "zh" else ", ").join(each.text(language) for each in fields)
