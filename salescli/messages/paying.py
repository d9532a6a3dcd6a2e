"""Sentences of the `paying` area: what components pay on, take back, and continue."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "parts-take-themselves-back": Message(
        "a sale that is paid in parts gives a part back by itself when money goes back: it cannot be taken back twice",
        "分次发放的单子在退款时自动收回对应部分,不能再收回一次",
        "write `refunds: recompute` or `at-refund-date`",
        "请写 `refunds: recompute` 或 `at-refund-date`",
    ),
    "held-stands-alone": Message(
        "a line that names a contract, or until when money is held, says only what is held",
        "写明合同或留存至的一行,只填留存金额",
        "write the other figures in the line of the component without a contract",
        "其他数字请填在不带合同的那一行",
    ),
    "waiting-stands-alone": Message(
        "a line that says of which month something is held says only what is held by gates",
        "写明暂存月份的一行,只填门槛暂存金额",
        "write the other figures in the line of the component without a month",
        "其他数字请填在不带暂存月份的那一行",
    ),
    "nothing-holds": Message(
        "nothing of {component} of {plan} can be held and go on from one figure",
        "方案 {plan} 的组件 {component} 没有可按一个金额带入暂存的门槛或系数",
        "a gate (but with `if_missed: lowest-tier`) or a factor with `until_known: hold` holds; else pay it by hand",
        "带 `needs`(`if_missed: lowest-tier` 除外)或 `until_known: hold` 的组件才有暂存;否则请另行补记",
    ),
    "nothing-deducts": Message(
        "{plan} takes no deductions: what waits would wait for ever",
        "方案 {plan} 不扣款:待扣款将一直挂着",
        "write `payout.deductions` in the plan, or leave the cell empty",
        "请在方案中写 `payout.deductions`,或将此格留空",
    ),
    "held-until-no-day": Message(
        "`{text}` is no day",
        "`{text}` 不是日期",
        "write it as 2026-09-30",
        "应写成 2026-09-30",
    ),
    "two-plans": Message(
        "{person} is on {plan} and on {other} ({place}) from {start} to {through}: nobody is paid twice for a day",
        "{person} 从 {start} 到 {through} 同时在 {plan} 与 {other}({place})内:同一天不会由两个方案计提",
        "narrow one of the two `for` or end the assignment; where both are meant, write `beside: {other}` in {plan}",
        "请缩小其中一个 `for` 或结束任职;确实两者都计提的,在 {plan} 中写 `beside: {other}`",
    ),
    "beside-unknown-plan": Message(
        "`{text}`: there is no such plan to be paid beside",
        "`{text}`:没有这个并行的方案",
        "plans: {choices}",
        "现有方案:{choices}",
    ),
    "beside-itself": Message(
        "`{text}` is this plan: it is paid beside others",
        "`{text}` 就是本方案:`beside` 写的是其他方案",
    ),
    "takes-over-unknown-plan": Message(
        "`{text}`: there is no such plan to take over",
        "`{text}`:没有这个可接管的方案",
        "plans: {choices}; the old plan's file stays where it is",
        "现有方案:{choices};旧方案的文件应保留",
    ),
    "takes-over-in-a-circle": Message(
        "`{text}` takes over {plan}, by way of others or itself: no balance would ever stay anywhere",
        "`{text}` 又(直接或经由其他方案)接管 {plan}:余额永远没有归处",
    ),
    "takes-over-itself": Message(
        "`{text}` is this plan: within a plan balances go on by themselves",
        "`{text}` 就是本方案:方案内的余额本来就延续",
    ),
    "takes-over-other-currency": Message(
        "`{text}` is in {currency}, this plan in {own}: its balances cannot go on here",
        "`{text}` 以 {currency} 计,本方案以 {own} 计:余额无法接管",
    ),
    "takes-over-other-pay": Message(
        "`{text}` is not paid as often as this plan: its balances cannot go on here",
        "`{text}` 与本方案的发放周期不同:余额无法接管",
        "both are paid monthly, or both quarterly",
        "两者应同为按月或按季发放",
    ),
    "levels-other-pay": Message(
        "what the levels below earn is known run by run, and `{text}` ({place}) is not paid as often as this plan",
        "下级的提成按每期结果扣除,而 `{text}`({place})与本方案的发放周期不同",
        "pay both monthly, or both quarterly; or write `base: gross`",
        "两者应同为按月或按季发放;或改写 `base: gross`",
    ),
    "takes-over-without": Message(
        "`{text}` leaves what its `{block}` says, and this plan has no `{block}` that would take it back",
        "`{text}` 按其 `{block}` 留下余额,而本方案没有可收回它的 `{block}`",
        "write `{block}` in this plan's `payout`; a draw of `tops_up_to: 0` tops up nothing and says how it comes back",
        "请在本方案的 `payout` 中写 `{block}`;预支可写 `tops_up_to: 0`:不再补足,只说明如何扣回",
    ),
    "plan-name-twice": Message(
        "the plan name `{text}` is taken: {place} has it too",
        "方案名称 `{text}` 已被占用:{place} 也用了它",
        "give one of the two another name, or take one file out of the folder",
        "请为其中一个改名,或把其中一个文件移出该文件夹",
    ),
    "rate-below-zero": Message(
        "{text} is a rate below zero: a sale would cost whoever made it",
        "{text} 是低于零的比例:成交反而扣钱",
        "what goes back is taken by `refunds`, a gate or a factor",
        "应扣回的由 `refunds`、门槛或系数说明",
    ),
    "rate-above-whole": Message(
        "{text} is more than all of it",
        "{text} 超过业绩本身",
        "is a decimal point missing?",
        "是否少了小数点?",
    ),
    "caught-up-twice": Message(
        "what `{key}` adds to everything below it could be paid twice: a refund takes back the pay of its own receipt "
        "alone, the position falls below the tier, and the next receipt reaches it again",
        "`{key}` 对以下部分的补差可能付两次:退款只扣回该笔回款的提成,累计退到档下,下一笔回款再次达档补差",
        "with `{apply}`, write `refunds: recompute` or `at-refund-date`",
        "`{apply}` 请配 `refunds: recompute` 或 `at-refund-date`",
    ),
    "lowest-tier-begins-late": Message(
        "a missed gate would pay more than a passed one: below `{key}` the table pays nothing, the lowest tier does",
        "门槛未过反而可能付得更多:`{key}` 以下表中不付,而最低档会付",
        "begin the table with `from 0`, or say `if_missed: lost`",
        "请让表从 `from 0` 开始,或写 `if_missed: lost`",
    ),
    "first-tier-not-lowest": Message(
        "a missed gate would pay more than a passed one: `{key}` has a lower rate than `{first}`, the first tier",
        "门槛未过反而可能付得更多:`{key}` 的费率低于首档 `{first}`",
        "only rising rates have a lowest tier; say `if_missed: lost` or another answer",
        "只有递增的费率才有最低档;请改用 `if_missed: lost` 等",
    ),
    "continues-unknown-plan": Message(
        "`{text}`: there is no such plan",
        "`{text}`:没有这个方案",
        "plans: {choices}; the old plan's file stays where it is",
        "现有方案:{choices};旧方案的文件应保留",
    ),
    "continues-unknown-component": Message(
        "`{text}`: the plan `{plan}` has no such component",
        "`{text}`:方案 `{plan}` 没有这个组件",
        "components: {choices}",
        "组件:{choices}",
    ),
    "continues-other-window": Message(
        "`{text}` is no tiered component over the same window: its position cannot go on here",
        "`{text}` 不是同一窗口的阶梯组件:累计无法延续至此",
    ),
    "continues-in-a-circle": Message(
        "`{text}` goes back to this plan: each would continue the other",
        "`{text}` 又回到本方案:互相延续",
    ),
    "bad-continues": Message(
        "`{text}` names no component of another plan",
        "`{text}` 没有指明另一方案的组件",
        "write `OLD-PLAN.COMPONENT`",
        "应写成 `旧方案.组件`",
    ),
    "nothing-to-continue": Message(
        "a component of type `{type}` has no position that could go on from another plan",
        "类型为 `{type}` 的组件没有可以从另一方案延续的累计",
        "only `tiered` over a month, quarter or year continues",
        "只有按月、季、年累计的 `tiered` 可以延续",
    ),
    "continues-itself": Message(
        "`{text}` is of this plan: within a plan a window goes on by itself",
        "`{text}` 就在本方案中:方案内的窗口本来就延续",
    ),
    "matrix-takes-nothing-back": Message(
        "a matrix pays for a whole window: no receipt has a pay of its own that a refund could take back",
        "矩阵按整个窗口计:每笔回款没有各自的所得,退款无从收回",
        "write `refunds: recompute` or `at-refund-date`",
        "请写 `refunds: recompute` 或 `at-refund-date`",
    ),
    "not-a-matrix": Message(
        "a table of lines like `- from 80%: {{from 0%: 1_000, from 100%: 3_000}}` is expected here",
        "此处应为矩阵表,每行如 `- from 80%: {{from 0%: 1_000, from 100%: 3_000}}`",
    ),
    "matrix-line-differs": Message(
        "the columns of `{key}` are not those of `{before}`: some cells would be missing",
        "`{key}` 的列与 `{before}` 不同:有的格子没有定义",
        "write the same columns in every line",
        "每一行写相同的列",
    ),
    "matrix-mixes-cells": Message(
        "some cells are rates, others amounts",
        "有的格子是费率,有的是金额",
        "write two components",
        "请拆成两个组件",
    ),
    "matrix-amounts-pay-on": Message(
        "`{pays_on}` says what rates are paid on, but the table has amounts",
        "`{pays_on}` 说明费率按什么计,但表中是金额",
    ),
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
