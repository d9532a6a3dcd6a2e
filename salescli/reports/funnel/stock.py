"""The report of a stock: how many deals stand in each stage on a day. No conversion follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.funnel.cohort import StockLine, add_amounts
from salescli.core.table import Block, Chart, Column, Ratio, Report, Table
from salescli.core.title import Title
from salescli.reports.funnel.shape import STAGE, Asked, notes_of, value_cells, value_columns


def build_stock(asked: Asked, lines: Sequence[StockLine], extra: Sequence[Block], inferred: int) -> Report:
    """Build the stock on a day: every stage of the process, the ended ones too."""
    count = sum(line.count for line in lines)
    currencies = sorted({currency for line in lines for currency in line.amounts})
    columns = [
        STAGE,
        Column("deals", Title("商机数", "Deals"), "count"),
        Column("share", Title("占比", "Share"), "ratio"),
        *value_columns(currencies, Title("金额", "Value")),
        Column("bar", Title("", ""), "bar"),
    ]
    rows = [
        (
            line.stage.title,
            line.count,
            Ratio(line.count, count),
            *value_cells(line.amounts, currencies),
            Ratio(line.count, count),
        )
        for line in lines
    ]
    amounts = add_amounts((currency, amount) for line in lines for currency, amount in line.amounts.items())
    total = ("", count, Ratio(count, count), *value_cells(amounts, currencies), None)
    open_ = [line for line in lines if line.stage.is_live]
    open_count = sum(line.count for line in open_)
    title = Title(
        f"漏斗 · {asked.on} 快照 · {asked.cohort.zh} · 各阶段存量,不计转化 · {open_count:,} 个在手",
        f"Funnel · snapshot of {asked.on} · {asked.cohort.en} · a stock, no conversion · {open_count:,} open",
    )
    table = Table(
        "stock",
        tuple(columns),
        tuple(rows) if count else (),
        total=total if count else None,
        empty=asked.why_empty,
        charts=(Chart("bar", Title("各阶段的商机", "Deals in each stage"), STAGE.key, ("deals",)),),
    )
    footer = [asked.known, Title(f"流程 {asked.place}", f"process {asked.place}")]
    if inferred:
        footer.append(
            Title(
                f"{inferred:,} 个无阶段变更,以商机的阶段为准",
                f"{inferred:,} without stage changes: the deal's own stage",
            )
        )
    data: dict[str, object] = {"mode": "snapshot", "on": asked.on.isoformat(), "deals": count, "open": open_count}
    return Report("funnel", title, (table, *extra), tuple(footer), notes_of(asked), data=data)
