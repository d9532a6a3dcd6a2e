"""A person's statement: every transaction with what it earns, earlier differences, holdback, and what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.note_words import note_words, transfer_words
from salescli.core.commission.result import ComponentResult, Note
from salescli.core.table import Adding, Block, Column, Facts, Prose, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.adjusted import adjustments_of_one, disputes_of_one
from salescli.reports.commission.columns import PaidPerson, RunHead, balance_figures, money, sum_of, text, words

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One transaction of a component with the part of the run's own amount that it has; "" is a manual adjustment."""

    component: str
    key: str
    date: date | None
    customer: str
    contract: str
    amount: Decimal | None
    share: Decimal | None
    credit: Decimal | None
    commission: Decimal
    others: tuple[Title, ...] = ()  # who shares it, who had it before
    source: str = ""
    is_counted: bool = False
    original: str = ""  # what it was in another currency, and the rate
    rate_origin: Title | None = None
    below: tuple[Title, ...] = ()  # what the levels below have of it
    late: tuple[tuple[Title, Title], ...] = ()  # what of an earlier month became known for this run, short and whole


def build_statement(
    head: RunHead, people: Sequence[tuple[PaidPerson, Sequence[StatementRow]]], language: Language
) -> Report:
    """Build the statement of one person; `people` holds one entry per plan."""
    blocks: list[Block] = []
    for person, rows in people:
        for component in person.result.components:
            if component.earned or component.credit or component.lines or component.held:
                mine = [row for row in rows if row.component == component.component]
                blocks.append(_component(person, component, mine, language))
        if person.result.adjustments:
            sources = {row.key: row.source for row in rows if not row.component}
            blocks.append(adjustments_of_one(person, sources, language))
        blocks.append(_holdback(person, language)) if person.result.kept else None
        blocks.append(_payout(person, head))
        if person.terms:
            said = tuple((text.text(language), source) for text, source in person.terms)
            blocks.append(Prose("special-terms", said, Title("特批条款", "Special terms")))
        notes = (*person.result.notes, *(note for each in person.result.components for note in each.notes))
        moved = [(transfer_words(one).text(language), "") for one in person.result.transfers]
        moved += [(one.text(language), "") for one in dict.fromkeys(whole for row in rows for _, whole in row.late)]
        if notes or moved:
            told = _notes(notes, language)
            blocks.append(replace(told, lines=(*moved, *told.lines)))
    if people and people[0][0].disputes:
        blocks.append(disputes_of_one(people[0][0].disputes, language))
    name = people[0][0].name if people else ""
    title = Title(f"{name} · 提成明细 {head.title.zh}", f"{name} · commission statement {head.title.en}")
    return Report("commission-statement", title, tuple(blocks), (head.footer,), data={"run": head.run})


def _component(
    person: PaidPerson, component: ComponentResult, rows: Sequence[StatementRow], language: Language
) -> Table:
    currency = person.result.currency
    is_counted = any(row.is_counted for row in rows)

    def figure(key: str, zh: str, en: str) -> Column:
        return Column(key, Title("数量", "Units"), "quantity") if is_counted else money(key, zh, en, currency)

    columns = (
        Column("transaction", Title("单据", "Transaction"), "id"),
        Column("date", Title("日期", "Date"), "date"),
        text("customer", "客户", "Customer"),
        text("contract", "合同", "Contract"),
        figure("amount", "金额", "Amount"),
        Column("share", Title("份额", "Share"), "rate"),
        figure("credit", "计入业绩", "Credit"),
        money("commission", "提成", "Commission", currency),
        words("note", "说明", "Note"),
        text("source", "来源", "Source"),
    )
    cells: list[tuple[Value, ...]] = [_line(row, person.result.run, language) for row in rows]
    for difference in component.differences:
        period = f"{difference.period:%Y-%m}"
        what = Title(f"{period} 差异", f"{period} difference").text(language)
        cause = person.causes(component.component, difference).text(language)
        credit = difference.credit_change
        cells.append((what, None, None, None, None, None, credit, difference.amount, cause, None))
    for month, reason, moved in person.quiet_changes(component):
        what = Title(f"{month:%Y-%m} 补计", f"more for {month:%Y-%m}").text(language)
        cells.append((what, None, None, None, None, None, moved, ZERO, reason.text(language), None))
    total = (*[None] * 7, component.earned, None, None)
    assert sum_of(row[7] for row in cells) == component.earned, "lines add up to the total"
    table = Table(component.component, columns, tuple(cells), component.title, total)
    return _with_originals(table, rows) if any(row.original for row in rows) else table


