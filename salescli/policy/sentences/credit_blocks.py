"""Sentences of what changes a credit: factors of the pay credit, and parts at signing and at receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salescli.core.commission.credit_factors import DaysFactor, field_of
from salescli.core.commission.wording import both, percent, quantity
from salescli.policy.sentences import words
from salescli.policy.sentences.sentence import Path, Sentence, say

PART_AT = {
    "signed": both("签约时", "at signing"),
    "received": both("回款时按回款占合同额的比例", "as its money comes in, in proportion"),
}


def credit_factor_sentences(factor: Any, path: Path) -> Iterator[Sentence]:
    """Say what a factor reads of each transaction, and its table."""
    field, without = field_of(factor), quantity(factor.without)
    zh_name, en_name = (f"「{factor.title.zh}」", f"“{factor.title.en}” ") if factor.title is not None else ("", "")
    days = isinstance(factor, DaysFactor)
    zh_read = f"从 {field} 到计入日的天数" if days else f"每笔的 {field}"
    en_read = f"the days from {field} to the crediting date" if days else f"{field} of each transaction"
    keys = ["days_since" if days else "by", "without", *(["title"] if factor.title is not None else [])]
    yield say(
        f"业绩系数{zh_name}:按{zh_read};只乘计提业绩,不影响定档的累计;退款按原回款的系数;没有读数按 {without}。",
        f"Credit factor {en_name}by {en_read}: it multiplies the credit that is paid on, never the position; "
        f"a refund has the factor of its receipt; where it is not known it is {without}.",
        path,
        *keys,
    )
    for start, table in factor.table.values:
        place: Path = (*path, "table")
        if not factor.table.is_constant:
            place = (*place, start.isoformat())
            yield say(f"自 {start} 起的系数:", f"Factors from {start} on:", place)
        for tier in table:
            since, value = words.threshold(tier), quantity(tier.factor)
            yield say(f"{since.zh}:{value}", f"{since.en}: {value}", (*place, tier.index), item=True)


def parts_sentences(parts: Any, path: Path) -> Iterator[Sentence]:
    """Say which part of a sale is paid when."""
    said = [(PART_AT[one.at], percent(one.share)) for one in parts]
    zh = ";".join(f"{at.zh}计 {share}" for at, share in said)
    en = "; ".join(f"{share} {at.en}" for at, share in said)
    keys = [(*path, index, key) for index in range(len(parts)) for key in ("at", "share")]
    yield say(
        f"每单分次计提:{zh}。累计在签约时增加,各次都按签约时的费率;退款按同样比例收回。",
        f"A sale is paid in parts: {en}. The position moves at signing, each part is paid at the rate found then; "
        "refunds take back in the same way.",
        path,
    )._replace(says=tuple(keys))
