"""Reports about the store itself: its status, the proofs of `verify`, migrations, and rows of a SELECT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.table import Column, Facts, Report, Table, Value
from salescli.core.title import Language, Title

CHECKS = {
    "file": Title("文件完好", "the file is whole"),
    "keys": Title("编号唯一,类型相符", "keys: one record each, of their type"),
    "versions": Title("每条记录只有一个现行版本", "versions: one present, none overlap"),
    "history": Title("现状等于有效批次之和", "each record is what its history adds up to"),
    "references": Title("引用均有着落", "references lead somewhere"),
    "scorecards": Title("已定稿的考核可以重现", "closed scorecards reproduce, byte for byte"),
    "runs": Title("已关账的提成可以重现", "closed runs reproduce, byte for byte"),
}
_RUNS = Title("次运行", "runs")
_UNITS = {"file": Title("页", "pages"), "history": Title("记录", "records"), "runs": _RUNS, "scorecards": _RUNS}


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One record type in the store."""

    name: str
    titles: Title
    records: int
    through: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class StoreState:
    """What `store status` says."""

    path: str
    size: int
    schema: str
    batches: int
    in_force: int
    first: datetime | None
    last: datetime | None
    currency: str
    is_readonly: bool


def build_status(state: StoreState, types: Sequence[TypeLine], known: Title, language: Language) -> Report:
    """Build the status of the store."""
    megabytes = CONTEXT.divide(Decimal(state.size), Decimal(1_000_000))
    items: list[tuple[Column, Value]] = [
        (Column("path", Title("文件", "File")), state.path),
        (Column("size", Title("大小(MB)", "Size, MB"), "quantity", decimals=1), megabytes),
        (Column("schema", Title("结构版本", "Schema")), state.schema),
        (Column("batches", Title("批次", "Batches"), "count"), state.batches),
        (Column("in_force", Title("其中有效", "of them in force"), "count"), state.in_force),
        (Column("first", Title("首个批次", "First batch"), "moment"), state.first),
        (Column("last", Title("最近批次", "Last batch"), "moment"), state.last),
        (Column("currency", Title("本位币", "Base currency")), state.currency),
    ]
    if state.is_readonly:
        items.append((Column("readonly", Title("只读", "Read-only"), "flag"), True))
    columns = (
        Column("type", Title("类型", "Type"), "id"),
        Column("title", Title("名称", "Title"), "id"),
        Column("records", Title("记录", "Records"), "count"),
        Column("through", Title("数据截至", "Data through"), "id"),
        Column("note", Title("备注", "Note")),
    )
    provisional = Title("仅由其他表提及,尚未导入清单", "only mentioned so far: import their list").text(language)
    rows = tuple(
        (each.name, each.titles.text(language), each.records, each.through, provisional if each.is_provisional else "")
        for each in types
    )
    empty = Title("还没有记录", "no records yet")
    table = Table("types", columns, rows, Title("记录", "Records"), empty=empty)
    title = Title("数据库", "Store")
    return Report("store", title, (Facts("store", tuple(items)), table), (known,), next=("salescli store verify",))


def build_verify(checks: Sequence[tuple[str, int, int]], known: Title, language: Language) -> Report:
    """Build the proofs: (name, examined, found) each."""
    columns = (
        Column("check", Title("检查", "Check"), "id"),
        Column("examined", Title("检查数", "Examined"), "count"),
        Column("unit", Title("单位", "Of"), "id"),
        Column("found", Title("发现", "Found"), "count"),
    )
    versions = Title("版本", "versions")
    rows = tuple(
        (
            CHECKS[name].text(language) if name in CHECKS else name,
            examined,
            _UNITS.get(name, versions).text(language),
            found,
        )
        for name, examined, found in checks
    )
    is_sound = not any(found for name, _, found in checks if name != "references")
    title = (
        Title("数据库校验:完好", "Store verified: sound")
        if is_sound
        else Title("数据库校验:有问题", "Store verified: faults")
    )
    return Report("verify", title, (Table("checks", columns, rows),), (known,))


def build_migrated(before: Sequence[str], after: Sequence[str], backup: str) -> Report:
    """Build the answer of `store migrate`."""
    now = [name for name in after if name not in before]
    columns = (
        Column("migration", Title("迁移", "Migration"), "id"),
        Column("now", Title("本次执行", "Applied now"), "flag"),
    )
    rows = tuple((name, name in now) for name in after)
    title = (
        Title(f"已执行 {len(now)} 个迁移", f"{len(now)} migrations applied")
        if now
        else Title("结构已是最新", "The schema is up to date")
    )
    footer = (Title(f"备份:{backup}", f"backup: {backup}"),) if backup else ()
    return Report("migrate", title, (Table("migrations", columns, rows),), footer)


def build_selected(names: Sequence[str], rows: Sequence[tuple[Value, ...]], known: Title) -> Report:
    """Build the rows of a SELECT; names that repeat get a number."""
    keys: list[str] = []
    for name in names:
        keys.append(name if name not in keys else f"{name}_{len(keys) + 1}")
    kinds = [
        "quantity" if any(isinstance(row[place], (int, Decimal)) for row in rows) else "text"
        for place in range(len(keys))
    ]
    columns = tuple(
        Column(key, Title(key, key), "id" if key == "id" or key.endswith("_id") else kind)  # type: ignore[arg-type]
        for key, kind in zip(keys, kinds, strict=True)
    )
    count = len(rows)
    title = Title(f"{count:,} 行", f"{count:,} row" if count == 1 else f"{count:,} rows")
    footer = Title(f"{known.zh} · _e4 列以万分之一为单位", f"{known.en} · columns in _e4 count ten-thousandths")
    return Report(
        "sql",
        title,
        (Table("rows", columns, tuple(rows)),),
        (footer,) if any(k.endswith("_e4") for k in keys) else (known,),
    )
