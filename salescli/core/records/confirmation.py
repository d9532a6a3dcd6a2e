"""A confirmation (确认): what a manager said of somebody's commission in one run."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import NOTE, choice, day, field, ident, ref
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="confirmation",
    titles=Title("提成确认", "Confirmation"),
    aliases=("confirmations", "确认", "经理确认", "提成确认表"),
    key=("month", "run", "plan", "person"),
    fields=(
        field(kinds.MONTH, "month", "确认月份", "Confirmed month", "月份", "期间", "month", "period", required=True),
        ident("run", "运行编号", "Run", "运行", required=True),
        ident("plan", "提成方案", "Commission plan", "方案", "plan", required=True),
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "employee", required=True),
        choice(
            "said",
            "确认",
            "Confirmed",
            "是否确认",
            "confirmed?",
            choices={"yes": ("yes", "是", "已确认", "y", "√", "✓"), "no": ("no", "否", "未确认", "不确认", "n", "×")},
        ),
        ref("by", "person", "确认人", "Confirmed by", "经理", "manager"),
        day("on", "确认日期", "Confirmed on", past=True),
        NOTE,
    ),
    paths={"person": ("person",)},
)
