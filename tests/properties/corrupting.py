"""Sheets with known records, and the same sheets corrupted: what should become of every row is known beforehand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from hypothesis import strategies as st
from openpyxl import Workbook

Sort = Literal["id", "text", "date", "money", "person", "customer", "contract", "share", "rate", "kind"]
Format = Literal["csv", "xlsx"]
PEOPLE = (("0071", "王芳"), ("0072", "赵磊"), ("0112", "李娜"))
CUSTOMERS = (("K-1", "上海港通"), ("K-2", "宁波远洋"))
CONTRACTS = ("HT-01", "HT-02", "HT-03")
SETS: tuple[tuple[int, ...], ...] = ((100,), (50, 50), (30, 70), (20, 30, 50))
_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its header, the field that it holds, and what is written in it."""

    header: str
    field: str
    sort: Sort
    required: bool = False


@dataclass(frozen=True)
class SheetKind:
    """A kind of sheet: record type, file name, columns; `key` are the columns of a made key."""

    type: str
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def money(self) -> Column | None:
        """The column of amounts."""
        return next((each for each in self.columns if each.sort == "money"), None)


KINDS = (
    SheetKind(
        "receipt",
        "三月回款",
        (
            Column("回款编号", "number", "id", required=True),
            Column("日期", "date", "date", required=True),
            Column("客户", "customer", "customer"),
            Column("金额", "amount", "money", required=True),
            Column("业务员", "owner", "person"),
            Column("备注", "note", "text"),
        ),
    ),
    SheetKind(
        "receipt",
        "四月回款",
        (
            Column("日期", "date", "date", required=True),
            Column("客户", "customer", "customer"),
            Column("金额", "amount", "money", required=True),
            Column("业务员", "owner", "person"),
            Column("备注", "note", "text"),
        ),
        key=("日期", "客户", "金额"),
    ),
    SheetKind(
        "deal",
        "商机",
        (
            Column("商机编号", "number", "id", required=True),
            Column("商机名称", "name", "text"),
            Column("客户", "customer", "customer"),
            Column("负责人", "owner", "person"),
            Column("金额", "amount", "money"),
            Column("创建日期", "created", "date"),
        ),
    ),
    SheetKind(
        "contract",
        "合同台账",
        (
            Column("合同编号", "number", "id", required=True),
            Column("甲方", "customer", "customer"),
            Column("签单人", "owner", "person"),
            Column("合同金额", "amount", "money"),
            Column("签订日期", "signed", "date"),
            Column("合同类型", "kind", "kind"),
            Column("税率", "tax_rate", "rate"),
        ),
    ),
    SheetKind(
        "credit-split",
        "分成",
        (
            Column("合同编号", "contract", "contract"),
            Column("人员", "person", "person", required=True),
            Column("分成比例", "share", "share", required=True),
            Column("备注", "note", "text"),
        ),
    ),
    SheetKind(
        "customer",
        "客户表",
        (
            Column("客户编号", "number", "id"),
            Column("客户名称", "name", "text"),
            Column("负责人", "owner", "person"),
            Column("年营业额", "revenue", "money"),
            Column("合作日期", "customer_since", "date"),
        ),
    ),
    SheetKind(
        "person",
        "花名册",
        (
            Column("工号", "number", "id"),
            Column("姓名", "name", "text"),
            Column("手机", "phone", "id"),
            Column("入职日期", "joined", "date"),
        ),
    ),
)

Cells = dict[str, Any]  # by field: None, str, date or Decimal; references by the key of what they mean


@dataclass
class Row:
    """One row of a corrupted sheet: the record it is of, the cells written where they are not the record's own."""

    record: int
    written: Cells = field(default_factory=dict)
    bad: str = ""  # the field that cannot be read
    is_other: bool = False  # it contradicts another row of its key


