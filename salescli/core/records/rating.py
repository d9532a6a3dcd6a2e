"""A judgement of a person for a period: a grade, or a score of one KPI."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import NOTE, day, field, ident, ref, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="rating",
    titles=Title("评分", "Rating"),
    aliases=("ratings", "grade", "grades", "绩效", "绩效等级", "考核结果", "评级"),
    key=("scorecard", "person", "period", "kpi"),
    fields=(
        ident("scorecard", "考核表", "Scorecard", "考核方案", "评分表", required=True),
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "name", "employee", required=True),
        ident("period", "期间", "Period", "考核期", "季度", "考核周期", required=True),
        text("kpi", "考核项", "KPI", "指标"),
        text("grade", "等级", "Grade", "绩效等级", "评级"),
        field(kinds.DECIMAL, "score", "得分", "Score", "分数", "评分"),
        day("known_on", "公布日期", "Known on", "公布时间", "发布日期"),
        text("evidence", "依据", "Evidence"),
        NOTE,
    ),
    date="known_on",
    paths={"person": ("person",)},
)
