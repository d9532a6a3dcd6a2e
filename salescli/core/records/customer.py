"""A customer: whose it is, and the group, region and class it falls into."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import NOTE, day, field, ident, money, owner, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="customer",
    titles=Title("客户", "Customer"),
    aliases=("customers", "account", "accounts", "company", "companies", "客户档案", "客户表"),
    key=("number",),
    name_field="name",
    introduces=True,
    fields=(
        ident(
            "number",
            "客户编号",
            "Customer number",
            "客户编码",
            "客户代码",
            "客户id",
            "customer id",
            "account id",
            "accountid",
        ),
        text(
            "name",
            "客户名称",
            "Customer name",
            "客户",
            "客户全称",
            "公司名称",
            "单位名称",
            "account",
            "account name",
            "company",
            "customer",
            required=True,
        ),
        text("group", "集团", "Group", "所属集团", "subsidiary of", "parent account"),
        owner("客户负责人", "Owner"),
        text("region", "区域", "Region", "大区", "地区", "office location", "country", dated=True),
        text("class", "客户级别", "Class", "客户等级", "级别", "account type", "customer class", dated=True),
        text("industry", "行业", "Industry", "所属行业", "sector"),
        text("source", "来源", "Source", "客户来源", "lead source"),
        day("customer_since", "成为客户日期", "Customer since", "首次合作日期", "合作日期"),
        ident("tax_id", "税号", "Tax id", "统一社会信用代码", "纳税人识别号", "vat number"),
        ident("phone", "电话", "Phone", "联系电话"),
        text("website", "网站", "Website", "官网", "url"),
        money("revenue", "年营业额", "Annual revenue", "年收入", "revenue"),
        field(kinds.WHOLE, "employees", "员工数", "Employees", "人数", "number of employees"),
        NOTE,
    ),
    paths={"customer": ("self",), "person": ("owner",), "region": ("region",)},
)
