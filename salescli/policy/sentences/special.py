"""Sentences of special rates: which credits a plan's table does not pay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salescli.core.commission.wording import both
from salescli.core.title import Title
from salescli.policy.sentences.sentence import Path, Sentence, say

POSITION = {
    "counts": both("这些业绩仍计入定档的累计", "they still move the position"),
    "left-out": both("这些业绩不计入定档的累计", "they do not move the position"),
}


def special_sentences(component: Any, path: Path) -> Iterator[Sentence]:
    """Say what a component does with special rates, where it takes them."""
    if component.special_rates is None:
        return
    moves = POSITION[component.special_rates.position]
    by_slice = getattr(component, "apply", "") == "slice-by-slice" and component.window != "each-transaction"
    first = both("同一天先计其他业绩;", "of one day the other credits come first; ") if by_slice else Title("", "")
    yield say(
        "有特批费率的业绩,在特批的起止日期内按特批费率计,不按上述费率;"
        "合同优先于客户,客户优先于组件,组件优先于全部;"
        f"{moves.zh};{first.zh}门槛、系数、上限与退款规则照常适用。",
        "Credits that a special rate of the person is for are paid at that rate, from its first through its last day, "
        "and not at the rates above; one for a contract comes before one for a customer, that before one for a "
        f"component, that before one for everything; {moves.en}; {first.en}gates, "
        "factors, limits and the rule for refunds are as for any credit.",
        (*path, "special_rates"),
        "position",
    )
