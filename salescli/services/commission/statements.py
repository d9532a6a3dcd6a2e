"""Statements: a stored run's figures of one person, spread over the transactions that it knew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from salescli.core.commission.explain_rates import below_words
from salescli.core.commission.explain_sources import others_words
from salescli.core.commission.explain_special import special_words
from salescli.core.commission.explain_terms import special_terms
from salescli.core.commission.facts import own_lines
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import StatementLine
from salescli.core.periods import Period
from salescli.core.table import Prose, Report
from salescli.core.title import Title
from salescli.errors import problem
from salescli.reports.commission.columns import PaidPerson
from salescli.reports.commission.statement import StatementRow, build_statement
from salescli.services.commission.causes import moved_quietly
from salescli.services.commission.edited_rows import with_edits
from salescli.services.commission.explaining import figures_of
from salescli.services.commission.grade_changes import grades_of_run
from salescli.services.commission.paid import state_of_run, with_paid
from salescli.services.commission.private import for_the_person
from salescli.services.commission.reasons import why_nothing
from salescli.services.commission.remaining import find_remaining
from salescli.services.commission.running import Computed, check_month, compute_period
from salescli.services.commission.showing import RunShown, paid_people, payees_called, stale_note
from salescli.services.commission.stored import StoredPayee, choose_run, head_of, knowing, load_payees, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run


def show_statement(context: Context, period: Period, person: str) -> RunShown:
    """Build the statement of one person in the closed run of a period, else in its newest draft.

    Raises:
        Refused: the period was never run.
        UsageError: nobody, or several, are called so; or the run does not pay them.
    """
    check_month(period)
    run = choose_run(context, period)
    plans = load_plans(context, run)
    payees = payees_called(context, run, load_payees(context, run), person)
    with knowing(context, run):
        who = frozenset(one.entity for one in payees)
        done = compute_period(context, period, people=who, with_lines=True, plans=list(plans.values()), upon=run)
        head = head_of(context, run)
    again = {one.item: one for one in done.computed}
    others = _stored_otherwise(payees, again)
    again |= {one.item: replace(again[one.item], result=one.result) for one in others}
    computed = {item: for_the_person(one) for item, one in again.items()}
    fresh = [StoredPayee(one.entity, one.name, computed[one.item].result) for one in payees if one.item in computed]
    people = paid_people(context, run, fresh, plans, moved_quietly(done.computed))
    known = [computed[one.item] for one in fresh]
    entries = [(with_terms(shown, one), statement_rows(one)) for shown, one in zip(people, known, strict=True)]
    head = replace(head, state=state_of_run(context, run))
    report = with_paid(context, run, who, build_statement(head, entries, context.language))
    report = with_the_rest(context, run, period, known, report)
    note: Title | None = stale_note(context, run)
    names = [one.name for one in others]
    differs = [problem("explained-differs", severity="warning", run=run.id, people=names)] if names else []
    return RunShown(report, run, note, [*done.problems, *differs])


def _stored_otherwise(payees: Sequence[StoredPayee], again: Mapping[str, Computed]) -> list[StoredPayee]:
    """Return whom the run was stored with other figures than come out now: what is stored is what was paid."""
    both = ((one, again.get(one.item)) for one in payees)
    return [one for one, now in both if now is not None and figures_of(one.result) != figures_of(now.result)]


def with_the_rest(context: Context, run: Run, period: Period, mine: Sequence[Computed], report: Report) -> Report:
    """Say at a statement's end why nothing is in it, and what is left under plans that have ended."""
    language = context.language
    with knowing(context, run):
        reasons = [each for one in mine if _is_empty(one) for each in why_nothing(context, one, period)]
        paid = [(one.payee.entity, one.payee.name, one.result) for one in mine]
        left = find_remaining(context, period, paid, {one.plan.name: one.plan for one in mine})
    left = [one for one in left if set(one.figures) - {"kept"}]  # the holdback has a table
    blocks = [Prose("why-zero", tuple(reasons), Title("为什么没有", "Why nothing"))] if reasons else []
    if left:
        words = tuple((one.words.text(language), "") for one in left)
        blocks.append(Prose("remaining", words, Title("尚有余额", "Still open")))
    return with_edits(context, replace(report, blocks=(*report.blocks, *blocks)))


def _is_empty(one: Computed) -> bool:
    return not any(each.lines or each.earned or each.differences for each in one.result.components)


def with_terms(shown: PaidPerson, one: Computed) -> PaidPerson:
    """Say the special terms that entered somebody's figures: who approved them, until when, and why."""
    return replace(shown, terms=tuple(special_terms(one.plan.require(), one.result, one.inputs)))


def statement_rows(one: Computed) -> list[StatementRow]:
    """Return the transactions of every component, each with the part of the run's own amount that it has."""
    lines: dict[tuple[str, str, str, object], list[CreditLine]] = {}
    for line in own_lines(one.inputs, one.plan.require().leavers):
        lines.setdefault((line.component, line.key, line.contract, line.date), []).append(line)
    found = []
    for component in one.result.components:
        grades = grades_of_run(one, component.component)
        for said in component.lines:
            waiting = lines.get((component.component, said.key, said.contract, said.date), [])
            row = _row(component.component, said, waiting.pop(0) if waiting else None)
            late = tuple((each.short, each.words) for each in grades if each.is_of(row.date))
            found.append(replace(row, late=late) if late else row)
    sources = {each.key: each.source for each in one.inputs.adjustments}
    for adjusted in one.result.adjustments:
        paid = StatementLine(adjusted.key, "", None, adjusted.amount)
        found.append(replace(_row("", paid, None), source=sources.get(adjusted.key, "")))
    return found


def _row(component: str, said: StatementLine, line: CreditLine | None) -> StatementRow:
    if line is None:
        return StatementRow(component, said.key, said.date, "", said.contract, None, None, None, said.amount)
    return StatementRow(
        component=component,
        key=said.key,
        date=said.date,
        customer=line.customer,
        contract=said.contract,
        amount=line.amount,
        share=line.share,
        credit=line.pay_credit or line.units,
        commission=said.amount,
        others=tuple(others_words(line)),
        source=line.source,
        is_counted=bool(line.units),
        original=line.exchanged.text if line.exchanged is not None else "",
        rate_origin=line.exchanged.rate.origin if line.exchanged is not None else None,
        below=(*below_words(line), *(() if line.special is None else (special_words(line.special),))),
    )
