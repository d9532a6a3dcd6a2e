"""What a sheet was recognised as, and why: its type beside the runners-up, its columns, and how each is read."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from salescli.core.money import from_e4
from salescli.core.table import Block, Column, Facts, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.import_rows import Counted, skipped_title
from salescli.reports.import_sums import FileSum

_DELIMITERS = {"\t": Title("制表符", "tab"), ",": Title("逗号", "comma"), ";": Title("分号", "semicolon")}
_HOW = {
    "title": Title("名称", "title"),
    "alias": Title("别名", "alias"),
    "month": Title("各月一列", "a column per month"),
    "sum": Title("合计,仅核对", "a sum, only compared"),
    "name": Title("字段名", "field name"),
    "--map": Title("--map", "--map"),
    "profile": Title("导入配置", "profile"),
    "proposed": Title("建议", "proposed"),
    "": Title("未读取", "not read"),
}


@dataclass(frozen=True, slots=True)
class TypeHeld:
    """A type held against a header: its score, what names of sheet and file add to it, and what speaks against it."""

    name: str
    titles: Title
    score: float
    evidence: float
    columns: int
    missing: tuple[Title, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSniffed:
    """A column: the field that it is (or may be, with the option that says so), by what, and how it is read."""

    letters: str
    header: str
    field: str
    title: Title | None
    how: str
    option: str
    example: str
    readings: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetSniffed:
    """One sheet; `name` is the file's without folder, `counts` accounts for its rows, `sums` are of money columns."""

    file: str
    name: str
    sheet: str
    type: Title | None
    type_name: str
    chosen: TypeHeld | None
    others: tuple[TypeHeld, ...]
    stated: str
    columns: tuple[ColumnSniffed, ...]
    counts: Counted
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    unit: int = 1
    profile: str = ""
    profile_path: str = ""
    key: tuple[str, ...] = ()
    is_key_made: bool = False
    needs_key: bool = False
    sums: tuple[FileSum, ...] = ()


def build_sniff_report(sheets: tuple[SheetSniffed, ...], next_: tuple[str, ...]) -> Report:
    """Build the report of what was recognised; nothing has been written."""
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets, 1):
        blocks.append(_facts(sheet, number))
        if sheet.columns:
            blocks.append(_columns(sheet, number))
            if any(each.readings for each in sheet.columns):
                blocks.append(_readings(sheet, number))
    title = Title("识别结果(未写入)", "What is recognised (nothing written)")
    return Report("sniff", title, tuple(blocks), next=next_, data={"sheets": [_data(each) for each in sheets]})


def _data(sheet: SheetSniffed) -> dict[str, object]:
    """What programs want to know of a sheet, as values."""
    held = [each for each in (sheet.chosen, *sheet.others) if each is not None]
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "type": sheet.type_name or None,
        "types": [
            {"type": each.name, "score": str(each.score), "columns": each.columns, "why_not": each.why_not}
            for each in held
        ],
        "profile": sheet.profile or None,
        "encoding": sheet.encoding or None,
        "delimiter": sheet.delimiter or None,
        "header_row": sheet.header_row or None,
        "unit": sheet.unit,
        "key": list(sheet.key),
        "mapped": {each.header: each.field for each in sheet.columns if each.field},
        "proposed": {each.header: each.option for each in sheet.columns if each.option},
        "rows": asdict(sheet.counts),
    }


def _facts(sheet: SheetSniffed, number: int) -> Facts:
    items: list[tuple[str, Title, Value]] = [("type", Title("类型", "Type"), _type(sheet))]
    if sheet.chosen is not None:
        items.append(("why", Title("理由", "Because"), _why(sheet.chosen, sheet.stated)))
    if sheet.others:
        said = [_other(each, sheet.chosen) for each in sheet.others]
        others = Title(";".join(one.zh for one in said), "; ".join(one.en for one in said))
        items.append(("others", Title("其他可能", "Runners-up"), others))
    if sheet.profile:
        shown = f"{sheet.profile} ({sheet.profile_path})" if sheet.profile_path else sheet.profile
        items.append(("profile", Title("导入配置", "Profile"), shown))
    if sheet.encoding:
        named = _DELIMITERS.get(sheet.delimiter, Title(sheet.delimiter, sheet.delimiter))
        name = sheet.encoding.upper()
        text = Title(f"{name},以{named.zh}分隔", f"{name}, parted by {named.en}") if sheet.delimiter else name
        items.append(("encoding", Title("编码", "Encoding"), text))
    if sheet.header_row:
        items.append(("header", Title("表头", "Header"), _header(sheet)))
    if sheet.type is not None:
        items.append(("rows", Title("行", "Rows"), _rows(sheet.counts)))
        items.append(("key", Title("键", "Key"), _key(sheet)))
    if sheet.unit != 1:
        items.append(("unit", Title("单位", "Unit"), f"{sheet.unit:,}"))
    if sheet.sums:
        items.append(("totals", Title("合计", "Sums"), _totals(sheet)))
    place = "!".join(part for part in (sheet.name, sheet.sheet) if part)
    facts = tuple((Column(key, title), value) for key, title, value in items)
    return Facts(f"sheet-{number}", facts, Title(place, place))


