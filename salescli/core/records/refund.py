"""Money given back, and the receipt it undoes."""

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
from salescli.core.title import Title

_LACKS = ("region", "channel")  # a receipt says these itself
# Whatever a receipt reaches, its refund reaches too: by its own cell, else through the receipt.
_PATHS = {
    name: tuple(path for one in paths for path in (() if one in _LACKS else (one,)) + (f"receipt.{one}",))
    for name, paths in BY_CONTRACT.items()
}

RECORD = RecordType(
    name="refund",
    titles=Title("退款", "Refund"),
    aliases=("refunds", "退款明细", "退款表", "credit note"),
    key=("number",),
    pays=True,
    fields=(
        ident("number", "退款编号", "Refund number", "退款单号", "单号", "单据编号", "refund id", required=True),
        day("date", "退款日期", "Date", "日期", "refund date", required=True, past=True),
        money("amount", "退款金额", "Amount", "金额", "refund amount", required=True),
        CURRENCY,
        ref("receipt", "receipt", "原回款", "Receipt", "回款编号", "原回款编号", "receipt number"),
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号", "contract number"),
        customer(),
        owner(),
        product(),
        *NET,
        text("reason", "退款原因", "Reason", "原因"),
        NOTE,
    ),
    date="date",
    splits=("self", "receipt", "contract", "receipt.contract"),
    paths=_PATHS,
)
