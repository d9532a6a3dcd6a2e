"""A signed contract, with its owner, amounts with and without tax, and the dates that release money."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import (
    CURRENCY,
    NET,
    NOTE,
    customer,
    day,
    field,
    ident,
    money,
    owner,
    product,
    ref,
    text,
)
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="contract",
    titles=Title("合同", "Contract"),
    aliases=("contracts", "agreement", "合同台账", "合同表"),
    key=("number",),
    name_field="name",
    introduces=True,
    pays=True,
    fields=(
        ident("number", "合同编号", "Contract number", "合同号", "contract id", "contract no", required=True),
        text("name", "合同名称", "Contract name", "项目名称"),
        customer("甲方", "签约客户"),
        owner("签约人", "Owner", "签单人", "负责人"),
        product(),
        ref("deal", "deal", "商机", "Deal", "商机编号", "opportunity id"),
        day(
            "signed", "签订日期", "Signed", "签约日期", "签署日期", "合同日期", "signed date", "signing date", past=True
        ),
        field(
            kinds.ENUM,
            "kind",
            "合同类型",
            "Kind",
            "类型",
            "签约类型",
            "contract type",
            choices={
                "new": ("new", "新签", "新购"),
                "renewal": ("renewal", "续签", "续约", "续费"),
                "expansion": ("expansion", "增购", "扩容", "增补"),
            },
        ),
        money("amount", "合同金额", "Amount", "含税金额", "金额", "合同总额", "contract amount", "total"),
        CURRENCY,
        *NET,
        day("accepted_on", "验收日期", "Accepted on", "验收时间", "acceptance date"),
        day("warranty_end", "质保到期日", "Warranty end", "质保期至", "质保截止", "warranty through"),
        text("channel", "渠道", "Channel", "销售渠道"),
        text("region", "区域", "Region", "大区"),
        text("state", "合同状态", "State", "状态", "status"),
        NOTE,
    ),
    date="signed",
    splits=("self",),
    paths={
        "person": ("owner",),
        "customer": ("customer",),
        "product": ("product",),
        "line": ("product.line",),
        "family": ("product.family",),
        "channel": ("channel",),
        "region": ("region", "customer.region", "owner.region"),
        "contract": ("self",),
    },
)
