"""The payroll file of a closed month: one table per legal entity, and what each comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.commission.columns import RunHead, money, sum_of, text

NO_ENTITY = Title("未填签约主体", "no legal entity")


@dataclass(frozen=True, slots=True)
class PayrollLine:
    """One person in one currency: the cells of the file, and what is payable."""

    entity: str
    currency: str
    cells: tuple[Value, ...]
    payable: Decimal


@dataclass(frozen=True, slots=True)
class PayrollTable:
    """The lines of one legal entity in one currency."""

    entity: str
    currency: str
    table: Table

    @property
    def called(self) -> Title:
        """The entity, and the currency where it has to be said."""
        return self.table.title or NO_ENTITY


def build_tables(lines: Sequence[PayrollLine], columns: Sequence[Column]) -> list[PayrollTable]:
    """Cut the lines by legal entity, and by currency where there are several."""
    several = len({one.currency for one in lines}) > 1
    found: list[PayrollTable] = []
    for entity, currency in sorted({(one.entity, one.currency) for one in lines}):
        mine = tuple(one.cells for one in lines if (one.entity, one.currency) == (entity, currency))
        title = Title(entity, entity) if entity else NO_ENTITY
        if several:
            title = Title(f"{title.zh} {currency}", f"{title.en} {currency}")
        priced = tuple(_in_currency(one, currency) for one in columns)
        found.append(PayrollTable(entity, currency, Table(f"payroll-{len(found) + 1}", priced, mine, title)))
    return found


def _in_currency(column: Column, currency: str) -> Column:
    return replace(column, currency=currency) if column.kind == "money" else column


def build_payroll(
    head: RunHead,
    lines: Sequence[PayrollLine],
    tables: Sequence[PayrollTable],
    left_out: int,
    following: tuple[str, ...],
) -> Report:
    """Build the report: what each legal entity pays, then its lines."""
    blocks: list[Block] = [_entities(lines, tables), *(one.table for one in tables)]
    footer = [head.footer]
    if left_out:
        footer.append(Title(f"{left_out} 人应发为 0,未列", f"nothing payable, left out: {left_out}"))
    footer.append(Title("合计 = 该运行的应发", "the total is what the run makes payable"))
    title = Title(f"发放表 · {head.title.zh}", f"Payroll · {head.title.en}")
    data: dict[str, object] = {"run": head.run, "state": head.state, "period": head.period}
    return Report("commission-payroll", title, tuple(blocks), tuple(footer), next=following, data=data)


def _entities(lines: Sequence[PayrollLine], tables: Sequence[PayrollTable]) -> Table:
    currencies = sorted({one.currency for one in lines})
    only = currencies[0] if len(currencies) == 1 else ""
    columns = (
        text("entity", "签约主体", "Legal entity"),
        text("currency", "币种", "Currency"),
        Column("people", Title("人数", "People"), "count"),
        money("payable", "应发", "Payable", only),
    )
    rows: list[tuple[Value, ...]] = []
    for one in tables:
        mine = [line.payable for line in lines if (line.entity, line.currency) == (one.entity, one.currency)]
        rows.append((one.entity or NO_ENTITY, one.currency, len(mine), sum_of(mine)))
    count = sum(row[2] for row in rows if isinstance(row[2], int))
    total: tuple[Value, ...] = (None, only, count, sum_of(row[3] for row in rows))
    empty = Title("没有人有应发", "nobody has anything payable")
    title = Title("按签约主体", "By legal entity")
    return Table("entities", columns, tuple(rows), title, total if len(currencies) == 1 else None, empty)
