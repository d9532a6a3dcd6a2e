"""The scorecard of a period: people by KPIs, with total, grade, bonus factor and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import to_decimal
from salescli.core.scorecard.result import KpiScore, PersonScore
from salescli.core.scorecard.shape import Scorecard
from salescli.core.scorecard.values import percent_text
from salescli.core.table import Block, Column, Prose, Ratio, Report, Table, Value
from salescli.core.title import Language, Title

STATES = {"draft": Title("草稿", "draft"), "closed": Title("已定稿", "closed")}
LEFT_OUT = Title("不计", "left out")
NONE = Title("—", "—")
NO_GRADE = {
    "not-enough-days": Title(
        "在岗 {days} 天,不足 {least} 天,不评级", "{days} days in the seat, fewer than {least}: no grade"
    ),
    "nothing-measured": Title("没有任何可计的考核项,不评级", "nothing could be measured: no grade"),
    "below-all-grades": Title("得分低于所有等级的下限", "the total is below every grade"),
}
RANK_NOTE = Title("名次仅供参考,不影响等级和系数", "the place is information: no grade or factor follows from it")


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One person with names, as reports show them; `rank` is None without a total."""

    key: str
    name: str
    team: str
    result: PersonScore
    rank: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run as reports show it: the scorecard it kept, what its KPIs are called, and everyone on it."""

    card: Scorecard
    period: str
    run: int
    state: str
    known_on: str
    footer: tuple[Title, ...]
    titles: Mapping[str, Title]
    rates: frozenset[str]  # KPIs that read a rate
    people: tuple[SheetPerson, ...]

    @property
    def title(self) -> Title:
        """The scorecard, the period, and whether it is closed."""
        state, card = STATES[self.state], self.card.title
        zh, en = f"{self.period} · 运行 #{self.run} {state.zh}", f"{self.period} · run #{self.run}, {state.en}"
        if self.state == "closed":
            zh, en = f"{zh}({self.known_on} 公布)", f"{en}, known on {self.known_on}"
        return Title(f"{card.zh} · {zh}", f"{card.en} · {en}")

    def called(self, person: SheetPerson) -> str:
        """Return a name; with the number where two people share it."""
        shared = sum(1 for one in self.people if one.name == person.name) > 1
        return f"{person.name} {person.key}" if shared and person.key else person.name

    def factor(self, grade: str) -> Decimal | None:
        """Return the bonus factor of a grade, where the scorecard has a table of them."""
        return self.card.bonus_factors.get(grade)


def score_value(score: Fraction | None) -> Value:
    """Return a score that keeps its exact value."""
    return None if score is None else Ratio(score.numerator, score.denominator)


def total_column(sheet: Sheet) -> Column:
    """Return the column of totals: printed away from the bound of the next grade."""
    return Column(
        "total", Title("总分", "Total"), "quantity", decimals=2, thresholds=sheet.card.grade_bounds, blank=NONE
    )


def factor_column() -> Column:
    """Return the column of bonus factors."""
    return Column("factor", Title("系数", "Factor"), "quantity", decimals=1, blank=NONE)


def kpi_heading(sheet: Sheet, name: str) -> Title:
    """Return a KPI's title with its weight."""
    title, weight = sheet.titles[name], percent_text(sheet.card.kpis[name].weight)
    return Title(f"{title.zh} {weight}", f"{title.en} {weight}")


def build_sheet(sheet: Sheet, following: Sequence[str], language: Language) -> Report:
    """Build the sheet: best first, whoever has no grade last, and how many have each grade."""
    columns = (
        Column("name", Title("人员", "Person")),
        Column("key", Title("工号", "Number"), "id"),
        Column("team", Title("团队", "Team")),
        total_column(sheet),
        Column("grade", Title("等级", "Grade"), blank=NONE),
        factor_column(),
        Column("rank", Title("名次", "Place"), "count", blank=NONE),
        *(
            Column(f"score_{name}", kpi_heading(sheet, name), "quantity", decimals=1, blank=LEFT_OUT)
            for name in sheet.card.kpis
        ),
    )
    ordered = sorted(sheet.people, key=lambda one: (one.rank is None, one.rank or 0, one.key))
    rows = tuple(_row(sheet, one) for one in ordered)
    blocks: list[Block] = [Table("scores", columns, rows), _grades(sheet)]
    if said := _remarks(sheet, ordered, language):
        blocks.append(Prose("remarks", tuple((text, "") for text in said), Title("说明", "Remarks")))
    return Report("scorecard", sheet.title, tuple(blocks), (*sheet.footer, RANK_NOTE), next=tuple(following))


