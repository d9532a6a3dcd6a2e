"""Sentences of the `capacity` area: heads needed for a target."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "not-whole-months": Message(
        "{period} is not a period of whole months",
        "{period} 不是整月的期间",
        "write a year, quarter or month: 2026, 2026-Q3, 2026-07",
        "请写年、季或月:2026、2026-Q3、2026-07",
    ),
    "too-few-ramped": Message(
        "{count} people were fully productive all through {window}: too few to measure what a head brings",
        "{window} 全程满产能的只有 {count} 人,不足以测算每人产能",
        "say what a head brings in a year: --per-head 1,200,000",
        "请给出每人每年产能:--per-head 1,200,000",
    ),
    "too-few-leavers": Message(
        "{count} left in {window}: fewer than {fewest} make no rate",
        "{window} 离职 {count} 人,少于 {fewest} 人无法得出流失率",
        "say what to expect in a year: --attrition 10%, or 0% for none",
        "请给出年流失率:--attrition 10%,不计则写 0%",
    ),
    "capacity-of-nothing": Message(
        "{count} fully productive people brought nothing, on average, in {window}: no capacity to plan with",
        "{count} 名满产能人员 {window} 平均没有产出,无法测算产能",
        "say what a head brings in a year: --per-head 1,200,000",
        "请给出每人每年产能:--per-head 1,200,000",
    ),
    "nobody-in-role": Message(
        "nobody is in the role `{role}` in {period}",
        "{period} 没有岗位为 `{role}` 的人员",
        "the roles of people stand in: salescli record list assignment",
        "岗位见:salescli record list assignment",
    ),
    "attrition-out-of-range": Message(
        "`{text}` is not an attrition from 0% to below 100%", "`{text}` 不是 0% 到 100%(不含)的流失率"
    ),
    "ramp-out-of-range": Message(
        "`{text}` is not a ramp: each month from 0% to 100%", "`{text}` 不是爬坡表:各月应为 0% 到 100%"
    ),
    "capacity-needs-metric": Message(
        "--target needs to know what it is a target of",
        "--target 需要指明指标",
        "name it with --metric",
        "请用 --metric 指定",
    ),
}
