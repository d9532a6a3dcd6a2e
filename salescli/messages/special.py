"""Sentences of the `special` area: special rates (特批) that plans take, or do not."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "special-rates-without-rate": Message(
        "`special_rates` take the place of a rate, but `type: {type}` has none",
        "`special_rates` 用特批费率代替费率,而 `type: {type}` 没有费率",
        "they stand in `type: rate` and `type: tiered`",
        "只用于 `type: rate` 与 `type: tiered`",
    ),
    "special-rates-paid-twice": Message(
        "under `apply: {apply}` a position is worth an amount: credits that move it would be paid twice",
        "`apply: {apply}` 按累计定额:特批的业绩若计入累计会付两次",
        "write `position: left-out`",
        "请写 `position: left-out`",
    ),
    "special-rates-without-position": Message(
        "each transaction has its table to itself: there is no position to leave special ones out of",
        "每笔单独计算,没有可以排除的累计",
        "write `position: counts`",
        "请写 `position: counts`",
    ),
    "special-rates-of-another-measure": Message(
        "the position is made of another measure than what is paid on: credits cannot be left out of it",
        "累计用的是另一项指标,无法把这些业绩排除在外",
        "write `position: counts`",
        "请写 `position: counts`",
    ),
    "special-rates-clash": Message(
        "{person} has two special rates for {what} on {day}: {one} and {other}; nothing says which counts",
        "{person} 在 {day} 对{what}有两条特批费率:{one} 与 {other};无法判断以哪条为准",
        "end one of them, or make one more specific: a contract before a customer before a component",
        "请给其中一条填截止日期,或写得更具体:合同优先于客户,客户优先于组件",
    ),
    "special-rate-not-taken": Message(
        "the special rate of {rate} that {person} has for {what} counts nowhere: {why}",
        "{person} 对{what}的特批费率 {rate} 没有生效:{why}",
        "a component takes special rates where it says `special_rates: {{position: counts}}` (or `left-out`)",
        "组件写有 `special_rates: {{position: counts}}`(或 `left-out`)才接受特批费率",
    ),
    "special-rate-other-plan": Message(
        "the special rate of {person} names `{text}`: no plan of theirs has such a component",
        "{person} 的特批费率写的是 `{text}`:其方案中没有这个组件",
        "components: {choices}; leave it blank for every one",
        "组件:{choices};留空则适用于全部组件",
    ),
}
