"""A dispute (疑问): what somebody asks about a month's commission, where it stands, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.fields import NOTE, choice, day, field, ident, ref, text
from salescli.core.records.model import RecordType, RuleBreak
from salescli.core.records.rules import in_order
from salescli.core.title import Title

SETTLED = ("answered", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Answered:
    """The rule that what is answered says the answer."""

    def __call__(self, values: Mapping[str, Any]) -> RuleBreak | None:
        """Check one record."""
        if values.get("state") not in SETTLED or values.get("answer"):
            return None
        return RuleBreak("dispute-without-answer", "state", {"state": values["state"]})

    def suspects(self, columns: Mapping[str, Sequence[Any]]) -> list[int]:
        """Return the rows that are settled without an answer; where there is no such column it may stand already."""
        if "state" not in columns or "answer" not in columns:
            return []
        pairs = enumerate(zip(columns["state"], columns["answer"], strict=True))
        return [index for index, (state, answer) in pairs if state in SETTLED and not answer]


_RAISED = day("raised_on", "提出日期", "Raised on", "疑问日期", "争议日期", past=True)
_ANSWERED = day("answered_on", "答复日期", "Answered on", "回复日期", past=True)

RECORD = RecordType(
    name="dispute",
    titles=Title("提成疑问", "Dispute"),
    aliases=("disputes", "疑问", "争议", "异议", "提成争议", "提成异议", "提成申诉", "commission disputes"),
    key=("number",),
    fields=(
        ident("number", "疑问编号", "Dispute number", "争议编号", "异议编号", "申诉编号", "dispute id", required=True),
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "employee", required=True),
        field(kinds.MONTH, "month", "疑问月份", "Disputed month", "月份", "期间", "month", "period", required=True),
        ident("component", "组件", "Component", "提成组件"),
        ident("transaction", "疑问单据", "Disputed transaction", "涉及单据", "争议单据"),
        text("question", "疑问内容", "Question", "疑问", "问题", "争议内容", "异议内容", required=True),
        _RAISED,
        text("raised_by", "提出人", "Raised by", "申诉人"),
        choice(
            "state",
            "疑问状态",
            "Dispute state",
            "状态",
            "state",
            default="open",
            choices={
                "open": ("open", "待答复", "待处理", "未处理"),
                "answered": ("answered", "已答复", "已回复"),
                "accepted": ("accepted", "已采纳", "成立", "接受"),
                "rejected": ("rejected", "已驳回", "驳回", "不成立"),
                "withdrawn": ("withdrawn", "已撤回", "撤回"),
            },
        ),
        text("answer", "答复", "Answer", "答复内容", "回复"),
        text("answered_by", "答复人", "Answered by", "回复人"),
        _ANSWERED,
        NOTE,
    ),
    date="raised_on",
    paths={"person": ("person",)},
    rules=(in_order(_RAISED, _ANSWERED), Answered()),
)
