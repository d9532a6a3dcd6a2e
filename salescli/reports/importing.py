"""What an import did, as a report: each sheet with what became of its rows, sums, what is gone, changed cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from salescli.core.money import from_e4
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.import_rows import Counted, add_counts, skipped_title
from salescli.reports.import_sums import FileSum, build_months, build_totals


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet, as read and merged; new + changed + unchanged + rejected + skipped are its rows."""

    file: str
    sheet: str
    type: Title | None
    header_row: int
    counts: Counted
    new: int
    changed: int
    unchanged: int
    gone: int = 0
    sums: tuple[FileSum, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneFacts:
    """A record that its source does not have any more: where it was last read, and what became of it."""

    type: Title
    record: str
    day: str
    amount_e4: int | None
    currency: str
    fate: Title
    place: str


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """An import as a whole; `cells` are (record, field, before, after, place) of a dry run.

    `cells_left` are changed cells beyond those shown, `profiles` (name, path, files read by it), `remembered` (path,
    what it says from now on). `is_whole` lists everything. `currency` is that of figures that name
    none.
    """

    batch: int | None
    is_dry: bool
    sheets: tuple[SheetFacts, ...]
    introduced: tuple[tuple[Title, int, tuple[str, ...]], ...] = ()
    cells: tuple[tuple[str, Title, Value, Value, str], ...] = ()
    rejects: tuple[str, ...] = ()
    next: tuple[str, ...] = field(default=())
    gone: tuple[GoneFacts, ...] = ()
    cells_left: int = 0
    profiles: tuple[tuple[str, str, int], ...] = ()
    remembered: tuple[tuple[str, tuple[Title, ...]], ...] = ()
    is_whole: bool = False
    currency: str = ""


def build_import_report(facts: ImportFacts) -> Report:
    """Build the report of an import."""
    blocks: list[Block] = [_sheets(facts)]
    sums = _sums(facts)
    if sums:
        blocks.append(build_totals(sums, facts.currency))
        months = build_months(sums, facts.currency, is_whole=facts.is_whole)
        blocks += [months] if months is not None else []
    if facts.introduced:
        blocks.append(_introduced(facts))
    if facts.gone:
        blocks.append(_gone(facts))
    if facts.cells:
        blocks.append(_cells(facts))
    return Report("import", _title(facts), tuple(blocks), _footer(facts), next=_next(facts), data=_data(facts))


def _title(facts: ImportFacts) -> Title:
    if facts.is_dry:
        return Title("导入(试运行,未写入)", "Import (dry run, nothing written)")
    if facts.batch is None:
        return Title("导入:没有变化,未写批次", "Import: nothing changed, no batch written")
    return Title(f"导入:批次 {facts.batch}", f"Import: batch {facts.batch}")


def _sums(facts: ImportFacts) -> list[FileSum]:
    """The sums of all sheets; those of a file that has several are told apart by the sheet's name."""
    counts = Counter(sheet.file for sheet in facts.sheets if sheet.sums)
    return [
        one._replace(file=f"{one.file}!{sheet.sheet}") if counts[sheet.file] > 1 and sheet.sheet else one
        for sheet in facts.sheets
        for one in sheet.sums
    ]


def _sheets(facts: ImportFacts) -> Table:
    has_sheets, has_gone = any(one.sheet for one in facts.sheets), any(one.gone for one in facts.sheets)
    is_one_each = len({one.file for one in facts.sheets}) == len(facts.sheets)
    columns = (
        Column("file", Title("文件", "File")),
        *((Column("sheet", Title("工作表", "Sheet"), give_way="narrow" if is_one_each else ""),) if has_sheets else ()),
        Column("type", Title("类型", "Type")),
        Column("header_row", Title("表头行", "Header row"), "count", give_way="narrow"),
        Column("rows", Title("行数", "Rows"), "count"),
        Column("new", Title("新增", "New"), "count", give_way="empty"),
        Column("changed", Title("变更", "Changed"), "count", give_way="empty"),
        Column("unchanged", Title("未变", "Unchanged"), "count", give_way="empty"),
        *((Column("gone", Title("已无", "Gone"), "count"),) if has_gone else ()),
        Column("rejected", Title("拒绝", "Rejected"), "count", give_way="empty"),
        Column("skipped", Title("跳过", "Skipped"), "count", give_way="empty"),
    )
    rows = tuple(
        (
            one.file,
            *((one.sheet,) if has_sheets else ()),
            one.type,
            one.header_row or None,
            one.counts.rows,
            one.new,
            one.changed,
            one.unchanged,
            *((one.gone,) if has_gone else ()),
            one.counts.rejected,
            one.counts.skipped,
        )
        for one in facts.sheets
    )
    return Table("sheets", columns, rows)


def _data(facts: ImportFacts) -> dict[str, object]:
    """What programs want to know beside the tables: rows left out by kind, sums by month, what was remembered."""
    return {
        "batch": facts.batch,
        "dry_run": facts.is_dry,
        "sheets": [
            {
                "file": one.file,
                "sheet": one.sheet,
                "rows": {**asdict(one.counts), "new": one.new, "changed": one.changed, "unchanged": one.unchanged},
                "gone": one.gone,
                "sums": [
                    {
                        "column": each.column,
                        "currency": each.currency,
                        "read": str(from_e4(each.read_e4)),
                        "stated": None if each.stated_e4 is None else str(from_e4(each.stated_e4)),
                        "months": {month: str(from_e4(value)) for month, value in each.by_month},
                    }
                    for each in one.sums
                ],
            }
            for one in facts.sheets
        ],
        "profiles": [{"profile": name, "path": path, "files": count} for name, path, count in facts.profiles],
        "remembered": [{"path": path, "decisions": [one.en for one in said]} for path, said in facts.remembered],
        "rejects": list(facts.rejects),
    }


def _introduced(facts: ImportFacts) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("count", Title("个数", "Count"), "count"),
        Column("names", Title("名称", "Names")),
    )
    rows = tuple((title, count, _some(names, count)) for title, count, names in facts.introduced)
    return Table(
        "introduced",
        columns,
        rows,
        Title("由明细引入(待其清单确认)", "Introduced by mention, until their own list comes"),
    )


