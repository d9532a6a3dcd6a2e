"""One transaction through all components: whose it is, what each pays on it and how, and what did not match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from salescli.core.commission.away import is_away
from salescli.core.commission.explain import build_credit_trace
from salescli.core.commission.explain_sources import pay_of_lines
from salescli.core.commission.facts import own_lines
from salescli.core.commission.inputs import CreditLine
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.reports.commission.columns import RunHead
from salescli.reports.commission.explanation import CreditRow, EarlierRow, build_transaction
from salescli.services.commission.causes import known_before
from salescli.services.commission.moved_lines import MovedLines
from salescli.services.commission.no_credit import Transaction, why_not_credited
from salescli.services.commission.reasons import Reason, credit_rows, why_no_credit
from salescli.services.commission.running import CommissionRun, Computed
from salescli.services.context import Context
from salescli.store.runs import Run

Credited = tuple[Computed, CreditLine, Decimal | None]


def explain_transaction(
    context: Context,
    done: CommissionRun,
    head: RunHead,
    transaction: str,
    component: str = "",
    people: frozenset[int] = frozenset(),
    run: Run | None = None,
) -> Report:
    """Explain one transaction in a run: of everyone, or of the people that the run was computed for.

    `run` is the stored one, which says what closed months posted.

    Raises:
        UsageError: no record is called so.
    """
    credited = list(_credited(done, transaction, component))
    own = frozenset(
        one.payee.entity for one, line, _ in credited if one.plan.require().components[line.component].credit == "own"
    )
    reasons = why_no_credit(context, done, transaction, own, people)
    names = {metric.name: metric.title for metric in context.catalogue}
    traces = [
        build_credit_trace(
            one.plan.require(), one.result, one.inputs, (line, pay), one.plan.place, one.payee.name, names
        )
        for one, line, pay in credited
    ]
    missed = list(_not_matched(context, done, transaction, (component, people), credited))
    rows = [_row(one, line, pay) for one, line, pay in credited]
    earlier = [] if run is None else _of_earlier_months(context, done, run, transaction, component)
    return build_transaction(head, transaction, rows, reasons, context.language, traces, missed, earlier)


def _not_matched(
    context: Context,
    done: CommissionRun,
    transaction: str,
    asked: tuple[str, frozenset[int]],
    credited: Sequence[Credited],
) -> Iterator[Reason]:
    """Yield each component of the people concerned that does not pay on it, with every rule that keeps it out."""
    found = credit_rows(context, done, transaction)
    if not found:
        return
    type_name, rows = found
    record = Transaction(type_name, rows[0].entity, tuple(rows))
    paid = {(one.item, line.component) for one, line, _ in credited}
    holders = {row.person for row in rows} | {one.payee.entity for one, _, _ in credited}
    component, people = asked
    colon = ":" if context.language == "zh" else ": "
    for one in done.computed:
        if not people and one.payee.entity not in holders:
            continue
        for name, shape in one.plan.require().components.items():
            if (component and name != component) or (one.item, name) in paid or not shape.metrics:
                continue
            title = one.plan.require().component_title(name)
            for words, path in why_not_credited(context, one, name, record):
                text = f"{one.payee.name} · {title.text(context.language)}{colon}{words.text(context.language)}"
                yield text, one.plan.place(path)


def _of_earlier_months(
    context: Context, done: CommissionRun, run: Run, transaction: str, component: str
) -> list[EarlierRow]:
    """Return what the transaction has of the differences that a run posts for earlier months."""
    concerned = [one for one in done.computed if any(each.differences for each in one.result.components)]
    if not concerned:
        return []
    then = known_before(context, run, frozenset(one.payee.entity for one in concerned))
    moved = MovedLines(context, {one.item: one for one in concerned}, then)
    return [
        EarlierRow(one.payee.key, one.payee.name, each.title, f"{month:%Y-%m}", amount, one.result.currency)
        for one in concerned
        for each in one.result.components
        if component in ("", each.component)
        for month, amount in moved.of_transaction(one.item, each, transaction)
    ]


def _row(one: Computed, line: CreditLine, pay: Decimal | None) -> CreditRow:
    title: Title = one.plan.require().component_title(line.component)
    credit = line.pay_credit or line.units
    who, code = (one.payee.key, one.payee.name), one.result.currency
    return CreditRow(*who, title, line.date, line.amount, line.share, credit, pay, line.source, code)


def _credited(done: CommissionRun, transaction: str, component: str) -> Iterator[Credited]:
    for one in done.computed:
        for result in one.result.components:
            if component in ("", result.component):
                lines = own_lines(one.inputs, one.plan.require().leavers)
                mine = [line for line in lines if line.component == result.component]
                for line, pay in pay_of_lines(result, mine):
                    if line.key == transaction and _is_in_force(one, line):
                        yield one, line, pay


def _is_in_force(one: Computed, line: CreditLine) -> bool:
    """A credit outside the days of its component, or before the person's, is fetched and does not count."""
    shape = one.plan.require().components.get(line.component)
    start = max(one.payee.start, (shape.start if shape is not None else None) or date.min)
    through = (shape.through if shape is not None else None) or date.max
    return start <= line.date <= through and not is_away(one.payee.away, line.date)
