"""Sentences of the `metric` area."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "unknown-metric": Message(
        "`{text}` is not a metric", "`{text}` 不是指标", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "unknown-dimension": Message(
        "`{text}` is not a dimension", "`{text}` 不是维度", "one of: {dimensions}", "可选:{dimensions}"
    ),
    "no-such-dimension": Message(
        "`{metric}` cannot be grouped by {dimension}: a {type} does not reach it",
        "`{metric}` 不能按{dimension}分组:{type} 无此维度",
        "one of: {dimensions}",
        "可选:{dimensions}",
    ),
    "no-such-path": Message(
        "`{path}` leads nowhere: `{field}` is not a field on it", "路径 `{path}` 无效:`{field}` 不是字段"
    ),
    "at-least-not-used": Message(
        "`at_least` says nothing about `{value}`: only `first-ever` asks for an amount",
        "`at_least` 对 `{value}` 无意义:只有 `first-ever` 要求金额",
    ),
    "value-needs-date": Message(
        "`{value}` needs a date: a record is the first of its customer on a day",
        "`{value}` 需要日期:首次总是发生在某一天",
    ),
    "percent-out-of-range": Message(
        "`{text}`: a percentile lies from 0 through 100", "`{text}`:百分位须在 0 至 100 之间"
    ),
    "value-not-split": Message(
        "`{value}` takes each record whole: a share of one would be a smaller record",
        "`{value}` 以整条记录计:按分成拆开会变成更小的记录",
        "write `credit: owner` or `credit: none`",
        "请写 `credit: owner` 或 `credit: none`",
    ),
    "value-needs-unit": Message("`{value}` is of the unit {unit}", "`{value}` 的单位是 {unit}"),
    "collected-of-other": Message(
        "`{value}` of {type} is not known: what is collected is the amount of an instalment",
        "{type} 没有 `{value}`:已收回只能针对应收期次的金额",
        "write `of: payment-plan` and `value: collected amount`",
        "请写 `of: payment-plan` 和 `value: collected amount`",
    ),
    "compare-needs-period": Message(
        "a comparison needs a period to go back from",
        "对比需要先给出期间",
        "add `--period 2026-Q1` or the like",
        "请加 `--period 2026-Q1` 之类",
    ),
    "compare-needs-date": Message(
        "`{metric}` is a stock without a date: it has no earlier period",
        "`{metric}` 是没有日期的存量,没有上一期",
        "what it was on another day: `--on 2026-01-31`",
        "要看另一天的值,请用 `--on 2026-01-31`",
    ),
    "compare-not-by-time": Message(
        "two periods are compared, and lines by {dimension} belong to one of them",
        "对比的是两个期间,按{dimension}分组的行只属于其中一期",
        "leave {dimension} out, or see `salescli report trend {metric}`",
        "去掉{dimension},或用 `salescli report trend {metric}`",
    ),
    "not-a-condition": Message(
        "`{text}` is not a condition",
        "`{text}` 不是条件",
        "write path=value, such as region=North",
        "写成 路径=值,如 region=华东",
    ),
    "not-a-currency": Message(
        "`{text}` is not the code of a currency",
        "`{text}` 不是货币代码",
        "three letters, such as CNY, EUR or USD",
        "三个字母,如 CNY、EUR、USD",
    ),
    "currency-not-money": Message(
        "`{metric}` is no amount of money: there is nothing to convert into {currency}",
        "`{metric}` 不是金额:无从折成 {currency}",
    ),
    "missing-fx": Message(
        "no rate from {currency} into {into} is known on {day} or before ({days} days lack one): nothing is converted",
        "{day} 当日及之前没有 {currency} 折 {into} 的汇率(共缺 {days} 天):不作换算",
        "import a table of base, quote, date and rate: salescli import FILE --as fx-rate",
        "导入汇率表(基准币、报价币、日期、汇率):salescli import 文件 --as fx-rate",
    ),
    "bad-filter-value": Message("`{text}` is not a value of `{path}`", "`{text}` 不是 `{path}` 的有效值"),
}