def _some(names: tuple[str, ...], count: int) -> Title:
    more = " …" if count > len(names[:6]) else ""
    return Title("、".join(names[:6]) + more, ", ".join(names[:6]) + more)


def _gone(facts: ImportFacts) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("record", Title("记录", "Record")),
        Column("date", Title("日期", "Date")),
        Column("currency", Title("币种", "Currency"), give_way="narrow"),
        Column("amount", Title("金额", "Amount"), "money"),
        Column("fate", Title("处理", "Result")),
        Column("source", Title("来源", "Source")),
    )
    rows = tuple(
        (
            one.type,
            one.record,
            one.day or None,
            one.currency or None,
            None if one.amount_e4 is None else from_e4(one.amount_e4),
            one.fate,
            one.place or None,
        )
        for one in facts.gone
    )
    return Table("gone", columns, rows, Title("文件中已没有的记录", "Not in the files any more"))


def _cells(facts: ImportFacts) -> Table:
    columns = (
        Column("record", Title("记录", "Record")),
        Column("field", Title("字段", "Field")),
        Column("before", Title("原值", "Before")),
        Column("after", Title("新值", "After")),
        Column("source", Title("来源", "Source")),
    )
    rows = tuple((record, name, before, after, place) for record, name, before, after, place in facts.cells)
    more, count = facts.cells_left, len(facts.cells)
    title = Title("变更的单元格", "Changed cells")
    if more:
        title = Title(
            f"变更的单元格:前 {count:,} 个,另有 {more:,} 个(--all)",
            f"Changed cells: {count:,} of {count + more:,} (--all)",
        )
    return Table("cells", columns, rows, title)


def _footer(facts: ImportFacts) -> tuple[Title, ...]:
    return (*_skipped(facts), *_by_profiles(facts), *_remembered(facts), *_rejects(facts))


def _skipped(facts: ImportFacts) -> list[Title]:
    """Say what was left out by kind, of all sheets together: the table says how many of each."""
    concerned = [one for one in facts.sheets if skipped_title(one.counts) is not None]
    said = skipped_title(add_counts(one.counts for one in concerned))
    if said is None or len(facts.sheets) == 1:
        return [said] if said is not None else []
    if len(concerned) == 1:
        name = concerned[0].sheet or concerned[0].file
        return [Title(f"{name}:{said.zh}", f"{name}: {said.en}")]
    count = len(concerned)
    return [Title(f"{count} 个工作表:{said.zh}", f"{count} sheets: {said.en}")]


def _by_profiles(facts: ImportFacts) -> list[Title]:
    said = []
    for name, path, count in facts.profiles:
        place = Title(path, path) if path else Title("随程序提供", "shipped")
        zh, en = f"按导入配置 {name}({place.zh})读取", f"read by profile {name} ({place.en})"
        said.append(Title(zh, en) if len(facts.profiles) == 1 else Title(f"{count} 个文件{zh}", f"{count} {en}"))
    return said


def _remembered(facts: ImportFacts) -> list[Title]:
    return [
        Title(
            f"已记入 {path}:{';'.join(one.zh for one in said)}",
            f"remembered in {path}: {'; '.join(one.en for one in said)}",
        )
        for path, said in facts.remembered
    ]


def _rejects(facts: ImportFacts) -> list[Title]:
    return [
        Title(f"被拒的行:{path}(改正后可直接导入)", f"rejected rows: {path} (corrected, it imports as it is)")
        for path in facts.rejects
    ]


def _next(facts: ImportFacts) -> tuple[str, ...]:
    undo = (f"salescli undo {facts.batch}",) if facts.batch is not None else ()
    return (*facts.next, *undo)
