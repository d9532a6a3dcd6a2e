"""Reports of records that may be one: the candidates with their reasons, and what a merge did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.matching.duplicates import FIRM
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Language, Title

REASONS = {
    "tax-id": Title("税号", "tax id"),
    "email": Title("邮箱", "e-mail"),
    "phone": Title("电话", "phone"),
    "domain": Title("网站域名", "domain"),
    "name": Title("名称相同(不计公司形式)", "same name, but for the legal form"),
    "same-name": Title("同名", "same name"),
    "alike": Title("名称相近", "similar name"),
}
COMMANDS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be one with others: its key facts, and what hangs on it."""

    key: str
    name: str
    region: str | None
    owner: str
    references: int
    received: Decimal | None


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """Records that may be one, first the one to keep; why (reason, value); the command that merges them."""

    records: tuple[Candidate, ...]
    score: int
    is_firm: bool
    reasons: tuple[tuple[str, str], ...]
    command: str


@dataclass(frozen=True, slots=True)
class DuplicateFacts:
    """What was found among the records of a type; `total` groups of which some are shown."""

    type: Title
    groups: tuple[CandidateGroup, ...]
    total: int
    denied: int
    common: tuple[tuple[str, str, int], ...]
    currency: str
    known: Title
    name: str


def build_duplicates(facts: DuplicateFacts, language: Language) -> Report:
    """Build the candidates: those that something identifying ties, and those that are merely alike."""
    numbered = list(enumerate(facts.groups, 1))
    blocks: list[Block] = []
    parts = (
        ("same", True, Title("很可能是同一对象", "Very likely one")),
        ("maybe", False, Title("可能是同一对象", "Maybe one")),
    )
    for name, is_firm, title in parts:
        rows = [row for place, group in numbered if group.is_firm is is_firm for row in _rows(place, group, language)]
        if rows:
            blocks.append(Table(name, _columns(facts, language), tuple(rows), title))
    if not blocks:
        empty = Title(f"没有发现重复的{facts.type.zh}", f"no {facts.type.en} records look like one")
        blocks.append(Table("same", _columns(facts, language), (), empty=empty))
    shown, total = len(facts.groups), facts.total
    zh = f"{total:,} 组" if shown == total else f"{total:,} 组中的 {shown:,} 组"
    groups = "group" if total == 1 else "groups"
    en = f"{total:,} {groups}" if shown == total else f"{shown:,} of {total:,} {groups}"
    title = Title(f"重复的{facts.type.zh} · {zh}", f"Duplicates of {facts.type.en} · {en}")
    commands = tuple(group.command for group in facts.groups)
    return Report(
        "duplicates", title, tuple(blocks), tuple(_footer(facts)), next=_next(facts, language), data={"merge": commands}
    )


def _next(facts: DuplicateFacts, language: Language) -> tuple[str, ...]:
    """Only what is very likely one is merged by a command to copy; of the rest somebody chooses in the sheet."""
    firm = tuple(group.command for group in facts.groups if group.is_firm)
    sheet = Title("重复.xlsx", "duplicates.xlsx").text(language)
    is_unsure = any(not group.is_firm for group in facts.groups)
    choose = (f"salescli record dedupe {facts.name} -o {sheet}",) if is_unsure or len(firm) > COMMANDS else ()
    return (*firm[:COMMANDS], *choose)


def _columns(facts: DuplicateFacts, language: Language) -> tuple[Column, ...]:
    return (
        Column("group", Title("组", "Group"), "id"),
        Column("key", Title("编号", "Number"), "id"),
        Column("name", Title("名称", "Name")),
        Column("region", Title("区域", "Region"), give_way="narrow"),
        Column("owner", Title("负责人", "Owner"), give_way="narrow"),
        Column("references", Title("被引用", "Referred to"), "count", give_way="narrow"),
        Column("received", Title("已回款", "Received"), "money", currency=facts.currency, give_way="empty"),
        Column("score", Title("把握", "Score"), "count"),
        Column("why", Title("依据", "Why")),
    )


def _rows(place: int, group: CandidateGroup, language: Language) -> list[tuple[Value, ...]]:
    """The group's number, score and reasons stand on its first line."""
    why = "; ".join(_reason(reason, value, language) for reason, value in group.reasons)
    rows: list[tuple[Value, ...]] = []
    for at, one in enumerate(group.records):
        head: tuple[Value, ...] = (group.score, why) if at == 0 else (None, "")
        name = one.name if one.name != one.key else ""
        rows.append((str(place), one.key, name, one.region, one.owner, one.references, one.received, *head))
    return rows


def _reason(reason: str, value: str, language: Language) -> str:
    title = REASONS[reason].text(language)
    return title if reason in ("name", "same-name") else f"{title} {value}"


def _footer(facts: DuplicateFacts) -> list[Title]:
    footer = [facts.known]
    if facts.groups:
        footer.append(Title(f"把握满分 100,{FIRM} 起为很可能", f"score out of 100; very likely from {FIRM}"))
    if facts.denied:
        footer.append(
            Title(
                f"{facts.denied:,} 对虽有相同之处,但税号不同,不视为同一对象",
                f"{facts.denied:,} {'pair agrees' if facts.denied == 1 else 'pairs agree'} in something, "
                "but the tax ids differ: not one",
            )
        )
    for kind, value, count in facts.common[:3]:
        named = REASONS[kind]
        footer.append(
            Title(
                f"{count:,} 条记录的{named.zh}都是 {value},不作为依据",
                f"{count:,} records have the {named.en} {value}: it identifies none",
            )
        )
    return footer


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


@dataclass(frozen=True, slots=True)
class MergedSet:
    """One merge of several: who stays, who went, how many references moved."""

    key: str
    name: str
    others: str
    moved: int


def build_merged_sets(kind: Title, sets: Sequence[MergedSet], batch: int | None, is_dry: bool) -> Report:
    """Build what a filled-in workbook of duplicates did."""
    columns = (
        Column("key", Title("保留", "Kept"), "id"),
        Column("name", Title("名称", "Name")),
        Column("merged", Title("并入", "Merged into it")),
        Column("moved", Title("改指", "References moved"), "count"),
    )
    head = Title(f"批次 {batch}:", f"batch {batch}: ") if batch else Title("", "")
    if is_dry:
        head = Title("试运行:", "dry run: ")
    count = len(sets)
    title = Title(
        f"{head.zh}{kind.zh}合并 {count:,} 组", f"{head.en}{count:,} {'merge' if count == 1 else 'merges'} of {kind.en}"
    )
    rows = tuple((one.key, one.name if one.name != one.key else "", one.others, one.moved) for one in sets)
    table = Table("merged", columns, rows, empty=Title("没有选择要合并的记录", "nothing was chosen to be merged"))
    undo = () if batch is None else (Title(f"撤销:salescli undo {batch}", f"undo: salescli undo {batch}"),)
    return Report("merges", title, (table,), undo, data={"batch": batch})
