"""A contact (联系人): a person at a customer, how to reach them, and what is worth remembering."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import FIRST_NAME, LAST_NAME, NOTE, customer, day, field, handler, ident, moment, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="contact",
    titles=Title("联系人", "Contact"),
    aliases=("contacts", "客户联系人", "联系人表", "通讯录"),
    key=("number",),
    name_field="name",
    apart=("customer", "mobile", "email", "wechat", "phone"),
    introduces=True,
    fields=(
        ident("number", "联系人编号", "Contact number", "联系人id", "联系人编码", "contact id", "record id"),
        text("name", "联系人姓名", "Contact name", "姓名", "联系人", "联系人名称", "full name", "contact", "name"),
        LAST_NAME,
        FIRST_NAME,
        customer("所属客户", "所属公司", "公司", "单位", "company name", "associated company", "primary company"),
        text("role", "职务", "Job title", "职位", "岗位", "职称", "title", "position"),
        text("department", "部门", "Department", "所在部门"),
        ident("phone", "电话", "Phone", "联系电话", "固定电话", "座机", "办公电话", "phone number", "business phone"),
        ident("mobile", "手机", "Mobile", "手机号", "手机号码", "移动电话", "mobile phone", "mobile phone number"),
        ident("email", "邮箱", "Email", "邮件", "电子邮件", "电子邮箱", "email address", "e-mail"),
        text("wechat", "微信", "WeChat", "微信号"),
        day("birthday", "生日", "Birthday", "出生日期", "birthdate", "date of birth", "birth date"),
        text("gender", "性别", "Gender"),
        text("decision_role", "决策角色", "Buying role", "联系人角色", "角色", "角色关系", "contact role"),
        field(kinds.FLAG, "is_primary", "主要联系人", "Primary contact", "是否主要联系人", "首要联系人", "主联系人"),
        field(
            kinds.FLAG,
            "do_not_contact",
            "勿扰",
            "Do not contact",
            "勿打扰",
            "email opt out",
            "do not call",
            "unsubscribed",
        ),
        handler("负责人", "Owner", "联系人负责人", "contact owner"),
        text("source", "来源", "Source", "联系人来源", "lead source"),
        text("preference", "喜好", "Preferences", "兴趣爱好", "爱好"),
        text("address", "地址", "Address", "联系地址", "mailing address", "mailing street"),
        moment("created", "创建时间", "Created", "创建日期", "created time", "create date", "created date"),
        moment(
            "last_contact",
            "最后跟进时间",
            "Last contact",
            "最近跟进时间",
            "最后联系时间",
            "last activity",
            "last activity date",
            "last activity time",
            "last contacted",
        ),
        NOTE,
    ),
    date="created",
    paths={
        "person": ("owner", "customer.owner"),
        "customer": ("customer",),
        "region": ("customer.region",),
        "source": ("source",),
    },
)
