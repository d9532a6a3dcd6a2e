"""What payroll really paid as commission for January 2026 (实发表), typed as it was paid.

It follows the closed run of January but for three lines, which is what the sheet is for: two digits of 张伟 changed
places, 黄志强 was forgotten, and 冯涛 was paid an amount that no run made payable.
"""

from __future__ import annotations

from generator.people import PERSON
from generator.workbook import Table, yuan

PAID = {
    "0012": 4_921_65, "0015": 4_894_07, "0018": 7_218_52, "0021": 5_255_10, "0031": 4_653_19, "0037": 1_976_89,
    "0039": 8_210_86, "0058": 2_551_96, "0064": 2_243_91, "0069": 4_148_21, "0071": 4_395_77, "0076": 6_194_01,
    "0081": 3_096_10, "0085": 3_177_00, "0096": 500_00, "0112": 2_072_07, "0118": 6_256_04,
}  # fmt: skip


def table() -> Table:
    """Build the sheet."""
    rows = [[number, PERSON[number].name, yuan(paid)] for number, paid in PAID.items()]
    titles = ["华辰科技 2026 年 1 月提成实发表", "单位:元 · 人力资源部 · 2026-02-15 发放"]
    sums = {"实发金额": sum(PAID.values())}
    return Table("实发", titles, ["工号", "姓名", "实发金额"], rows, ("实发金额",), sums=sums)
