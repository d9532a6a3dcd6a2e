"""What a small team hands over in its first hour: March's receipts with names only, and last month's commission sheet.

The sheet pays 2 % of receipts, and misses one receipt of one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.chance import Chance
from generator.market import Customer, working_day
from generator.workbook import Table, typed, yuan

NAMES = ("王芳", "赵磊", "孙浩", "刘洋", "陈静", "杨帆", "张伟", "高峰")
FORGOTTEN_OF = "刘洋"
_NOTES = ("首付款", "进度款", "尾款", "年费", "", "", "")

Row = tuple[date, str, int, str, str]


def draw_rows(chance: Chance, customers: Sequence[Customer]) -> list[Row]:
    """Draw about forty receipts of March; one customer paid the same amount twice on one day."""
    served = {name: [customers[place * 5 + step] for step in range(5)] for place, name in enumerate(NAMES)}
    rows: list[Row] = []
    for step in range(40):
        name = NAMES[step % len(NAMES)]
        day = working_day(date(2026, 3, chance.between(2, 30)))
        amount = chance.skewed(12_000, 260_000) // 100 * 100_00 + chance.pick((0, 0, 0, 50, 88_30))
        rows.append((day, chance.pick(served[name]).name, amount, name, chance.pick(_NOTES)))
    day, customer, _, name, _ = rows[5]
    rows += [(day, customer, 36_000_00, name, "年费")] * 2
    return sorted(rows, key=lambda row: (row[0], row[1], row[2]))


def receipts_table(rows: Sequence[Row], as_text: bool = False) -> Table:
    """三月回款: 日期 客户 金额 业务员 备注, two title rows, a row 合计, no number column."""
    cells = [
        [
            day.isoformat() if as_text else day,
            customer,
            (typed(amount) if place % 9 == 4 else yuan(amount)),
            name,
            note or None,
        ]
        for place, (day, customer, amount, name, note) in enumerate(rows)
    ]
    sums = {"金额": sum(row[2] for row in rows)}
    titles = ["2026年3月回款明细", "制表:财务部   单位:元"]
    return Table("回款", titles, ["日期", "客户", "金额", "业务员", "备注"], cells, ("金额",), {"客户": 30}, sums)


def commission_table(rows: Sequence[Row]) -> Table:
    """三月提成: 2 % of each person's receipts; the largest receipt of one person is missing."""
    cells, total, paid = [], 0, 0
    for name in NAMES:
        amounts = sorted(row[2] for row in rows if row[3] == name)
        received = sum(amounts[:-1] if name == FORGOTTEN_OF else amounts)
        commission = (received * 2 + 50) // 100
        total, paid = total + received, paid + commission
        cells.append([name, yuan(received), yuan(commission)])
    sums = {"回款额": total, "提成": paid}
    return Table("提成", ["2026年3月提成表(回款 2%)"], ["姓名", "回款额", "提成"], cells, ("回款额", "提成"), sums=sums)
