"""One file per problem that reading a spreadsheet can name: what makes it appear, and where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from salescli.core.records.profile import FileProfile, Profile
from tests.unit.importers.files import DEALS, RECEIPTS, csv_text, edited, far_corner, with_part, xlsx

Level = Literal["blocking", "decisions", "problems", "notes"]
Content = bytes | Callable[[], bytes]

RECEIPT = ["2026-03-02", "上海港通", 120000, "王芳", None]
DEAL = ["D-1", "项目", "上海港通", "王芳", 120000, "2026-03-02"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ACCEPTED_MDY = Profile("own", (FileProfile("*", dates={"创建日期": {"00/00/0000": "mdy"}}),))
SKIPS = Profile("own", (FileProfile("*", skip=True),))


@dataclass(frozen=True)
class Reproducer:
    """A file, the options it is read with, and the level at which the problem is reported."""

    level: Level
    file: str
    content: Content
    options: dict[str, Any] = field(default_factory=dict)
    cell: str | None = None

    def build(self) -> bytes:
        """Return the bytes of the file."""
        return self.content() if callable(self.content) else self.content


def receipts(
    *rows: list[Any], above: tuple[list[Any], ...] = (), header: tuple[str, ...] = RECEIPTS
) -> Callable[[], bytes]:
    return lambda: xlsx({"回款": [*above, header, *rows]})


def deals(*rows: list[Any], header: tuple[str, ...] = DEALS) -> Callable[[], bytes]:
    return lambda: xlsx({"商机": [header, *rows]})


def formatted(*formats: str, header: str = "金额") -> Callable[[], bytes]:
    """Receipts whose amounts have these number formats."""

    def apply(book: Any) -> None:
        for row, code in enumerate(formats, 2):
            book["Sheet1"].cell(row, 3).number_format = code

    rows = [[f"R-{number}", "2026-01-01", 12] for number in range(len(formats))]
    return lambda: xlsx([["回款编号", "到账日期", header], *rows], apply)


def dates(*cells: str) -> Callable[[], bytes]:
    """Deals created on days that are written so."""
    rows = [[f"D-{number}", *DEAL[1:5], cell] for number, cell in enumerate(cells)]
    return lambda: csv_text([DEALS, *rows]).encode()


def table(header: list[str], *rows: list[Any], sheet: str = "Sheet1") -> Callable[[], bytes]:
    return lambda: xlsx({sheet: [header, *rows]})


def _hidden(book: Any) -> None:
    book.create_sheet("旧").append(["x"])
    book["旧"].sheet_state = "hidden"


def _entities() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return edited(
        xlsx({"回款": [RECEIPTS, RECEIPT]}),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<worksheet", declared + "<worksheet", 1),
    )


def _endless_cell() -> bytes:
    return edited(
        xlsx({"回款": [RECEIPTS, RECEIPT]}),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("上海港通", "x" * 1_400_000),
    )


def _web_page() -> bytes:
    rows = ("".join(f"<td>{cell or ''}</td>" for cell in row) for row in (RECEIPTS, RECEIPT))
    return f"<html><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></html>".encode()


def _hidden_row() -> bytes:
    def hide(book: Any) -> None:
        book["回款"].row_dimensions[2].hidden = True

    return xlsx({"回款": [RECEIPTS, RECEIPT]}, hide)


def _merged() -> bytes:
    def merge(book: Any) -> None:
        book["回款"].merge_cells("B2:B3")

    return xlsx({"回款": [RECEIPTS, RECEIPT, ["2026-03-03", None, 5, "王芳", None]]}, merge)


AUTO = {"auto_key": True}
REFUNDS = ("退款编号", "退款日期", "退款金额")
REPRODUCERS: dict[str, Reproducer] = {
    "empty-file": Reproducer("blocking", "a.xlsx", b""),
    "damaged-file": Reproducer("blocking", "a.xlsx", lambda: xlsx([RECEIPTS])[:3000]),
    "encrypted-workbook": Reproducer(
        "blocking", "a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    ),
    "macro-workbook": Reproducer(
        "blocking", "a.xlsm", lambda: with_part(xlsx([RECEIPTS]), "xl/vbaProject.bin", b"x")
    ),
    "not-a-spreadsheet": Reproducer(
        "blocking", "a.xls", OLE + b"\0" * 3000 + "WordDocument".encode("utf-16-le")
    ),
    "binary-file": Reproducer("blocking", "a.xls", b"\x89PNG\r\n\0\0\0"),
    "web-page": Reproducer("blocking", "a.xls", b"<html><p>1</p></html>"),
    "web-page-read": Reproducer("notes", "a.xls", _web_page, AUTO),
    "text-as-workbook": Reproducer("blocking", "a.xlsx", "日期,客户\n".encode()),
    "nul-in-text": Reproducer("blocking", "a.csv", b"a,b\n1,\x002\n"),
    "bad-encoding": Reproducer("blocking", "a.csv", "金额\n".encode("gb18030"), {"encoding": "utf-8"}),
    "bad-quotes": Reproducer("blocking", "a.csv", '日期,客户,金额\n2026-03-01,"甲,1\n'.encode()),
    "zip-bomb": Reproducer(
        "blocking", "a.xlsx", lambda: with_part(xlsx([["x"]]), "xl/worksheets/sheet9.xml", b" " * 30_000_000)
    ),
    "xml-entities": Reproducer("blocking", "a.xlsx", _entities),
    "cell-too-long": Reproducer("blocking", "a.xlsx", _endless_cell),
    "range-too-large": Reproducer("blocking", "a.xlsx", far_corner),
    "empty-workbook": Reproducer("blocking", "a.xlsx", lambda: xlsx([])),
    "pivot-without-cells": Reproducer(
        "blocking", "a.xlsx", lambda: with_part(xlsx([]), "xl/model/item.data", b"x")
    ),
    "no-such-sheet": Reproducer("blocking", "a.xlsx", receipts(RECEIPT), {"sheet": "退款"}),
    "file-skipped": Reproducer("notes", "a.xlsx", receipts(RECEIPT), {"profile": SKIPS}),
    "profile-does-not-fit": Reproducer(
        "notes", "a.xlsx", deals(DEAL), {"profile": Profile("own", (FileProfile("b*"),))}
    ),
    "type-by-content": Reproducer("notes", "a.csv", receipts(RECEIPT), AUTO),
    "encoding-found": Reproducer(
        "notes", "回款.csv", lambda: csv_text([RECEIPTS, RECEIPT]).encode("gb18030"), AUTO
    ),
    "hidden-sheet": Reproducer("notes", "a.xlsx", lambda: xlsx({"回款": [RECEIPTS, RECEIPT]}, _hidden), AUTO),
    "empty-sheet": Reproducer("notes", "a.xlsx", lambda: xlsx({"回款": [RECEIPTS, RECEIPT], "空": []}), AUTO),
    "header-not-found": Reproducer("blocking", "a.xlsx", table(["甲", "乙"], ["1", "2"]), {"as_type": "deal"}),
    "sheet-not-recognised": Reproducer("blocking", "a.xlsx", table(["甲", "乙"], ["1", "2"])),
    "type-unclear": Reproducer(
        "decisions", "a.csv", b"Company,Stage,Date,Amount\nBetatech,S1,2018-07-18,95000\n"
    ),
    "column-missing": Reproducer("blocking", "a.xlsx", receipts(["上海港通", 5], header=("客户", "金额")), cell="1"),
    "column-proposed": Reproducer(
        "notes", "a.xlsx", deals([*DEAL, "转介绍"], header=(*DEALS, "商机的来源")), cell="G1"
    ),
    "columns-unmapped": Reproducer("notes", "a.xlsx", deals([*DEAL, "x"], header=(*DEALS, "星座"))),
    "no-such-column": Reproducer("blocking", "a.xlsx", receipts(RECEIPT), {"keys": ("票号", "日期")}),
    "unit-applied": Reproducer("notes", "a.xlsx", receipts(RECEIPT, above=(["单位:万元"],)), AUTO, "C2"),
    "units-differ": Reproducer(
        "notes",
        "a.xlsx",
        receipts(RECEIPT, above=(["单位:万元"],), header=("日期", "客户", "金额(元)", "业务员", "备注")),
        AUTO,
        "C2",
    ),
    "key-needed": Reproducer("decisions", "a.xlsx", receipts(RECEIPT)),
    "key-made": Reproducer("notes", "a.xlsx", receipts(RECEIPT), AUTO),
    "no-rows": Reproducer("blocking", "a.xlsx", deals()),
    "merged-filled": Reproducer("notes", "a.xlsx", _merged, AUTO),
    "footnote-skipped": Reproducer(
        "notes", "a.xlsx", receipts(RECEIPT, ["合计", None, 120000], ["制表人:李娜"]), AUTO, "4"
    ),
    "totals-differ": Reproducer("problems", "a.xlsx", receipts(RECEIPT, ["合计", None, 130000]), AUTO, "C3"),
    "totals-differ-rejected": Reproducer(
        "problems", "a.xlsx", receipts(RECEIPT, [*RECEIPT[:2], "1O", *RECEIPT[3:]], ["合计", None, 120010]), AUTO, "C4"
    ),
    "header-too-far": Reproducer(
        "blocking", "a.xlsx", receipts(RECEIPT, above=tuple(["说明"] for _ in range(25))), cell=""
    ),
    "column-ambiguous": Reproducer(
        "decisions", "a.xlsx", receipts([*RECEIPT, 5], header=(*RECEIPTS, "金额")), AUTO, "F1"
    ),
    "column-repeated": Reproducer(
        "notes", "a.xlsx", receipts([*RECEIPT, 120000], header=(*RECEIPTS, "金额")), AUTO, "F1"
    ),
    "column-without-header": Reproducer(
        "notes", "a.xlsx", receipts([*RECEIPT, "x"], header=(*RECEIPTS, None)), AUTO, "F"
    ),
    "row-too-long": Reproducer(
        "problems", "a.csv", "日期,客户,金额,业务员\n2026-03-02,甲,1,200,王芳\n".encode(), AUTO, "2"
    ),
    "rows-short": Reproducer(
        "notes", "a.csv", "日期,客户,金额,业务员\n2026-03-02,甲,1\n".encode(), AUTO, "2"
    ),
    "hidden-rows-read": Reproducer("notes", "a.xlsx", _hidden_row, AUTO),
    "other-table": Reproducer(
        "problems",
        "a.xlsx",
        receipts(RECEIPT, [], ["退款"], ["退款日期", "客户", "退款金额", "合同编号"], RECEIPT),
        AUTO,
        "4",
    ),
    "total-without-value": Reproducer("notes", "a.xlsx", receipts(RECEIPT, ["合计", None, "=SUM(C2:C2)"]), AUTO, "C3"),
    "bad-amount": Reproducer("problems", "a.xlsx", deals([*DEAL[:4], "12,5O0", DEAL[5]]), cell="E2"),
    "finer-than-0.0001": Reproducer("problems", "a.xlsx", deals([*DEAL[:4], 0.12345, DEAL[5]]), cell="E2"),
    "bad-date": Reproducer("problems", "a.xlsx", deals([*DEAL[:5], "2026-02-30"]), cell="F2"),
    "bad-flag": Reproducer(
        "problems", "a.xlsx", table(["日期", "是否工作日"], ["2026-01-01", "也许"], sheet="日历"), cell="B2"
    ),
    "bad-whole-number": Reproducer("problems", "a.xlsx", table(["客户名称", "员工数"], ["甲", "1.5"]), cell="B2"),
    "bad-rate": Reproducer("problems", "a.xlsx", deals([*DEAL, "高%"], header=(*DEALS, "赢率")), cell="G2"),
    "bad-share": Reproducer(
        "problems",
        "a.xlsx",
        table(["合同编号", "姓名", "比例"], ["HT-1", "王芳", "33.33333%"], sheet="分成"),
        cell="C2",
    ),
    "formula-error": Reproducer("problems", "a.xlsx", deals([*DEAL[:4], "#REF!", DEAL[5]]), cell="E2"),
    "formula-without-value": Reproducer("problems", "a.xlsx", deals([*DEAL[:4], "=1+2", DEAL[5]]), cell="E2"),
    "damaged-number": Reproducer(
        "problems", "a.csv", csv_text([DEALS, ["6.93E+12", *DEAL[1:]]]).encode(), cell="A2"
    ),
    "date-order-unknown": Reproducer("decisions", "a.csv", dates("03/04/2026"), cell="F"),
    "date-order-proposed": Reproducer("decisions", "a.csv", dates("2026-03-01", "03/04/2026", "03/08/2026"), cell="F"),
    "date-orders-mixed": Reproducer("decisions", "a.csv", dates("13/01/2026", "01/13/2026"), cell="F"),
    "date-order-contradicted": Reproducer(
        "decisions", "a.csv", dates("13/01/2026", "03/04/2026"), {"date_order": "mdy"}, "F"
    ),
    "profile-order-contradicted": Reproducer(
        "decisions", "a.csv", dates("13/01/2026", "03/04/2026"), {"profile": ACCEPTED_MDY}, "F"
    ),
    "date-order-outdated": Reproducer(
        "decisions", "a.csv", dates("2026-03-01", "04/03/2026", "08/03/2026"), {"profile": ACCEPTED_MDY}, "F"
    ),
    "dates-proved": Reproducer("notes", "a.csv", dates("13/01/2026", "03/04/2026"), cell="F"),
    "dates-accepted": Reproducer(
        "notes", "a.csv", dates("2026-03-01", "03/04/2026", "03/08/2026"), {"accept_dates": True}, "F"
    ),
    "dates-half-converted": Reproducer(
        "notes",
        "a.xlsx",
        deals(
            *([f"D-{day}", *DEAL[1:5], date(2026, day, 3)] for day in range(1, 7)),
            *([f"E-{day}", *DEAL[1:5], f"{day}/03/2026"] for day in range(13, 20)),
        ),
        cell="F",
    ),
    "percent-unproved": Reproducer("decisions", "a.xlsx", deals([*DEAL, 0.5], header=(*DEALS, "赢率")), cell="G"),
    "percent-contradicted": Reproducer(
        "decisions", "a.xlsx", deals([*DEAL, 50], header=(*DEALS, "赢率")), {"percent": "fraction"}, "G"
    ),
    "unknown-choice": Reproducer(
        "problems",
        "a.xlsx",
        table(["合同编号", "客户", "签订日期", "合同类型"], ["HT-1", "甲", "2026-01-01", "新线"]),
        cell="D2",
    ),
    "currency-contradicts": Reproducer(
        "problems",
        "a.xlsx",
        table(["回款编号", "到账日期", "金额", "币种"], ["R-1", "2026-01-01", "€100", "CNY"]),
        cell="C2",
    ),
    "currency-by-format": Reproducer("notes", "a.xlsx", formatted("[$€-2] #,##0"), {"base_currency": "CNY"}, "C"),
    "currency-format-differs": Reproducer(
        "notes", "a.xlsx", formatted("[$€-2] #,##0", header="金额(人民币)"), {"base_currency": "CNY"}, "C2"
    ),
    "currency-formats-mixed": Reproducer(
        "decisions", "a.xlsx", formatted("[$€-2] #,##0", "General"), {"base_currency": "CNY"}, "C"
    ),
    "unit-by-format": Reproducer("decisions", "a.xlsx", formatted('0.00"万元"'), cell="C2"),
    "equal-on-other-sheet": Reproducer(
        "notes", "a.xlsx", lambda: xlsx({"华东": [RECEIPTS, RECEIPT], "华南": [RECEIPTS, RECEIPT]}), AUTO
    ),
    "units-mixed": Reproducer(
        "blocking",
        "a.xlsx",
        receipts([*RECEIPT, "万元"], [*RECEIPT, "元"], header=(*RECEIPTS, "单位")),
        AUTO,
        "F1",
    ),
    "amounts-unread": Reproducer(
        "notes", "客户.xlsx", table(["客户名称", "行业", "1月"], ["上海港通", "物流", 100])
    ),
    "status-unread": Reproducer(
        "notes", "a.xlsx", receipts([*RECEIPT, "作废"], header=(*RECEIPTS, "状态")), AUTO, "F"
    ),
    "people-in-one-cell": Reproducer("notes", "a.xlsx", receipts([*RECEIPT[:3], "王芳/李娜", None]), AUTO, "D"),
    "refunds-turned": Reproducer("notes", "a.xlsx", table(REFUNDS, ["T-1", "2026-01-01", -100]), cell="C"),
    "refunds-below-zero": Reproducer(
        "notes", "a.xlsx", table(REFUNDS, ["T-1", "2026-01-01", -100], ["T-2", "2026-01-01", 100]), cell="C"
    ),
    "named-like-a-total": Reproducer(
        "problems",
        "a.xlsx",
        receipts(RECEIPT, ["2026-03-31", "本月合计", 5, "王芳", None]),
        AUTO,
        "B3",
    ),
    "unknown-currency": Reproducer(
        "problems",
        "a.xlsx",
        table(["回款编号", "到账日期", "金额", "币种"], ["R-1", "2026-01-01", "100", "第三方"]),
        cell="D2",
    ),
    "cell-blank": Reproducer("problems", "a.xlsx", deals([None, *DEAL[1:]]), cell="A2"),
    "null-in-key": Reproducer("problems", "a.xlsx", deals(["-", *DEAL[1:]]), cell="A2"),
    "duplicate-record": Reproducer("problems", "a.xlsx", deals(DEAL, [*DEAL[:4], 5, DEAL[5]]), cell="2"),
    "set-rejected": Reproducer(
        "problems",
        "a.xlsx",
        table(["合同编号", "姓名", "比例"], ["HT-1", "王芳", "50%"], ["HT-1", "赵磊", "一半"], sheet="分成"),
        cell="C2",
    ),
    "unknown-type": Reproducer("blocking", "a.xlsx", receipts(RECEIPT), {"as_type": "recept"}),
    "unknown-field": Reproducer("blocking", "a.xlsx", deals(DEAL), {"maps": {"金额": "amont"}}),
    "wide-year-unknown": Reproducer(
        "blocking",
        "a.xlsx",
        table(["指标", "姓名", "1月", "2月"], ["receipts-net", "王芳", 1, 2], sheet="目标"),
        cell="C1",
    ),
    "wide-needs-months": Reproducer(
        "blocking",
        "a.xlsx",
        table(["指标", "姓名", "2026-Q1", "2026-Q2"], ["receipts-net", "王芳", 1, 2], sheet="目标"),
        cell="C1",
    ),
    "wide-month-twice": Reproducer(
        "blocking",
        "a.xlsx",
        table(["指标", "姓名", "2026-01", "2026年1月"], ["receipts-net", "王芳", 1, 2], sheet="目标"),
        cell="D1",
    ),
    "wide-sum-differs": Reproducer(
        "problems",
        "a.xlsx",
        table(["指标", "姓名", "2026-01", "2026-02", "合计"], ["receipts-net", "王芳", 1, 2, 4], sheet="目标"),
        cell="E2",
    ),
    "constant-bad": Reproducer(
        "blocking",
        "a.xlsx",
        table(["指标", "姓名", "2026-01", "2026-02"], ["receipts-net", "王芳", 1, 2], sheet="目标"),
        {"constants": {"level": "最高"}},
    ),
}  # fmt: skip
