"""The report of a flow: what came into each stage in a period, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.funnel.flow import Flow
from salescli.core.table import Block, Column, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import STAGE, Asked, notes_of


def build_flow(asked: Asked, flow: Flow, extra: Sequence[Block] = ()) -> Report:
    """Build the flow of a period by stage; no total: what leaves one stage enters the next."""
    went_back = any(line.went_back for line in flow.lines)
    columns = [
        STAGE,
        Column("at_start", Title("期初", "At start"), "count"),
        Column("came_in", Title("流入", "Came in"), "count"),
        Column("went_on", Title("流出", "Went on"), "count"),
        *([Column("went_back", Title("退回", "Went back"), "count")] if went_back else []),
        Column("lost", Title("流失", "Lost"), "count"),
        Column("at_end", Title("滞留", "At end"), "count"),
        Column("on_of_in", Title("转化率(流出/流入)", "On / in"), "ratio"),
        Column("lost_of_in", Title("流失率(流失/流入)", "Lost / in"), "ratio"),
    ]
    rows: list[tuple[Value, ...]] = [
        (
            line.stage.title,
            line.at_start,
            line.came_in,
            line.went_on,
            *([line.went_back] if went_back else []),
            line.lost,
            line.at_end,
            Ratio(line.went_on, line.came_in),
            Ratio(line.lost, line.came_in),
        )
        for line in flow.lines
    ]
    title = Title(
        f"漏斗 · {asked.cohort.zh} · 期间流量(流出/流入可超过 100 %)",
        f"Funnel · {asked.cohort.en} · flow of a period, on / in may exceed 100 %",
    )
    table = Table("flow", tuple(columns), tuple(rows) if flow.deals else (), empty=asked.why_empty)
    footer = [
        Title(f"截至 {asked.on}", f"as of {asked.on}"),
        asked.known,
        Title(f"流程 {asked.place}", f"process {asked.place}"),
        Title("期初 + 流入 = 流出 + 退回 + 流失 + 滞留", "at start + came in = went on + went back + lost + at end"),
    ]
    data: dict[str, object] = {
        "mode": "period",
        "on": asked.on.isoformat(),
        "deals": flow.deals,
        "left_out": len(flow.undated),
    }
    return Report("funnel", title, (table, *extra), tuple(footer), notes_of(asked), data=data)
