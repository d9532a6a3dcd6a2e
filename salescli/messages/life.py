"""Sentences of the `life` area: a month's run from draft to approved, closed and paid."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "close-stopped": Message(
        "{period} is not closed: {title}: {finding}",
        "{period} 未关账:{title}:{finding}",
        "settle it, or go on past it: --accept {point} --reason WHY",
        "请先处理,或明确放行:--accept {point} --reason 原因",
    ),
    "close-needs-approval": Message(
        "{period} is not closed: nobody has approved its figures as they are known now, and salescli.yaml says "
        "`close_needs: approval`",
        "{period} 未关账:现有数字未经批准,而 salescli.yaml 规定 `close_needs: approval`",
        "salescli commission run {period}, then salescli commission approve {period} --by NAME",
        "先 salescli commission run {period},再 salescli commission approve {period} --by 姓名",
    ),
    "unknown-check-point": Message(
        "`{text}` is no point of the list before closing: {choices}",
        "`{text}` 不是关账前检查的事项:{choices}",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "accept-needs-reason": Message(
        "going on past {points} needs a reason",
        "放行 {points} 须写明原因",
        "--reason WHY is kept with the run",
        "--reason 原因 会随运行保存",
    ),
    "approval-gone": Message(
        "run #{run} is not what was approved: {by} approved run #{approved}, and an approval is of exact figures",
        "运行 #{run} 与已批准的不同:{by} 批准的是运行 #{approved},批准只对当时的数字有效",
        "salescli commission approve {period} --by NAME",
        "salescli commission approve {period} --by 姓名",
    ),
    "already-approved": Message(
        "{by} has approved run #{run} of {period} already",
        "{by} 已批准 {period} 的运行 #{run}",
    ),
    "paid-not-reopened": Message(
        "{period} is paid ({source}): it cannot be reopened",
        "{period} 已发放({source}):不能重开",
        "what comes late is posted in the next month; if the pay sheet was wrong: salescli undo {batch}",
        "迟到的事实在下月作为差异补计;若实发表导错:salescli undo {batch}",
    ),
    "pay-not-closed": Message(
        "{period} is not closed: only a closed month is paid",
        "{period} 未关账:只有已关账的月份才能发放",
        "salescli commission close {period}",
        "salescli commission close {period}",
    ),
    "unknown-payroll-column": Message(
        "`{text}` is no column of a payroll file; there are: {choices}",
        "`{text}` 不是发放表的列;可用:{choices}",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "payroll-column-source": Message(
        "a column has either `from` or `value`",
        "每列须写 `from` 或 `value` 之一",
        "`from: payable` is a figure of the run, `value: Commission` the same text in every line",
        "`from: payable` 取运行的数字,`value: 提成` 每行写同样的文字",
    ),
    "payroll-without-payable": Message(
        "no column says `from: payable`: a payroll file without it pays nothing",
        "没有 `from: payable` 的列:发放表须有应发",
    ),
    "paid-currency-unknown": Message(
        "{period} pays in {currencies}: the sheet does not say in which the amounts are",
        "{period} 以 {currencies} 发放:表中没有写明金额的币种",
        "add a column Currency",
        "请加一列“币种”",
    ),
    "paid-other-currency": Message(
        "`{text}` is not a currency in which {period} pays ({currencies})",
        "{period} 不以 `{text}` 发放({currencies})",
        "write its code; what was paid in another currency cannot be set beside payable",
        "请写币种代码;以其他币种支付的金额无法与应发对比",
    ),
    "paid-other-name": Message(
        "number `{number}` is {name}, the name beside it is `{text}`",
        "编号 `{number}` 是{name},旁边的姓名为 `{text}`",
        "correct the one that is wrong; where the number is right, the name may be blank",
        "请改正其中有误的一个;编号无误时姓名可留空",
    ),
    "paid-too-fine": Message(
        "`{text}` cannot have been paid: the smallest amount of {currency} is {unit}",
        "`{text}` 无法支付:{currency} 的最小金额为 {unit}",
        "write what was really paid, not what it was computed from",
        "请写实际支付的金额,而非未舍入的计算值",
    ),
    "paid-elsewhere": Message(
        "{period} was paid otherwise than payable; differences: {count}, {amount} {currency} in all",
        "{period} 实发与应发不符:{count} 处,合计 {amount} {currency}",
        "payable stays as it is; to settle it in a later month, write an adjustment by hand",
        "应发不变;如需在以后月份结清,请手工调整",
    ),
    "nobody-paid": Message("the sheet holds no amount that was paid", "表中没有实发金额"),
}
