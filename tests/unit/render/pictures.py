"""Tables that are pictured: a line with gaps and flags, bars of two series, a funnel, a waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from salescli.core.table import Chart, ChartKind, Column, Ratio, Report, Table, Value
from salescli.core.title import Title

AMOUNT = Column("amount", Title("金额", "Amount"), "money", currency="CNY")
TARGET = Column("target", Title("目标", "Target"), "money", currency="CNY")
NAME = Column("name", Title("名称", "Name"))
FLAG = Column("flag", Title("标记", "Flag"))
LATER = ("▲ 偏高", "▼ 偏低", "未完")


def table(kind: ChartKind, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]], marks: str = "") -> Table:
    series = tuple(column.key for column in columns if column.kind not in ("text", "bar"))
    chart = Chart(kind, Title("图 · 各项", "Picture of all"), columns[0].key, series, marks=marks)
    return Table("t", tuple(columns), tuple(rows), charts=(chart,))


def report(*tables: Table) -> Report:
    return Report("r", Title("报表", "Report"), tables)


MONTHS = table(
    "line",
    (Column("month", Title("月份", "Month")), AMOUNT, TARGET, FLAG),
    (
        ("2025-03", None, None, None),
        ("2025-04", Decimal("7217660.22"), Decimal(6000000), None),
        ("2025-05", Decimal("7608734.15"), Decimal(6000000), None),
        ("2025-06", Decimal("11340044.15"), Decimal(8000000), LATER[0]),
        ("2025-07", None, Decimal(8000000), None),
        ("2025-08", Decimal("4465185.74"), Decimal(8000000), LATER[1]),
        ("2025-09", Decimal("-1155172.16"), Decimal(8000000), LATER[1]),
        ("2025-10", Decimal("2000000"), Decimal(8000000), LATER[2]),
    ),
    marks="flag",
)
TEAMS = table(
    "bar",
    (NAME, AMOUNT, TARGET),
    (
        ("华东一部", Decimal("4910000.50"), Decimal(6000000)),
        ("South <b>&", Decimal("5200000"), Decimal(5000000)),
        ("名字长得无法在一张图里全部写出来的那个部门", Decimal("0.01"), None),
        ("新设", Decimal(0), Decimal(100)),
    ),
)
STAGES = table(
    "funnel",
    (NAME, Column("reached", Title("到达", "Reached"), "count")),
    (("线索", 412), ("需求", 288), ("方案", 161), ("赢单", 61)),
)
STEPS = table(
    "waterfall",
    (NAME, AMOUNT),
    (
        ("期初", Decimal(400)),
        ("新增", Decimal(300)),
        ("丢单", Decimal(-150)),
        ("赢单", Decimal(-50)),
        ("期末", Decimal(500)),
    ),
)
RATES = table(
    "line",
    (Column("month", Title("月份", "Month")), Column("rate", Title("赢单率", "Win rate"), "ratio")),
    tuple((f"2025-{month:02}", Ratio(month, 2 * month + 3)) for month in range(1, 10)),
)
PICTURED = {"line": MONTHS, "bar": TEAMS, "funnel": STAGES, "waterfall": STEPS, "rates": RATES}
