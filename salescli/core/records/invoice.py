"""An invoice (发票) that was issued: number, date, amount with and without tax, and the contract it belongs to."""

from __future__ import annotations

from salescli.core.records.fields import (
    BY_CONTRACT,
    CURRENCY,
    NET,
    NOTE,
    customer,
    day,
    ident,
    money,
    owner,
    product,
    ref,
    text,
)
from salescli.core.records.model import RecordType
from salescli.core.records.rules import in_order
from salescli.core.title import Title

_DATE = day("date", "开票日期", "Invoice date", "发票日期", "开票时间", "日期", "invoiced on", "date issued",
            "issue date", "posting date", required=True, past=True)  # fmt: skip
_DUE = day("due", "付款到期日", "Payment due", "应付日期", "到期日", "应收日期", "due date", "payment due date")

RECORD = RecordType(
    name="invoice",
    titles=Title("发票", "Invoice"),
    aliases=("invoices", "开票", "开票记录", "开票明细", "发票台账", "发票明细", "销项发票", "开票申请", "billing"),
    key=("number",),
    pays=True,
    fields=(
        ident(
            "number",
            "发票号码",
            "Invoice number",
            "发票编号",
            "发票号",
            "开票编号",
            "开票单号",
            "单号",
            "单据编号",
            "数电票号码",
            "invoice no",
            "invoice id",
            required=True,
        ),
        _DATE,
        money(
            "amount",
            "开票金额",
            "Invoice amount",
            "价税合计",
            "发票金额",
            "含税金额",
            "金额",
            "开票金额(含税)",
            "invoice total",
            "grand total",
            "total amount",
            required=True,
        ),
        CURRENCY,
        money("tax", "税额", "Tax amount", "增值税额", "tax", "vat amount"),
        text("buyer", "发票抬头", "Buyer", "购方名称", "购买方名称", "购买方", "抬头", "开票单位", "bill to"),
        customer("购货单位"),
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号", "销售订单编号", "contract number"),
        ident("order", "订单编号", "Order number", "订单号", "sales order", "order id"),
        owner(),
        product("货物或应税劳务名称"),
        text("kind", "发票类型", "Invoice kind", "开票类型", "发票种类", "票种", "invoice type"),
        text("status", "发票状态", "Invoice status", "开票状态", "状态", "status"),
        _DUE,
        *NET,
        text("channel", "渠道", "Channel", "销售渠道"),
        text("region", "区域", "Region", "大区"),
        NOTE,
    ),
    date="date",
    splits=("self", "contract"),
    paths=BY_CONTRACT,
    rules=(in_order(_DATE, _DUE),),
)
