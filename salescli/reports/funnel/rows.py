"""The deals behind a figure of the funnel: as many as it counts, with the value it adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.money import from_e4
from salescli.core.table import Column, Table, Value
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class DealLine:
    """One deal: when it began, when it came to the stage asked and how long it stayed, where it stands now."""

    key: str
    name: str
    owner: str
    begun: date | None
    entered: date | None
    days: int | None
    stands: Title
    amount_e4: int | None
    currency: str
    source: str


def build_rows(title: Title, lines: Sequence[DealLine], why_empty: Title) -> Table:
    """Build the list; its total is the value of the figure, where there is one currency."""
    currencies = sorted({line.currency for line in lines if line.amount_e4 is not None})
    single = currencies[0] if len(currencies) == 1 else ""
    columns = [
        Column("deal", Title("商机", "Deal"), "id"),
        Column("name", Title("名称", "Name")),
        Column("owner", Title("负责人", "Owner")),
        Column("created", Title("创建", "Created"), "date"),
        Column("entered", Title("进入", "Entered"), "date"),
        Column("days", Title("天数", "Days"), "count"),
        Column("stands", Title("现处", "Stands in")),
        Column("currency", Title("币种", "Currency"), "id"),
        Column("value", Title("金额", "Value"), "money", currency=single),
        Column("source", Title("来源", "Source")),
    ]
    rows: list[tuple[Value, ...]] = [
        (
            line.key,
            line.name if line.name != line.key else "",
            line.owner,
            line.begun,
            line.entered,
            line.days,
            line.stands,
            line.currency,
            None if line.amount_e4 is None else from_e4(line.amount_e4),
            line.source,
        )
        for line in lines
    ]
    total: tuple[Value, ...] | None = None
    if single:
        worth = from_e4(sum(line.amount_e4 or 0 for line in lines))
        total = tuple("" if at == 0 else worth if column.key == "value" else None for at, column in enumerate(columns))
    kept = [at for at, column in enumerate(columns) if _is_kept(column, [row[at] for row in rows], bool(single))]
    picked = [tuple(row[at] for at in kept) for row in rows]
    last = None if total is None else tuple(total[at] for at in kept)
    return Table("rows", tuple(columns[at] for at in kept), tuple(picked), title, last, why_empty)


def _is_kept(column: Column, values: Sequence[Value], is_single: bool) -> bool:
    """A column in which nothing stands is left out; the currency too where there is one only."""
    if column.key == "currency":
        return not is_single and any(values)
    return column.key in ("deal", "stands") or any(value not in (None, "") for value in values)
