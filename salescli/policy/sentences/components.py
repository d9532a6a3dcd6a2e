"""Sentences of components: one builder per type, and what all types share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from salescli.core.commission.wording import level_zh, percent
from salescli.policy.sentences import words
from salescli.policy.sentences.blocks import factor_sentences, gate_sentences
from salescli.policy.sentences.credit_blocks import credit_factor_sentences, parts_sentences
from salescli.policy.sentences.groups import BASE, budget_sentences, pool_sentences, rank_sentences
from salescli.policy.sentences.matrix import matrix_sentences
from salescli.policy.sentences.sentence import Builder, Path, Sentence, metric, say
from salescli.policy.sentences.special import special_sentences

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan


def component_sentences(name: str, component: Any, plan: Plan) -> Iterator[Sentence]:
    """Say everything that one component does, in the order of calculation."""
    path: Path = ("components", name)
    title = component.title
    zh = f"「{title.zh}」({name})" if title is not None else f"组件 {name}"
    en = f"“{title.en}” ({name})" if title is not None else f"Component {name}"
    kind = TYPE_WORDS[component.type]
    keys = ("type", "title") if title is not None else ("type",)
    yield say(f"{zh}:{kind[0]}。", f"{en}: {kind[1]}.", path, *keys)
    yield from _credits(component, path)
    yield from COMPONENT_SENTENCES[component.type](component, path, plan)
    yield from special_sentences(component, path)
    for index, gate in enumerate(component.needs):
        yield from gate_sentences(gate, (*path, "needs", index))
    if len(component.needs) > 1:
        yield say(
            "多个门槛依次把关:前一个暂存或作废的,后一个不再放行。",
            "The gates stand one behind the other: what one holds or loses, the next does not let through.",
            path,
            "needs",
        )
    for index, factor in enumerate(component.times):
        yield from factor_sentences(factor, (*path, "times", index))
    yield from _bounds(component, path)
    yield from budget_sentences(component, path)


def _credits(component: Any, path: Path) -> Iterator[Sentence]:
    if component.metrics and hasattr(component, "pays_on"):
        whose = words.CREDIT[component.credit]
        yield say(
            f"按指标{metric(component.pays_on)}计{whose.zh}。",
            f"It pays on {metric(component.pays_on)}: {whose.en}.",
            path,
            "pays_on",
            "credit",
        )
    if getattr(component, "team", None) is not None:
        base = BASE[component.team.base]
        depth, own = words.DEPTH[component.team.depth], words.OWN_DEALS[component.team.own_deals]
        yield say(
            f"团队指{depth.zh},{own.zh},{base.zh}。",
            f"The team is {depth.en}, {own.en}, {base.en}.",
            (*path, "team"),
            "depth",
            "own_deals",
            "base",
        )
    for field, values in component.only.items():
        names = words.listed(values)
        yield say(f"只计 {field} 为 {names.zh} 的。", f"Only where {field} is {names.en}.", (*path, "only"), field)
    for index, factor in enumerate(component.credit_factors):
        yield from credit_factor_sentences(factor, (*path, "credit_factors", index))
    if component.pays_in is not None:
        yield from parts_sentences(component.pays_in, (*path, "pays_in"))
    if component.owner_on is not None:
        text = words.OWNER_ON[component.owner_on]
        yield say(f"{text.zh}。", f"{text.en}.".capitalize(), path, "owner_on")
    if component.continues is not None:
        text = component.continues.text
        yield say(
            f"延续 {text}:同一窗口内,累计、已计应计接着算,档位从该处继续,上限含此前已计。",
            f"It goes on from {text}: inside a window the position and what was earned continue, the tiers from there "
            "on, and caps count what was earned before.",
            path,
            "continues",
        )
    if component.start is not None or component.through is not None:
        start = component.start or "…"
        through = component.through or "…"
        keys = [key for key, value in (("from", component.start), ("through", component.through)) if value is not None]
        yield say(
            f"自 {start} 至 {through}(含当日)。", f"From {start} through {through}, that day included.", path, *keys
        )
    if isinstance(getattr(component, "refunds", None), str):
        text = words.REFUNDS[component.refunds]
        yield say(f"{text.zh}。", f"{_capital(text.en)}.", path, "refunds")
    elif getattr(component, "refunds", None) is not None:
        text, place = words.REFUNDS["original-rate"], (*path, "refunds", "by-age")
        zh, en = f"{text.zh},再乘以与回款时间有关的比例:", f"{_capital(text.en)}, times a share by the receipt's age:"
        yield say(zh, en, place)
        for age in component.refunds.by_age:
            aged = words.age_text(age)
            yield say(aged.zh, aged.en, (*place, age.index), item=True)


def _rate(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    yield from _window(component, path)
    for start, value in component.rate.values:
        place = (*path, "rate") if component.rate.is_constant else (*path, "rate", start.isoformat())
        zh_since, en_since = ("", "") if component.rate.is_constant else (f"自 {start} 起,", f"from {start} on, ")
        if not hasattr(value, "table"):
            yield say(
                f"{zh_since}费率 {percent(value)}。", f"{_capital(en_since + 'the rate is ' + percent(value))}.", place
            )
            continue
        by, otherwise = words.listed(value.by), value.otherwise.words
        yield say(
            f"{zh_since}费率按 {by.zh} 依次查表,先查到的为准,其余 {otherwise.zh}:",
            f"{_capital(en_since)}the rate is looked up by {by.en}, the first that the table knows; "
            f"otherwise {otherwise.en}:",
            place,
            "by",
            "otherwise",
        )
        for key, cell in value.table.items():
            text = cell.words
            yield say(f"{key}:{text.zh}", f"{key}: {text.en}", (*place, "table"), key, item=True)


def _tiered(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    yield from _window(component, path)
    yield from _tier_by(component, path)
    if component.base_rate is not None:
        text = component.base_rate.text
        yield say(
            f"基准费率为 {text}(个人约定)。", f"The base rate is {text}, of the person's own terms.", path, "base_rate"
        )
    apply = words.APPLY[component.apply]
    yield say(f"{apply.zh}。", f"{_capital(apply.en)}.", path, "apply")
    if component.beyond is not None:
        beyond = words.BEYOND[component.beyond]
        yield say(f"{beyond.zh}。", f"{_capital(beyond.en)}.", path, "beyond")
    for start, tiers in component.tiers.values:
        place: Path = (*path, "tiers")
        if not component.tiers.is_constant:
            place = (*place, start.isoformat())
            yield say(f"自 {start} 起的档位:", f"Tiers from {start} on:", place)
        if tiers[0].threshold > 0 or tiers[0].amount is not None:
            yield say("第一档以下不计。", "Below the first tier nothing is paid.", (*place, 0))
        else:
            yield say(
                "累计低于零时按第一档计。",
                "Below zero the first tier goes on, so a refund and its reversal cancel.",
                (*place, 0),
            )
        for tier in tiers:
            since, value = words.threshold(tier), words.tier_value(tier)
            yield say(f"{since.zh}:{value.zh}", f"{since.en}: {value.en}", (*place, tier.index), item=True)


def _tier_by(component: Any, path: Path) -> Iterator[Sentence]:
    quota = component.attainment
    if quota is None:
        text = words.TIER_BY[component.tier_by]
        yield say(f"{text.zh}。", f"{_capital(text.en)}.", path, "tier_by")
        return
    whose, how = words.WHOSE[quota.of], words.QUOTA_READING[quota.quota]
    keys = ["attainment_of", "of", "quota", *(["level"] if "level" in quota.model_fields_set else [])]
    yield say(
        f"档位按{whose.zh}{metric(quota.attainment_of)}的达成率({level_zh(quota.level)}目标):{how.zh},精确比较;没有目标则不计。",
        f"The tier follows {whose.en} attainment of {metric(quota.attainment_of)} ({quota.level} quota): {how.en}, "
        "compared exactly; without a quota nothing is paid.",
        (*path, "tier_by"),
        *keys,
    )
    zero = component.when_quota_is_zero
    if isinstance(zero, str):
        yield say("目标为 0 时不计。", "With a quota of 0 nothing is paid.", path, "when_quota_is_zero")
    else:
        rate = percent(zero.rate)
        yield say(
            f"目标为 0 时按 {rate} 计。",
            f"With a quota of 0 the rate is {rate}.",
            (*path, "when_quota_is_zero"),
            "rate",
        )
    text = words.WHEN_CHANGES[component.when_quota_changes]
    yield say(f"{text.zh}。", f"{_capital(text.en)}.", path, "when_quota_changes")


def _per_unit(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    yield from _window(component, path)
    amount, shared = words.dated(component.amount, words.term_text), words.SHARED[component.shared_unit]
    yield say(f"每个 {amount.zh};{shared.zh}。", f"{amount.en} for each; {shared.en}.", path, "amount", "shared_unit")


def _bonus(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    amount, over = words.dated(component.amount, words.term_text), words.OVER[component.adds_up_over]
    yield say(
        f"{over.zh}定额 {amount.zh},在该窗口结束的那期发放。",
        f"A fixed {amount.en} for {over.en}, paid in the run that ends it.",
        path,
        "amount",
        "adds_up_over",
    )


def _pool(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    yield from _tiered(component, path, plan)
    yield from pool_sentences(component, path, plan)


def _window(component: Any, path: Path) -> Iterator[Sentence]:
    if component.adds_up_over is not None:
        text = words.WINDOW[component.adds_up_over]
        yield say(f"{text.zh}。", f"{_capital(text.en)}.", path, "adds_up_over")


def _bounds(component: Any, path: Path) -> Iterator[Sentence]:
    if component.at_least is not None:
        text = words.dated(component.at_least, words.term_text)
        zh, en = f"窗口结束时合计不低于 {text.zh}。", f"When its window ends it comes to at least {text.en}."
        if all(one.amount is not None and one.amount <= 0 for _, one in component.at_least.values):
            zh, en = f"窗口累计不低于 {text.zh}。", f"Its window to date never comes to less than {text.en}."
        elif any(one.amount is not None and one.amount <= 0 for _, one in component.at_least.values):
            zh, en = f"{zh[:-1]};零或负数随时生效。", f"{en[:-1]}; zero or less counts at any time."
        yield say(zh, en, path, "at_least")
    if component.at_most is not None:
        text = words.dated(component.at_most, words.term_text)
        yield say(f"窗口累计不超过 {text.zh}。", f"Its window to date comes to at most {text.en}.", path, "at_most")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


TYPE_WORDS = {
    "rate": ("固定费率", "a flat rate"),
    "tiered": ("阶梯费率", "rates by tier"),
    "per-unit": ("按件计", "an amount for each thing counted"),
    "bonus": ("定额奖金", "a fixed bonus"),
    "pool": ("团队奖金包", "a pool of the team"),
    "rank": ("排名奖", "prizes by rank"),
    "matrix": ("双指标矩阵", "a matrix of two measures"),
}
COMPONENT_SENTENCES: dict[str, Builder] = {
    "rate": _rate,
    "tiered": _tiered,
    "per-unit": _per_unit,
    "bonus": _bonus,
    "pool": _pool,
    "rank": rank_sentences,
    "matrix": matrix_sentences,
}
"""One builder per component type; a test holds it equal to the registry of types."""
