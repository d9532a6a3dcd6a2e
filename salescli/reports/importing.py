"""What an import did, as a report: each sheet with what became of its rows, control totals, and the changed cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from salescli.core.money import from_e4
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet, as read and merged. `totals` are (header, read, stated by the file or None, currency)."""

    file: str
    sheet: str
    type: Title | None
    header_row: int
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    totals: tuple[tuple[str, int, int | None, str], ...] = ()
    months: tuple[tuple[str, str, int, str], ...] = ()


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
    """An import as a whole; `cells` are (record, field, before, after, place) of a dry run."""

    batch: int | None
    is_dry: bool
    sheets: tuple[SheetFacts, ...]
    introduced: tuple[tuple[Title, int, tuple[str, ...]], ...] = ()
    cells: tuple[tuple[str, Title, Value, Value, str], ...] = ()
    rejects: tuple[str, ...] = ()
    next: tuple[str, ...] = field(default=())
    gone: tuple[GoneFacts, ...] = ()


def build_import_report(facts: ImportFacts) -> Report:
    """Build the report of an import."""
    blocks: list[Block] = [_sheets(facts)]
    if any(sheet.totals for sheet in facts.sheets):
        blocks.append(_totals(facts))
    months = [row for sheet in facts.sheets for row in sheet.months]
    if months and len(months) <= MONTHS_SHOWN:
        blocks.append(_months(facts))
    if facts.introduced:
        blocks.append(_introduced(facts))
    if facts.gone:
        blocks.append(_gone(facts))
    if facts.cells:
        blocks.append(_cells(facts))
    return Report("import", _title(facts), tuple(blocks), _footer(facts), next=_next(facts))


def _title(facts: ImportFacts) -> Title:
    if facts.is_dry:
        return Title("导入(试运行,未写入)", "Import (dry run, nothing written)")
    if facts.batch is None:
        return Title("导入:没有变化,未写批次", "Import: nothing changed, no batch written")
    return Title(f"导入:批次 {facts.batch}", f"Import: batch {facts.batch}")


def _sheets(facts: ImportFacts) -> Table:
    columns = (
        Column("file", Title("文件", "File")),
        Column("sheet", Title("工作表", "Sheet")),
        Column("type", Title("类型", "Type")),
        Column("header_row", Title("表头行", "Header row"), "count"),
        Column("rows", Title("行数", "Rows"), "count"),
        Column("new", Title("新增", "New"), "count"),
        Column("changed", Title("变更", "Changed"), "count"),
        Column("unchanged", Title("未变", "Unchanged"), "count"),
        Column("rejected", Title("拒绝", "Rejected"), "count"),
        Column("skipped", Title("跳过", "Skipped"), "count"),
    )
    rows = tuple(
        (
            sheet.file,
            sheet.sheet,
            sheet.type,
            sheet.header_row or None,
            sheet.rows,
            sheet.new,
            sheet.changed,
            sheet.unchanged,
            sheet.rejected,
            sheet.skipped,
        )
        for sheet in facts.sheets
    )
    return Table("sheets", columns, rows)


def _totals(facts: ImportFacts) -> Table:
    columns = (
        Column("file", Title("文件", "File")),
        Column("column", Title("列", "Column")),
        Column("currency", Title("币种", "Currency")),
        Column("read", Title("读入合计", "Sum read"), "money"),
        Column("stated", Title("文件合计", "File's total"), "money"),
        Column("agrees", Title("一致", "Agrees"), "flag"),
    )
    rows = tuple(
        (
            sheet.file,
            header,
            currency,
            from_e4(read),
            None if stated is None else from_e4(stated),
            None if stated is None else stated == read,
        )
        for sheet in facts.sheets
        for header, read, stated, currency in sheet.totals
    )
    return Table("totals", columns, rows, Title("控制合计", "Control totals"))


def _months(facts: ImportFacts) -> Table:
    columns = (
        Column("file", Title("文件", "File")),
        Column("column", Title("列", "Column")),
        Column("month", Title("月份", "Month")),
        Column("currency", Title("币种", "Currency")),
        Column("read", Title("读入合计", "Sum read"), "money"),
    )
    rows = tuple(
        (sheet.file, header, month, currency, from_e4(value))
        for sheet in facts.sheets
        for header, month, value, currency in sheet.months
    )
    return Table("months", columns, rows, Title("按月合计", "Sums by month"))


def _introduced(facts: ImportFacts) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("count", Title("个数", "Count"), "count"),
        Column("names", Title("名称", "Names")),
    )
    rows = tuple(
        (title, count, "、".join(names[:6]) + (" …" if count > 6 else "")) for title, count, names in facts.introduced
    )
    return Table(
        "introduced",
        columns,
        rows,
        Title("由明细引入(待其清单确认)", "Introduced by mention, until their own list comes"),
    )


def _gone(facts: ImportFacts) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("record", Title("记录", "Record")),
        Column("date", Title("日期", "Date")),
        Column("currency", Title("币种", "Currency")),
        Column("amount", Title("金额", "Amount"), "money"),
        Column("fate", Title("处理", "What became of it")),
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
    return Table("cells", columns, rows, Title("变更的单元格", "Changed cells"))


def _footer(facts: ImportFacts) -> tuple[Title, ...]:
    said = [
        Title(f"被拒的行:{path}(改正后可直接导入)", f"rejected rows: {path} (corrected, it imports as it is)")
        for path in facts.rejects
    ]
    return tuple(said)


def _next(facts: ImportFacts) -> tuple[str, ...]:
    undo = (f"salescli undo {facts.batch}",) if facts.batch is not None else ()
    return (*facts.next, *undo)
