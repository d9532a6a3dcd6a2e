"""The lines of another pay sheet beside ours, where it has a line per transaction and not only one per person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from salescli.core.commission.line_differences import OurLine, Parted, SheetLine, compare_lines
from salescli.core.money import total
from salescli.importers.figures import FigureRow, FiguresRead, Wanted
from salescli.services.commission.running import Computed

TRANSACTION = Wanted(
    "transaction",
    (
        "回款编号", "回款单号", "收款单号", "到款单号", "流水号", "单号", "订单号", "订单编号", "商机编号", "发票号",
        "receipt", "receipt no", "receipt number", "transaction", "transaction id", "order", "order no", "deal id",
        "invoice", "invoice no", "reference",
    ),
    "text",
)  # fmt: skip
CONTRACT = Wanted("contract", ("合同编号", "合同号", "合同", "contract", "contract no", "contract number"), "text")
LINES = (TRANSACTION, CONTRACT)


def line_column(read: FiguresRead) -> str:
    """Return the column by which a sheet has a line per transaction; "" where it has a line per person."""
    column = next((one.name for one in LINES if one.name in read.headers), "")
    return column if any(row.text(column) for row in read.rows) else ""


def fill_down(read: FiguresRead, names: Sequence[str]) -> None:
    """Let a person who is written once stand for the lines below, as merged cells do."""
    last: dict[str, str] = {}
    for index, row in enumerate(read.rows):
        said = {name: row.text(name) for name in names if row.text(name)}
        if said:
            last = said
        elif last:
            read.rows[index] = FigureRow(row.row, {**row.cells, **last})


def join_rows(rows: Sequence[FigureRow]) -> FigureRow:
    """Return one line for all lines of a person, with the sums of their figures, at the place of the first."""
    cells = dict(rows[0].cells)
    for name in ("paid", "credit"):
        amounts = [row.cells[name] for row in rows if row.cells.get(name) is not None]
        cells[name] = total(amounts) if amounts else None
    return FigureRow(rows[0].row, cells)


def part_lines(
    read: FiguresRead,
    column: str,
    rows: Sequence[FigureRow],
    mine: Sequence[Computed],
    difference: Decimal,
    is_money: Callable[[Computed, str], bool],
) -> Parted:
    """Compare a person's lines of the sheet with those of the run; `difference` is theirs less ours."""
    theirs = [
        SheetLine(row.text(column), row.cells.get("paid") or Decimal(0), row.cells.get("credit"), _cell(read, row))
        for row in rows
    ]
    return compare_lines(theirs, our_lines(mine, column, is_money), difference)


def our_lines(mine: Sequence[Computed], column: str, is_money: Callable[[Computed, str], bool]) -> list[OurLine]:
    """Return what a run pays a person on each transaction (or contract), all components together."""
    found = []
    for one in mine:
        for each in one.result.components:
            known = {(line.key, line.contract): line for line in one.inputs.lines if line.component == each.component}
            counts_money = is_money(one, each.component)
            for line in each.lines:
                credited = known.get((line.key, line.contract))
                if not line.key or credited is None:
                    continue
                key = (line.contract or line.key) if column == CONTRACT.name else line.key
                credit = credited.pay_credit if counts_money else None
                is_earlier = line.date is not None and line.date < one.result.run
                found.append(
                    OurLine(key, line.amount, credit, credited.share, credited.source, is_earlier, each.component)
                )
    return found


def _cell(read: FiguresRead, row: FigureRow) -> str:
    return str(read.where(row, "paid")).rpartition("!")[2]
