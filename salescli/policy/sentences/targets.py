"""A target policy as numbered sentences with their places: what was decided, in words of either language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from salescli.core.table import Prose
from salescli.core.title import Language, Title
from salescli.policy.sentences.sentence import Path, Sentence, metric, say, spoken

if TYPE_CHECKING:
    from salescli.policy.reader import Document

WORDS = {
    "equal": Title("平均", "equally"),
    "weights": Title("给定权重", "by the weights given"),
    "history": Title("历史业绩", "by past figures"),
    "potential": Title("潜力", "by potential"),
    "pipeline": Title("在途商机", "by pipeline"),
    "capacity": Title("产能", "by capacity"),
    "seasonal": Title("季节指数", "by season"),
    "base": Title("目标", "base"),
    "stretch": Title("冲刺", "stretch"),
    "challenge": Title("挑战", "challenge"),
    "team": Title("团队", "the team"),
    "own-year": Title("本人全年", "the person's own year"),
    "successor": Title("继任者", "the successor"),
    "manager": Title("主管", "the manager"),
    "vacant-seat": Title("空缺席位", "a vacant seat"),
    "open": Title("不分配,单列", "left open, a line of its own"),
    "colleagues": Title("分给在岗同事", "spread over colleagues in seat"),
    "team-median": Title("按团队中位数", "the median of the team"),
    "nothing": Title("按零", "nothing"),
}

# One line per key: where it stands, and how it is said with its value.
SAID: tuple[tuple[Path, str, str], ...] = (
    (("amount",), "公司全年目标 {}。", "The company's year is {}."),
    (("growth",), "公司全年目标在基期实际上增长 {}。", "The company's year grows by {} on its base."),
    (("base",), "基期:{}。", "The base is {}."),
    (("rationale",), "理由:{}", "Why: {}"),
    (("levels",), "档位:{}。", "Levels: {}."),
    (("teams", "split_by"), "公司目标分到团队:{}。", "Teams share the company's year {}."),
    (("teams", "weights"), "团队权重:{}。", "Weights of teams: {}."),
    (("teams", "capacity"), "各岗位到岗后各月的产能:{}。", "What a role brings by month of tenure: {}."),
    (("teams", "street_above"), "各团队之和高出公司目标 {}。", "Teams together carry {} above the company's target."),
    (("teams", "rationale"), "各团队的理由:{}", "Why, by team: {}"),
    (("people", "split_by"), "团队目标分到个人:{}。", "People share their team's year {}."),
    (("people", "weights"), "个人权重:{}。", "Weights of people: {}."),
    (("people", "capacity"), "各岗位到岗后各月的产能:{}。", "What a role brings by month of tenure: {}."),
    (("people", "roles"), "背个人目标的岗位:{}。", "Roles that carry a quota: {}."),
    (("people", "without_history"), "没有历史业绩的人:{}。", "Whoever has no history counts as {}."),
    (("people", "at_least"), "个人目标不低于 {}。", "Nobody has less than {}."),
    (("people", "at_most"), "个人目标不高于 {}。", "Nobody has more than {}."),
    (("people", "street_above"), "各人之和高出团队目标 {}。", "People together carry {} above their team's target."),
    (("people", "ramp"), "新人爬坡(按月):{}。", "Ramp of newcomers, by month: {}."),
    (("people", "ramp_gap"), "爬坡缺口:{}。", "The ramp gap: {}."),
    (("people", "leavers"), "离职者余下的目标归:{}。", "What leavers leave goes to: {}."),
    (("people", "successors"), "继任:{}。", "Successors: {}."),
    (("people", "fixed"), "固定目标:{}。", "Fixed figures: {}."),
    (("months", "split_by"), "全年分到月份:{}。", "Months share a year {}."),
    (("months", "weights"), "月份权重:{}。", "Weights of months: {}."),
    (("months", "history"), "季节指数取自:{}。", "The season is taken from: {}."),
    (("months", "pull_to_equal"), "季节指数向平均靠拢 {}。", "The season is pulled {} towards equal months."),
    (("months", "together"), "合并计算的月份:{}。", "Months with one index between them: {}."),
    (("potential",), "潜力按指标 {} 计。", "Potential is the metric {}."),
    (("pipeline",), "在途商机按指标 {} 计。", "Pipeline is the metric {}."),
    (("people", "vacant_seats"), "方案中的空缺席位:{}。", "Vacant seats of the policy: {}."),
    (("band",), "合计允许的偏差:{}。", "Sums may be off by {}."),
    (("round_to",), "取整到 {}。", "Figures are rounded to {}."),
)
_DIGITS = re.compile(r"(?<=[0-9])_(?=[0-9]{3})")
_LIMIT = " of own last year"


def read_targets_aloud(
    document: Document[Any], language: Language, titles: Mapping[str, Title], reasons: Mapping[tuple[str, ...], Title]
) -> Prose:
    """Return a policy's sentences, each with `file:line`; `reasons` say why a key is as it is.

    The document must have no errors.
    """
    lines = []
    for one in targets_sentences(document.plain):
        text = spoken(one.text.text(language), language, titles)
        if reason := reasons.get(tuple(map(str, one.path))):
            text = f"{text}(默认:{reason.zh})" if language == "zh" else f"{text} (default: {reason.en})"
        where = document.where(*one.path)
        lines.append((text, f"{where.file}:{where.line}"))
    return Prose("targets", tuple(lines), numbered=True)


def targets_sentences(plain: Mapping[str, Any]) -> Iterator[Sentence]:
    """Say everything that a policy of plain texts says, in the order of operations; a key without words as it is."""
    currency = plain.get("currency")
    yield say(
        f"「{plain['targets']}」:{plain['for_year']} 年 {metric(plain['metric'])} 的目标"
        + (f",以 {currency} 计。" if currency else "。"),
        f"“{plain['targets']}”: the targets of {plain['for_year']} for {metric(plain['metric'])}"
        + (f", in {currency}." if currency else "."),
        ("targets",),
    )
    said: set[Path] = {("format",), ("targets",), ("for_year",), ("metric",), ("currency",), ("title",)}
    for path, zh, en in SAID:
        value = _at(plain, path)
        if value is not None:
            yield say(zh.format(_shown(value, "zh")), en.format(_shown(value, "en")), path)
            said.add(path)
    for path, value in _others(plain, said):
        name = ".".join(path)
        yield say(f"`{name}`:{_shown(value, 'zh')}。", f"`{name}`: {_shown(value, 'en')}.", path)


def _at(plain: Any, path: Path) -> Any:
    for key in path:
        plain = plain.get(key) if isinstance(plain, Mapping) else None
    return plain


def _others(plain: Mapping[str, Any], said: set[Path]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in plain.items():
        if key in ("teams", "people", "months"):
            for inner, below in value.items():
                if (key, inner) not in said:
                    yield (key, inner), below
        elif (key,) not in said:
            yield (key,), value


def _shown(value: Any, language: Language) -> str:
    """A value of plain texts in words: choices by their names, lists and maps on one line."""
    comma, stop = (", ", "; ") if language == "en" else ("、", ";")
    if isinstance(value, Mapping):
        if set(value) <= {"zh", "en"}:  # a text in both languages, or in one
            return str(value.get(language) or next(iter(value.values())))
        simple = all(isinstance(each, str) for each in value.values())
        parts = [f"{_shown(name, language)} {_shown(each, language)}" for name, each in value.items()]
        return (comma if simple else stop).join(parts)
    if isinstance(value, list):
        if value and all(isinstance(each, Mapping) for each in value):
            return stop.join(" ".join(_shown(text, language) for text in each.values()) for each in value)
        nested = any(isinstance(each, list) for each in value)
        return comma.join("+".join(each) if nested else _shown(each, language) for each in value)
    text = _DIGITS.sub(",", str(value))
    if text.endswith(_LIMIT):
        return f"本人去年的 {text.removesuffix(_LIMIT)}" if language == "zh" else text
    if language == "zh":
        text = text.replace(" through ", " 至 ")
    return WORDS[text].text(language) if text in WORDS else text
