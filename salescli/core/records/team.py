"""A team, its place in the hierarchy and who leads it."""

from __future__ import annotations

from salescli.core.records.fields import NOTE, ident, ref, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="team",
    titles=Title("团队", "Team"),
    aliases=("teams", "department", "部门", "团队表"),
    key=("number",),
    name_field="name",
    introduces=True,
    fields=(
        ident("number", "团队编号", "Team number", "部门编号", "team id", "team code"),
        text("name", "团队名称", "Team name", "团队", "部门", "部门名称", "team", required=True),
        ref("parent", "team", "上级团队", "Parent team", "上级部门", "parent", dated=True),
        ref("manager", "person", "团队主管", "Team manager", "主管", "部门负责人", "manager", "team lead", dated=True),
        text("region", "区域", "Region", "大区", "地区", dated=True),
        NOTE,
    ),
    paths={"team": ("self",), "region": ("region",)},
)
