"""A manual adjustment (手工调整): an amount decided for somebody and a month, why, and who approved it."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, day, field, ident, money, ref, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="adjustment",
    titles=Title("手工调整", "Adjustment"),
    aliases=("adjustments", "提成调整", "调整单", "手工调整单", "提成手工调整", "manual adjustments"),
    key=("number",),
    pays=True,
    fields=(
        ident("number", "调整编号", "Adjustment number", "调整单号", "adjustment id", "adjustment key", required=True),
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "employee", required=True),
        ident("plan", "提成方案", "Commission plan", "方案", "plan", note=Title("空:当月所在的方案", "blank: theirs")),
        ident("component", "组件", "Component", "提成组件", note=Title("只用于归类", "for grouping only")),
        field(kinds.MONTH, "month", "调整月份", "Adjusted month", "月份", "期间", "month", "period", required=True),
        money("amount", "调整金额", "Adjustment amount", "金额", "amount", required=True),
        CURRENCY,
        text("reason", "调整原因", "Adjustment reason", "原因", "事由", "reason", required=True),
        text("author", "调整人", "Adjusted by", "经办人", "author"),
        text("approved_by", "审批人", "Approved by", "批准人"),
        day("approved_on", "审批日期", "Approved on", "批准日期", past=True),
        ref("dispute", "dispute", "疑问", "Dispute", "疑问编号", "争议编号", "dispute number"),
        NOTE,
    ),
    date="month",
    paths={"person": ("person",)},
)
