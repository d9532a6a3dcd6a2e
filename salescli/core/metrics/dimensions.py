"""The dimensions a number may be grouped by: a closed list. Record types declare the paths by which they reach each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salescli.core.title import Title

DimensionKind = Literal["record", "text", "seat", "time"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to group.

    `record` values are entities of the type `ref`; `seat` values follow from the person's assignment on the record's
    date; `time` values from the date alone.
    """

    name: str
    title: Title
    kind: DimensionKind
    ref: str = ""


DIMENSIONS: dict[str, Dimension] = {
    each.name: each
    for each in (
        Dimension("person", Title("人员", "Person"), "record", "person"),
        Dimension("team", Title("团队", "Team"), "seat", "team"),
        Dimension("manager", Title("主管", "Manager"), "seat", "person"),
        Dimension("role", Title("岗位", "Role"), "seat"),
        Dimension("customer", Title("客户", "Customer"), "record", "customer"),
        Dimension("product", Title("产品", "Product"), "record", "product"),
        Dimension("line", Title("产品线", "Product line"), "text"),
        Dimension("family", Title("产品系列", "Family"), "text"),
        Dimension("channel", Title("渠道", "Channel"), "text"),
        Dimension("region", Title("区域", "Region"), "text"),
        Dimension("source", Title("来源", "Source"), "text"),
        Dimension("stage", Title("阶段", "Stage"), "text"),
        Dimension("contract", Title("合同", "Contract"), "record", "contract"),
        Dimension("day", Title("日期", "Day"), "time"),
        Dimension("month", Title("月份", "Month"), "time"),
        Dimension("quarter", Title("季度", "Quarter"), "time"),
        Dimension("year", Title("年度", "Year"), "time"),
    )
}
NONE = Title("(无)", "(none)")  # what reaches nothing, so that lines add up to the total
