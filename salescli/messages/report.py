"""Sentences of the `report` area."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "report-needs-person": Message(
        "whose report? No person is named",
        "没有指明是谁的报表",
        "add --person with a number or a name; all of them: salescli record list person",
        "请加 --person 工号或姓名;全部人员:salescli record list person",
    ),
    "report-needs-sum": Message(
        "`{metric}` is no amount that adds up over a period: it has no shares and no target",
        "`{metric}` 不是期间内可加总的数额:没有占比,也没有目标",
        "by team, product, region or channel: salescli metric show {metric} --by team",
        "按团队、产品、区域或渠道:salescli metric show {metric} --by team",
    ),
    "report-no-shares": Message(
        "`{metric}` does not add up over its groups: none of them has a share of it",
        "`{metric}` 各组不可相加:没有份额可言",
        "metrics that add up are marked in: salescli metric list",
        "可相加的指标见:salescli metric list",
    ),
    "report-no-drivers": Message(
        "`{metric}` is no sum or rate over a period: its change has no parts that add up",
        "`{metric}` 不是期间内可加总的数额或比率:其变化无法分解",
        "metrics that add up are marked in: salescli metric list",
        "可相加的指标见:salescli metric list",
    ),
    "report-bad-support": Message(
        "`{text}` is no support: neither a number of orders nor a share of them",
        "`{text}` 不是支持度:既不是订单个数,也不是百分比",
        "such as --min-support 5 (orders) or --min-support 0.5%",
        "如 --min-support 5(个订单)或 --min-support 0.5%",
    ),
    "report-by-time": Message(
        "`{text}` is time itself: a report by time has a line per month already",
        "`{text}` 是时间:按时间的报表本来就是每月一行",
        "salescli report trend METRIC",
        "salescli report trend 指标",
    ),
    "months-without-fx": Message(
        "no rate from {currency} into {into} is known for {first} to {last}: those months are unknown",
        "{first} 至 {last} 没有 {currency} 折 {into} 的汇率:这些月份未知",
    ),
    "target-other-currency": Message(
        "targets of `{metric}` in {currency} are left out: figures are converted into {into}, targets are not",
        "`{metric}` 的 {currency} 目标未列入:实际数折成 {into},目标不折算",
    ),
    "report-period-ahead": Message(
        "{period} begins on {day}: nothing can be in it yet", "{period} 从 {day} 开始:现在还不会有数据"
    ),
    "report-nothing-earlier": Message(
        "nothing to compare with: there is no figure in {period}", "没有可比较的数字:{period} 内没有数据"
    ),
}
