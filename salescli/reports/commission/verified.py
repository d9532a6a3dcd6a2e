"""Which stored runs reproduce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.reports.commission.columns import text


@dataclass(frozen=True, slots=True)
class VerifiedRow:
    """One run: how many results it holds, and how many come out otherwise now."""

    run: int
    period: str
    state: str
    at: str
    results: int
    differing: int


def build_verified(rows: Sequence[VerifiedRow]) -> Report:
    """Build the list of verified runs."""
    columns = (
        Column("run", Title("运行", "Run"), "id"),
        text("period", "期间", "Period"),
        text("made", "计算于(UTC)", "Made (UTC)"),
        Column("results", Title("结果数", "Results"), "count"),
        Column("differing", Title("不一致", "Differing"), "count"),
        Column("same", Title("一致", "Same"), "flag"),
    )
    cells = tuple((one.run, one.period, one.at[:16], one.results, one.differing, not one.differing) for one in rows)
    table = Table("runs", columns, cells, empty=Title("还没有已关账的运行", "no run is closed yet"))
    footer = Title(
        "每个运行都用它当时的数据、方案和规则重算,逐字节比较",
        "each run is computed again from the data and plans that it knew, and compared byte for byte",
    )
    return Report("commission-verify", Title("核验提成运行", "Commission runs verified"), (table,), (footer,))
