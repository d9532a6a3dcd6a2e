"""Sentences of what a change of plan moves and what commission costs: comparing, cost, outlook, schedule."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "diff-two-plans": Message(
        "two plans are needed, or one and --used-in",
        "需要两个方案,或一个方案加 --used-in",
        "salescli commission diff PLAN_A PLAN_B --over 2025; salescli commission diff PLAN --used-in 2026-03",
        "salescli commission diff 方案A 方案B --over 2025;salescli commission diff 方案 --used-in 2026-03",
    ),
    "diff-two-currencies": Message(
        "one plan pays in {one}, the other in {other}: amounts of two currencies are not compared",
        "一个方案以 {one} 发放,另一个以 {other}:不同币种的金额不作对比",
    ),
    "diff-no-months": Message(
        "there is no complete month to compute in {period}",
        "{period} 内没有完整的月份可供计算",
        "name whole months that are over: --over 2025",
        "请给出已结束的完整月份:--over 2025",
    ),
    "diff-not-in-run": Message(
        "run #{run} of {period} did not use the plan {plan}",
        "{period} 的运行 #{run} 没有用到方案 {plan}",
    ),
    "cost-no-run": Message(
        "no month of {period} was ever run",
        "{period} 中没有计算过的月份",
        "salescli commission run MONTH",
        "salescli commission run 月份",
    ),
    "cost-by": Message(
        "commission is not told apart by `{text}`",
        "不能按 `{text}` 归集提成",
        "one or more of {choices}: --by team,product",
        "可用:{choices};如 --by team,product",
    ),
    "outlook-attainment": Message(
        "`{text}` is not a list of attainments",
        "`{text}` 不是达成率",
        "one to eight shares of the quota, each at most 1000%: --attainment 80%,100%,120%",
        "一至八个比例,每个不超过 1000%:--attainment 80%,100%,120%",
    ),
    "outlook-not-a-year": Message(
        "an outlook is of a year, not of {text}",
        "预测以年度为单位,不能是 {text}",
        "salescli commission cost 2026 --attainment 80%,100%,120%",
        "salescli commission cost 2026 --attainment 80%,100%,120%",
    ),
    "outlook-no-plan": Message(
        "no plan is in force in {year}",
        "{year} 没有生效的方案",
    ),
    "schedule-no-term": Message(
        "nothing says how long contracts run",
        "没有说明合同期限",
        "name the field of the contract in which the term ends (--ends warranty_end), or --months 12",
        "请给出合同中表示期限结束的字段(--ends warranty_end),或 --months 12",
    ),
    "schedule-field": Message(
        "`{text}` is no day of a contract",
        "`{text}` 不是合同的日期字段",
        "one of {choices}",
        "可用:{choices}",
    ),
    "cost-not-money": Message(
        "{metric} is no amount of money: commission is not divided by it",
        "{metric} 不是金额,不能作提成的分母",
    ),
}
