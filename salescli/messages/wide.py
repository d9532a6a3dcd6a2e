"""Sentences of the `wide` area: sheets with a column per month, and the sheets of targets that are edited by hand."""

from __future__ import annotations

from salescli.messages import Message

READING: dict[str, Message] = {
    "wide-year-unknown": Message(
        "column `{header}` does not say of which year it is",
        "列“{header}”没有写明年份",
        "say it: --for 2026, or --for FY2026",
        "请指明:--for 2026(或 --for FY2026)",
    ),
    "wide-needs-months": Message(
        "column `{header}` is no month: targets are kept by month, and nothing says how to spread it",
        "列“{header}”不是月份:目标按月保存,而这里没有说明如何分到各月",
        "write the months; or let a policy spread it: `salescli quota set`, with `fixed:` for single people",
        "请写成各月;或由目标方案分解:`salescli quota set`,个别人员用 `fixed:`",
    ),
    "wide-month-twice": Message(
        "{month} stands in two columns: {headers}",
        "{month} 出现在两列:{headers}",
        "delete one, or rename the one that is no target",
        "请删去一列,或改掉不是目标的那一列的表头",
    ),
    "wide-sum-differs": Message(
        "`{header}` says {stated}, the months beside it sum to {read} (difference {difference})",
        "“{header}”为 {stated},同行各月合计 {read}(差 {difference})",
        "correct the months or the total: the months were taken in",
        "请更正各月或合计;已按各月导入",
    ),
    "constant-bad": Message("`{text}` is no {field}", "`{text}` 不能作为{field}"),
}

MERGING: dict[str, Message] = {
    "end-unknown": Message(
        "`{text}` ends nothing: there is no such {type}",
        "`{text}` 处没有可终止的{type}",
    ),
    "no-submissions": Message(
        "nothing was submitted for {period}",
        "{period} 没有上报的目标",
        "salescli record template submission -o form.xlsx, then import the filled-in form",
        "salescli record template submission -o form.xlsx,填好后导入",
    ),
    "no-submissions-of-metric": Message(
        "nothing was submitted for {metric}; there is something for: {metrics}",
        "{metric} 没有上报;有上报的指标:{metrics}",
    ),
    "metric-not-known": Message(
        "`{text}` is no metric: nothing reads what is kept under this name (figures: {count})",
        "没有指标 `{text}`:{count} 个数字按此名称保存,但没有任何报表会读取",
        "perhaps {nearest}: --constant metric={nearest}, or correct the column",
        "可能是 {nearest}:--constant metric={nearest},或更正该列",
    ),
}

MESSAGES: dict[str, Message] = {**READING, **MERGING}
