"""Sentences of lists of everybody (花名册) held against the people there are."""

from __future__ import annotations

from salescli.messages import Message

_HINT_EN = "see the lists; accept them with {option}"
_HINT_ZH = "请核对名单;如采纳请加 {option}"

MESSAGES: dict[str, Message] = {
    "roster-needs-month": Message(
        "a roster is of a month",
        "花名册需要指明月份",
        "say which: --as roster --for 2026-03",
        "请指明:--as roster --for 2026-03",
    ),
    "roster-of-people": Message("--for is for lists of people, not of {type}", "--for 只用于人员名单,不用于{type}"),
    "roster-first": Message(
        "the first list of people: {count} rows, nothing to compare them with",
        "首份人员名单:{count} 行,尚无可比较的名单",
    ),
    "roster-joins": Message(
        "{count} joined (from {day} where the sheet has no day): {names}",
        "入职 {count} 人(表中无日期的自 {day} 起):{names}",
        _HINT_EN,
        _HINT_ZH,
    ),
    "roster-returns": Message(
        "{count} came back (from {day} where the sheet has no later day): {names}",
        "重新入职 {count} 人(表中无更晚日期的自 {day} 起):{names}",
        _HINT_EN,
        _HINT_ZH,
    ),
    "roster-leaves": Message("{count} left: {names}", "离职 {count} 人:{names}", _HINT_EN, _HINT_ZH),
    "roster-moves": Message(
        "{count} moved, from {day} on: {names}", "调动 {count} 人(自 {day} 起):{names}", _HINT_EN, _HINT_ZH
    ),
    "roster-renumbered": Message(
        "one name both joins and leaves: {names}; another number of the same person?",
        "同一姓名既入职又离职:{names};是同一人换了工号吗?",
        "if so: salescli record rekey person OLD NEW, then import again",
        "如是:salescli record rekey person 旧工号 新工号,再重新导入",
    ),
}
