"""A deduction from a person's pay: how much, from which run on, and why. A plan's `payout.deductions` takes it."""

from __future__ import annotations

from salescli.core.records.fields import CURRENCY, NOTE, day, ident, money, ref, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="deduction",
    titles=Title("扣款", "Deduction"),
    aliases=("deductions", "扣款单", "扣款记录", "罚款", "penalty", "penalties"),
    key=("number",),
    pays=True,
    fields=(
        ident("number", "扣款编号", "Deduction number", "扣款单号", "deduction id", required=True),
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "employee", required=True),
        day("date", "扣款日期", "Date", "日期", "生效日期", "deducted on", required=True),
        money("amount", "扣款金额", "Amount", "金额", "应扣金额", "deduction", required=True),
        CURRENCY,
        text("reason", "扣款原因", "Reason", "原因", "事由", required=True),
        text("approved_by", "审批人", "Approved by", "批准人"),
        NOTE,
    ),
    date="date",
    paths={"person": ("person",)},
)
