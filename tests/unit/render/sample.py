"""One rich report that every format must be able to show: all blocks, all kinds, both languages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from salescli.core.table import Column, Facts, Line, Prose, Ratio, Report, Table, Trace
from salescli.core.title import Title

ATTAINED = Column("attainment", Title("达成", "Attainment"), "ratio", thresholds=(Fraction(1),))
AMOUNT = Column("amount", Title("金额", "Amount"), "money", currency="CNY")

CHECKED = datetime(2026, 3, 22, 18, 40)  # noqa: DTZ001  moments are stored local
SENTENCE = (
    "提成按回款计算,以到账日期为准;退款冲减原月份。 Commission is earned on receipts, on the day of their value date."
)
SHANGHAI, NINGBO = (Title(name, name) for name in ("R-0412 上海港通", "R-0415 宁波远洋"))

HEAD = Facts(
    "head",
    (
        (Column("person", Title("人员", "Person")), "王芳"),
        (Column("since", Title("入职", "Since"), "date"), date(2024, 3, 1)),
        (Column("accrued", Title("本月应计", "Accrued this month"), "money", currency="CNY"), Decimal("20940")),
        (Column("rate", Title("首档比例", "First rate"), "rate"), Decimal("0.03")),
        (Column("deals", Title("商机数", "Deals"), "count"), 1412),
        (Column("new", Title("新客户达成", "New customers"), "ratio"), Ratio(0, 0)),
        (Column("note", Title("备注", "Note")), None),
    ),
)

TEAMS = Table(
    "teams",
    (
        Column("team", Title("团队", "Team")),
        Column("code", Title("编号", "Code"), "id"),
        Column("target", Title("目标", "Target"), "money", currency="CNY"),
        Column("actual", Title("实际回款", "Actual receipts"), "money", currency="CNY"),
        ATTAINED,
        Column("pace", Title("进度", "Pace"), "bar"),
        Column("quantity", Title("数量", "Quantity"), "quantity"),
        Column("share", Title("份额", "Share"), "rate"),
        Column("as_of", Title("截至", "As of"), "date"),
        Column("checked", Title("核对时间", "Checked at"), "moment"),
        Column("closed", Title("已关账", "Closed"), "flag"),
        Column("remark", Title("说明", "Remark")),
    ),
    (
        (
            "华东一部",
            "0071",
            Decimal("6000000"),
            Decimal("4910000.50"),
            Ratio(Decimal("4910000.50"), Decimal(6000000)),
            Ratio(Decimal("4910000.50"), Decimal(6000000)),
            Decimal("12.5000"),
            Decimal("0.5"),
            date(2026, 3, 22),
            CHECKED,
            True,
            "缺口最大:李娜 −640,000,已与客户上海港通物流约定四月补签",
        ),
        (
            "South (华南部)",
            "0072",
            Decimal("5000000"),
            Decimal("-2620000"),
            Ratio(Decimal("-2620000"), Decimal(5000000)),
            Ratio(Decimal("-2620000"), Decimal(5000000)),
            Decimal("3"),
            Decimal("0.025"),
            date(2026, 3, 1),
            None,
            False,
            '=HYPERLINK("http://x")',
        ),
        (
            "North",
            "=1+1",
            Decimal("1000000"),
            Decimal("999900"),
            Ratio(999900, 1000000),
            Ratio(999900, 1000000),
            Decimal("1000"),
            None,
            None,
            None,
            None,
            "-2+3",
        ),
        ("新设部门", "0074", None, Decimal("0.0001"), Ratio(0, 0), Ratio(0, 0), None, None, None, None, None, None),
    ),
    title=Title("各团队回款", "Receipts by team"),
    total=(
        None,
        None,
        Decimal("12000000"),
        Decimal("3289900.5001"),
        Ratio(Decimal("3289900.5001"), Decimal(12000000)),
        None,
        Decimal("1015.5"),
        None,
        None,
        None,
        None,
        None,
    ),
)

EMPTY = Table(
    "missed",
    (Column("component", Title("组件", "Component")), AMOUNT),
    (),
    title=Title("未命中", "Not reached"),
    empty=Title("本月无新客户(口径:首次回款满 20,000)", "no new customers this month (first receipt of 20,000)"),
)

WHY = Trace(
    "explain",
    (
        Line(
            Title("窗口 2026 年累计 · 分段累进", "Window year to date · slice by slice"),
            source="config/plans/account-manager-2026.yaml:22",
            children=(
                Line(
                    Title("462,000 → 500,000 × 3 %", "462,000 → 500,000 × 3 %"),
                    Decimal("1140"),
                    AMOUNT,
                    "config/plans/account-manager-2026.yaml:26",
                ),
                Line(
                    Title("500,000 → 780,000 × 5 %", "500,000 → 780,000 × 5 %"),
                    Decimal("14000"),
                    AMOUNT,
                    "config/plans/account-manager-2026.yaml:27",
                    children=(
                        Line(SHANGHAI, Decimal("120000"), AMOUNT, "inbox/回款-3月.xlsx!回款!17"),
                        Line(NINGBO, Decimal("98000.125"), AMOUNT, "inbox/回款-3月.xlsx!回款!22"),
                    ),
                ),
            ),
        ),
        Line(
            Title("门槛 回款率 ≥ 70 % ✓", "Gate: collection rate ≥ 70 % ✓"),
            Ratio(720000, 1000000),
            Column("gate", Title("回款率", "Collection rate"), "ratio", thresholds=(Fraction(7, 10),)),
            "scorecards/2026-Q1",
        ),
        Line(Title("距下一档", "To the next tier"), Decimal("220000")),
    ),
    title=Title("阶梯回款提成", "Commission on receipts"),
)

TERMS = Prose(
    "terms",
    (
        (SENTENCE, "plan.yaml:3"),
        ("=SUM(A1:A9) | *not* a formula <b>", ""),
    ),
    title=Title("条款", "Terms"),
    numbered=True,
)

SAMPLE = Report(
    "sample",
    Title("王芳 · 2026-03 · 回款", "王芳 · 2026-03 · receipts"),
    (HEAD, TEAMS, EMPTY, WHY, TERMS),
    footer=(Title("数据截至 2026-03-22", "data through 2026-03-22"), Title("批次 57", "batch 57")),
    notes=((Title("口径", "Definition"), "receipts-net"), (Title("批次", "Batch"), "57")),
    next=("salescli commission close 2026-03", 'salescli record show deal "D 1"'),
    data={"run": 14, "amount": Decimal("1.5"), "on": date(2026, 3, 31), "ratio": Ratio(1, 3)},
)