@dataclass
class Corrupted:
    """A corrupted sheet, and what it is made of.

    `lines` are what stands below the header in order: a row, or a word for what is none (`blank`, `header`).
    """

    kind: SheetKind
    format: Format
    truth: list[Cells]
    lines: list[Row | str]
    order: list[int]
    titles: int = 0
    total: Literal["", "right", "wrong"] = ""
    has_footnote: bool = False
    has_extra: bool = False

    @property
    def rows(self) -> list[Row]:
        """The rows that are records."""
        return [each for each in self.lines if isinstance(each, Row)]

    def rejected(self) -> list[Row]:
        """Return the rows that must be kept out: bad ones, those that contradict each other, and their sets."""
        contradicted = {each.record for each in self.rows if each.is_other}
        out = [each for each in self.rows if each.bad or each.record in contradicted]
        if self.kind.type != "credit-split":
            return out
        sets = {self.truth[each.record]["contract"] for each in out if each.bad != "contract"}
        again = self._again()
        return [
            each
            for each in self.rows
            if is_in(each, out) or (self.truth[each.record]["contract"] in sets and not is_in(each, again))
        ]

    def _again(self) -> list[Row]:
        """The second of two equal rows."""
        seen: set[int] = set()
        again = []
        for each in self.rows:
            if not each.bad and not each.is_other and not self.kind.key:
                if each.record in seen:
                    again.append(each)
                seen.add(each.record)
        return again

    def repeated(self) -> int:
        """Return how many rows only repeat another one."""
        out = self.rejected()
        return sum(not is_in(each, out) for each in self._again())

    def accepted(self) -> list[Cells]:
        """Return the records that must be stored."""
        out = self.rejected()
        return [
            self.truth[at]
            for at in dict.fromkeys(each.record for each in self.rows if not is_in(each, out + self._again()))
        ]

    def skipped(self) -> int:
        """Return how many lines below the header are no records."""
        return sum(isinstance(each, str) for each in self.lines) + bool(self.total) + self.has_footnote

    def settled(self) -> Corrupted:
        """Leave out the signature that would stand under no totals row, and blank rows that no file holds."""
        self.has_footnote = self.has_footnote and bool(self.total)
        while not self.total and self.format == "xlsx" and self.lines[-1] == "blank":
            self.lines.pop()
        return self

    def stated_total(self) -> Decimal:
        """Return what the totals row says."""
        money = self.kind.money
        assert money is not None
        rows = [each for each in self.rows if each.bad != money.field]
        read = sum(
            (each.written.get(money.field, self.truth[each.record][money.field]) or 0 for each in rows), Decimal(0)
        )
        return Decimal(read) + (Decimal("0.5") if self.total == "wrong" else 0)


def is_in(row: Row, rows: list[Row]) -> bool:
    """Tell whether a row itself is among others, which may equal it."""
    return any(row is each for each in rows)


@st.composite
def corrupted_sheets(
    draw: Callable[..., Any], kinds: tuple[SheetKind, ...] = KINDS, formats: tuple[Format, ...] = ("csv", "xlsx")
) -> Corrupted:
    """Draw a sheet of known records and what is done to it."""
    kind = draw(st.sampled_from(kinds))
    truth = _split_truth(draw) if kind.type == "credit-split" else _truth(draw, kind)
    rows: list[Row] = []
    for at, cells in enumerate(truth):
        fate = draw(st.sampled_from(("good", "good", "dressed", "bad", "bad", "twice", "contradicted")))
        rows += _fated(draw, kind, at, cells, fate)
    lines: list[Row | str] = list(draw(st.permutations(rows)))
    for word in draw(st.lists(st.sampled_from(("blank", "spaces", "header")), max_size=3)):
        lines.insert(draw(st.integers(0, len(lines))), word)
    if all(isinstance(each, str) for each in lines[:1]):
        lines.sort(key=lambda each: isinstance(each, str))  # a sheet begins with a record
    return Corrupted(
        kind,
        draw(st.sampled_from(formats)),
        truth,
        lines,
        draw(st.permutations(range(len(kind.columns)))),
        draw(st.integers(0, 2)),
        draw(st.sampled_from(("", "right", "wrong"))) if kind.money else "",
        draw(st.booleans()) if kind.money else False,
        draw(st.booleans()),
    ).settled()


