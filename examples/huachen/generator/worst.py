"""What a branch sends on the last day: receipts with all that can be wrong in a sheet, and their correction."""

from __future__ import annotations

from generator.workbook import Table

_HEADER = ("回款编号", "到账日期", "付款单位", "合同编号", "回款金额", "经办", "备注")
_ROWS = (
    ("HN-001", "02/03/2026", "深圳联创投资集团", "HC-2024-0002", "20,000.00", "张伟", None),
    ("HN-002", "05/03/2026", "厦门光远医疗器械", "HC-2024-0003", "12,5O0", "张伟", None),
    ("HN-003", "06/03/2026", "广州千帆新能源有限公司", "HC-2025-0013", "(1,500.00)", "李娜", "红冲"),
    ("HN-004", "09/03/2026", "深圳康宁船务有限公司", "HC-2024-9999", "￥8600", "张伟", None),
    ("HN-005", "12/03/2026", "佛山六合电子", None, "1.2万", None, "待认领"),
    ("HN-005", "12/03/2026", "佛山六合电子", None, "1.3万", None, None),
)
_TOTAL = 64_600_00
# place in the sheet, bad column, what it should say
_CORRECTED: tuple[tuple[int, str, dict[int, str]], ...] = (
    (1, "E", {4: "12,500"}),
    (3, "D", {3: "HC-2024-0073"}),
    (4, "", {}),
    (5, "", {0: "HN-006"}),
)


def receipts_table() -> Table:
    """Return the sheet as it comes."""
    titles = ("华南三月回款登记(请勿外传)", "单位:元")
    return Table("回款", titles, _HEADER, _ROWS, summed=("回款金额",), sums={"回款金额": _TOTAL})


def corrected_table() -> Table:
    """Return the rows that are rejected, as somebody has corrected them in the workbook of rejected rows."""
    rows = []
    for place, column, cells in _CORRECTED:
        row = [cells.get(at, cell) for at, cell in enumerate(_ROWS[place])]
        rows.append((*row, place + 4, column, None, None))
    return Table("Sheet1", (), (*_HEADER, "_row", "_column", "_error", "_hint"), rows)
