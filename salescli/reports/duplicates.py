"""Reports of records that may be one: the candidates with their reasons, and what a merge did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Language, Title


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A field of the record that stays, its value, and what the record that goes had where it differs."""

    field: Title
    value: Value
    other: Value = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """What a merge did."""

    type: Title
    keep: str
    others: tuple[str, ...]
    moved: tuple[tuple[Title, int], ...]
    filled: tuple[MergeLine, ...]
    conflicts: tuple[MergeLine, ...]
    names: tuple[str, ...]
    batch: int | None
    is_dry: bool


def build_merge(facts: MergeFacts, language: Language) -> Report:
    """Build what a merge did, and how to take it back."""
    others_zh, others_en = "、".join(facts.others), ", ".join(facts.others)
    head = Title(f"批次 {facts.batch}:", f"batch {facts.batch}: ") if facts.batch else Title("试运行:", "dry run: ")
    title = Title(
        f"{head.zh}{facts.type.zh} {others_zh} 并入 {facts.keep}",
        f"{head.en}{facts.type.en} {others_en} merged into {facts.keep}",
    )
    blocks: list[Block] = []
    if facts.moved:
        columns = (Column("type", Title("类型", "Type")), Column("moved", Title("改指", "References moved"), "count"))
        blocks.append(Table("moved", columns, tuple((kind, count) for kind, count in facts.moved)))
    if facts.filled:
        columns = (Column("field", Title("字段", "Field"), "id"), Column("value", Title("补入", "Filled in")))
        rows = tuple((line.field.text(language), line.value) for line in facts.filled)
        blocks.append(Table("filled", columns, rows))
    if facts.conflicts:
        blocks.append(_conflicts(facts.conflicts, language))
    footer = []
    if facts.names:
        zh, en = "、".join(facts.names), ", ".join(facts.names)
        footer.append(Title(f"{zh} 今后都指 {facts.keep}", f"{en}: from now on these mean {facts.keep}"))
    if facts.batch is not None:
        footer.append(Title(f"撤销:salescli undo {facts.batch}", f"undo: salescli undo {facts.batch}"))
    return Report("merge", title, tuple(blocks), tuple(footer), data={"batch": facts.batch})


def _conflicts(lines: Sequence[MergeLine], language: Language) -> Table:
    columns = (
        Column("field", Title("字段", "Field"), "id"),
        Column("kept", Title("保留", "Kept")),
        Column("other", Title("未采用", "Not taken")),
        Column("of", Title("来自", "Of"), "id"),
    )
    rows = tuple((line.field.text(language), line.value, line.other, line.of) for line in lines)
    title = Title("两者不同(采用另一值:--prefer 字段)", "Different (to take the other: --prefer FIELD)")
    return Table("conflicts", columns, rows, title)