def _truth(draw: Callable[..., Any], kind: SheetKind) -> list[Cells]:
    count = draw(st.integers(1, 6))
    return [{each.field: _value(draw, each, kind, at) for each in kind.columns} for at in range(count)]


def _split_truth(draw: Callable[..., Any]) -> list[Cells]:
    truth = []
    for contract in draw(st.sampled_from((CONTRACTS[:1], CONTRACTS[:2], CONTRACTS))):
        for (number, _), share in zip(PEOPLE, draw(st.sampled_from(SETS)), strict=False):
            truth.append({"contract": contract, "person": number, "share": Decimal(share), "note": None})
    return truth


def _value(draw: Callable[..., Any], column: Column, kind: SheetKind, at: int) -> Any:
    if column.field == "number":
        return f"{draw(st.sampled_from(('N-', '00', '12345678901234567')))}{at + 10}"
    if column.field == "name" and kind.type in ("customer", "person"):
        return f"{'上海新客' if kind.type == 'customer' else '新人'}{'甲乙丙丁戊己'[at]}"
    if not column.required and draw(st.integers(0, 3)) == 0:
        return None
    pick = draw(st.integers(0, 2))
    match column.sort:
        case "date":
            return date(2026, 3, 1) + timedelta(days=pick * 13)
        case "money":
            return (Decimal("120000"), Decimal("1234.5"), Decimal("0.07"))[pick]
        case "person":
            return PEOPLE[pick][0]
        case "customer":
            return CUSTOMERS[pick % 2][0]
        case "kind":
            return ("new", "renewal", "expansion")[pick]
        case "rate":
            return (Decimal(6), Decimal(13), Decimal(0))[pick]
        case "id":
            return ("13800000001", "075512345678", "+86 21 5555")[pick]
    return ("首付", "共 3 笔", "=1+1 见附件")[pick]


def _fated(draw: Callable[..., Any], kind: SheetKind, at: int, cells: Cells, fate: str) -> list[Row]:
    if fate == "good":
        return [Row(at)]
    if fate == "dressed":
        return [Row(at, {"*": draw(st.integers(0, 2))})]
    if fate == "bad" or kind.key:  # equal rows without a number are receipts of their own
        return [_spoiled(draw, kind, at, draw(st.integers(0, 5)))]
    if fate == "twice":
        return [Row(at), Row(at)]
    changed = next(each for each in kind.columns if each.sort in ("money", "share", "date"))
    other: Any = date(2025, 12, 31) if changed.sort == "date" else Decimal(1)
    if cells[changed.field] is None:
        return [Row(at)]
    return [Row(at), Row(at, {changed.field: other}, is_other=True)]


def _spoiled(draw: Callable[..., Any], kind: SheetKind, at: int, pick: int) -> Row:
    column = draw(st.sampled_from([each for each in kind.columns if each.required or each.sort not in ("text", "id")]))
    bad: dict[str, tuple[str, ...]] = {
        "date": ("2026-02-30", "三月初", "2026-13-01"),
        "money": ("12,5O0", "约一千", "6.93E+12x"),
        "person": ("王方", "9999", "赵石"),
        "customer": ("上海港同", "无此客户", "K-9"),
        "contract": ("HT-99", "HT-O1", "无编号"),
        "share": ("一半", "5O%", "abc"),
        "rate": ("6厘%%", "约6%", "x"),
        "kind": ("重签", "新千", "?"),
        "id": ("", "  ", ""),
        "text": ("", "  ", ""),
    }
    text = "" if column.required and pick > 2 else bad[column.sort][pick % 3]
    if column.sort == "contract":
        text = f"{text}{at}"  # two shares of one unknown contract and person would be one row, said twice
    return Row(at, {column.field: text}, bad=column.field)


