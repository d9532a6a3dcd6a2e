"""Sentences of `exchange`: at which rate a credit in another currency counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from salescli.core.commission.wording import both, quantity
from salescli.policy.sentences.sentence import Path, Sentence, say

if TYPE_CHECKING:
    from salescli.core.commission.exchange import Exchange

RATES = {
    "daily": both("按该日记录的汇率", "at the rate recorded for that day"),
    "month-average": both(
        "按该日所在月份中有汇率各日的平均", "at the mean of the days of that day's month that have a recorded rate"
    ),
    "plan-rate": both("按方案自己的汇率", "at the plan's own rate"),
}
ON = {
    "receipt-date": both(
        "以业绩发生之日为准,退款与它所退的那笔同率(按退款当日计的除外)",
        "of the day it counts on; a refund takes the rate of what it undoes, unless it counts on its own day",
    ),
    "signing-date": both(
        "以合同签订之日为准(没有合同的按发生之日)",
        "of the day its contract was signed (what has no contract: of its own day)",
    ),
}
IF_MISSING = {
    "stop": both("没有汇率时停止计算,什么都不写入", "without a rate the run stops and writes nothing"),
    "last-known-within-7-days": both(
        "没有汇率时取此前 7 天内最近的一个,并注明已有几天",
        "without a rate the last one known within 7 days before counts, and its age is said",
    ),
}


def exchange_sentences(exchange: Exchange, currency: str, path: Path) -> Iterator[Sentence]:
    """Say how credits in other currencies are converted."""
    rates, on, missing = RATES[exchange.rates], ON[exchange.on], IF_MISSING[exchange.if_missing]
    yield say(
        f"其他币种的业绩折成 {currency}:{rates.zh},{on.zh};每笔折算一次,四舍五入到 0.0001,并记下汇率。",
        f"A credit in another currency is converted into {currency} {rates.en}, {on.en}. Each is converted once, "
        "rounded to 0.0001, and kept with its rate.",
        path,
        "rates",
        "on",
    )
    yield say(f"{missing.zh}。", f"{missing.en[:1].upper()}{missing.en[1:]}.", path, "if_missing")
    if exchange.rates == "plan-rate" and exchange.plan_rates is None:
        yield say(
            "本方案没有写明任何汇率:其他币种的业绩会使计算停止。",
            "This plan states no rates: a credit in another currency stops the run.",
            path,
            "rates",
        )
    if exchange.plan_rates is None:
        return
    for start, table in exchange.plan_rates.values:
        place: Path = (*path, "plan_rates")
        if not exchange.plan_rates.is_constant:
            place = (*place, start.isoformat())
            yield say(f"自 {start} 起的汇率:", f"Rates from {start} on:", place)
        for code, rate in table.items():
            text = f"1 {code} = {quantity(rate)} {currency}"
            yield say(text, text, place, code, item=True)
