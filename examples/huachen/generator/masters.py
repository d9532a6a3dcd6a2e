"""The lists that the company keeps: people, roles, teams, customers, products, working days, grades."""

from __future__ import annotations

from datetime import date, timedelta

from generator.market import PRODUCTS, Customer, day_off, is_shifted, is_working
from generator.people import ACCOUNT_MANAGER, ASSIGNMENTS, HEAD_OFFICE, PEOPLE, PERSON, TEAMS, is_selling, label
from generator.workbook import Table

SCORECARD = "sales-kpi-2026"
# 0125 came in February and has no grade yet
GRADES = {
    "2025-Q4": {
        "0023": ("S", 96), "0031": ("B", 78), "0071": ("B", 81), "0085": ("B", 72), "0034": ("A", 88),
        "0042": ("B", 80), "0058": ("A", 86), "0103": ("C", 66), "0037": ("A", 91), "0112": ("B", 74),
        "0064": ("B", 79), "0076": ("C", 62), "0118": ("B", 71), "0039": ("A", 89), "0047": ("B", 77),
        "0069": ("B", 76), "0081": ("A", 85),
    },
    "2026-Q1": {
        "0023": ("A", 92), "0031": ("B", 73), "0071": ("B", 80), "0085": ("A", 85), "0034": ("A", 90),
        "0042": ("B", 76), "0058": ("B", 83), "0103": ("B", 71), "0037": ("S", 97), "0112": ("B", 75),
        "0064": ("C", 68), "0076": ("B", 70), "0118": ("B", 74), "0039": ("A", 87), "0047": ("B", 78),
        "0069": ("C", 64), "0081": ("B", 79), "0096": ("B", 72),
    },
}  # fmt: skip
_KNOWN_ON = {"2025-Q4": date(2026, 1, 9), "2026-Q1": date(2026, 3, 31)}


def people_table() -> Table:
    """花名册: two rows above the header, the first merged."""
    rows = [
        [
            each.number,
            each.name,
            f"1380000{int(each.number):04d}",
            f"e{each.number}@huachen.example",
            each.region or None,
            each.joined,
            each.left,
            "华辰科技(上海)有限公司" if each.region != "华北" else "华辰科技(北京)有限公司",
        ]
        for each in PEOPLE
    ]
    titles = ["华辰科技销售人员花名册", "截至 2026-03-31 · 人力资源部 · 部门与岗位见任职表"]
    header = ["工号", "姓名", "手机", "邮箱", "区域", "入职日期", "离职日期", "签约主体"]
    return Table("花名册", titles, header, rows, widths={"邮箱": 26, "签约主体": 28})


def assignments_table() -> Table:
    """任职: by number, with the role in words."""
    rows = [
        [each.person, each.start, each.last, each.role, each.team, label(each.manager) if each.manager else None,
         f"{PERSON[each.person].name} {each.note}".strip()]
        for each in ASSIGNMENTS
    ]  # fmt: skip
    header = ["工号", "生效日期", "截止日期", "岗位", "部门", "直属主管", "备注"]
    return Table("任职", ["任职记录"], header, rows, widths={"备注": 24})


def teams_table() -> Table:
    """团队: the sales centre and the four teams under it."""
    rows: list[list[str | None]] = [[HEAD_OFFICE, None, label("0001"), None]]
    rows += [[each.name, HEAD_OFFICE, label(each.manager), each.region] for each in TEAMS]
    return Table("团队", [], ["团队名称", "上级团队", "团队主管", "区域"], rows)


def customers_table(customers: list[Customer]) -> Table:
    """客户: with the account manager of today."""
    rows = [
        [
            each.number,
            each.name,
            each.group or None,
            label(_owner_today(each)),
            each.region,
            each.grade,
            each.industry,
            each.source,
            each.since,
            each.phone,
        ]
        for each in customers
    ]
    header = [
        "客户编号",
        "客户名称",
        "所属集团",
        "客户负责人",
        "区域",
        "客户级别",
        "行业",
        "客户来源",
        "首次合作日期",
        "联系电话",
    ]
    return Table("客户", ["客户档案"], header, rows, widths={"客户名称": 30, "联系电话": 16})


def _owner_today(customer: Customer) -> str:
    return customer.owner if is_selling(customer.owner, date(2026, 4, 1)) else "0118"


def products_table() -> Table:
    """产品价目."""
    rows = [[each.number, each.name, each.line, each.family, each.price, each.unit] for each in PRODUCTS]
    titles = ["华辰科技产品价目表(2026 版)", "单位:元"]
    header = ["产品编号", "产品名称", "产品线", "产品系列", "标准价", "计量单位"]
    return Table("产品", titles, header, rows, widths={"产品名称": 20})


def ratings_table() -> Table:
    """绩效: the quarterly grades of the account managers."""
    rows = [
        [SCORECARD, number, period, grade, score, _KNOWN_ON[period]]
        for period, grades in GRADES.items()
        for number, (grade, score) in grades.items()
    ]
    header = ["考核方案", "工号", "考核期", "绩效等级", "得分", "公布日期"]
    return Table("绩效", [f"{ACCOUNT_MANAGER}季度绩效"], header, rows)


def calendar_table() -> Table:
    """工作日历: every day of 2026, as the notice of 调休 has it."""
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    rows = [
        [day, "是" if is_working(day) else "否", day_off(day) or ("调休上班" if is_shifted(day) else None)]
        for day in days
    ]
    return Table("工作日历", ["2026 年工作日历"], ["日期", "是否工作日", "节日"], rows)
