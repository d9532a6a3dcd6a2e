"""A vacant seat (空缺席位): a place in a team that is to be filled; whoever takes it takes its quota."""

from __future__ import annotations

from salescli.core.records.fields import NOTE, day, ident, ref, text
from salescli.core.records.model import RecordType
from salescli.core.records.rules import in_order
from salescli.core.title import Title

# Not `seats` nor `headcount`: lists of who sits where are called that.
_FROM = day("from", "空缺起始日", "Open from", "空缺日期", "席位起始日", "编制起始日", "vacant from", "open since")
_THROUGH = day("through", "空缺截止日", "Open through", "席位截止日", "取消日期", "vacant through", "closed on")
_TAKEN_ON = day("taken_on", "接任日期", "Taken on", "就任日期", "到岗日期", "filled on", "start of successor")

RECORD = RecordType(
    name="seat",
    titles=Title("空缺席位", "Vacant seat"),
    aliases=("vacancy", "vacancies", "vacant seats", "open seats", "席位", "空缺", "空缺岗位", "编制空缺"),
    key=("number",),
    fields=(
        ident(
            "number",
            "席位编号",
            "Seat number",
            "席位",
            "席位号",
            "编制编号",
            "空缺编号",
            "seat",
            "seat id",
            "vacancy id",
            "requisition id",
            required=True,
        ),
        text("role", "席位岗位", "Seat role", "空缺岗位", "招聘岗位", "岗位", "职位", "role", "position"),
        ref("team", "team", "席位团队", "Seat team", "所属团队", "团队", "部门", "team", "department", required=True),
        _FROM,
        _THROUGH,
        ref("person", "person", "接任人", "Taken by", "就任人", "到岗人员", "filled by", "successor"),
        _TAKEN_ON,
        NOTE,
    ),
    date="from",
    paths={"person": ("person",), "team": ("team",)},
    rules=(in_order(_FROM, _THROUGH), in_order(_FROM, _TAKEN_ON)),
)
