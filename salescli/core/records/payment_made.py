"""What a person was really paid for a month (实发): beside earned and payable, never instead of them."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, day, field, money, ref
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="payment-made",
    titles=Title("实发记录", "Payment made"),
    aliases=("payments-made", "payments made", "实发", "实发表", "提成实发", "commission paid"),
    key=("period", "person", "currency"),
    fields=(
        field(kinds.PERIOD, "period", "发放月份", "Month paid", "提成月份", required=True),
        ref("person", "person", "收款人", "Paid to", "姓名", "员工", "人员", "工号", "employee", required=True),
        money("amount", "实发金额", "Amount paid", "实发", "实发提成", "paid", required=True),
        CURRENCY,
        day("paid_on", "发放日期", "Paid on", "支付日期", "payment date"),
        NOTE,
    ),
    paths={"person": ("person",)},
    note=Title(
        "由 commission pay --from 写入:与应发的差异列出,应发不因此改变。",
        "Written by commission pay --from: differences from payable are listed, payable never changes for them.",
    ),
)
