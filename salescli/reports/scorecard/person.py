"""One person's page: the KPIs with what they read, and strengths and gaps beside peers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.money import round_half_away, to_decimal
from salescli.core.scorecard.peers import Beside, KpiBeside
from salescli.core.scorecard.result import KpiScore
from salescli.core.scorecard.shape import MetricKpi, Scorecard
from salescli.core.scorecard.values import plain, score_text, shown
from salescli.core.table import Block, Column, Facts, Prose, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.scorecard.sheet import (
    MISSING,
    RANK_NOTE,
    Sheet,
    SheetPerson,
    factor_column,
    score_value,
    total_column,
)

BASIS = {
    "team": Title("与本团队 {count} 人的中位数相比", "beside the median of the {count} people of the team"),
    "everyone": Title(
        "团队人数不足 5 人,与本表全部 {count} 人的中位数相比",
        "the team has fewer than 5; beside the median of all {count} on the scorecard",
    ),
    "no-total": Title("没有总分,不与他人比较", "without a total, not compared with others"),
    "too-few": Title(
        "只有 {count} 人有总分,不足 5 人:不与他人比较",
        "only {count} with a total, fewer than 5: not compared with others",
    ),
}


def build_person(
    sheet: Sheet, one: SheetPerson, beside: Beside, following: Sequence[str], language: Language
) -> Report:
    """Build one person's page."""
    basis = BASIS[beside.basis]
    note = Title(basis.zh.format(count=beside.count), basis.en.format(count=beside.count))
    blocks: list[Block] = [_head(sheet, one), _kpis(sheet, one, beside)]
    blocks += _beside(sheet, beside, language)
    title = sheet.title
    whole = Title(f"{sheet.called(one)} · {title.zh}", f"{sheet.called(one)} · {title.en}")
    return Report("scorecard-person", whole, tuple(blocks), (note, *sheet.footer, RANK_NOTE), next=tuple(following))


def _head(sheet: Sheet, one: SheetPerson) -> Facts:
    result = one.result
    of = sum(1 for each in sheet.people if each.rank is not None)
    place = None if one.rank is None else f"{one.rank} / {of}"
    items: list[tuple[Column, Value]] = [
        (Column("key", Title("工号", "Number"), "id"), one.key),
        (Column("team", Title("团队", "Team")), one.team),
        (total_column(sheet), score_value(result.total)),
        (Column("grade", Title("等级", "Grade")), result.grade or None),
        (factor_column(), sheet.factor(result.grade)),
        (Column("rank", Title("名次", "Place")), place),
    ]
    return Facts("person", tuple(items))


def _kpis(sheet: Sheet, one: SheetPerson, beside: Beside) -> Table:
    columns = (
        Column("kpi", Title("考核项", "KPI")),
        Column("weight", Title("权重", "Weight"), "rate"),
        Column("reading", Title("读数", "Reading")),
        Column("score", Title("得分", "Score"), "quantity", decimals=2),
        Column("points", Title("计入", "Counts"), "quantity", decimals=2),
        Column("median", Title("中位", "Median"), "quantity", decimals=2),
        Column("difference", Title("差值影响", "Effect"), "quantity", decimals=2),
    )
    rows = tuple(_kpi_row(sheet, each, beside.of(each.kpi)) for each in one.result.kpis)
    total = ("", None, "", None, score_value(one.result.total), None, None)
    return Table("kpis", columns, rows, total=total)


def _kpi_row(sheet: Sheet, each: KpiScore, peer: KpiBeside | None) -> tuple[Value, ...]:
    name = each.kpi
    return (
        sheet.titles[name],
        round_half_away(each.weight, to_decimal(Fraction(1, 10_000))),
        reading_text(sheet, each),
        score_value(each.score),
        score_value(each.contribution),
        score_value(peer.median if peer else None),
        score_value(peer.points if peer else None),
    )


def bounds_of(card: Scorecard, kpi: str) -> list[Fraction]:
    """Return the bounds that a KPI's reading is compared with."""
    return [bound.exact for _, bound in card.curve(kpi).bounds()]


def reading_text(sheet: Sheet, each: KpiScore) -> Title:
    """Write what a KPI read, or why it read nothing."""
    if each.value is None:
        return MISSING[each.reading.missing]
    text = shown(each.value, each.kpi in sheet.rates, bounds_of(sheet.card, each.kpi))
    shape = sheet.card.kpis[each.kpi]
    if isinstance(shape, MetricKpi) and shape.read_as == "growth" and each.value > 0:
        text = f"+{text}"
    return Title(text, text)


def _beside(sheet: Sheet, beside: Beside, language: Language) -> list[Block]:
    """Say what is stronger and weaker, most first; nothing where there are too few peers."""
    if beside.basis in ("too-few", "no-total"):
        return []
    blocks: list[Block] = []
    groups = (
        ("strengths", Title("强项", "Strengths"), beside.strengths),
        ("gaps", Title("差距", "Gaps"), beside.gaps),
    )
    for name, title, found in groups:
        lines = tuple((_line(sheet, one, language), "") for one in found)
        none = Title("没有", "none").text(language)
        blocks.append(Prose(name, lines or ((none, ""),), title, numbered=bool(lines)))
    return blocks


def _line(sheet: Sheet, one: KpiBeside, language: Language) -> str:
    sign = "+" if one.difference > 0 else "−"
    away, effect = score_text(abs(one.difference)), score_text(abs(one.points))
    title, middle = sheet.titles[one.kpi].text(language), plain(round_half_away(one.median))
    if language == "zh":
        return f"{title}:比中位 {middle} {'高' if one.difference > 0 else '低'} {away} 分,总分 {sign}{effect}"
    side = "above" if one.difference > 0 else "below"
    return f"{title}: {away} {side} the median of {middle}, {sign}{effect} in the total"
