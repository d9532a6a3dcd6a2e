"""The transactions on which another sheet and ours part, and how they add up to each person's difference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from salescli.core.commission.line_differences import REASONS, LineDifference, Parted, Reason
from salescli.core.commission.wording import percent
from salescli.core.money import total
from salescli.core.table import Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, text, words

WORDS: dict[Reason, Title] = {
    "only-here": Title("表里没有", "not in the sheet"),
    "only-there": Title("我方没有", "not in ours"),
    "earlier": Title("以前月份补计", "of an earlier month"),
    "twice": Title("重复计入", "counted twice"),
    "share": Title("分成不同", "another share"),
    "credit": Title("业绩不同", "another credit"),
    "rate": Title("费率不同", "another rate"),
    "pay": Title("金额不同", "another amount"),
    "rounding": Title("一分钱舍入", "a cent of rounding"),
}
Person = tuple[str, str, str]  # number and name: two people may have one name; and the currency of what is compared
REST = Title("不在单据上(以前期间差异、上下限)", "on no transaction (earlier periods, bounds)")


def build_parted(parted: Mapping[Person, Parted], currency: str, language: Language) -> tuple[Table, Table]:
    """Return what each difference in a currency consists of (it adds up to it), and the lines themselves."""
    return _sums(parted, currency), _lines(parted, currency, language)


def _sums(parted: Mapping[Person, Parted], currency: str) -> Table:
    present = [reason for reason in REASONS if any(reason in one.sums() for one in parted.values())]
    has_rest = any(one.rest for one in parted.values())
    columns = [key_column(), text("person", "姓名", "Person")]
    columns += [money(reason, WORDS[reason].zh, WORDS[reason].en, currency) for reason in present]
    columns += [money("rest", REST.zh, REST.en, currency)] if has_rest else []
    columns.append(money("difference", "差异(表−我方)", "Sheet − ours", currency))
    rows: list[tuple[Value, ...]] = []
    for person, one in parted.items():
        sums = one.sums()
        amounts: list[Value] = [sums[reason][1] if reason in sums else None for reason in present]
        whole = total([*(amount for _, amount in sums.values()), one.rest])
        rows.append((*person[:2], *amounts, *([one.rest] if has_rest else []), whole))
    figures = [*zip(*rows, strict=True)][2:]
    sum_row = tuple(total(cell for cell in column if isinstance(cell, Decimal)) for column in figures)
    title = Title("差异由什么构成", "What the differences consist of")
    return Table("reasons", tuple(columns), tuple(rows), title, (None, None, *sum_row))


def _lines(parted: Mapping[Person, Parted], currency: str, language: Language) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("transaction", "单据", "Transaction"),
        words("reason", "原因", "Reason"),
        money("theirs", "表", "Sheet", currency),
        money("ours", "我方", "Ours", currency),
        money("difference", "差异", "Difference", currency),
        text("cell", "单元格", "Cell"),
        text("source", "我方依据", "Our source"),
    )
    rows: list[tuple[Value, ...]] = []
    for person, one in parted.items():
        for line in (each for each in one.lines if each.reason != "earlier"):
            said = _reason(line).text(language)
            figures = (line.theirs, line.ours, line.amount)
            rows.append((*person[:2], line.key, said, *figures, line.where, line.source))
        rows += _earlier(person, one, language)
    empty = Title("每笔单据都一致", "every transaction agrees")
    return Table("lines", columns, tuple(rows), Title("不一致的单据", "Transactions that differ"), empty=empty)


def _earlier(person: Person, one: Parted, language: Language) -> list[tuple[Value, ...]]:
    """Return what a grade or a gate moved of earlier months as one row: a sheet of the month cannot have it."""
    count, amount = one.sums().get("earlier", (0, Decimal(0)))
    lines = Title(f"{count} 笔", f"{count} transactions").text(language)
    said = WORDS["earlier"].text(language)
    return [(*person[:2], lines, said, None, -amount, amount, "", "")] if count else []


def _reason(line: LineDifference) -> Title:
    said = WORDS[line.reason]
    if line.there is None or line.here is None or line.reason not in ("share", "credit", "rate"):
        return said
    if line.reason == "credit":
        return Title(f"{said.zh}:{line.there:,},我方 {line.here:,}", f"{said.en}: {line.there:,}, ours {line.here:,}")
    there, here = percent(line.there), percent(line.here)
    return Title(f"{said.zh}:{there},我方 {here}", f"{said.en}: {there}, ours {here}")