def _row(sheet: Sheet, one: SheetPerson) -> tuple[Value, ...]:
    result = one.result
    return (
        sheet.called(one),
        one.key,
        one.team,
        score_value(result.total),
        result.grade or None,
        sheet.factor(result.grade),
        one.rank,
        *(score_value(_score(result.kpi(name))) for name in sheet.card.kpis),
    )


def _score(one: KpiScore) -> Fraction | None:
    return one.score if one.weight else None


def _grades(sheet: Sheet) -> Table:
    counts = Counter(one.result.grade for one in sheet.people)
    columns = (
        Column("grade", Title("等级", "Grade")),
        Column("from", Title("下限", "From"), "quantity"),
        factor_column(),
        Column("people", Title("人数", "People"), "count"),
    )
    rows = tuple(
        (line.word, line.threshold, sheet.factor(line.word), counts[line.word])
        for line in sorted(sheet.card.grades, key=lambda line: -line.threshold)
    )
    return Table("grades", columns, rows, Title("等级分布", "Grades"))


def _remarks(sheet: Sheet, people: Sequence[SheetPerson], language: Language) -> list[str]:
    """Say who has no grade and why, and which KPIs were left out for whom."""
    found = []
    for one in people:
        if one.result.why_no_grade:
            text = NO_GRADE[one.result.why_no_grade].text(language)
            said = text.format(days=one.result.days, least=sheet.card.min_days)
            found.append(f"{sheet.called(one)}:{said}" if language == "zh" else f"{sheet.called(one)}: {said}")
    graded = [one for one in people if not one.result.why_no_grade]
    for name in sheet.card.kpis:
        reasons: dict[str, list[str]] = {}
        for one in graded:
            reading = one.result.kpi(name).reading
            if reading.missing:
                reasons.setdefault(reading.missing, []).append(sheet.called(one))
        for reason, names in reasons.items():
            found.append(_missing(sheet, name, reason, names, len(graded), language))
    return found


def _missing(sheet: Sheet, name: str, reason: str, names: Sequence[str], everyone: int, language: Language) -> str:
    why, what = MISSING[reason].text(language), missing_rule(sheet, name).text(language)
    title = sheet.titles[name].text(language)
    if language == "zh":
        who = "所有评级的人" if len(names) == everyone > 1 else "、".join(names)
        return f"{title}:{why},{what}({who})"
    return f"{title}: {why}, {what} ({'everyone graded' if len(names) == everyone > 1 else ', '.join(names)})"


MISSING = {
    "no-records": Title("本期没有任何记录", "no record in the period"),
    "undefined": Title("分母为零", "nothing to divide by"),
    "few-cases": Title("例数不足", "too few cases"),
    "no-target": Title("没有目标", "no target"),
    "zero-target": Title("目标为 0", "the target is 0"),
    "no-base": Title("上期没有基数", "nothing to grow from"),
    "no-rating": Title("没有评分", "no rating"),
    "no-team": Title("不在任何团队", "in no team"),
}


def missing_rule(sheet: Sheet, name: str) -> Title:
    """Say what a KPI does where there is no reading."""
    kpi = sheet.card.kpis[name]
    if kpi.if_missing == "nothing":
        return Title("计 0 分", "counts as 0")
    if kpi.if_missing == "exclude":
        return Title("不计,权重分给其他项", "left out, its weight goes to the others")
    neutral = to_decimal(kpi.neutral or 0)
    return Title(f"按中性分 {neutral} 计", f"counts as the neutral {neutral}")
