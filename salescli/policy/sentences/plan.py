"""A whole plan as numbered sentences with their places: the text that people sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from salescli.core.table import Prose
from salescli.core.title import Language, Title
from salescli.policy.sentences import words
from salescli.policy.sentences.blocks import leaver_sentences, limit_sentences, payout_sentences
from salescli.policy.sentences.components import component_sentences
from salescli.policy.sentences.exchange import exchange_sentences
from salescli.policy.sentences.sentence import Sentence, say, spoken

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan
    from salescli.policy.plans import PlanFile


def plan_sentences(plan: Plan) -> Iterator[Sentence]:
    """Say everything that a plan does, in the order of calculation."""
    yield from _head(plan)
    for name, component in plan.components.items():
        yield from component_sentences(name, component, plan)
    for index, limit in enumerate(plan.limits):
        yield from limit_sentences(limit, ("limits", index))
    yield from payout_sentences(plan.payout, ("payout",))
    if plan.leavers is not None:
        yield from leaver_sentences(plan.leavers, ("leavers",))


def read_plan_aloud(plan_file: PlanFile, language: Language, titles: Mapping[str, Title] | None = None) -> Prose:
    """Return a plan's sentences in one language, each with `file:line`; `titles` are those of metrics.

    Raises:
        ProblemsFound: the plan has errors; a plan that cannot be computed is not read aloud.
    """
    plan = plan_file.require()
    lines = tuple((_written(one, language, titles or {}), plan_file.place(one.path)) for one in plan_sentences(plan))
    return Prose("plan", lines, Title(plan.title.zh, plan.title.en), numbered=True)


def _written(sentence: Sentence, language: Language, titles: Mapping[str, Title]) -> str:
    text = spoken(sentence.text.text(language), language, titles)
    return f"· {text}" if sentence.is_item else text


def _head(plan: Plan) -> Iterator[Sentence]:
    pay = words.PAY[plan.pay]
    yield say(
        f"方案「{plan.title.zh}」({plan.plan},格式 {plan.format}):自 {plan.start} 起至 {plan.through} 止(含当日),"
        f"以 {plan.currency} 计,{pay.zh}发放。",
        f"Plan “{plan.title.en}” ({plan.plan}, format {plan.format}): from {plan.start} through {plan.through}, "
        f"that day included, in {plan.currency}, paid {pay.en}.",
        (),
        *("plan", "format", "title", "from", "through", "currency", "pay"),
    )
    groups = [("role", "角色", "role"), ("team", "团队", "team"), ("people", "人员", "people")]
    named = [(key, zh, en, getattr(plan.for_, key)) for key, zh, en in groups if getattr(plan.for_, key)]
    yield say(
        "适用于" + ",".join(f"{zh} {words.listed(values).zh}" for _, zh, _, values in named) + "。",
        "It is for " + ", ".join(f"{en} {words.listed(values).en}" for _, _, en, values in named) + ".",
        ("for",),
        *(key for key, *_ in named),
    )
    if plan.beside:
        others = words.listed(plan.beside)
        yield say(
            f"与方案 {others.zh} 并行:同一人同一天可以同时由两者计提。",
            f"It is paid beside {others.en}: both may pay one person for one day.",
            (),
            "beside",
        )
    if plan.rates_in_force_on is not None:
        text = words.IN_FORCE[plan.rates_in_force_on]
        yield say(f"{text.zh}。", f"{text.en[:1].upper()}{text.en[1:]}.", (), "rates_in_force_on")
    if plan.exchange is not None:
        yield from exchange_sentences(plan.exchange, plan.currency, ("exchange",))
    yield _part_period(plan.part_period)


def _part_period(part: Any) -> Sentence:
    """Say what part of a period scales, and what it leaves."""
    if isinstance(part, str):
        return say(
            "不足整期时门槛、上限和定额都不折算。",
            "For part of a period nothing is scaled: thresholds, limits and fixed amounts stay.",
            (),
            "part_period",
        )
    named = [words.SCALED[one] for one in part.scale]
    count = words.PART_COUNTED[part.count]
    whole = [words.SCALED[one] for one in part.scale if one in ("thresholds", "limits")]
    zh = f";一天都不在册的窗口,{'、'.join(one.zh for one in whole)}不折算" if whole else ""
    en = f"; in a window with none, {' and '.join(one.en for one in whole)} stay whole" if whole else ""
    scaled = ", ".join(one.en for one in named)
    return say(
        f"不足整期时,{'、'.join(one.zh for one in named)}按{count.zh}折算,其余不折算{zh}。",
        f"For part of a period what is scaled by {count.en}: {scaled}; nothing else is{en}.",
        ("part_period",),
        *("count", "scale"),
    )
