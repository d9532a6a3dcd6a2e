"""Which stored runs reproduce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.table import Column, Report, Table
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, text


@dataclass(frozen=True, slots=True)
class VerifiedRow:
    """One run: how many results it holds, and how many come out otherwise now."""

    run: int
    period: str
    state: str
    at: str
    results: int
    differing: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """One figure of a result: what is stored and what comes out now; None for a result that is not there."""

    run: int
    period: str
    number: str
    person: str
    plan: str
    figure: str
    stored: Decimal | None
    now: Decimal | None


FIGURES = {
    "earned": Title("应计", "earned"),
    "kept_change": Title("留存", "holdback"),
    "payable": Title("应发", "payable"),
    "carried_out": Title("结转", "carried"),
    "listed": Title("低于零列出", "listed below zero"),
}


def build_verified(rows: Sequence[VerifiedRow], differing: Sequence[DifferingRow], language: Language) -> Report:
    """Build the list of verified runs, and of the figures that come out otherwise where any does."""
    columns = (
        Column("run", Title("运行", "Run"), "id"),
        text("period", "期间", "Period"),
        text("made", "计算于(UTC)", "Made (UTC)"),
        Column("results", Title("结果数", "Results"), "count"),
        Column("differing", Title("不一致", "Differing"), "count"),
        Column("same", Title("一致", "Same"), "flag"),
    )
    cells = tuple((one.run, one.period, one.at[:16], one.results, one.differing, one.is_same) for one in rows)
    table = Table("runs", columns, cells, empty=Title("还没有已关账的运行", "no run is closed yet"))
    footer = Title(
        "每个运行都用它当时的数据、方案和规则重算,逐字节比较",
        "each run is computed again from the data and plans that it knew, and compared byte for byte",
    )
    tables = (table, *_differences(differing, language))
    return Report("commission-verify", Title("核验提成运行", "Commission runs verified"), tables, (footer,))


def _differences(rows: Sequence[DifferingRow], language: Language) -> list[Table]:
    if not rows:
        return []
    columns = (
        Column("run", Title("运行", "Run"), "id"),
        text("period", "期间", "Period"),
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        text("figure", "项目", "Figure"),
        money("stored", "保存的", "Stored"),
        money("now", "重算的", "Computed now"),
        money("difference", "差异", "Difference"),
    )
    cells = tuple(
        (one.run, one.period, one.number, one.person, one.plan, _figure(one.figure, language), one.stored, one.now,
         _less(one))
        for one in rows
    )  # fmt: skip
    title = Title("不一致之处(保存的结果不变)", "What differs (what is stored stays)")
    return [Table("differences", columns, cells, title)]


def _figure(name: str, language: Language) -> str:
    return FIGURES[name].text(language) if name in FIGURES else name


def _less(one: DifferingRow) -> Decimal | None:
    if one.stored is None and one.now is None:
        return None
    zero = Decimal(0)
    return CONTEXT.subtract(one.now or zero, one.stored or zero)
