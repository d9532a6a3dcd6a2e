"""Sentences of the `paying` area: what components pay on, take back, and continue."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "signing-date-of-two-measures": Message(
        "what moves the position is not what `{pays_on}` pays on: each has a signing date of its own, and a table that "
        "changes cannot follow both",
        "推进档位的业绩与 `{pays_on}` 不是同一笔:签订日期各不相同,变动的档位表无法同时跟随两者",
        "write `rates_in_force_on: receipt-date`, or a table that does not change",
        "请写 `rates_in_force_on: receipt-date`,或使用不变的档位表",
    ),
    "amount-each-needs-original-rate": Message(
        "an amount for each sale has no rate: a refund can only take back the pay of its sale",
        "每笔定额没有费率:退款只能收回原来那笔所得",
        "write `refunds: original-rate`, or `by-age`",
        "请写 `refunds: original-rate` 或 `by-age`",
    ),
    "not-an-age": Message(
        "a list of ages is expected here, each like `- from 181 days: 50%`",
        "此处应为按时间的列表,每行如 `- from 181 days: 50%`",
    ),
    "bad-age": Message(
        "`{key}` is no age",
        "`{key}` 不是时间",
        "write `from 181 days` or `from 6 months`: since the receipt",
        "应写成 `from 181 days` 或 `from 6 months`:自到账起算",
    ),
    "age-by-instalments": Message(
        "`{key}`: instalments cannot be counted: a receipt does not say which instalments of its contract it pays",
        "`{key}`:无法按期数计算:回款记录没有说明它付的是合同的第几期",
        "write the age in days or months",
        "请按天或月写",
    ),
    "age-share-out-of-range": Message(
        "`{text}`: of the pay of a receipt, 0% to 100% can be taken back",
        "`{text}`:原回款的提成只能收回 0% 到 100%",
    ),
    "ages-mix-units": Message(
        "ages are all in days, or all in months",
        "时间应全部按天,或全部按月",
    ),
    "ages-not-ascending": Message(
        "this age is not later than the one before it",
        "此处的时间不晚于上一行",
    ),
    "ages-begin-late": Message(
        "the first age is {count}: nothing says what a refund before it takes back",
        "第一行从 {count} 起:没有说明此前的退款收回多少",
        "begin with `from 0`",
        "请从 `from 0` 开始",
    ),
    "window-shorter-than-run": Message(
        "`{key}` is a month, but the plan pays quarterly: what a month earned cannot be told apart in the run of a "
        "quarter",
        "`{key}` 为月,但方案按季度发放:季度的一次发放中分不出各月应计",
        "write `pay: monthly`, or `quarter`",
        "请写 `pay: monthly`,或改为 `quarter`",
    ),
}
