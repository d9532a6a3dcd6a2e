"""The opening: what each person brings into the first month paid, the sheet's figures beside what history implies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, text


@dataclass(frozen=True, slots=True)
class OpeningFigures:
    """Figures up to the last month before the first paid one; None where a sheet says nothing."""

    position: Decimal | None = None
    earned: Decimal | None = None
    held: Decimal | None = None
    owed: Decimal | None = None
    carried: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One component of one person: what the sheet says, and what the store's history implies."""

    key: str
    name: str
    plan: str
    component: str
    title: Title
    said: OpeningFigures | None
    implied: OpeningFigures
    is_counted: bool = False

    @property
    def differs(self) -> bool:
        """Whether the sheet's position or earned figure is another than the implied one."""
        if self.said is None:
            return False
        pairs = ((self.said.position, self.implied.position), (self.said.earned, self.implied.earned))
        return any(one is not None and CONTEXT.subtract(one, two or Decimal(0)) for one, two in pairs)


COLUMNS = (
    key_column(),
    text("person", "姓名", "Person"),
    text("plan", "方案", "Plan"),
    text("component", "组件", "Component"),
    Column("position", Title("累计业绩", "Position"), "quantity"),
    money("earned", "已计提", "Earned"),
    money("held", "留存", "Held"),
    money("owed", "欠款", "Owed"),
    money("carried", "结转", "Carried"),
)
"""The columns of the sheet; `commission open --from` reads them by these titles."""


def build_template(period: str, lines: Sequence[OpeningLine]) -> Report:
    """Build the sheet to fill in, with what the store's history implies in it."""
    rows = tuple(
        (
            one.key,
            one.name,
            one.plan,
            one.component,
            one.implied.position,
            one.implied.earned,
            one.implied.held,
            None,
            None,
        )
        for one in lines
    )
    footer = Title(
        f"截至 {period} 之前;已计提留空表示按方案由累计业绩推算;已填数字由现有数据推算,请核对",
        f"up to the day before {period}; a blank `earned` is computed from the position; "
        "what stands here is implied by the data, please check",
    )
    empty = Title("还没有人在方案内", "nobody is on a plan yet")
    return Report(
        "commission-opening-template",
        Title(f"期初 · {period}", f"Opening · {period}"),
        (Table("opening", COLUMNS, rows, empty=empty),),
        (footer,),
        next=(f"salescli commission open {period} --from 期初.xlsx",),
    )


def build_opening(period: str, lines: Sequence[OpeningLine], run: int, known: Title, language: Language) -> Report:
    """Build what was taken over: the sheet's figures, with the implied ones beside them."""
    columns = (
        *COLUMNS[:2],
        text("component", "组件", "Component"),
        Column("position", Title("累计业绩", "Position"), "quantity"),
        Column("implied_position", Title("数据推算", "Implied"), "quantity"),
        money("earned", "已计提", "Earned"),
        money("implied_earned", "推算已计提", "Implied earned"),
        money("held", "留存", "Held"),
        money("owed", "欠款", "Owed"),
        money("carried", "结转", "Carried"),
        Column("differs", Title("不同", "Differs"), "flag"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in lines:
        said = one.said or OpeningFigures()
        rows.append(
            (one.key, one.name, one.title.text(language), said.position, one.implied.position, said.earned,
             one.implied.earned, said.held, said.owed, said.carried, one.differs)
        )  # fmt: skip
    counted = sum(1 for one in lines if one.said is not None)
    other = sum(1 for one in lines if one.differs)
    footer = Title(
        f"{period} 是首个发放月 · 期初表 {counted} 行,{other} 行与数据推算不同(以表为准)",
        f"{period} is the first month paid · {counted} lines of the sheet, "
        f"{other} differ from the data (the sheet counts)",
    )
    title = Title(f"期初 · {period} · 运行 #{run}", f"Opening · {period} · run #{run}")
    following = (f"salescli commission run {period}",)
    empty = Title("没有期初余额", "no opening balances")
    return Report(
        "commission-opening",
        title,
        (Table("opening", columns, tuple(rows), empty=empty),),
        (footer, known),
        next=following,
    )
