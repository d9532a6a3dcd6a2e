"""The opening: what each person brings into the first month paid, the sheet's figures beside what history implies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    waiting: Decimal | None = None
    undeducted: Decimal | None = None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What is held of one contract, or until a day: what the sheet says, and what the history implies."""

    contract: str
    until: date | None
    said: Decimal | None
    implied: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether the sheet says another amount."""
        return self.said is not None and bool(CONTEXT.subtract(self.said, self.implied or Decimal(0)))


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
    held: tuple[HeldLine, ...] = ()
    waiting: tuple[tuple[date | None, Decimal], ...] = ()  # by the history: held by gates or factors, by month

    @property
    def differs(self) -> bool:
        """Whether one of the sheet's figures is another than the implied one."""
        if self.said is None:
            return False
        pairs = [(getattr(self.said, name), getattr(self.implied, name)) for name in FIGURES]
        return any(one is not None and CONTEXT.subtract(one, two or Decimal(0)) for one, two in pairs)


FIGURES = ("position", "earned", "held", "owed", "carried", "waiting", "undeducted")
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


HELD_COLUMNS = (text("contract", "合同", "Contract"), text("held_until", "留存至", "Held until"))
"""Two more, where something is held: a line of its own for each contract."""

WAITING_COLUMNS = (money("waiting", "门槛暂存", "Held by gates"), text("of_month", "暂存月份", "Of month"))
"""Two more, where gates or factors hold something: a line of its own for each month that earned it."""

UNDEDUCTED = money("undeducted", "待扣款", "Deductions waiting")


def build_template(period: str, lines: Sequence[OpeningLine]) -> Report:
    """Build the sheet to fill in, with what the store's history implies in it."""
    columns: tuple[Column, ...] = (*COLUMNS, *HELD_COLUMNS, *WAITING_COLUMNS, UNDEDUCTED)
    rows: list[tuple[Value, ...]] = []
    none: tuple[Value, ...] = (None,) * 5
    for one in lines:
        who, implied = (one.key, one.name, one.plan, one.component), one.implied
        held = None if one.held else implied.held
        said = (implied.position, implied.earned, held, implied.owed, implied.carried)
        rows.append((*who, *said, None, None, None, None, implied.undeducted))
        rows += [
            (*who, None, None, each.implied, None, None, each.contract, _until(each), None, None, None)
            for each in one.held
        ]
        rows += [(*who, *none, None, None, each, f"{month:%Y-%m}", None) for month, each in one.waiting if month]
    columns, rows = _used(columns, rows)
    footer = Title(
        f"截至 {period} 之前;已计提留空表示按方案由累计业绩推算;已填数字由现有数据推算,请核对",
        f"up to the day before {period}; a blank `earned` is computed from the position; "
        "what stands here is implied by the data, please check",
    )
    empty = Title("还没有人在方案内", "nobody is on a plan yet")
    return Report(
        "commission-opening-template",
        Title(f"期初 · {period}", f"Opening · {period}"),
        (Table("opening", columns, tuple(rows), empty=empty),),
        (footer,),
        next=(f"salescli commission open {period} --from 期初.xlsx",),
    )


def _until(held: HeldLine) -> str:
    return "" if held.contract else str(held.until or "")


def _used(
    columns: tuple[Column, ...], rows: list[tuple[Value, ...]]
) -> tuple[tuple[Column, ...], list[tuple[Value, ...]]]:
    """Leave out the columns beside the first that nobody has anything for."""
    count = len(COLUMNS)
    kept = list(range(count))
    for group in ((count, count + 1), (count + 2, count + 3), (count + 4,)):
        kept += group if any(row[place] is not None for row in rows for place in group) else ()
    return tuple(columns[place] for place in kept), [tuple(row[place] for place in kept) for row in rows]


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
        money("implied_held", "推算留存", "Implied held"),
        money("owed", "欠款", "Owed"),
        money("implied_owed", "推算欠款", "Implied owed"),
        money("carried", "结转", "Carried"),
        money("implied_carried", "推算结转", "Implied carried"),
        WAITING_COLUMNS[0],
        money("implied_waiting", "推算暂存", "Implied by gates"),
        UNDEDUCTED,
        money("implied_undeducted", "推算待扣", "Implied waiting"),
        Column("differs", Title("不同", "Differs"), "flag"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in lines:
        said = one.said or OpeningFigures()
        rows.append(
            (one.key, one.name, one.title.text(language), said.position, one.implied.position, said.earned,
             one.implied.earned, said.held, one.implied.held, said.owed, one.implied.owed, said.carried,
             one.implied.carried, said.waiting, one.implied.waiting, said.undeducted, one.implied.undeducted,
             one.differs)
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
        (_without_empty(Table("opening", columns, tuple(rows), empty=empty)), *_held(lines, language)),
        (footer, known),
        next=following,
    )


MAY_GO = (
    *("implied_held", "owed", "implied_owed", "carried", "implied_carried"),
    *("waiting", "implied_waiting", "undeducted", "implied_undeducted"),
)


def _without_empty(table: Table) -> Table:
    """Leave out the balances that nobody has, neither in the sheet nor in the history."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.key not in MAY_GO or any(row[place] for row in table.rows)
    ]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(table.name, tuple(table.columns[place] for place in kept), rows, empty=table.empty)


def _held(lines: Sequence[OpeningLine], language: Language) -> tuple[Table, ...]:
    """Build what is held of each contract, where anything is."""
    columns = (
        *COLUMNS[:2],
        text("component", "组件", "Component"),
        text("contract", "合同", "Contract"),
        Column("until", Title("留存至", "Held until"), "date"),
        money("held", "留存", "Held"),
        money("implied_held", "数据推算", "Implied"),
        Column("differs", Title("不同", "Differs"), "flag"),
    )
    rows = tuple(
        (one.key, one.name, one.title.text(language), each.contract, each.until, each.said, each.implied, each.differs)
        for one in lines
        for each in one.held
    )
    title = Title("按合同留存", "Held by contract")
    return (Table("held", columns, rows, title),) if rows else ()
