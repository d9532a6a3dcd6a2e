"""A person, by employee number (工号): two people may share a name."""

from __future__ import annotations

from salescli.core.records.fields import FIRST_NAME, LAST_NAME, NOTE, day, ident, ref, text
from salescli.core.records.model import RecordType
from salescli.core.records.rules import in_order
from salescli.core.title import Title

_JOINED = day("joined", "入职日期", "Joined", "入职时间", "入职", "hire date", "start date", "join date")
_LEFT = day("left", "离职日期", "Last day", "离职时间", "离职", "最后工作日", "leave date", "termination date")

RECORD = RecordType(
    name="person",
    titles=Title("人员", "Person"),
    aliases=("people", "persons", "employee", "employees", "users", "花名册", "员工", "销售人员", "sales teams"),
    key=("number",),
    name_field="name",
    introduces=True,
    fields=(
        ident(
            "number",
            "工号",
            "Employee number",
            "员工编号",
            "员工号",
            "人员编号",
            "employee id",
            "employee no",
            "user id",
            "staff id",
        ),
        text(
            "name",
            "姓名",
            "Name",
            "员工姓名",
            "销售",
            "销售人员",
            "业务员",
            "地区经理",
            "客户经理",
            "sales agent",
            "salesperson",
            "full name",
            "employee",
            "employee name",
            "person",
            required=True,
        ),
        ident("email", "邮箱", "Email", "电子邮件", "e-mail", "mail"),
        ident("phone", "手机", "Phone", "电话", "手机号", "联系电话", "mobile"),
        _JOINED,
        _LEFT,
        ref("team", "team", "团队", "Team", "部门", "所属团队", "所属部门", "销售团队", dated=True, via="assignment"),
        text("role", "岗位", "Role", "职务", "职位", "角色", "job title", "position", dated=True, via="assignment"),
        ref(
            "manager",
            "person",
            "直属主管",
            "Manager",
            "主管",
            "上级",
            "直接上级",
            "汇报对象",
            "sales manager",
            "reports to",
            dated=True,
            via="assignment",
        ),
        text("region", "区域", "Region", "大区", "地区", "regional office", "office", dated=True),
        text("legal_entity", "签约主体", "Legal entity", "法人主体", "公司主体"),
        text("cost_centre", "成本中心", "Cost centre", "cost center"),
        NOTE,
        LAST_NAME,
        FIRST_NAME,
    ),
    paths={"person": ("self",), "region": ("region",)},
    rules=(in_order(_JOINED, _LEFT),),
)
