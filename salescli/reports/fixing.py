"""What waits for a person: a summary, and a table per kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class FixSection:
    """One kind: what it holds up, how many, how much by currency, and its lines."""

    name: str
    title: Title
    why: Title
    count: int
    amounts: Mapping[str, Decimal]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def build_fix_report(sections: Sequence[FixSection], currency: str, known: Title, limit: int, file: str) -> Report:
    """Build the list; at most `limit` lines of each kind, 0 for all. `file` is how the workbook may be called."""
    title = Title("待补", "What waits for a person")
    blocks: list[Block] = [_summary(sections, currency), *(_section(one, currency, limit) for one in sections)]
    footer = [known]
    if limit and any(len(one.rows) > limit for one in sections):
        footer.insert(
            0, Title(f"每类只列前 {limit} 行:--limit 0 列出全部", f"{limit} lines of each: --limit 0 for all")
        )
    steps = (f"salescli fix list -o {file}",) if sections else ()
    return Report("fix", title, tuple(blocks), tuple(footer), next=steps)


def _summary(sections: Sequence[FixSection], currency: str) -> Table:
    """One line per kind and currency; the first of a kind says how many."""
    many = any(code not in ("", currency) for one in sections for code in one.amounts)
    columns = (
        Column("kind", Title("种类", "Kind"), "id"),
        Column("what", Title("待补", "Waits")),
        Column("count", Title("数量", "Count"), "count"),
        *([Column("currency", Title("币种", "Currency"), "id")] if many else []),
        Column("amount", Title("涉及金额", "Amount"), "money", "" if many else currency),
        Column("why", Title("影响", "What it holds up")),
    )
    rows: list[tuple[Value, ...]] = []
    for one in sections:
        amounts: list[tuple[str, Decimal | None]] = [*one.amounts.items()] or [("", None)]
        for place, (code, amount) in enumerate(amounts):
            count = one.count if place == 0 else None
            rows.append((one.name, one.title, count, *([code or None] if many else []), amount, one.why))
    return Table("summary", columns, tuple(rows), empty=Title("没有待补的事项", "nothing waits for anybody"))


def _section(one: FixSection, currency: str, limit: int) -> Table:
    columns = tuple(Column(each.key, each.title, each.kind, _currency(one, each, currency)) for each in one.columns)
    rows = one.rows[:limit] if limit else one.rows
    return Table(one.name, columns, rows, one.title)


def _currency(one: FixSection, column: Column, currency: str) -> str:
    return currency if column.kind == "money" and set(one.amounts) <= {currency} else ""
