"""A submission (上报目标): what a person or team says it will reach. It stands beside the target and never is one."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, day, field, ident, money, ref
from salescli.core.records.holders import HOLDER, holder_words
from salescli.core.records.model import RecordType
from salescli.core.records.target import LEVEL
from salescli.core.title import Title

RECORD = RecordType(
    name="submission",
    titles=Title("上报目标", "Submission"),
    aliases=("submissions", "bottom-up", "上报", "目标上报", "自报目标", "commit", "forecast call"),
    key=("metric", "level", "team", "person", "period"),
    fields=(
        ident("metric", "指标", "Metric", "指标名称", "目标项", required=True),
        LEVEL,
        ref("team", "team", "团队", "Team", "部门"),
        HOLDER,
        field(
            kinds.PERIOD,
            "period",
            "上报期间",
            "Submitted for",
            "期间",
            "月份",
            "季度",
            "年月",
            "month",
            "quarter",
            "period",
            required=True,
        ),
        money("amount", "上报金额", "Submitted amount", "上报值", "上报目标值", "自报金额", "金额", required=True),
        CURRENCY,
        day("submitted_on", "上报日期", "Submitted on", "提交日期", past=True),
        ref("by", "person", "上报人", "Submitted by", "提交人"),
        NOTE,
    ),
    date="submitted_on",
    paths={"person": ("person",), "team": ("team",)},
    wide=("period", "amount"),
    stand_ins={"person": holder_words({}), "team": holder_words({})},
)
