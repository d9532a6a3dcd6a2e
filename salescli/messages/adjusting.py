"""Sentences of the `adjusting` area: what is adjusted by hand, and what people ask about their commission."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "adjustment-without-plan": Message(
        "adjustment {number} of {month}: {person} is on no plan, so {fate}",
        "{month} 的手工调整 {number}:{person} 不在任何方案内,{fate}",
        "give the person a role that a plan is for; until then it waits",
        "请为其指定方案适用的岗位;在此之前不计入",
    ),
    "adjustment-other-plan": Message(
        "adjustment {number} of {month} names the plan `{plan}`: {person} is not on it, so {fate}",
        "{month} 的手工调整 {number} 指定方案 `{plan}`:{person} 不在其中,{fate}",
        "their plans: {choices}; leave the plan blank for the one of that month",
        "其方案:{choices};留空则取当月所在的方案",
    ),
    "adjustment-stays": Message(
        "adjustment {number} of {month} names the plan `{plan}`: `{kept}` has posted it to {person} and cannot take it "
        "back in this run, so it stays there",
        "{month} 的手工调整 {number} 指定方案 `{plan}`:方案 `{kept}` 已计给 {person},本期无法冲回,仍归该方案",
        "it moves in a run that both plans pay, with enough pay to take it back from; to leave it, name `{kept}`",
        "两个方案在同一期都发放、且足够冲回时自动转过去;不需转移请指定 `{kept}`",
    ),
    "adjustment-other-currency": Message(
        "adjustment {number} is in {currency}, the plan pays in {wanted}: {fate}",
        "手工调整 {number} 的币种为 {currency},方案以 {wanted} 发放:{fate}",
        "write it in the plan's currency",
        "请改为方案的币种",
    ),
    "adjustment-not-in-currency": Message(
        "{plan} pays in {wanted}, not in {currency}",
        "方案 {plan} 以 {wanted} 发放,而不是 {currency}",
        "write the amount in {wanted}; --currency may be left out",
        "请把金额换算为 {wanted};--currency 可不写",
    ),
    "adjustment-which-plan": Message(
        "{person} is on several plans as {month} ends, of several currencies: {choices}",
        "{month} 末 {person} 同时在多个方案内,币种不同:{choices}",
        "say which one takes it: --plan NAME",
        "请用 --plan 名称 指明计入哪个方案",
    ),
    "adjustment-too-fine": Message(
        "`{text}` is finer than what is paid in {currency}: {smallest}",
        "`{text}` 小于 {currency} 的最小发放单位 {smallest}",
    ),
    "adjustment-without-reason": Message(
        "an adjustment needs a reason",
        "手工调整须写明原因",
        "--reason WHY stands on the statement",
        "--reason 原因 会写在提成明细上",
    ),
    "adjustment-of-nothing": Message(
        "an amount of 0 adjusts nothing",
        "金额为 0,没有可调整的",
        "a wrong adjustment: `salescli undo` its batch, or edit it; a question: `salescli commission dispute`",
        "调整有误请撤销其批次(salescli undo)或改正;有疑问请用 salescli commission dispute",
    ),
    "dispute-without-answer": Message(
        "the dispute is {state}, and there is no answer",
        "疑问状态为 {state},但没有答复",
        "write the answer beside it: people read it on the statement",
        "请填写答复:本人会在提成明细上看到",
    ),
    "dispute-without-question": Message(
        "a dispute needs a question",
        "疑问须写明内容",
        "--question TEXT stands on the statement",
        "--question 内容 会写在提成明细上",
    ),
}