def written(column: Column, value: Any, form: Format, dress: int | None = None) -> Any:
    """Return a value as a cell: plain, or dressed up as people write it."""
    if value is None or (isinstance(value, str) and column.sort not in ("person", "customer", "kind")):
        return value if dress is None or value is None else (f" {value} ", f"{value}\u3000", f"\xa0{value}")[dress]
    match column.sort:
        case "person":
            return dict(PEOPLE)[value] if dress is None else (value, f" {dict(PEOPLE)[value]} ", value)[dress]
        case "customer":  # its name: where it is part of a made key, another way to call it is another key
            name = dict(CUSTOMERS)[value]
            return name if dress is None else (f" {name}", f"{name}\u3000", f"{name} ")[dress]
        case "kind":
            return {"new": "新签", "renewal": "续签", "expansion": "增购"}[value] if dress is None else value.upper()
        case "date":
            plain = value if form == "xlsx" else value.isoformat()
            dressed = (
                f"{value.year}年{value.month}月{value.day}日",
                f"{value:%Y/%m/%d}",
                value.isoformat().translate(_WIDE),
            )
            return plain if dress is None else dressed[dress]
        case "money":
            plain = float(value) if form == "xlsx" else f"{value:f}"
            return plain if dress is None else (f"¥{value:,}", f" {value:f}元", f"{value:,}".translate(_WIDE))[dress]
    return f"{value}%" if dress is None else (f" {value} %", f"{value}.0%", f"{value}％")[dress]


def _line(sheet: Corrupted, line: Row | str) -> list[Any]:
    columns = [sheet.kind.columns[at] for at in sheet.order]
    extra: list[Any] = ["x"] if sheet.has_extra else []
    if line == "header":
        return [*(each.header for each in columns), *(["内部标记"] if sheet.has_extra else [])]
    if isinstance(line, str):
        return [("  " if line == "spaces" else None)] * (len(columns) + len(extra))
    cells = []
    for each in columns:
        own = line.written.get(each.field, sheet.truth[line.record][each.field])
        is_text = each.field == line.bad
        cells.append(own if is_text else written(each, own, sheet.format, line.written.get("*")))
    return [*cells, *extra]


def clean_row(sheet: Corrupted, record: int) -> list[Any]:
    """Return the cells of a record as its clean file has them, in the order of the corrupted sheet's columns."""
    return _line(sheet, Row(record))


def build(sheet: Corrupted, *, is_clean: bool = False) -> bytes:
    """Write the sheet, or the clean one of the same records."""
    width = len(sheet.order) + sheet.has_extra
    lines: list[list[Any]] = [["2026 年台账", *([None] * (width - 1))]] * sheet.titles
    lines = [*lines, _line(sheet, "header")]
    if is_clean:
        lines += [clean_row(sheet, at) for at in range(len(sheet.truth))]
    else:
        lines += [_line(sheet, each) for each in sheet.lines]
        if sheet.total:
            lines.append(_totals(sheet))
        if sheet.has_footnote:
            lines.append(["制表:李娜", *([None] * (width - 1))])
    return _csv(lines) if sheet.format == "csv" else _xlsx(lines)


def _totals(sheet: Corrupted) -> list[Any]:
    columns = [sheet.kind.columns[at] for at in sheet.order]
    place = next(at for at, each in enumerate(columns) if each.sort == "money")
    cells: list[Any] = [None] * (len(columns) + sheet.has_extra)
    cells[place] = written(columns[place], sheet.stated_total(), sheet.format)
    cells[0 if place else 1] = "合计"
    return cells


def _csv(lines: list[list[Any]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(["" if cell is None else cell for cell in line] for line in lines)
    return buffer.getvalue().encode()


def _xlsx(lines: list[list[Any]]) -> bytes:
    book = Workbook()
    page = book.active
    for line in lines:
        page.append(line)
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
