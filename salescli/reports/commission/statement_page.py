"""A statement as its reader receives it: who, which plan, which month; then the statement; then who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.table import Block, Column, Facts, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import STATES, PaidPerson, RunHead, money, one_currency, text

SIGNED_BY = (Title("本人签字", "Signed"), Title("主管签字", "Manager"))


def build_statement_page(
    statement: Report, head: RunHead, people: Sequence[PaidPerson], period: Period, language: Language, *, sources: bool
) -> Report:
    """Return a statement with its head and its lines to sign on.

    Args:
        statement: as the command shows it.
        head: of the run.
        people: the person, once per plan.
        period: the month.
        language: of texts inside cells.
        sources: whether each line says where it was read; on paper it does not.
    """
    blocks = [*_head(head, people, period, language), *statement.blocks]
    if not sources:
        blocks = [_without(block, "source") for block in blocks]
    name = people[0].name
    title = Title(f"{name} · 提成明细 {head.period}", f"{name} · commission statement {head.period}")
    return replace(statement, title=title, blocks=tuple(blocks), signed_by=SIGNED_BY)


def _head(head: RunHead, people: Sequence[PaidPerson], period: Period, language: Language) -> list[Block]:
    first = people[0]
    plans = "、" if language == "zh" else ", "
    state = STATES[head.state].text(language)
    run = Title(f"运行 #{head.run} {state}", f"run #{head.run}, {state}")
    items: list[tuple[Column, Value]] = [(text("person", "姓名", "Person"), first.name)]
    if first.number:
        items.append((Column("key", Title("工号", "Number"), "id"), first.number))
    items += [
        (text("plan", "方案", "Plan"), plans.join(_plan(head, one).text(language) for one in people)),
        (text("period", "期间", "Period"), f"{period.start} … {period.last_day}"),
        (text("run", "状态", "State"), run.text(language)),
    ]
    currency = one_currency(one.result for one in people)
    if currency:
        payable = total(one.result.payable for one in people)
        items.append((money("payable", "应发", "Payable", currency), payable))
    return [Facts("head", tuple(items))]


def _plan(head: RunHead, one: PaidPerson) -> Title:
    return head.in_currency(one.plan_title, one.result.currency)


def _without(block: Block, key: str) -> Block:
    """Return a table without a column."""
    if not isinstance(block, Table):
        return block
    kept = [place for place, column in enumerate(block.columns) if column.key != key]

    def row_of(row: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(row[place] for place in kept)

    return replace(
        block,
        columns=tuple(block.columns[place] for place in kept),
        rows=tuple(map(row_of, block.rows)),
        total=row_of(block.total) if block.total else None,
    )
