"""A target: the only quota that anything reads. One metric, one level, one month, one holder.

Of several versions of a month, the newest effective one counts. A version that is `withdrawn` says that the holder has
no target for the month any more (left, moved, a seat that was filled): nothing, which is not a target of 0.
"""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, field, ident, money, ref
from salescli.core.records.holders import DIRECT_WORDS, GAP_WORDS, HOLDER, NOBODY_WORDS, holder_words
from salescli.core.records.model import RecordType
from salescli.core.records.rules import bounded
from salescli.core.title import Title

LEVEL = field(
    kinds.ENUM,
    "level",
    "档位",
    "Level",
    "目标档",
    default="base",
    choices={
        "base": ("base", "目标", "保底", "基本"),
        "stretch": ("stretch", "冲刺"),
        "challenge": ("challenge", "挑战"),
    },
)
_AMOUNT = money("amount", "目标值", "Amount", "目标金额", "目标", "任务额", "quota", "target", required=True)

RECORD = RecordType(
    name="target",
    titles=Title("目标", "Target"),
    aliases=("targets", "quota", "quotas", "业绩目标", "任务", "指标"),
    key=("metric", "level", "team", "person", "seat", "month", "effective_from"),
    fields=(
        ident("metric", "指标", "Metric", "指标名称", "目标项", required=True),
        LEVEL,
        ref("team", "team", "团队", "Team", "部门"),
        HOLDER,
        ident("seat", "空缺席位", "Vacant seat", "席位"),
        field(kinds.MONTH, "month", "月份", "Month", "期间", "年月", "period", required=True),
        _AMOUNT,
        CURRENCY,
        field(kinds.MONTH, "effective_from", "版本生效月", "Effective from", "生效月份"),
        NOTE,
        field(kinds.FLAG, "withdrawn", "目标终止", "Withdrawn", "终止", "no longer a target"),
    ),
    date="month",
    paths={"person": ("person",), "team": ("team",)},
    wide=("month", "amount"),
    rules=(bounded(_AMOUNT, refuses=False),),
    stand_ins={
        "person": holder_words({"ramp-gap": GAP_WORDS, "nobody": NOBODY_WORDS, "direct": DIRECT_WORDS}),
        "team": holder_words({}),
    },
)
