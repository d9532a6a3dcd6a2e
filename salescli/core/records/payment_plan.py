"""An instalment of a contract: what falls due, and when."""

from __future__ import annotations

from salescli.core.records.fields import CURRENCY, NOTE, day, ident, money, ref
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="payment-plan",
    titles=Title("收款计划", "Payment plan"),
    aliases=("payment plans", "instalments", "回款计划", "付款计划", "应收计划"),
    key=("contract", "instalment"),
    fields=(
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号", "contract number", required=True),
        ident("instalment", "期次", "Instalment", "期数", "款项", "第几期", "milestone", required=True),
        day("due", "应收日期", "Due", "计划日期", "到期日", "计划回款日期", "due date"),
        money("amount", "应收金额", "Amount", "计划金额", "计划回款金额", "due amount"),
        CURRENCY,
        NOTE,
    ),
    date="due",
    splits=("contract",),
    paths={
        "person": ("contract.owner",),
        "customer": ("contract.customer",),
        "product": ("contract.product",),
        "line": ("contract.product.line",),
        "region": ("contract.region", "contract.customer.region", "contract.owner.region"),
        "contract": ("contract",),
        "channel": ("contract.channel",),
    },
)
