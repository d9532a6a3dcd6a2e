"""A row of a manager's sheet (二次分配): what one member has of the members' part of a pool's pot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.fields import NOTE, field, ident, money, rate, ref, text
from salescli.core.records.model import RecordType, RuleBreak
from salescli.core.title import Title

GIVEN = ("amount", "share")


def _is_below(given: int | str | None) -> bool:
    return given is not None and Decimal(given) < 0


@dataclass(frozen=True, slots=True)
class NotNegative:
    """The rule that nobody is given less than nothing; whether the pot itself is below zero, the run knows."""

    def __call__(self, values: Mapping[str, Any]) -> RuleBreak | None:
        """Check one record."""
        below = next((name for name in GIVEN if _is_below(values.get(name))), None)
        return None if below is None else RuleBreak("pool-share-negative", below, {})

    def suspects(self, columns: Mapping[str, Sequence[Any]]) -> list[int]:
        """Return the rows that give less than nothing."""
        below = {index for name in GIVEN for index, given in enumerate(columns.get(name, ())) if _is_below(given)}
        return sorted(below)


RECORD = RecordType(
    name="pool-share",
    titles=Title("奖金包分配", "Pool share"),
    aliases=("pool-shares", "二次分配", "奖金包二次分配", "团队奖金分配", "pool split", "pool distribution"),
    key=("pool", "period", "manager", "person"),
    pays=True,
    fields=(
        ident("pool", "奖金包", "Pool", "奖金包名称", "组件", "component", required=True),
        field(kinds.PERIOD, "period", "分配期间", "Period", "期间", "季度", "月份", "quarter", "month", required=True),
        ref("manager", "person", "分配人", "Manager", "经理", "团队经理", "leader", required=True),
        ref("person", "person", "成员", "Member", "姓名", "员工", "人员", "工号", "employee", required=True),
        money("amount", "分配金额", "Amount", "金额", "奖金"),
        rate("share", "分配比例", "Share", "比例", "占比", "percentage"),
        text("approved_by", "审批人", "Approved by", "批准人"),
        NOTE,
    ),
    paths={"person": ("person",)},
    rules=(NotNegative(),),
)
