"""Cells that hold a word of ours, said in one language before any format sees them."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.table import Block, Facts, Report, Table, Value
from salescli.core.title import Language, Title


def worded(report: Report, language: Language) -> Report:
    """Return a report whose cells hold text where they held a Title."""
    blocks = tuple(_block(block, language) for block in report.blocks)
    return (
        report
        if all(new is old for new, old in zip(blocks, report.blocks, strict=True))
        else replace(report, blocks=blocks)
    )


def _block(block: Block, language: Language) -> Block:
    if isinstance(block, Facts) and any(isinstance(value, Title) for _, value in block.items):
        return replace(block, items=tuple((column, _said(value, language)) for column, value in block.items))
    if isinstance(block, Table) and (texts := _columns_with_titles(block)):
        rows = tuple(_row(row, texts, language) for row in block.rows)
        return replace(block, rows=rows, total=None if block.total is None else _row(block.total, texts, language))
    return block


def _columns_with_titles(table: Table) -> frozenset[int]:
    """Only text columns are looked at: a table of figures costs nothing."""
    found = set()
    for place, column in enumerate(table.columns):
        if column.kind == "text" and any(
            isinstance(row[place], Title) for row in (*table.rows, *filter(None, [table.total]))
        ):
            found.add(place)
    return frozenset(found)


def _row(row: tuple[Value, ...], texts: frozenset[int], language: Language) -> tuple[Value, ...]:
    return tuple(_said(value, language) if place in texts else value for place, value in enumerate(row))


def _said(value: Value, language: Language) -> Value:
    return value.text(language) if isinstance(value, Title) else value
