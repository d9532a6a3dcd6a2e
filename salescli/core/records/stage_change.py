"""A deal entered a stage at a moment."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, field, money, ref, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="stage-change",
    titles=Title("阶段变更", "Stage change"),
    aliases=("stage changes", "stage history", "阶段历史", "阶段记录", "商机阶段变更"),
    key=("deal", "stage", "at"),
    fields=(
        ref(
            "deal",
            "deal",
            "商机",
            "Deal",
            "商机编号",
            "商机名称",
            "opportunity",
            "opportunity id",
            "deal number",
            required=True,
        ),
        text("stage", "阶段", "Stage", "销售阶段", "新阶段", "to stage", required=True),
        field(
            kinds.MOMENT,
            "at",
            "变更时间",
            "At",
            "进入时间",
            "变更日期",
            "日期",
            "时间",
            "date",
            "changed at",
            required=True,
            past=True,
        ),
        money("amount", "金额", "Amount", "商机金额"),
        CURRENCY,
        ref("by", "person", "操作人", "By", "变更人", "changed by"),
        NOTE,
    ),
    date="at",
    paths={"person": ("deal.owner",), "customer": ("deal.customer",), "stage": ("stage",)},
)
