"""Sentences of the `late` area: closed months that are restated, and settings that closed months were computed by."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "restate-needs-reason": Message(
        "restating {period} needs a reason",
        "重述 {period} 须写明原因",
        "--reason WHY stands on every run that posts a difference because of it",
        "--reason 原因 会写在因此补计差异的每个运行上",
    ),
    "reopen-needs-reason": Message(
        "opening {period} again needs a reason",
        "重开 {period} 须写明原因",
        "--reason WHY is kept with the run",
        "--reason 原因 会随运行保存",
    ),
    "run-not-whole": Message(
        "run {run} of {period} is not what it was stored as: something was changed in the store itself",
        "{period} 的运行 {run} 与保存时不同:数据文件本身被改动过",
        "restore salescli.db from a copy",
        "请从备份恢复 salescli.db",
    ),
    "nothing-to-restate": Message(
        "{period} has nothing to restate: plans and metrics say what it is recomputed by already",
        "{period} 无可重述:方案与指标文件与它现用的相同",
        "edit the plan or the metrics first; records are late facts and need no restatement",
        "请先修改方案或指标文件;记录的更正属于迟到的事实,不需重述",
    ),
    "calculation-not-accepted": Message(
        "closed by calculation {then}, and this salescli has {now}: {periods} would move by itself",
        "关账时为计算版本 {then},现为 {now}:{periods} 会自行变动",
        "see what it changes: salescli commission verify; then "
        "salescli commission restate {period} --accept-calculation --reason WHY: the open month posts the difference",
        "先看变化:salescli commission verify;再 "
        "salescli commission restate {period} --accept-calculation --reason 原因:差异计入未关账的月份",
    ),
    "nothing-to-accept": Message(
        "{period} follows calculation {calculation} already",
        "{period} 已按计算版本 {calculation}",
    ),
    "accept-or-undo": Message(
        "--accept-calculation and --undo do not go together",
        "--accept-calculation 与 --undo 不能同时使用",
        "--undo takes back the newest restatement of the month, of whichever kind",
        "--undo 撤回该月最近一次重述,不分种类",
    ),
    "not-restated": Message(
        "{period} is not restated: there is nothing to take back",
        "{period} 没有重述,无可撤回",
    ),
    "settings-after-closing": Message(
        "salescli.yaml says `{key}: {now}`, and {period} was closed with `{then}`: windows and amounts of closed "
        "months would be read otherwise",
        "salescli.yaml 写的是 `{key}: {now}`,而 {period} 关账时是 `{then}`:已关账月份的窗口与金额会被另作解释",
        "put `{key}: {then}` back; another fiscal year or currency needs a workspace of its own",
        "请改回 `{key}: {then}`;更换财年或币种请另建工作区",
    ),
}
