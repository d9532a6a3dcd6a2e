"""A scorecard as numbered sentences with their places: it is a contract too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from salescli.core.scorecard.check import READ_AS
from salescli.core.scorecard.values import percent_text, plain
from salescli.core.table import Prose
from salescli.core.title import Language, Title
from salescli.policy.sentences.sentence import Sentence, say

if TYPE_CHECKING:
    from salescli.core.scorecard.shape import KpiShape, Scorecard
    from salescli.policy.scorecards import ScorecardFile

OVER = {
    "month": Title("每月", "each month"),
    "quarter": Title("每季度", "each quarter"),
    "year": Title("每年", "each year"),
}
OF = {
    "own": Title("本人", "their own"),
    "team": Title("所在团队(含下级团队)", "their team's, with the teams below it,"),
}
AGAINST = {
    "period-before": Title("与上一期相比", "on the period before"),
    "year-before": Title("与去年同期相比", "on the same period of the year before"),
}
MISSING = {
    "nothing": Title("没有读数计 0 分", "without a reading it counts as 0"),
    "exclude": Title(
        "没有读数不计,权重按比例分给其他项",
        "without a reading it is left out, and its weight goes to the others in proportion",
    ),
}


def read_scorecard_aloud(file: ScorecardFile, language: Language, titles: Mapping[str, Title]) -> Prose:
    """Return a scorecard's sentences in one language, each with `file:line`.

    Raises:
        ProblemsFound: it has errors.
    """
    card = file.require()
    lines = tuple(
        (f"· {one.text.text(language)}" if one.is_item else one.text.text(language), file.place(*one.path))
        for one in scorecard_sentences(card, titles)
    )
    return Prose("scorecard", lines, card.title, numbered=True)


def scorecard_sentences(card: Scorecard, titles: Mapping[str, Title]) -> Iterator[Sentence]:
    """Say everything that a scorecard does, in the order of calculation."""
    yield from _head(card)
    for name, kpi in card.kpis.items():
        yield from _kpi(card, name, kpi, titles)
    if card.score is not None:
        low, high = plain(card.score.at_least), plain(card.score.at_most)
        yield say(
            f"任何一项的得分不低于 {low},不高于 {high}。",
            f"No KPI scores below {low} or above {high}.",
            ("score",),
            "at_least",
            "at_most",
        )
    yield say(
        "总分是各项得分乘以权重之和,不先取整;等级按下限精确比较。",
        "The total is the sum of scores times weights, not rounded; grades compare it with their lower bounds exactly.",
        ("grades",),
    )
    for index, line in enumerate(card.grades):
        factor = card.bonus_factors.get(line.word)
        zh, en = f"{plain(line.threshold)} 分起:{line.word}", f"from {plain(line.threshold)}: {line.word}"
        if factor is not None:
            zh, en = f"{zh},奖金系数 {plain(factor)}", f"{en}, bonus factor {plain(factor)}"
        yield say(zh, en, ("grades", index), item=True)
    yield say("名次仅供参考。", "Places are information only.", ())


def _head(card: Scorecard) -> Iterator[Sentence]:
    over = OVER[card.over]
    zh = f"考核表「{card.title.zh}」({card.scorecard},格式 {card.format}):{over.zh}考核一次"
    en = f"Scorecard “{card.title.en}” ({card.scorecard}, format {card.format}) judges {over.en}"
    if card.start is not None:
        zh, en = f"{zh},自 {card.start} 起", f"{en}, from {card.start}"
    if card.through is not None:
        zh, en = f"{zh},至 {card.through} 止(含当日)", f"{en}, through {card.through}, that day included"
    yield say(f"{zh}。", f"{en}.", (), "scorecard")
    named = [
        (zh_word, en_word, getattr(card.for_, key))
        for key, zh_word, en_word in (("role", "岗位", "role"), ("team", "团队", "team"), ("people", "人员", "people"))
        if getattr(card.for_, key)
    ]
    yield say(
        "适用于" + ",".join(f"{zh_word} {'、'.join(values)}" for zh_word, _, values in named) + "。",
        "It is for " + ", ".join(f"{en_word} {', '.join(values)}" for _, en_word, values in named) + ".",
        (),
        "for",
    )
    if card.min_days:
        yield say(
            f"期间内在岗不足 {card.min_days} 天的不评级。",
            f"Whoever is in the seat for fewer than {card.min_days} days of the period has no grade.",
            (),
            "min_days",
        )


def _kpi(card: Scorecard, name: str, kpi: KpiShape, titles: Mapping[str, Title]) -> Iterator[Sentence]:
    path = ("kpis", name)
    metric = getattr(kpi, "metric", "")
    title = kpi.title or titles.get(metric) or Title(name, name)
    view = card.views[kpi.view].title if kpi.view else None
    weight = percent_text(kpi.weight)
    zh_view, en_view = (f"{view.zh}:", f"{view.en}: ") if view else ("", "")
    zh_read, en_read = _reading(kpi, titles)
    yield say(
        f"{zh_view}「{title.zh}」({name})占 {weight}:{zh_read}。",
        f"{en_view}“{title.en}” ({name}) weighs {weight}: {en_read}.",
        path,
    )
    curve = card.curve(name).sentence()
    yield say(f"得分:{curve.zh}。", f"Score: {curve.en}.", (*path, "curve"), item=True)
    if kpi.if_missing == "neutral" and kpi.neutral is not None:
        missing = Title(f"没有读数按 {plain(kpi.neutral)} 分计", f"without a reading it counts as {plain(kpi.neutral)}")
    else:
        missing = MISSING[kpi.if_missing]
    yield say(f"{missing.zh}。", f"{missing.en[:1].upper()}{missing.en[1:]}.", path, "if_missing", item=True)


def _reading(kpi: KpiShape, titles: Mapping[str, Title]) -> tuple[str, str]:
    rating = getattr(kpi, "rating", "")
    if rating:
        return f"取评分记录中的「{rating}」得分", f"the score of “{rating}” in the rating records"
    of, read_as = OF[kpi.of], READ_AS[kpi.read_as]  # type: ignore[union-attr]
    metric = kpi.metric  # type: ignore[union-attr]
    title = titles.get(metric) or Title(metric, metric)
    zh = f"{of.zh}的「{title.zh}」({metric}),取{read_as.zh}"
    en = f"{of.en} “{title.en}” ({metric}), read as {read_as.en}"
    if kpi.read_as == "attainment":  # type: ignore[union-attr]
        zh, en = f"{zh}(÷ 该指标的目标记录)", f"{en} (÷ the target records of the metric)"
    against = getattr(kpi, "against", None)
    if against:
        zh, en = f"{zh}({AGAINST[against].zh})", f"{en} ({AGAINST[against].en})"
    sample = getattr(kpi, "min_sample", None)
    if sample is not None:
        zh, en = f"{zh},例数不足 {sample} 视为没有读数", f"{en}; fewer than {sample} cases are no reading"
    return zh, en