def _with_originals(table: Table, rows: Sequence[StatementRow]) -> Table:
    """Put what credits were in other currencies, and their rates, before what they count as."""
    place = next(index for index, column in enumerate(table.columns) if column.key == "credit")
    originals = [row.original or None for row in rows] + [None] * (len(table.rows) - len(rows))
    columns = (*table.columns[:place], text("original", "原币业绩", "Was"), *table.columns[place:])
    cells = tuple((*row[:place], original, *row[place:]) for row, original in zip(table.rows, originals, strict=True))
    total = (*table.total[:place], None, *table.total[place:]) if table.total is not None else None
    return replace(table, columns=columns, rows=cells, total=total)


def _line(row: StatementRow, run: date, language: Language) -> tuple[Value, ...]:
    notes = [one.text(language) for one in row.others]
    notes += [one.text(language) for one in row.below]
    if row.rate_origin is not None:
        notes.append(row.rate_origin.text(language))
    if row.date is not None and row.date < run:
        month = f"{row.date:%Y-%m}"
        notes += [Title(f"{month}:{one.zh}", f"{month}: {one.en}").text(language) for one, _ in row.late] or [
            Title(f"{month} 补计", f"more for {month}").text(language)
        ]
    key = row.key or Title("不属于单笔", "of no single transaction").text(language)
    key = "" if "|" in key else key  # made of day, customer and amount, which stand beside
    return (
        key, row.date, row.customer, row.contract, row.amount, row.share, row.credit, row.commission,
        " · ".join(notes), row.source,
    )  # fmt: skip


def _holdback(person: PaidPerson, language: Language) -> Table:
    currency = person.result.currency
    columns = (
        text("contract", "合同", "Contract"),
        money("kept", "本期留存(−释放)", "Kept (− released)", currency),
        money("to_date", "留存余额", "Kept to date", currency),
        Column("until", Title("留存至", "Until"), "date", blank=Title("未定", "no date")),
    )
    rows = tuple((one.contract or "—", one.amount, one.kept_to_date, one.until) for one in person.result.kept)
    total = (None, sum_of(row[1] for row in rows), sum_of(row[2] for row in rows), "")
    return Table("holdback", columns, rows, Title("提成留存", "Holdback"), total)


def _payout(person: PaidPerson, head: RunHead) -> Facts:
    result = person.result
    items: list[tuple[Column, Value]] = [(money("earned", "应计", "Earned", result.currency), result.earned)]
    if result.adjustments:
        items.append((money("adjusted", "手工调整", "Adjusted by hand", result.currency), result.by_hand))
    if result.kept_change:
        items.append((money("holdback", "留存", "Holdback", result.currency), -result.kept_change))
    if result.carried_in:
        items.append((money("carried_in", "上期结转", "Carried in", result.currency), result.carried_in))
    items += [(money(key, *title, result.currency), amount) for key, title, amount in balance_figures(result) if amount]
    if result.moved:
        items.append((money("moved", "方案间转移", "Between plans", result.currency), result.moved))
    items.append((money("payable", "应发", "Payable", result.currency), result.payable))
    if result.carried_out:
        items.append((money("carried_out", "结转下期", "Carried out", result.currency), result.carried_out))
    if result.listed:
        items.append((money("listed", "列出待处理", "Listed", result.currency), result.listed))
    if result.balance is not None and result.balance.owed:
        items.append((money("owed", "预支余额", "Owed of the draw", result.currency), result.balance.owed))
    adding = Adding(first="earned", of="commission", result="payable", less=("carried_out", "listed"))
    return Facts("payout", tuple(items), head.in_currency(person.plan_title, result.currency), adding)


def _notes(notes: Sequence[Note], language: Language) -> Prose:
    return Prose("notes", tuple((note_words(note).text(language), "") for note in notes), Title("须知", "To be known"))
