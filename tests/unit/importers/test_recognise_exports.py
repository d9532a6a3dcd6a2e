"""Header rows as people export them from CRM and ERP systems, and what each of them is; unclear where it really is.

A sheet that pays and is taken for another one that pays is the worst that can happen, so that these stand close.
"""
# ruff: noqa: E501 -- a header row is one line

from __future__ import annotations

import pytest

from salescli.core.title import Language
from salescli.importers.names import Vocabulary
from salescli.importers.recognise import Recognised, recognise
from tests.unit.importers.files import registry

WORDS = Vocabulary(registry())
TYPES = [each for each in registry().types if not each.internal]
UNCLEAR = "?"

# (type, name of the sheet, headers)
SHEETS = (
    # 纷享销客 (Fxiaoke), in sheets without a name
    ("customer", "", "客户名称;客户编号;负责人;客户级别;行业;客户来源;成交状态;最后跟进时间;电话;网址;创建时间"),
    ("contact", "", "姓名;客户名称;部门;职务;电话;手机;邮件;微信;生日;负责人"),
    ("lead", "", "线索编号;姓名;公司;电话;手机;来源;市场活动;负责人;状态;创建时间"),
    ("lead", "", "姓名;公司;部门;职务;手机;线索来源;线索状态;线索池;负责人;创建时间"),
    ("deal", "", "商机编号;商机名称;客户名称;负责人;商机阶段;商机金额;预计成交日期;创建时间"),
    ("quote", "", "报价单编号;客户名称;商机名称;报价日期;报价金额;折扣率;有效期至;负责人;状态"),
    ("contract", "", "合同编号;合同名称;客户名称;签订日期;合同金额;负责人;开始日期;结束日期;状态"),
    ("contract", "", "销售合同编号;合同编号;客户名称;签约日期;合同金额;已回款金额;未回款金额"),
    ("receipt", "", "回款编号;客户名称;销售订单编号;回款日期;回款金额;回款方式;负责人;备注"),
    ("payment-plan", "", "合同编号;期次;计划回款日期;计划回款金额;备注"),
    ("refund", "", "退款编号;客户名称;退款日期;退款金额;退款原因;负责人"),
    ("invoice", "", "开票编号;客户名称;合同编号;开票日期;开票金额;发票类型;税率;税额;负责人"),
    ("invoice", "", "发票号码;开票日期;购方名称;金额;税额;价税合计;税率"),
    ("activity", "", "客户名称;跟进人;跟进时间;跟进方式;跟进内容;下次跟进时间"),
    ("activity", "", "拜访人;拜访客户;拜访时间;拜访类型;拜访内容;签到地址"),
    ("campaign", "", "活动名称;活动类型;开始日期;结束日期;预计成本;实际成本;预期收入;活动状态;负责人"),
    ("complaint", "", "工单编号;工单标题;客户名称;联系人;工单类型;优先级;工单状态;处理人;创建时间;关闭时间"),
    ("complaint", "", "投诉编号;投诉日期;客户;投诉内容;投诉类型;责任人;处理结果;结案日期"),
    ("survey", "", "客户名称;调查类型;评分;评价内容;提交时间"),
    ("survey", "3月NPS", "客户;联系人;推荐分;反馈;日期;调查类型"),
    # Salesforce
    (
        "customer",
        "",
        "Account ID;Account Name;Account Owner;Type;Industry;Annual Revenue;Employees;Billing City;Phone;Website;Last Activity",
    ),
    (
        "contact",
        "",
        "Salutation;First Name;Last Name;Title;Account Name;Mailing Street;Mailing City;Phone;Mobile;Email;Account Owner",
    ),
    ("contact", "", "Contact ID;Contact Name;Account Name;Title;Phone;Email;Birthdate"),
    (
        "lead",
        "",
        "First Name;Last Name;Title;Company / Account;Lead Source;Lead Status;Lead Owner;Email;Phone;Rating;Created Date;Converted",
    ),
    (
        "deal",
        "",
        "Opportunity Name;Account Name;Stage;Amount;Probability (%);Close Date;Created Date;Opportunity Owner;Lead Source;Type;Opportunity ID",
    ),
    (
        "complaint",
        "",
        "Case Number;Subject;Account Name;Contact Name;Status;Priority;Case Origin;Date/Time Opened;Date/Time Closed;Case Owner;Case Reason",
    ),
    (
        "campaign",
        "",
        "Campaign Name;Type;Status;Start Date;End Date;Budgeted Cost;Actual Cost;Expected Revenue;Num Sent;Campaign Owner",
    ),
    ("activity", "", "Subject;Date;Assigned To;Company / Account;Contact;Task Subtype;Status;Full Comments"),
    (
        "quote",
        "",
        "Quote Number;Quote Name;Opportunity Name;Account Name;Expiration Date;Grand Total;Discount;Status;Created Date",
    ),
    # HubSpot
    ("deal", "", "Record ID;Deal Name;Deal Stage;Close Date;Deal owner;Amount;Associated Company"),
    (
        "contact",
        "",
        "Record ID;First Name;Last Name;Email;Phone Number;Contact owner;Associated Company;Last Activity Date;Lead Status;Create Date",
    ),
    (
        "customer",
        "",
        "Record ID;Company name;Company owner;Create Date;Phone Number;Last Activity Date;City;Country/Region;Industry",
    ),
    ("complaint", "", "Ticket ID;Ticket name;Pipeline;Ticket status;Create date;Priority;Ticket owner;Source"),
    # Zoho
    (
        "deal",
        "Potentials",
        "Potential Name;Potential Owner;Created Time;Closing Date;Amount;Expected Revenue;Stage;Forecast Type;Type;Lead Source;Probability;LEADID;Campaign Id",
    ),
    ("customer", "Accounts", "ACCOUNTID;Account Name;Account Owner Id;Account Owner;Account Type;Industry;Website"),
    (
        "lead",
        "Leads",
        "LEADID;Last Name;Company;Lead Owner;Email;Mobile;Website;Industry;Lead Source;Lead Status;Created Time;CONVERTED",
    ),
    (
        "lead",
        "",
        "LEADID;Last Name;Company;Lead Owner;Email;Mobile;Website;Industry;Lead Source;Lead Status;Created Time;CONVERTED",
    ),
    ("person", "Users", "USER_ID;First Name;Last Name;Email"),
    (
        "campaign",
        "",
        "CAMPAIGNID;Campaign Name;Type;Status;Created Time;Modified Time;Start Date;End Date;Expected Revenue;Budgeted Cost;Actual Cost",
    ),
    ("complaint", "", "Case Owner;Status;Case Origin;Created Time;Modified Time;Days to Closed;Age in Days;Age Tier"),
    ("activity", "", "Task Owner;Subject;Due Date;Contact Name;Related To;Status;Priority;Closed Time"),
    ("activity", "", "Subject;Call Type;Call Start Time;Call Duration;Related To;Contact Name;Call Owner;Call Result"),
    # 金蝶/用友
    ("receipt", "", "单据编号;收款日期;往来单位;收款金额;结算方式;业务员;摘要"),
    ("receipt", "收款单", "单据编号;日期;客户;收款金额;币别;部门;业务员"),
    ("invoice", "", "发票号;开票日期;客户;不含税金额;税率;税额;价税合计;业务员;部门"),
    ("payment-plan", "应收计划", "合同号;期次;应收日期;应收金额"),
    ("contract", "销售合同", "合同编号;客户名称;合同总额;签订日期;业务员"),
    ("order-line", "", "订单号;行号;下单日期;客户;产品;数量;单价;销售额;业务员"),
    ("delivery", "", "出库单号;出库日期;客户;产品;数量;金额;业务员"),
    ("refund", "", "退款单号;退款日期;客户;退款金额;原回款编号"),
    ("refund", "退款明细", "日期;客户;金额;业务员"),
    # 花名册
    ("person", "", "工号;姓名;部门;岗位;入职日期;离职日期;手机;邮箱"),
    ("person", "", "姓名;部门;职务;手机"),
    ("person", "花名册", "姓名;手机;邮箱;岗位"),
    ("person", "", "员工编号;员工姓名;所属部门;直接上级;区域"),
    # receipts plain
    ("receipt", "", "日期;客户;金额;销售;备注"),
    ("receipt", "", "到账日期;付款单位;到账金额;业务员;合同号"),
    ("receipt", "", "日期;客户名称;联系人;金额;业务员;备注"),
    ("customer", "", "客户编号;客户名称;联系人;联系电话;地址;负责人;客户等级"),
    ("customer", "", "客户名称;联系人;电话;地址;业务员"),
    ("deal", "", "项目名称;客户;负责人;阶段;金额;预计签约日期;下一步计划"),
    ("stage-change", "", "商机名称;阶段;日期;金额"),
    ("target", "", "月份;姓名;指标;目标值"),
    ("credit-split", "", "合同编号;姓名;比例"),
    ("product", "", "产品编号;产品名称;产品线;单价;成本"),
    ("assignment", "", "姓名;岗位;团队;生效日期"),
    ("team", "", "团队;主管;区域"),
    # unclear
    ("?", "", "客户;日期;备注"),
    ("?", "", "姓名;电话;邮箱;公司"),
    # 钉钉、企业微信、红圈
    ("contact", "", "客户名称;联系人姓名;手机号;邮箱;职务;是否主要联系人"),
    ("lead", "", "线索名称;联系人;手机号;线索来源;意向度;跟进人;创建时间"),
    ("activity", "", "拜访编号;客户;拜访人;计划拜访日期;拜访结果;下次拜访日期"),
    ("activity", "", "客户;看房时间;联系人;跟进人;下次跟进时间"),
    ("survey", "", "答卷编号;客户名称;满意度评分;调查类型;发送时间;提交时间"),
    ("campaign", "", "市场活动名称;渠道;预算;实际费用;线索数;开始日期;结束日期"),
    ("invoice", "", "客户名称;合同号;发票号码;开票日期;价税合计;到期日"),
    ("quote", "", "报价单号;客户;报价日期;报价总额;有效期;业务员"),
    # what pays, beside what looks like it
    ("receipt", "", "回款日期;客户;回款金额;发票号码;业务员"),
    ("receipt", "回款", "日期;客户;金额;到期日;业务员"),
    ("contract", "", "合同编号;客户;签订日期;合同金额;开票金额;业务员"),
    ("contract", "合同台账", "合同编号;客户;签订日期;合同金额;已开票金额;已回款金额"),
    ("invoice", "三月开票", "日期;客户;金额;业务员"),
    ("invoice", "开票明细", "单号;日期;客户;金额"),
    ("refund", "", "退款日期;客户;退款金额;发票号码"),
    ("order-line", "", "订单编号;行号;订单日期;客户;产品;数量;金额;联系人;电话"),
    # what says nothing of itself
    ("", "", "甲;乙;丙"),
    ("?", "", "姓名;手机;微信;公司;职务"),
)


