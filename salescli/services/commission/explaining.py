"""Explain a run: computed again with everything it knew then, so that the numbers are the stored ones to the cent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from salescli.core.commission.result import PayeeResult
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem
from salescli.reports.commission.columns import CreditChange, RunHead
from salescli.reports.commission.explanation import ExplainedPayee, build_explanation
from salescli.services.commission.causes import find_changes
from salescli.services.commission.edited_rows import with_edits
from salescli.services.commission.explaining_one import explain_transaction
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.quota_origins import quota_origins
from salescli.services.commission.reasons import nothing_is_zero, why_nothing
from salescli.services.commission.running import CommissionRun, Computed, check_month, compute_period
from salescli.services.commission.stored import StoredPayee, find_run, head_of, knowing, load_plans, read_result
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.entities import labels
from salescli.store.runs import Run, fetch_results


@dataclass(frozen=True)
class Asked:
    """What of a person's month is to be explained."""

    person: str = ""
    component: str = ""
    transaction: str = ""
    why_zero: bool = False


@dataclass
class Explained:
    """The explanation, and what is to be said beside it."""

    report: Report
    problems: list[Problem] = field(default_factory=list)


def explain_period(context: Context, period: Period, asked: Asked) -> Explained:
    """Explain one person's figures, or one transaction, in the closed run of a period, else its newest draft.

    A period that was never run is computed from what is known, and says so.

    Raises:
        UsageError: neither a person nor a transaction is named, or they are not found.
    """
    check_month(period)
    if not asked.person and not asked.transaction:
        raise UsageError(problem("explain-whom", period=period.label))
    people = frozenset(resolve_all(context.store, "person", [asked.person])) if asked.person else frozenset()
    run = find_run(context, period)
    with as_known(context, run):
        plans = list(load_plans(context, run).values()) if run is not None else None
        done = compute_period(context, period, people=people, with_lines=True, plans=plans, upon=run)
        head = head_of_period(context, period, run)
        if asked.transaction:
            told = explain_transaction(context, done, head, asked.transaction, asked.component, people, run)
            return Explained(with_edits(context, told), done.problems)
        if not done.computed:
            return Explained(_nobody(context, done, head, people))
        report = _person(context, done, run, head, asked)
    return Explained(with_edits(context, report), _checked(context, run, done))


@contextlib.contextmanager
def as_known(context: Context, run: Run | None) -> Iterator[None]:
    """Read the store as a run knew it; as it is now where there is no run."""
    if run is None:
        yield
    else:
        with knowing(context, run):
            yield


def head_of_period(context: Context, period: Period, run: Run | None) -> RunHead:
    """Return what reports say of a run, or of a computation that was never stored."""
    if run is not None:
        return head_of(context, run)
    line = known_line(context, [context.store.registry["receipt"]])
    return RunHead(period.label, 0, "draft", 0, line, context.currency)


def _person(context: Context, done: CommissionRun, run: Run | None, head: RunHead, asked: Asked) -> Report:
    computed = _with_component(done.computed, asked.component)
    changes = {}
    if run is not None:
        stored = [StoredPayee(one.payee.entity, one.payee.name, one.result) for one in computed]
        changes = find_changes(context, run, stored)
    reasons = []
    if asked.why_zero:
        for one in computed:
            reasons += why_nothing(context, one, done.period, asked.component)
        reasons = reasons or [nothing_is_zero(context)]
    payees = [explained_payee(context, one, changes.get(one.item, {})) for one in computed]
    names = {metric.name: metric.title for metric in context.catalogue}
    key = computed[0].payee.key
    following = (f"salescli commission statement {done.period} --person {key}",)
    return build_explanation(head, payees, asked.component, names, reasons, context.language, following)


def explained_payee(
    context: Context, one: Computed, changes: Mapping[tuple[str, date], tuple[CreditChange, ...]]
) -> ExplainedPayee:
    """Return one person's result under one plan with what went in, and what changed in earlier periods."""
    plan = one.plan.require()
    origins = quota_origins(context, one.payee.entity, plan)
    return ExplainedPayee(one.payee.name, plan, one.result, one.inputs, one.plan.place, changes, origins)


def _with_component(computed: Sequence[Computed], component: str) -> list[Computed]:
    if not component:
        return list(computed)
    found = [one for one in computed if any(each.component == component for each in one.result.components)]
    if not found:
        known = tuple(dict.fromkeys(each.component for one in computed for each in one.result.components))
        raise UsageError(problem("no-such-component", text=component, choices=known))
    return found


def _nobody(context: Context, done: CommissionRun, head: RunHead, people: frozenset[int]) -> Report:
    """The person is under no plan: say where they sit, and whose the plans are."""
    from salescli.services.commission.reasons import why_no_plan

    (person,) = people
    name = labels(context.store, context.store.registry["person"], people).get(person, "")
    reasons = why_no_plan(context, person, done.period)
    report = build_explanation(head, [], "", {}, reasons, context.language)
    title = Title(f"{name} · 提成 {head.title.zh}", f"{name} · commission {head.title.en}")
    return Report(report.name, title, report.blocks, report.footer)


def _checked(context: Context, run: Run | None, done: CommissionRun) -> list[Problem]:
    """Compare with the stored figures: an explanation of other numbers would be none."""
    if run is None:
        return [problem("not-run-yet", severity="note", period=done.period.label), *done.problems]
    stored = fetch_results(context.store, run.id)
    differing = [
        one.payee.name
        for one in done.computed
        if one.item not in stored or figures_of(read_result(stored[one.item])) != figures_of(one.result)
    ]
    if differing:
        return [problem("explained-differs", severity="warning", run=run.id, people=differing)]
    return []


def figures_of(result: PayeeResult) -> tuple[object, ...]:
    """Return the amounts of a result: what two computations of it must agree in."""
    amounts = tuple(
        (one.component, one.credit, one.pay_credit, one.own, one.differences, one.earned, one.held, one.kept)
        for one in result.components
    )
    return (amounts, result.adjustments, result.kept_change, result.carried_in, result.payable, result.carried_out)
