"""Sentences of commission runs: gathering, closing, opening, comparing. The engine's own are in `commission`."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "no-plans": Message(
        "there is no commission plan in `{folder}`",
        "`{folder}` 中没有提成方案",
        "make one from three shipped ones: salescli commission new",
        "可由三个内置方案生成:salescli commission new",
    ),
    "not-a-month": Message(
        "`{text}` is not a month: a run is of one month",
        "`{text}` 不是月份:每次计算针对一个月",
        "write 2026-03",
        "请写 2026-03",
    ),
    "credit-other-currency": Message(
        "plan `{plan}`, component `{component}`: {person} is credited with {amount} {currency}, but the plan is in "
        "{wanted}; it is not paid",
        "方案 `{plan}` 组件 `{component}`:{person} 有 {amount} {currency} 的业绩,但方案币种为 {wanted};未计提",
        "`exchange` in the plan says at which rates it is converted; `only: {{currency: [{wanted}]}}` in the component "
        "says that nothing else is meant, and what is left out is listed",
        "如要折算,请在方案中写 `exchange`;如只计 {wanted},请写 `only: {{currency: [{wanted}]}}`,未计入的会列出",
    ),
    "credit-without-rate": Message(
        "plan `{plan}`: no rate from {currency} into {wanted} on {day}, for {transactions}: nothing is written",
        "方案 `{plan}`:缺 {day} 的 {currency} 折 {wanted} 汇率({transactions}):什么都没有写入",
        "import the rate: salescli import FILE --as fx-rate; plan rates stand in `exchange: {{plan_rates: …}}`",
        "导入汇率(salescli import 文件 --as fx-rate);方案汇率写在 `exchange: {{plan_rates: …}}`",
    ),
    "rate-last-known": Message(
        "plan `{plan}`: {currency} has no rate on {days}: the last one known counts (at most {age} d old)",
        "方案 `{plan}`:{days} 没有 {currency} 汇率,取此前最近的一个,最多已 {age} 天",
    ),
    "already-closed": Message(
        "{period} is closed already (run {run})",
        "{period} 已关账(运行 {run})",
        "a late fact is posted in the open month by itself",
        "迟到的事实会自动计入未关账的月份",
    ),
    "later-closed": Message(
        "{period} cannot be closed: {other} is closed already",
        "{period} 不能关账:{other} 已经关账",
        "what is missing is posted in the open month; or reopen {other} first",
        "缺少的部分会计入未关账的月份;或先重开 {other}",
    ),
    "close-in-order": Message(
        "{period} cannot be closed before {other}",
        "{other} 尚未关账,不能先关 {period}",
        "the first open month is {first}: salescli commission check {first}, then salescli commission close {first}",
        "最早未关账的是 {first}:先 salescli commission check {first},再 salescli commission close {first}",
    ),
    "not-closed": Message("{period} is not closed", "{period} 尚未关账"),
    "reopen-newest-first": Message(
        "{period} cannot be reopened while {other} is closed", "{other} 已关账,不能重开 {period}"
    ),
    "run-other-calculation": Message(
        "run {run} of {period} was made by another calculation version",
        "{period} 的运行 {run} 由其他计算版本得出",
        "it was made by calculation {then}, this salescli has {now}: what is stored stays the truth; to let the month "
        "follow it: salescli commission restate {period} --accept-calculation --reason WHY",
        "当时为计算版本 {then},现为 {now}:保存的结果仍为准;如需让该月改按新版本:"
        "salescli commission restate {period} --accept-calculation --reason 原因",
    ),
    "run-differs": Message(
        "run {run} of {period} does not reproduce: {items}", "{period} 的运行 {run} 无法复现:{items}"
    ),
    "no-run": Message(
        "{period} was never run",
        "{period} 尚未计算",
        "salescli commission run {period}",
        "请先运行:salescli commission run {period}",
    ),
    "not-in-run": Message(
        "`{person}` is under no plan in {period} (run {run})",
        "`{person}` 在 {period} 不在任何方案内(运行 {run})",
    ),
    "explain-whom": Message(
        "whose month is to be explained?",
        "要解释谁的提成?",
        "salescli commission explain {period} --person NAME, or --transaction KEY",
        "salescli commission explain {period} --person 姓名,或 --transaction 单号",
    ),
    "no-such-component": Message(
        "`{text}` is no component of theirs ({choices})", "`{text}` 不是其方案的组件({choices})"
    ),
    "no-such-transaction": Message(
        "`{text}` is no receipt, refund or other record that plans pay on",
        "`{text}` 不是方案所依据的回款、退款等单据",
        "the number as it stands in the file: R2603-0001",
        "请写表中的编号,如 R2603-0001",
    ),
    "not-run-yet": Message(
        "{period} was never run: this is computed from what is known now, nothing is stored",
        "{period} 尚未计算:以下按现有数据现算,未保存",
    ),
    "explained-differs": Message(
        "computed again, run {run} comes to other figures for {people}",
        "重新计算与运行 {run} 不一致:{people}",
        "salescli commission verify {run}",
        "salescli commission verify {run}",
    ),
    "plan-exists": Message(
        "`{path}` is there already",
        "`{path}` 已存在",
        "edit it, or give another name: --name {name}-2",
        "请直接修改它,或换个名称:--name {name}-2",
    ),
    "roll-which-plan": Message(
        "which plan? There are {plans}",
        "是哪一个方案?现有 {plans}",
        "salescli commission roll PLAN --to YEAR",
        "salescli commission roll 方案 --to 年度",
    ),
    "plan-needs": Message("this plan needs `{flag}`", "该方案需要 `{flag}`"),
    "plan-has-none": Message("the plan `{template}` has no {flag}", "方案 `{template}` 没有 {flag}"),
    "plan-for-whom": Message(
        "whose plan is it? the roles are {roles}",
        "方案适用于谁?岗位有:{roles}",
        "--for-role {role}, or --for-everyone",
        "--for-role {role},或 --for-everyone",
    ),
    "unknown-role": Message("nobody has the role {text} ({roles})", "没有人的岗位是 {text}(现有:{roles})"),
    "bad-plan-name": Message(
        "`{text}` cannot be a plan's name", "`{text}` 不能作方案名称", "letters, digits, `-`", "请用文字、数字和 `-`"
    ),
    "bad-tiers": Message(
        "`{text}` are no tiers", "`{text}` 不是档位", "write '0:1%, 1000000:1.5%'", "请写 '0:1%, 1000000:1.5%'"
    ),
    "nobody-known": Message(
        "no person is known yet",
        "还没有任何人员",
        "import a file with names first: salescli start FILE",
        "请先导入有姓名的表:salescli start 文件",
    ),
    "no-such-case": Message("`{text}` is no case and no file of cases", "没有名为 `{text}` 的用例或用例文件"),
    "columns-not-found": Message(
        "no row is a header with these columns: {columns}",
        "没有找到含这些列的表头:{columns}",
        "name the column of figures: --column HEADER",
        "可指明金额所在列:--column 表头",
    ),
    "person-twice": Message("`{text}` is there already in row {row}", "`{text}` 在第 {row} 行已出现"),
    "open-after-close": Message(
        "{period} cannot be the first month paid: {first} to {other} are closed",
        "{period} 不能作为首个发放月:{first} 至 {other} 已关账",
        "reopen them first, newest first: salescli commission reopen {other} --reason WHY",
        "请先从最近的开始重开:salescli commission reopen {other} --reason 原因",
    ),
    "opening-twice": Message("`{text}` has a line already", "`{text}` 已有一行"),
    "opening-unclear": Message(
        "`{text}` fits no single component: {choices}",
        "`{text}` 对应不到唯一的组件:{choices}",
        "name plan and component in columns of their own",
        "请用单独的列写明方案和组件",
    ),
    "not-on-a-plan": Message("`{text}` is under no plan in that month", "`{text}` 该月不在任何方案内"),
    "before-opening": Message("{period} lies before the first month paid, {first}", "{period} 早于首个发放月 {first}"),
    "held-not-opened": Message(
        "gates hold {amount} of {people} by the data; an opening sheet does not bring it: pay it by hand",
        "按数据,门槛暂存 {amount}({people});期初表不会带入,请另行补记",
        "left out of the sheet, their months are computed from the data",
        "不列入期初表的人,按数据计算",
    ),
}
