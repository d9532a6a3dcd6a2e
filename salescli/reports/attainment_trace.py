"""What stands behind attainment: the target records, and how each figure follows from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.table import Column, Line, Table
from salescli.core.title import Title
from salescli.reports.attainment import Measured, figure_column
from salescli.reports.attainment_words import PACE_WORDS
from salescli.reports.quota import FULL, LEVELS, NO_TARGET, AttainmentRow


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target record in force: whose, of which month and version, what of it counts, and where it is from.

    `order` puts the company before teams before people. A part of a month counts by its working days.
    """

    order: int
    level: str
    team: str
    holder: str
    month: str
    amount: Decimal
    counted: Decimal
    since: str
    note: str
    batch: int | None
    source: str


def build_target_rows(one: Measured, lines: Sequence[TargetLine]) -> Table:
    """Build the target records behind the lines; those of one holder add up to its target where it adds up."""
    is_part = any(line.amount != line.counted for line in lines)
    has_notes, has_levels = any(line.note for line in lines), len({line.level for line in lines}) > 1
    columns = [
        *([Column("level", Title("档位", "Level"))] if has_levels else []),
        Column("team", Title("团队", "Team")),
        Column("holder", Title("目标持有者", "Holder")),
        Column("month", Title("月份", "Month"), "id"),
        figure_column("amount", Title("目标", "Target"), one),
        *([figure_column("counted", Title("计入", "Counted"), one)] if is_part else []),
        Column("since", Title("版本自", "Version since"), "id"),
        *([Column("note", Title("原因", "Reason"))] if has_notes else []),
        Column("batch", Title("批次", "Batch"), "id"),
        Column("source", Title("来源", "Source")),
    ]
    rows = []
    for line in lines:
        level = LEVELS.get(line.level, Title(line.level, line.level))
        rows.append(
            (
                *((level,) if has_levels else ()),
                line.team,
                line.holder,
                line.month,
                line.amount,
                *((line.counted,) if is_part else ()),
                line.since or None,
                *((line.note,) if has_notes else ()),
                line.batch,
                line.source,
            )
        )
    title = Title("目标记录", "Target records")
    return Table(f"targets-{one.name}", tuple(columns), tuple(rows), title, empty=Title("没有目标", "no target"))


def build_formulas(one: Measured) -> list[Line]:
    """Say how the columns follow from each other, with the company's numbers, or the first line's that has a target."""
    row = next(
        (each for each in (*(() if one.is_part else (one.total,)), *one.rows) if each.standing.target is not None),
        one.total,
    )
    return [*_reached(one, row), *(_ahead(one, row) if one.is_additive else [])]


def _reached(one: Measured, row: AttainmentRow) -> list[Line]:
    standing, figure = row.standing, figure_column("amount", Title("", ""), one)
    rate = Column("rate", Title("", ""), "ratio", thresholds=(FULL,), blank=NO_TARGET)
    actual = standing.rate if standing.rate is not None else standing.actual
    parts = (
        Line(Title(f"{row.name} 实际", f"{row.name}: actual"), actual, figure),
        Line(Title(f"{row.name} 目标", f"{row.name}: target"), standing.target, figure),
    )
    return [
        Line(Title("达成率 = 实际 ÷ 目标", "attainment = actual ÷ target"), standing.attainment, rate, children=parts),
        Line(Title("差异 = 实际 − 目标", "variance = actual − target"), standing.variance, figure),
        Line(Title("差异率 = 差异 ÷ 目标", "variance % = variance ÷ target"), standing.variance_rate, rate),
    ]


def _ahead(one: Measured, row: AttainmentRow) -> list[Line]:
    standing, figure = row.standing, figure_column("amount", Title("", ""), one)
    clock, rate = standing.clock, Column("rate", Title("", ""), "ratio", thresholds=(FULL,))
    word, (gone, days), (done, all_days) = PACE_WORDS[one.pace_by], clock.calendar, clock.working
    left = clock.working.left
    lines = [
        Line(Title("缺口 = 目标 − 实际,不小于 0", "to go = target − actual, never below 0"), standing.to_go, figure),
        Line(
            word,
            standing.pace,
            rate,
            children=(
                Line(Title(f"已过工作日 {done}/{all_days}", f"working days gone {done} of {all_days}")),
                Line(Title(f"已过天数 {gone}/{days}", f"days gone {gone} of {days}")),
            ),
        ),
    ]
    if not clock.is_complete:
        lines += [
            Line(
                Title(f"每工作日需 = 缺口 ÷ 剩余工作日 {left}", f"needed per day = to go ÷ {left} working days left"),
                standing.required,
                figure,
            ),
            Line(
                Title(
                    f"预计完成 = 实际 + 实际 ÷ {done} × {left}(按目前进度)",
                    f"projected = actual + actual ÷ {done} × {left} (at the present rate)",
                ),
                standing.projected,
                figure,
            ),
        ]
    return lines
