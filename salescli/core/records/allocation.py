"""What part of a receipt belongs to which contract or instalment."""

from __future__ import annotations

from salescli.core.records.fields import CURRENCY, NOTE, ident, money, ref
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="allocation",
    titles=Title("回款核销", "Allocation"),
    aliases=("allocations", "核销", "回款认领", "认领"),
    key=("receipt", "contract", "instalment"),
    pays=True,
    fields=(
        ref("receipt", "receipt", "回款", "Receipt", "回款编号", "回款单号", "receipt number", required=True),
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号", "contract number", required=True),
        ident("instalment", "期次", "Instalment", "期数"),
        money("amount", "核销金额", "Amount", "认领金额", "分配金额", "金额", required=True),
        CURRENCY,
        NOTE,
    ),
    paths={"customer": ("contract.customer",), "contract": ("contract",), "person": ("contract.owner",)},
)
