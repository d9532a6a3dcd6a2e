"""Rankings as tables: places with exact figures and prizes, and below them who was not ranked and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.commission.explain_groups import WHY_NOT
from salescli.core.commission.result import Step
from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.table import Column, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.commission.columns import money, text, words


@dataclass(frozen=True, slots=True)
class Award:
    """One ranking of a window: its steps (a place each; none before it is due), and where the plan says it."""

    title: Title
    plan: Title
    window: str
    metric: str
    currency: str
    steps: Sequence[Step]
    state: str  # of the run that gives it: `2026-03 · run #3, closed`; "" before it is due
    due: date
    place: str
    is_ratio: bool


def build_awards(period: Period, awards: Sequence[Award], metrics: Mapping[str, Title]) -> Report:
    """Build the page of a period's awards; one that is not due says from when it is."""
    title = Title(f"评奖 · {period.label}", f"Awards · {period.label}")
    blocks = tuple(_table(number, one, metrics) for number, one in enumerate(awards, 1))
    states = tuple(dict.fromkeys(Title(one.state, one.state) for one in awards if one.state))
    none = Title("方案里没有排名奖(type: rank)", "no plan has a ranking (type: rank)")
    exact = Title("名次按精确数值", "places are by exact figures")
    return Report("awards", title, blocks, (exact, *states) if awards else (none,))


def _table(number: int, award: Award, metrics: Mapping[str, Title]) -> Table:
    metric = metrics.get(award.metric, Title(award.metric, award.metric))
    if award.is_ratio:
        metric = Title(f"{metric.zh}达成率", f"Attainment of {metric.en}")
    figure = Column("figure", metric, "ratio" if award.is_ratio else "quantity")
    columns = (
        Column("rank", Title("名次", "Rank"), "count"),
        text("person", "姓名", "Person"),
        figure,
        money("prize", "奖金", "Prize", award.currency),
        words("note", "说明", "Note"),
    )
    title = Title(
        f"{award.title.zh} · {award.window} · {award.plan.zh}({award.place})",
        f"{award.title.en} · {award.window} · {award.plan.en} ({award.place})",
    )
    rows = tuple(_row(step, award) for step in award.steps)
    sum_row = (None, None, None, total(_prize(step) for step in award.steps), None) if rows else None
    not_due = Title(f"{award.due} 起才评", f"not due before {award.due}")
    nobody = Title("没有人参评", "nobody is ranked")
    return Table(f"award-{number}", columns, rows, title, sum_row, empty=nobody if award.state else not_due)


def _row(step: Step, award: Award) -> tuple[Value, ...]:
    name, rank, prize = step.part("name"), step.part("rank"), _prize(step)
    shown = name if isinstance(name, str) else ""
    if step.name == "rank-out":
        return (None, shown, _figure(step, award), None, WHY_NOT[str(step.part("why"))])
    return (int(rank) if isinstance(rank, int | Decimal) else None, shown, _figure(step, award), prize, _note(step))


def _prize(step: Step) -> Decimal:
    return step.value if isinstance(step.value, Decimal) else Decimal(str(step.value or 0))


def _figure(step: Step, award: Award) -> Value:
    numerator, denominator = step.part("numerator"), step.part("denominator")
    if not isinstance(numerator, Decimal):
        return None
    if award.is_ratio:
        return Ratio(numerator, denominator) if isinstance(denominator, Decimal) and denominator else None
    return numerator


def _note(step: Step) -> Title | None:
    tied, reached = step.part("tied"), step.part("reached")
    zh, en = [], []
    if isinstance(tied, int) and tied > 1:
        zh.append(f"{tied} 人并列")
        en.append(f"{tied} tie")
    if isinstance(reached, date):
        zh.append(f"{reached} 达到")
        en.append(f"reached on {reached}")
    return Title(",".join(zh), ", ".join(en)) if zh else None
