"""What `report channels` and `report regions` share: margin, customers and win rate beside an amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.table import Column, Line, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures, Results
from salescli.reports.breakdown import (
    MARGINS,
    WIN_RATE,
    Part,
    beside_metric,
    breakdown_needs,
    few_cases,
    gather_parts,
    gather_total,
)
from salescli.reports.declaration import FiguresNeed, Need
from salescli.reports.measures import exact
from salescli.reports.params import Asked

CUSTOMERS_COLUMN = Column("customers", Title("客户", "Customers"), "quantity")
MARGIN_COLUMN = Column("margin", Title("利润率", "Margin"), "ratio")
WIN_RATE_COLUMN = Column("win_rate", Title("赢单率", "Win rate"), "ratio")


def segment_needs(asked: Asked, by: str) -> dict[str, Need]:
    """Ask for a metric by channel or region with its margin and customers, and the win rate of deals."""
    beside = {
        "margin": beside_metric(MARGINS, asked),
        WIN_RATE: WIN_RATE,
    }
    metric, counted = asked.metric.name, asked.counted
    customers: dict[str, Need] = {
        "customers": FiguresNeed(metric, (by, "customer"), counted, is_optional=True),
        "all-customers": FiguresNeed(metric, ("customer",), counted, is_optional=True),
    }
    return breakdown_needs(asked, by, beside) | customers


def segment_parts(asked: Asked, results: Results) -> tuple[list[Part], Part]:
    """Return the parts and the whole, each with how many customers it has."""
    known = ("margin", WIN_RATE)
    parts, whole = gather_parts(asked, results, known), gather_total(asked, results, known)
    counts = _count_customers(results.optional_figures("customers"))
    everyone = _count_customers(results.optional_figures("all-customers"))
    if not any(everyone.values()):
        return parts, whole
    counted = [
        replace(part, beside={**part.beside, "customers": Decimal(counts.get((part.key,), 0))}) for part in parts
    ]
    return counted, replace(whole, beside={**whole.beside, "customers": Decimal(everyone.get((), 0))})


def _count_customers(figures: Figures | None) -> dict[tuple[str | None, ...], int]:
    """Count the customers with more than nothing; the customer is the last dimension."""
    found: dict[tuple[str | None, ...], int] = {}
    for line in figures.lines if figures else ():
        if line.keys[-1] is not None and (exact(line.value) or 0) > 0:
            found[line.keys[:-1]] = found.get(line.keys[:-1], 0) + 1
    return found


SEGMENT_COLUMNS = {"margin": MARGIN_COLUMN, "customers": CUSTOMERS_COLUMN, WIN_RATE: WIN_RATE_COLUMN}


def beside_columns(shown: Sequence[str]) -> list[Column]:
    """Return the columns of what stands beside, and a note where a rate may stand on few cases."""
    columns = [SEGMENT_COLUMNS[key] for key in shown]
    return [*columns, Column("note", Title("备注", "Note"))] if WIN_RATE in shown else columns


def beside_cells(part: Part, shown: Sequence[str], *, with_note: bool = True) -> list[Value]:
    """Return the values under `beside_columns`."""
    cells: list[Value] = [part.beside.get(key) for key in shown]
    if WIN_RATE in shown:
        cells.append(few_cases(part.beside.get(WIN_RATE)) if with_note else None)
    return cells


def segment_said(by: str, parts: Sequence[Part], whole: Part, shown: Sequence[str]) -> list[Title]:
    """Say what a reader of channels or regions would look for in vain, or read wrongly."""
    title, lines = DIMENSIONS[by].title, []
    if all(part.key is None for part in parts):
        lines.append(Title(f"没有一笔写有{title.zh}", f"no record names a {title.en.lower()}"))
    elif WIN_RATE not in shown and whole.beside.get(WIN_RATE) is not None:
        lines.append(
            Title(
                f"商机没有{title.zh},没有赢单率",
                f"no deal closed in the period names a {title.en.lower()}: no win rate",
            )
        )
    if "customers" in shown:
        lines.append(Title("客户数不可相加", "customers do not add up"))
    return lines


def segment_explained(asked: Asked, shown: Sequence[str], *lines: Title) -> Trace:
    """Say how the columns of channels and regions are computed."""
    said = [
        Title("占比 = 本行 ÷ 合计", "share = the line ÷ the total"),
        Title(
            "增长 = (本期 − 比较期) ÷ 比较期;比较期没有或不为正时不算",
            "growth = (now − before) ÷ before; none where before is unknown or not positive",
        ),
        *lines,
    ]
    names = {"margin": beside_metric(MARGINS, asked), WIN_RATE: WIN_RATE}
    for key in shown:
        title = SEGMENT_COLUMNS[key].title
        if key in names:
            said.append(Title(f"{title.zh} = {names[key]}", f"{title.en.lower()} = {names[key]}"))
        else:
            said.append(
                Title(
                    "客户 = 本期数额为正的客户数,合计单独计",
                    "customers = those with more than nothing; the total counted by itself",
                )
            )
    return Trace("measures", tuple(Line(each) for each in said), Title("各列的算法", "How the columns are computed"))
