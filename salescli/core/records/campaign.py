"""A campaign (市场活动): when it ran, what it cost, and what was expected of it."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY, NOTE, day, field, handler, ident, moment, money, product, ref, text
from salescli.core.records.model import RecordType
from salescli.core.records.rules import in_order
from salescli.core.title import Title

_FROM = day("from", "开始日期", "From", "开始时间", "活动开始日期", "活动开始时间", "活动日期", "start date", "starts")
_THROUGH = day("through", "结束日期", "Through", "结束时间", "活动结束日期", "活动结束时间", "end date", "ends")

RECORD = RecordType(
    name="campaign",
    titles=Title("市场活动", "Campaign"),
    aliases=("campaigns", "营销活动", "推广活动", "市场活动表"),
    key=("number",),
    name_field="name",
    introduces=True,
    fields=(
        ident("number", "市场活动编号", "Campaign number", "市场活动id", "campaign id", "record id"),
        text("name", "市场活动名称", "Campaign name", "活动名称", "市场活动", "营销活动名称", "campaign"),
        text("kind", "市场活动类型", "Campaign kind", "活动类型", "活动形式", "type", "campaign type", "类型"),
        text("status", "市场活动状态", "Campaign status", "活动状态", "状态", "status"),
        handler("负责人", "Owner", "活动负责人", "campaign owner"),
        ref("parent", "campaign", "上级市场活动", "Parent campaign", "父活动"),
        text("channel", "渠道", "Channel", "推广渠道", "投放渠道"),
        product("推广产品"),
        text("region", "区域", "Region", "大区", "地区"),
        _FROM,
        _THROUGH,
        money(
            "budget",
            "预算",
            "Budget",
            "预算成本",
            "预算费用",
            "预算金额",
            "预计成本",
            "budgeted cost",
            "budgeted cost in campaign",
        ),
        money(
            "cost",
            "实际成本",
            "Actual cost",
            "实际费用",
            "花费",
            "活动费用",
            "投放费用",
            "实际支出",
            "spend",
            "actual cost in campaign",
        ),
        money(
            "expected_revenue", "预期收入", "Expected revenue", "预计收入", "预计收益", "expected revenue in campaign"
        ),
        CURRENCY,
        field(
            kinds.RATE,
            "expected_response",
            "预期响应率",
            "Expected response",
            "预计响应率",
            "expected response %",
            at_most=1,
        ),
        field(
            kinds.WHOLE,
            "sent",
            "发送人数",
            "Sent",
            "发送数量",
            "触达人数",
            "邀请人数",
            "num sent",
            "numbers sent",
            "num sent in campaign",
        ),
        field(
            kinds.WHOLE, "responses", "响应人数", "Responses", "响应数", "参与人数", "到场人数", "responses in campaign"
        ),
        field(
            kinds.WHOLE, "leads", "线索数", "Leads", "获得线索数", "新增线索数", "leads in campaign", "number of leads"
        ),
        moment("created", "创建时间", "Created", "创建日期", "created time", "created date"),
        NOTE,
    ),
    date="from",
    paths={
        "person": ("owner",),
        "product": ("product",),
        "line": ("product.line",),
        "family": ("product.family",),
        "channel": ("channel",),
        "region": ("region", "owner.region"),
        "source": ("kind",),
    },
    rules=(in_order(_FROM, _THROUGH),),
)
