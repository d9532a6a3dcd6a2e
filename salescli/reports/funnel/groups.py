"""A cohort by groups: teams, people, sources, months of creation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescli.core.funnel.cohort import Funnel
from salescli.core.funnel.rates import WinRate
from salescli.core.metrics.interval import FEW_CASES
from salescli.core.table import Column, Ratio, Table, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import Shown, value_cells, value_columns


def build_groups(by: Title, shown: Shown, currencies: Sequence[str]) -> Table:
    """Build a line per group: how many came how far, and what was won of them."""
    later = shown.funnel.lines[1:]
    columns = [
        Column("group", by),
        Column("entered", Title("进入", "Entered"), "count"),
        *(Column(f"reached_{line.stage.name}", line.stage.title, "count") for line in later),
        Column("won", Title("赢单", "Won"), "count"),
        Column("rate_closed", Title("赢单/结单", "Won of closed"), "ratio"),
        Column("rate_all", Title("赢单/进入", "Won of all"), "ratio"),
        Column("open_share", Title("仍在手", "Still open"), "ratio"),
        *value_columns(currencies, Title("赢单金额", "Won value"), "won_value"),
    ]
    rows = [_group_row(group.name, group.funnel, group.rates, currencies) for group in shown.groups]
    total = _group_row("", shown.funnel, {rate.of: rate for rate in shown.rates}, currencies)
    return Table("groups", tuple(columns), tuple(rows), Title(f"按{by.zh}", f"By {by.en.lower()}"), total=total)


def few_closed(shown: Shown) -> Title | None:
    """Name the groups of which few deals have closed: their rates prove little."""
    few = [
        (group.name, group.rates["closed"].cases)
        for group in shown.groups
        if 0 < group.rates["closed"].cases < FEW_CASES
    ]
    if not few:
        return None
    zh, en = "、".join(f"{name}({cases})" for name, cases in few), ", ".join(f"{name} ({cases})" for name, cases in few)
    return Title(f"结单例数少:{zh}", f"few cases closed: {en}")


def _group_row(name: str, funnel: Funnel, rates: Mapping[str, WinRate], currencies: Sequence[str]) -> tuple[Value, ...]:
    closed, every = rates["closed"], rates["all"]
    return (
        name,
        funnel.count,
        *(line.count for line in funnel.lines[1:]),
        funnel.won.count if funnel.won else 0,
        Ratio(closed.won, closed.cases),
        Ratio(every.won, every.cases),
        Ratio(funnel.open_count, funnel.count),
        *value_cells(funnel.won.amounts if funnel.won else {}, currencies),
    )
