"""Who has which role, in which team, under which manager, from which day."""

from __future__ import annotations

from salescli.core.records.fields import NOTE, day, ref, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="assignment",
    titles=Title("任职", "Assignment"),
    aliases=("assignments", "任职记录", "调动", "异动", "岗位变动"),
    key=("person", "from"),
    fields=(
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "name", "employee", required=True),
        day("from", "生效日期", "From", "开始日期", "起始日期", "调入日期", "effective date", "start", required=True),
        day("through", "截止日期", "Through", "结束日期", "终止日期", "end date", "last day"),
        text("role", "岗位", "Role", "职务", "职位", "角色", "position"),
        ref("team", "team", "团队", "Team", "部门", "新团队", "调入团队"),
        ref("manager", "person", "直属主管", "Manager", "主管", "上级", "reports to"),
        NOTE,
    ),
    date="from",
    paths={"person": ("person",), "team": ("team",)},
)
