"""Sentences of the `groups` area: pools, rankings, budgets, what the levels below leave."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "pool-needs-team": Message(
        "a pool is a figure of the team",
        "奖金包是团队的数字",
        "write `credit: team` and `team: {{depth: everyone-below, own_deals: counted, base: gross}}`",
        "请写 `credit: team` 和 `team: {{depth: everyone-below, own_deals: counted, base: gross}}`",
    ),
    "pool-needs-window": Message(
        "a pot is shared at the end of a window; a transaction has none",
        "奖金包在窗口结束时分配,单笔交易没有窗口",
        "write `adds_up_over: month`, `quarter` or `year`",
        "请用 `adds_up_over: month`、`quarter` 或 `year`",
    ),
    "pool-shares-not-whole": Message(
        "the shares of a pot are not 100 %",
        "奖金包的份额合计不是 100 %",
        "write `- manager: 20%` and `- members: 80%`, each once",
        "请写 `- manager: 20%` 和 `- members: 80%`,各一次",
    ),
    "pool-in-parts": Message("a pot is not paid in parts", "奖金包不能分次发放"),
    "members-grade-unused": Message(
        "`members_grade` weighs salaries, but the members share by `{members_by}`",
        "`members_grade` 用于按薪资加权,而成员按 `{members_by}` 分配",
        "write `members_by: salary-times-grade`, or leave `members_grade` out",
        "请写 `members_by: salary-times-grade`,或删去 `members_grade`",
    ),
    "group-takes-back": Message(
        "what a group shares is not allocated to single receipts: a refund cannot take the pay of one back",
        "团队共享的金额不分摊到单笔回款,退款无法按原笔收回",
        "write `refunds: recompute` or `at-refund-date`",
        "请写 `refunds: recompute` 或 `at-refund-date`",
    ),
    "rank-of-company": Message(
        "the company's figure is the same for everybody",
        "公司的数字人人相同,无法排名",
        "write `of: own` or `of: team`",
        "请写 `of: own` 或 `of: team`",
    ),
    "rank-pays-to": Message(
        "`pays_to: {text}` does not fit a ranking `of: {of}`",
        "`pays_to: {text}` 与 `of: {of}` 的排名不符",
        "a ranking of teams pays the manager, one of people's own figures the person",
        "按团队排名发给经理(manager),按本人数值排名发给本人(person)",
    ),
    "rank-gate": Message(
        "a gate of a ranking decides who takes part: it needs `{key}: {wanted}`",
        "排名奖的门槛决定谁参评:`{key}` 须为 `{wanted}`",
    ),
    "rank-needs-role": Message(
        "`min_days_in_role` counts days in a role, and no role is named",
        "`min_days_in_role` 按角色计天数,但没有指定角色",
        "write `among: {{role: …}}`, or `for: {{role: …}}` of the plan",
        "请写 `among: {{role: …}}`,或方案的 `for: {{role: …}}`",
    ),
    "prize-not-positive": Message("a prize must be above zero", "奖金必须大于零"),
    "budget-not-positive": Message("a budget must be above zero", "预算必须大于零"),
    "budget-on-group": Message(
        "a `{type}` has no budget: its own figure says what is paid",
        "`{type}` 没有预算:发多少由其自身数字决定",
        "bound it by `at_most`",
        "可用 `at_most` 封顶",
    ),
    "rate-difference-needs-rate": Message(
        "`base: rate-difference` needs one rate on each transaction; a `{type}` component has none",
        "`base: rate-difference` 要求每笔只有一个费率,`{type}` 组件没有",
        "write `type: rate`, or `base: less-commission-below`",
        "请写 `type: rate`,或 `base: less-commission-below`",
    ),
    "pool-sheet-missing": Message(
        "pool `{pool}` of {manager}, {run}: no sheet shares the members' {amount} yet: nothing of it is paid",
        "{manager} 的奖金包 `{pool}` {run}:成员部分 {amount} 还没有二次分配表,整个奖金包暂不发放",
        "import a sheet with pool, period, manager, person, and amount or share",
        "请导入含奖金包、期间、经理、成员及金额或比例的分配表",
    ),
    "pool-sheet-differs": Message(
        "pool `{pool}` of {manager}, {run}: the sheet spends {spent}, the members' part is {amount}: nothing is paid",
        "{manager} 的奖金包 `{pool}` {run}:分配表合计 {spent},成员部分为 {amount},整个奖金包不发放",
        "the sheet must spend the pot to the cent",
        "分配表必须分毫不差",
    ),
    "pool-sheet-moved": Message(
        "pool `{pool}` of {manager}, {run}: the sheet that was paid spends {spent}, the members' part is now {amount}: "
        "each part is moved in proportion",
        "{manager} 的奖金包 `{pool}` {run}:已付的分配表合计 {spent},成员部分现为 {amount},各人按原比例增减",
        "a new sheet that spends {amount} may share it another way",
        "如要另行分配,请导入合计 {amount} 的新分配表",
    ),
    "pool-sheet-shares": Message(
        "pool `{pool}` of {manager}, {run}: the sheet's shares sum to {share}, not to 1: nothing is paid",
        "{manager} 的奖金包 `{pool}` {run}:分配表比例合计 {share},不是 1,整个奖金包不发放",
    ),
    "pool-sheet-mixed": Message(
        "pool `{pool}` of {manager}, {run}: the sheet has amounts and shares side by side: nothing is paid",
        "{manager} 的奖金包 `{pool}` {run}:分配表同时有金额和比例,整个奖金包不发放",
        "each row has an amount, or each has a share",
        "每行都写金额,或每行都写比例",
    ),
    "pool-sheet-negative": Message(
        "pool `{pool}` of {manager}, {run}: {people} have shares against the members' {amount}: nothing is paid",
        "{manager} 的奖金包 `{pool}` {run}:分配表给 {people} 的份额与成员部分 {amount} 正负相反,整个奖金包不发放",
        "nobody has more than there is: give 0, or leave the row out",
        "任何人都不能分得超过总额:请填 0 或删去该行",
    ),
    "pool-share-negative": Message(
        "a share below zero: the others would have more than there is in the pot",
        "份额为负:其他人将分得超过奖金包总额",
        "give 0, or leave the row out; only a pot below zero has shares below zero",
        "请填 0 或删去该行;只有奖金包本身为负时份额才能为负",
    ),
    "pool-sheet-stranger": Message(
        "pool `{pool}` of {manager}, {run}: the sheet names {people}, who are no members: nothing is paid",
        "{manager} 的奖金包 `{pool}` {run}:分配表中的 {people} 不是成员,整个奖金包不发放",
        "members are those in the plan's `members.roles` below the manager",
        "成员是经理下级中属于方案 `members.roles` 的人",
    ),
    "levels-circle": Message(
        "{people} stand above and below each other in one run: what the levels below earned cannot be found",
        "{people} 在同一期互为上下级:无法算出下级先得的提成",
        "`base: less-commission-below` and `rate-difference` need one order of levels",
        "`base: less-commission-below` 和 `rate-difference` 需要唯一的层级顺序",
    ),
}
