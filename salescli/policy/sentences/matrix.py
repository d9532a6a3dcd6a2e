"""Sentences of a matrix: what its sides read, and its table line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from salescli.core.commission.wording import level_zh, percent
from salescli.policy.sentences import words
from salescli.policy.sentences.sentence import Path, Sentence, metric, say

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

UNDEFINED = {
    "nothing": ("没有读数则不计", "without a reading nothing is paid"),
    "lowest": ("没有读数按最低一行(列)", "without a reading its first line or column counts"),
}
SCOPE = {
    "full-window": ("(整个窗口的{named}目标)", " (against the full window's {level} quota)"),
    "to-date": ("(截至当期的{named}目标)", " (against the to-date {level} quota)"),
}


def matrix_sentences(component: Any, path: Path, plan: Plan) -> Iterator[Sentence]:
    """Say what is read, when it is paid, and what each cell pays."""
    over = words.OVER[component.adds_up_over]
    yield say(
        f"按{over.zh}两项指标查表,在该窗口结束的那期发放。",
        f"Two readings over {over.en} are looked up together; it is paid in the run that ends it.",
        path,
        "adds_up_over",
    )
    for name, zh, en in (("rows", "行", "Lines"), ("columns", "列", "Columns")):
        yield _side(getattr(component, name), (*path, name), zh, en)
    undefined = UNDEFINED[component.if_undefined]
    yield say(f"{undefined[0]}。", f"{undefined[1][:1].upper()}{undefined[1][1:]}.", path, "if_undefined")
    for start, table in component.table.values:
        place: Path = (*path, "table") if component.table.is_constant else (*path, "table", start.isoformat())
        since = ("", "") if component.table.is_constant else (f"自 {start} 起,", f"from {start} on, ")
        what = ("窗口业绩 × 费率", "the window's credits times") if component.pays_on else ("金额为", "the amount is")
        en = f"{since[1]}{what[1]} what both meet in, nothing below the first line or column:"
        zh = f"{since[0]}{what[0]}两者相交的一格,低于第一行或第一列不计:"
        yield say(zh, f"{en[:1].upper()}{en[1:]}", place)
        for index, line in enumerate(table):
            yield _line(line, (*place, index))


def _side(axis: Any, path: Path, zh: str, en: str) -> Sentence:
    whose = words.WHOSE[axis.of]
    zh_scope, en_scope = (
        (one.format(level=axis.level, named=level_zh(axis.level)) for one in SCOPE[axis.quota])
        if axis.quota
        else ("", "")
    )
    keys = [key for key in ("quota", "level") if key in axis.model_fields_set]
    return say(
        f"{zh}:{whose.zh}{metric(axis.metric)}{zh_scope}。",
        f"{en}: {whose.en} {metric(axis.metric)}{en_scope}.",
        path,
        *("metric", "of", *keys),
    )


def _line(line: Any, path: Path) -> Sentence:
    start = words.threshold(line.bound)
    zh = ";".join(f"{words.threshold(cell.bound).zh} {_cell(cell)}" for cell in line.cells)
    en = "; ".join(f"{words.threshold(cell.bound).en} {_cell(cell)}" for cell in line.cells)
    return say(f"{start.zh}:{zh}", f"{start.en}: {en}", path, item=True)


def _cell(cell: Any) -> str:
    return percent(cell.rate) if cell.is_rate else words.term_text(cell.money)
