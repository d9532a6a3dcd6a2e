"""Revise the targets of a year from a month on: the past stands, the rest is split again, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.periods import Period, months_in
from salescli.core.quotas.result import Leaf, SplitResult
from salescli.core.quotas.revising import is_same
from salescli.core.scalars import TextRefused, parse_amount, parse_rate
from salescli.core.table import Report
from salescli.errors import NOWHERE, Problem, ProblemsFound, Refused, UsageError, problem
from salescli.reports.quota import Names
from salescli.reports.quota_versions import RevisionFacts, build_revision_report
from salescli.services.context import Context
from salescli.services.quota.figures import add_note, find_metric
from salescli.services.quota.inputs import gather, open_directory, target_year
from salescli.services.quota.runs import KIND, load_result, save_result
from salescli.services.quota.splitting import compute_gathered, find_targets
from salescli.services.quota.versions import leaves_of, newest_versions, revisions_from
from salescli.services.touched import known_at
from salescli.store.batches import fetch_batches, in_force
from salescli.store.runs import Run, closed_runs, fetch_run

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy

COMMISSION = "commission"


@dataclass(frozen=True, slots=True)
class RevisionRequest:
    """What is asked: the first month, why, another figure of the company's year (as typed), and whether it corrects."""

    month: str
    reason: str
    amount: str = ""
    growth: str = ""
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class RevisionOutcome:
    """A draft run with its report; neither where every target already is what it would be."""

    run: Run | None
    report: Report | None


def revise_quota(context: Context, name: str, request: RevisionRequest) -> RevisionOutcome:
    """Split the months of a year from one on again, by present records and policy, and keep that as a draft run.

    Raises:
        UsageError: the month is none of the policy's year, there is no reason, or a figure is not one.
        Refused: there is nothing to revise, or commission of one of the months is closed and it is no correction.
        ProblemsFound: everything that is wrong with the policy, each with its place.
    """
    document = find_targets(context, name)
    policy = _with_figure(document.require(), request)
    metric = find_metric(context, policy.metric, policy.currency or "", document.where_value("metric"))
    year = target_year(policy, context.calendar)
    month = _first_month(context, year, request)
    closed = check_closed(context, year, month, request.is_correction)
    labels = [each.label for each in months_in(year)]
    before = leaves_of(newest_versions(context, open_directory(context), labels, metric.name), metric.currency)
    if not before:
        raise Refused(problem("nothing-to-revise", metric=metric.name, period=policy.for_year))
    planned = replace(context, on=_plan_day(context, policy))
    gathered = gather(planned, policy, metric)
    gathered = replace(gathered, inputs=replace(gathered.inputs, kept=_kept(before, month)))
    try:
        result = _from_month(compute_gathered(document, policy, gathered), month)
    except ProblemsFound as found:
        raise ProblemsFound(*_typed(found.problems, request)) from None
    after = list(result.leaves)
    if is_same(before, after, month):
        return RevisionOutcome(None, None)
    if request.amount or request.growth:
        add_note(context, problem("revised-beside-policy", document.where_value("targets"), severity="warning"))
    revises = {"from": month, "reason": request.reason, "correct": request.is_correction,
               "amount": request.amount, "growth": request.growth}  # fmt: skip
    gathered = replace(gathered, kept={**gathered.kept, "revises": revises})
    with context.store.transaction("quota revise"):
        run = save_result(planned, document, policy, gathered, result)
    replaced = revisions_from(context, gathered.directory, metric.name, labels, month)
    facts = RevisionFacts(policy.targets, month, request.reason, metric.currency, year, run.id, closed, replaced)
    names = Names(gathered.directory.team_names(), gathered.directory.member_names(), context.language)
    return RevisionOutcome(run, build_revision_report(facts, before, after, names))


