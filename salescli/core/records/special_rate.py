"""A special rate (特批费率): a customer, a contract or a component that a person is paid at a rate of their own."""

from __future__ import annotations

from salescli.core.records.fields import NOTE, day, ident, rate, ref, text
from salescli.core.records.model import RecordType
from salescli.core.records.rules import bounded, in_order
from salescli.core.title import Title

_FROM = day("from", "生效日期", "From", "开始日期", "起始日期", "effective date", required=True)
_THROUGH = day("through", "截止日期", "Through", "有效期至", "结束日期", "until")
_RATE = rate("rate", "特批费率", "Special rate", "特批提成率", "费率", "提成比例", "rate", required=True, at_most=1)

RECORD = RecordType(
    name="special-rate",
    titles=Title("特批费率", "Special rate"),
    aliases=("special-rates", "特批提成率", "特批提成", "客户特批", "特批提成比例", "special commission rates"),
    key=("person", "component", "customer", "contract", "from"),
    pays=True,
    fields=(
        ref("person", "person", "人员", "Person", "姓名", "员工", "工号", "employee", required=True),
        ident(
            "component", "组件", "Component", "提成组件", "方案组件",
            note=Title("空:全部组件;也可写 方案.组件", "blank: every one; PLAN.COMPONENT too"),
        ),
        ref("customer", "customer", "客户", "Customer", "客户名称", note=Title("空:全部客户", "blank: all of them")),
        ref("contract", "contract", "合同", "Contract", "合同编号", note=Title("空:全部合同", "blank: all of them")),
        _RATE,
        _FROM,
        _THROUGH,
        text("approved_by", "审批人", "Approved by", "批准人", "特批人", required=True),
        text("reason", "特批原因", "Reason", "原因", "事由", required=True),
        NOTE,
    ),
    date="from",
    paths={"person": ("person",), "customer": ("customer",)},
    rules=(in_order(_FROM, _THROUGH), bounded(_RATE)),
)  # fmt: skip
