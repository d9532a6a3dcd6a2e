"""Sentences of the `lint` area: what a plan says, and might not mean; and what a curve cannot be drawn of."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "curve-without-position": Message(
        "what `{component}` pays does not depend on a position: it has no curve",
        "`{component}` 付多少与业绩位置无关,没有曲线",
    ),
    "curve-needs": Message(
        "without {flag} nothing can be computed: the plan reads it",
        "缺少 {flag},无法计算:方案要读取它",
        "name it, or a person whose own it is: --person",
        "请给出,或用 --person 指定人员",
    ),
    "curve-step": Message("a step of {text} goes nowhere", "间隔 {text} 无法前进"),
    "curve-too-long": Message(
        "{count} lines are more than {most}",
        "{count} 行超过上限 {most} 行",
        "a larger --step, or a narrower --from and --to",
        "请加大 --step,或缩小 --from 与 --to",
    ),
    "curve-not-on-plan": Message(
        "{person} is not on the plan {plan} on {day}",
        "{day} 时 {person} 不在方案 {plan} 内",
    ),
}
