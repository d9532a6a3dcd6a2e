"""The way to one person's grade: each KPI's figures, its curve step by step, its weight; the total and the grade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from salescli.core.money import round_off_bounds
from salescli.core.scorecard.result import KpiScore
from salescli.core.scorecard.shape import MetricKpi
from salescli.core.scorecard.values import percent_text, plain, score_text, shown
from salescli.core.table import Block, Column, Line, Report, Table, Trace
from salescli.core.title import Language, Title
from salescli.reports.scorecard.person import bounds_of
from salescli.reports.scorecard.sheet import (
    MISSING,
    NO_GRADE,
    RANK_NOTE,
    Sheet,
    SheetPerson,
    missing_rule,
    score_value,
    total_column,
)

Place = Callable[..., str]
OF = {"own": Title("本人", "own"), "team": Title("团队", "the team's")}
_SCORE = Column("points", Title("计入", "Counts"), "quantity", decimals=2)


def build_explanation(
    sheet: Sheet,
    one: SheetPerson,
    place: Place,
    earlier: Mapping[str, str],
    rows: Sequence[Table],
    only: str,
    following: Sequence[str],
    language: Language,
) -> Report:
    """Build the explanation of one person's sheet.

    Args:
        sheet: the run.
        one: whose sheet.
        place: `file:line` of a path in the scorecard.
        earlier: the period that each growth KPI is read against.
        rows: the records behind the figures, where they were asked for.
        only: one KPI, or "" for all with total and grade.
        following: commands to type next.
        language: of texts inside cells.
    """
    lines = [_kpi(sheet, each, place, earlier.get(each.kpi, "")) for each in one.result.kpis if only in ("", each.kpi)]
    if not only:
        lines += _outcome(sheet, one, place)
    blocks: list[Block] = [Trace("scorecard", tuple(lines)), *rows]
    title = sheet.title
    name = sheet.called(one)
    whole = Title(f"{name} · {title.zh}", f"{name} · {title.en}")
    footer = (*sheet.footer, RANK_NOTE) if not only else sheet.footer
    return Report("scorecard-explain", whole, tuple(blocks), footer, next=tuple(following))


def _kpi(sheet: Sheet, each: KpiScore, place: Place, earlier: str) -> Line:
    title, stated = sheet.titles[each.kpi], sheet.card.kpis[each.kpi].weight
    at = ("kpis", each.kpi)
    children = [*_reading(sheet, each, place, earlier), *_curve(sheet, each, place)]
    if each.score is None:
        text = Title(f"{title.zh}({each.kpi}):不计", f"{title.en} ({each.kpi}): left out")
        return Line(text, None, None, place(*at), tuple(children))
    score, weight = score_text(each.score), shown(each.weight, True)
    text = Title(f"{title.zh}({each.kpi}):{score} × {weight}", f"{title.en} ({each.kpi}): {score} × {weight}")
    if each.weight != Fraction(stated):
        counted = Title(
            f"权重 {percent_text(stated)} ÷ 计入的权重合计 = {weight}",
            f"weight {percent_text(stated)} ÷ the weights that count = {weight}",
        )
        children.append(Line(counted, source=place(*at, "weight")))
    return Line(text, score_value(each.contribution), _SCORE, place(*at), tuple(children))


def _reading(sheet: Sheet, each: KpiScore, place: Place, earlier: str) -> list[Line]:
    """Say the figures: what was measured, what it was set against, and the exact reading."""
    shape, reading = sheet.card.kpis[each.kpi], each.reading
    if not isinstance(shape, MetricKpi):
        return _rating(each, place)
    is_rate = each.kpi in sheet.rates
    whose = OF[shape.of]
    above = plain(reading.numerator) if reading.numerator is not None else ""
    below = plain(reading.denominator) if reading.denominator is not None else ""
    head = f"{whose.zh} {shape.metric} {above}", f"{whose.en} {shape.metric} {above}"
    if shape.read_as == "attainment" and below:
        zh, en = f"{head[0]} ÷ 目标 {below}", f"{head[1]} ÷ target {below}"
    elif shape.read_as == "growth" and below:
        zh, en = f"{head[0]} ÷ {earlier} {below} − 1", f"{head[1]} ÷ {earlier} {below} − 1"
    elif below:
        zh, en = f"{head[0]} ÷ {below}", f"{head[1]} ÷ {below}"
    else:
        zh, en = head
    source = place("kpis", each.kpi, "metric")
    if each.value is None:
        return [*([Line(Title(zh, en), source=source)] if above else []), *_missing(sheet, each, place)]
    if below:
        value = shown(each.value, is_rate, bounds_of(sheet.card, each.kpi))
        zh, en = f"{zh} = {value}", f"{en} = {value}"
    return [Line(Title(zh, en), source=source)]


def _rating(each: KpiScore, place: Place) -> list[Line]:
    reading = each.reading
    source = place("kpis", each.kpi, "rating")
    if reading.numerator is None:
        return [Line(MISSING["no-rating"], source=source)]
    zh, en = f"评分 {plain(reading.numerator)}", f"rated {plain(reading.numerator)}"
    children = (Line(Title(f"依据:{reading.evidence}", f"evidence: {reading.evidence}")),) if reading.evidence else ()
    return [Line(Title(zh, en), source=source, children=children)]


def _missing(sheet: Sheet, each: KpiScore, place: Place) -> list[Line]:
    why = MISSING[each.reading.missing]
    shape = sheet.card.kpis[each.kpi]
    if each.reading.missing == "few-cases" and isinstance(shape, MetricKpi):
        cases = plain(each.reading.denominator) if each.reading.denominator is not None else "0"
        why = Title(f"例数 {cases},不足 {shape.min_sample}", f"{cases} cases, fewer than {shape.min_sample}")
    return [Line(why)]


def _curve(sheet: Sheet, each: KpiScore, place: Place) -> list[Line]:
    """Say what the curve did with the reading, or what is done without one."""
    at = ("kpis", each.kpi)
    if each.value is None:
        return [Line(missing_rule(sheet, each.kpi), source=place(*at, "if_missing"))]
    curve = sheet.card.curve(each.kpi)
    lines = [Line(step.text, source=place(*at, "curve", *step.path)) for step in curve.steps(each.value)]
    found = curve.score(each.value)
    full = curve.full_marks
    if full != 100:
        text = (
            f"{score_text(curve.points(each.value))} ÷ {plain(round_off_bounds(full, ()))} × 100 = {score_text(found)}"
        )
        lines.append(Line(Title(text, text), source=place(*at, "curve", "out_of")))
    if each.score is not None and each.score != found:
        word = "at_most" if each.score < found else "at_least"
        held = score_text(each.score)
        text_held = Title(
            f"本表{'上限' if word == 'at_most' else '下限'} {held} 分", f"held at {held} by the scorecard"
        )
        lines.append(Line(text_held, source=place("score", word)))
    return lines


def _outcome(sheet: Sheet, one: SheetPerson, place: Place) -> list[Line]:
    """Say the total, the grade that it reaches, the bonus factor, and how far the next grade is."""
    result, card = one.result, sheet.card
    if result.total is None or result.why_no_grade:
        said = NO_GRADE[result.why_no_grade]
        values = {"days": result.days, "least": card.min_days}
        text = Title(said.zh.format(**values), said.en.format(**values))
        key = "min_days" if result.why_no_grade == "not-enough-days" else "grades"
        return [Line(text, score_value(result.total), total_column(sheet), place(key))]
    index = card.grade_index(result.total)
    assert index is not None, "whoever has a total and no reason against it has a grade"
    line, total = card.grades[index], score_text(result.total, card.grade_bounds)
    reached = f"{total} ≥ {plain(line.threshold)}"
    factor = sheet.factor(line.word)
    children = [Line(Title(f"{reached}:{line.word}", f"{reached}: {line.word}"), source=place("grades", index))]
    if factor is not None:
        said = Title(f"奖金系数 {plain(factor)}", f"bonus factor {plain(factor)}")
        children.append(Line(said, source=place("bonus_factors", line.word)))
    above = [each for each in card.grades if each.threshold > line.threshold]
    if above:
        upper = min(above, key=lambda each: each.threshold)
        short = score_text(Fraction(upper.threshold) - result.total, [Fraction(0)])
        text = Title(
            f"距 {upper.word}({plain(upper.threshold)})还差 {short}",
            f"{short} short of {upper.word} ({plain(upper.threshold)})",
        )
        children.append(Line(text, source=place("grades", card.grades.index(upper))))
    head = Title(f"总分,等级 {line.word}", f"total, grade {line.word}")
    return [Line(head, score_value(result.total), total_column(sheet), place("grades"), tuple(children))]