def show_revision(context: Context, run: Run) -> Report:
    """Show a draft revision beside the targets that were in force when it was made."""
    result = load_result(context, run)
    directory = open_directory(context)
    revises, year = run.manifest["revises"], context.parse_period(run.period)
    labels = [each.label for each in months_in(year)]
    with known_at(context, run.known):
        before = leaves_of(newest_versions(context, directory, labels, result.metric), result.currency)
        replaced = revisions_from(context, directory, result.metric, labels, revises["from"])
    closed = tuple(closed_months(context, year, revises["from"]))
    what = (run.subject, revises["from"], revises["reason"], result.currency, year)
    facts = RevisionFacts(*what, run.id, closed, replaced)
    names = Names(directory.team_names(), directory.member_names(), context.language)
    return build_revision_report(facts, before, list(result.leaves), names)


def closed_months(context: Context, year: Period, month: str) -> list[str]:
    """Return the months of a year, from one on, of which commission is closed."""
    closed = closed_runs(context.store, COMMISSION)
    return [each.label for each in months_in(year) if each.label >= month and each.label in closed]


def check_closed(context: Context, year: Period, month: str, is_correction: bool) -> tuple[str, ...]:
    """Return the closed months that a revision reaches.

    Raises:
        Refused: there are some, and the revision is no correction.
    """
    closed = tuple(closed_months(context, year, month))
    if closed and not is_correction:
        raise Refused(problem("revises-closed-month", month=month, closed=closed))
    return closed


def _with_figure(policy: TargetsPolicy, request: RevisionRequest) -> TargetsPolicy:
    """The policy with another figure of the company's year, where one was typed."""
    if not request.amount and not request.growth:
        return policy
    if request.amount and request.growth:
        raise UsageError(problem("amount-or-growth"))
    try:
        if request.amount:
            return policy.model_copy(
                update={"amount": _positive(parse_amount(request.amount), request), "growth": None}
            )
        if policy.base is None:
            raise UsageError(problem("growth-needs-base"))
        return policy.model_copy(update={"amount": None, "growth": parse_rate(request.growth)})
    except TextRefused as refused:
        raise UsageError(Problem(refused.name, NOWHERE, refused.values)) from None


def _typed(problems: Sequence[Problem], request: RevisionRequest) -> list[Problem]:
    """What is wrong with a figure that was typed has no place in the policy."""
    if not request.amount and not request.growth:
        return list(problems)
    return [replace(each, where=NOWHERE) if each.name == "kept-above-year" else each for each in problems]


def _positive(amount: Decimal, request: RevisionRequest) -> Decimal:
    if amount <= 0:
        raise TextRefused("number-too-small", text=request.amount, limit="0")
    return amount


def _first_month(context: Context, year: Period, request: RevisionRequest) -> str:
    if not request.reason.strip():
        raise UsageError(problem("revision-needs-reason"))
    asked = context.parse_period(request.month)
    if asked.grain != "month" or not year.covers(asked):
        raise UsageError(problem("revision-month", text=request.month, year=str(year)))
    return asked.label


def _plan_day(context: Context, policy: TargetsPolicy) -> date:
    """The day the plan was made, where a run was accepted: a revision does not move anybody by a later window."""
    if context.on != context.today:
        return context.on
    live = in_force(context.store, context.store.known)
    for batch in fetch_batches(context.store):
        if batch.id in live and batch.summary.get("run") is not None:
            run = fetch_run(context.store, batch.summary["run"])
            if (run.kind, run.subject, run.period) == (KIND, policy.targets, policy.for_year):
                return date.fromisoformat(run.manifest["on"])
    return context.on


def _kept(before: Sequence[Leaf], month: str) -> dict[str, dict[str, Decimal]]:
    """The company's months before the revision, by level."""
    kept: dict[str, dict[str, Decimal]] = {}
    for leaf in before:
        if leaf.holder == "company" and leaf.month < month:
            kept.setdefault(leaf.level, {})[leaf.month] = leaf.amount
    return kept


def _from_month(result: SplitResult, month: str) -> SplitResult:
    """What a revision writes: the months from one on. Years and bridge are those of the whole year as split again."""
    months = tuple(label for label in result.months if label >= month)
    lines = []
    for line in result.lines:
        if cells := [cell for cell in zip(line.months, line.amounts, strict=True) if cell[0] >= month]:
            lines.append(
                replace(line, months=tuple(cell[0] for cell in cells), amounts=tuple(cell[1] for cell in cells))
            )
    return replace(result, months=months, lines=tuple(lines))
