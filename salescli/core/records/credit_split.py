"""Who shares the credit of a contract, deal, receipt or order line, and how much."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import NOTE, field, ref
from salescli.core.records.model import RecordType, Whole
from salescli.core.title import Title

RECORD = RecordType(
    name="credit-split",
    titles=Title("业绩分成", "Credit split"),
    aliases=("credit splits", "split", "splits", "分成", "业绩拆分", "提成分配"),
    key=("contract", "deal", "receipt", "person", "kind"),
    pays=True,
    fields=(
        ref("contract", "contract", "合同", "Contract", "合同编号", "合同号", "contract number"),
        ref("deal", "deal", "商机", "Deal", "商机编号", "opportunity", "opportunity id"),
        ref("receipt", "receipt", "回款", "Receipt", "回款编号", "receipt number"),
        ref(
            "person",
            "person",
            "人员",
            "Person",
            "姓名",
            "员工",
            "工号",
            "销售",
            "业务员",
            "name",
            "salesperson",
            required=True,
        ),
        field(
            kinds.SHARE,
            "share",
            "比例",
            "Share",
            "分成比例",
            "业绩比例",
            "占比",
            "percent",
            "percentage",
            "split",
            required=True,
            at_most=1,
        ),
        field(
            kinds.ENUM,
            "kind",
            "类型",
            "Kind",
            "分成类型",
            default="own",
            choices={"own": ("own", "自有", "业绩"), "overlay": ("overlay", "叠加", "协同")},
        ),
        NOTE,
    ),
    whole=Whole(of=("contract", "deal", "receipt"), share="share", only={"kind": "own"}),
    paths={"person": ("person",)},
)
