"""A person's own terms: target incentive, bases, draw, approved by whom and until when."""

from __future__ import annotations

from salescli.core.records.fields import CURRENCY, day, money, rate, ref, text
from salescli.core.records.model import RecordType
from salescli.core.records.rules import bounded
from salescli.core.title import Title

_FIGURES = (
    money("target_incentive", "目标奖金", "Target incentive", "年度目标奖金", "on target variable", "variable"),
    rate("base_rate", "基准提成率", "Base rate", "基准费率", at_most=1),
    money("performance_base", "绩效基数", "Performance base", "绩效工资基数", "绩效工资"),
    money("draw", "预支额", "Draw", "保底"),
)

RECORD = RecordType(
    name="person-terms",
    titles=Title("个人条款", "Person terms"),
    aliases=("person terms", "terms", "薪酬条款", "特批", "compensation"),
    key=("person", "from"),
    fields=(
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "employee", required=True),
        day("from", "生效日期", "From", "开始日期", "effective date", required=True),
        day("through", "截止日期", "Through", "有效期至", "until"),
        *_FIGURES,
        CURRENCY,
        text("approved_by", "审批人", "Approved by", "批准人"),
        text("reason", "原因", "Reason", "特批原因"),
    ),
    date="from",
    paths={"person": ("person",)},
    rules=(bounded(*_FIGURES),),
)
