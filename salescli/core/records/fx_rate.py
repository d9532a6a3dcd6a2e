"""An exchange rate: 1 base = rate quote on a date."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import day, field, ident
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="fx-rate",
    titles=Title("汇率", "FX rate"),
    aliases=("fx rates", "exchange rate", "exchange rates", "汇率表"),
    key=("base", "quote", "date"),
    fields=(
        ident("base", "基准币", "Base currency", "外币", "from currency", "base", required=True),
        ident("quote", "报价币", "Quote currency", "本币", "to currency", "quote", required=True),
        day("date", "日期", "Date", "汇率日期", "rate date", required=True),
        field(kinds.DECIMAL, "rate", "汇率", "Rate", "中间价", "exchange rate", required=True),
    ),
    date="date",
)