def _type(sheet: SheetSniffed) -> Title:
    if sheet.type is None:
        return Title("无法确定", "not recognised")
    return Title(f"{sheet.type.zh}({sheet.type_name})", f"{sheet.type.en} ({sheet.type_name})")


def _why(held: TypeHeld, stated: str) -> Title:
    if stated:
        by = Title("--as", "--as") if stated == "--as" else Title("导入配置", "the profile")
        return Title(f"由{by.zh}指明;{held.columns} 列是其字段", f"stated by {by.en}; {_counted(held)} its fields")
    zh = f"{held.columns} 列是其字段" + (f",缺 {_names(held).zh}" if held.missing else ",必填的都有")
    en = f"{_counted(held)} its fields, " + (f"lacking {_names(held).en}" if held.missing else "all that are required")
    if held.evidence:
        zh, en = f"{zh},工作表或文件名也这样写", f"{en}, and the sheet's or file's name says so"
    return Title(f"{zh}(得分 {held.score:g})", f"{en} (score {held.score:g})")


def _counted(held: TypeHeld) -> str:
    return "1 column is" if held.columns == 1 else f"{held.columns} columns are"


def _other(held: TypeHeld, chosen: TypeHeld | None) -> Title:
    if held.why_not == "missing":
        zh, en = f"缺 {_names(held).zh}", f"lacks {_names(held).en}"
    elif held.why_not == "not-own":
        zh, en = "没有它独有的表头", "no header of its own"
    elif chosen is None:
        zh, en = "也可能是它", "it may be this"
    else:
        zh, en = f"只有 {held.columns} 列是其字段", f"{_counted(held)} its fields"
    return Title(f"{held.titles.zh} {held.score:g}({zh})", f"{held.titles.en} {held.score:g} ({en})")


def _names(held: TypeHeld) -> Title:
    return Title("、".join(one.zh for one in held.missing), ", ".join(one.en for one in held.missing))


def _header(sheet: SheetSniffed) -> Title:
    return Title(f"第 {sheet.header_row} 行", f"row {sheet.header_row}")


def _rows(counts: Counted) -> Title:
    skipped = skipped_title(counts)
    zh, en = f"{counts.rows:,} 行:可导入 {counts.taken:,}", f"{counts.rows:,}: {counts.taken:,} can go in"
    if counts.rejected:
        zh, en = f"{zh},会被拒绝 {counts.rejected:,}", f"{en}, {counts.rejected:,} would be rejected"
    if skipped is not None:
        zh, en = f"{zh},{skipped.zh}", f"{en}, {skipped.en}"
    return Title(zh, en)


def _key(sheet: SheetSniffed) -> Title:
    if not sheet.key:
        if sheet.needs_key:
            return Title("尚缺,见下方的问题", "none yet, see below")
        return Title("没有编号列", "no number column")
    text = ", ".join(sheet.key)
    return Title(f"由 {text} 组成", f"made of {text}") if sheet.is_key_made else Title(text, text)


def _totals(sheet: SheetSniffed) -> Title:
    said = []
    for one in sheet.sums:
        shown = " ".join(part for part in (one.column, f"{from_e4(one.read_e4):,}", one.currency) if part)
        if one.stated_e4 is None:
            said.append(Title(shown, shown))
        elif one.agrees:
            said.append(Title(f"{shown} = 文件合计 ✓", f"{shown} = the file's total ✓"))
        else:
            other, off = f"{from_e4(one.stated_e4):,}", f"{from_e4(one.difference_e4 or 0):+,}"
            said.append(Title(f"{shown},文件合计 {other}(相差 {off})", f"{shown}; the file's total is {other} ({off})"))
    return Title(";".join(one.zh for one in said), "; ".join(one.en for one in said))


def _columns(sheet: SheetSniffed, number: int) -> Table:
    columns = (
        Column("column", Title("列", "Col"), "id"),
        Column("header", Title("表头", "Header")),
        Column("title", Title("字段", "Field")),
        Column("field", Title("字段名", "Name"), "id"),
        Column("by", Title("依据", "By")),
        Column("example", Title("示例", "Example")),
    )
    rows = tuple(
        (each.letters, each.header, _field(each), _name(each), _by(each), each.example) for each in sheet.columns
    )
    return Table(f"columns-{number}", columns, rows)


def _field(each: ColumnSniffed) -> Value:
    if each.title is None:
        return None
    mark = "?" if each.how == "proposed" else ""
    return Title(f"{each.title.zh}{mark}", f"{each.title.en}{mark}")


def _name(each: ColumnSniffed) -> str | None:
    return each.field or each.option.rpartition("=")[2] or None


def _by(each: ColumnSniffed) -> Title:
    how = _HOW[each.how]
    return Title(f"{how.zh} --map {each.option}", f"{how.en} --map {each.option}") if each.option else how


def _readings(sheet: SheetSniffed, number: int) -> Table:
    columns = (Column("column", Title("列", "Col"), "id"), Column("reading", Title("如何读取", "How it is read")))
    rows = tuple((each.letters, title) for each in sheet.columns for title in each.readings)
    return Table(f"readings-{number}", columns, rows)