def found(sheet: str, headers: str) -> Recognised:
    return recognise(headers.split(";"), WORDS, sheet or "Sheet1", sheet, {})


@pytest.mark.parametrize(("expected", "sheet", "headers"), SHEETS)
def test_sheet_is_what_it_is(expected: str, sheet: str, headers: str) -> None:
    result = found(sheet, headers)
    name = result.match.type.name if result.match else UNCLEAR if result.unclear else ""
    assert name == expected


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", TYPES, ids=lambda each: each.name)
def test_headers_of_a_template_are_its_type_without_any_name(kind, language: Language) -> None:
    titles = [each.title.text(language) for each in kind.given if not each.is_helper]
    result = found("", ";".join(titles))
    assert result.match is not None and result.match.type.name == kind.name
    assert set(result.match.columns) == {each.name for each in kind.given if not each.is_helper}


@pytest.mark.parametrize(
    ("kind", "headers", "columns"),
    [
        ("contact", "First Name;Last Name;Title;Account Name;Email", {"first_name": 0, "last_name": 1, "customer": 3}),
        ("lead", "LEADID;Last Name;Company;Lead Owner;Lead Status", {"number": 0, "last_name": 1, "company": 2}),
        ("activity", "拜访人;拜访客户;拜访时间;拜访类型", {"owner": 0, "customer": 1, "at": 2, "kind": 3}),
        ("complaint", "工单编号;工单标题;处理人;关闭时间", {"number": 0, "subject": 1, "owner": 2, "closed": 3}),
        ("invoice", "发票号码;开票日期;购方名称;税额;价税合计", {"buyer": 2, "tax": 3, "amount": 4}),
    ],
)
def test_columns_are_the_fields_they_are_called(kind: str, headers: str, columns: dict[str, int]) -> None:
    match = found(kind, headers).match
    assert match is not None and match.type.name == kind
    assert {name: match.columns.get(name) for name in columns} == columns
