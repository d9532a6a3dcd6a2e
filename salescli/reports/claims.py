"""Open claims: receipts that name no contract, oldest first, with what is proposed for each and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.money import total
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One open receipt; `credited` says who has its credit today."""

    number: str
    day: date
    payer: str
    currency: str
    amount: Decimal
    open: Decimal
    note: str
    contract: str  # proposed, "" where nothing is
    instalment: str
    reason: Title
    credited: str
    source: str


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """All of them; `is_kept` is False where nobody keeps contracts."""

    lines: tuple[ClaimLine, ...]
    currency: str
    known: Title
    file: str  # how the sheet of them may be called
    is_kept: bool = True
    with_owned: bool = False


def build_claims_report(facts: ClaimFacts) -> Report:
    """Build the list of open claims."""
    title = Title("回款没有合同", "Receipts that name no contract")
    next_steps = (f"salescli receipt claims -o {facts.file}",) if facts.lines else ()
    return Report("claims", title, (_table(facts),), (*_summary(facts), facts.known), next=next_steps)


def _table(facts: ClaimFacts) -> Table:
    many = len({one.currency for one in facts.lines}) > 1 or any(one.currency != facts.currency for one in facts.lines)
    cut = any(one.amount != one.open for one in facts.lines)
    columns = (
        Column("number", Title("回款编号", "Receipt"), "id"),
        Column("date", Title("日期", "Date"), "date"),
        Column("payer", Title("付款单位", "Payer")),
        *([Column("currency", Title("币种", "Currency"), "id")] if many else []),
        *([Column("amount", Title("金额", "Amount"), "money")] if cut else []),
        Column("open", Title("未认领", "Open"), "money"),
        Column("contract", Title("建议合同", "Proposed"), "id"),
        Column("instalment", Title("期次", "Instalment"), "id", give_way="narrow"),
        Column("reason", Title("理由", "Why")),
        Column("credited", Title("现计入", "Credit today"), blank=Title("无人", "nobody"), give_way="narrow"),
        Column("note", Title("备注", "Note"), give_way="narrow"),
        Column("source", Title("来源", "Source"), give_way="narrow"),
    )
    rows = tuple(_row(one, many=many, cut=cut) for one in facts.lines)
    return Table("claims", columns, rows, total=_total(facts, columns) if not many else None, empty=_empty(facts))


def _row(one: ClaimLine, *, many: bool, cut: bool) -> tuple[Value, ...]:
    return (
        one.number, one.day, one.payer, *([one.currency] if many else []), *([one.amount] if cut else []), one.open,
        one.contract or None, one.instalment or None, one.reason, one.credited or None, one.note or None,
        one.source or None,
    )  # fmt: skip


def _total(facts: ClaimFacts, columns: tuple[Column, ...]) -> tuple[Value, ...] | None:
    if not facts.lines:
        return None
    sums: dict[str, Value] = {
        "number": Title("合计", "Total"),
        "amount": total(one.amount for one in facts.lines),
        "open": total(one.open for one in facts.lines),
        "credited": "",
    }
    return tuple(sums.get(each.key) for each in columns)


def _empty(facts: ClaimFacts) -> Title:
    if facts.is_kept:
        return Title("每笔回款都有合同", "every receipt names its contract")
    return Title("没有合同,回款无需认领", "nobody keeps contracts here: there is nothing to claim")


def _summary(facts: ClaimFacts) -> tuple[Title, ...]:
    """How many, how much in each currency, since when, and how many have one match."""
    if not facts.lines:
        return ()
    sums: dict[str, list[Decimal]] = {}
    for one in facts.lines:
        sums.setdefault(one.currency, []).append(one.open)
    amounts = " + ".join(f"{total(mine):,} {currency}".strip() for currency, mine in sorted(sums.items()))
    count, oldest = len(facts.lines), facts.lines[0].day
    proposed = sum(bool(one.contract) for one in facts.lines)
    nobody = sum(not one.credited for one in facts.lines)
    said = Title(
        f"{count} 笔,{amounts},最早 {oldest};{proposed} 笔有唯一匹配;{nobody} 笔不计入任何人",
        f"{count} open, {amounts}, the oldest of {oldest}; {proposed} with one match; {nobody} in nobody's credit",
    )
    if facts.with_owned:
        return (said,)
    return (said, Title("写明负责人的回款不在此列:--all", "receipts that name their owner are left out: --all"))
