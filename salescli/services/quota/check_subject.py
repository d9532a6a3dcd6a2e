"""What `quota check` judges: each policy with the targets in force, a draft, or the split it gives; and imports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.periods import Period, months_in
from salescli.core.quotas.differences import Difference, Place, find_differences, place_of
from salescli.core.quotas.reconcile import Held
from salescli.core.quotas.result import SplitResult
from salescli.core.scalars import parse_amount, parse_rate
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Refused, UsageError, problem
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, find_metric
from salescli.services.quota.held import fetch_held, fetch_origins, is_money
from salescli.services.quota.inputs import Directory, Gathered, gather, open_directory, target_year
from salescli.services.quota.runs import KIND, load_result, load_targets
from salescli.services.quota.splitting import compute_gathered, find_targets
from salescli.store.batches import fetch_batches, in_force
from salescli.store.lineage import fetch_last_batches
from salescli.store.runs import Run, fetch_run, fetch_runs

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy
    from salescli.policy.reader import Document

IN_FORCE = Title("生效的目标", "the targets in force")


@dataclass(frozen=True)
class Subject:
    """One metric's targets of one year, and the policy they are to follow (None: they were imported).

    `fresh` is what the policy gives with today's records; `differences` what is in force otherwise, from `since` on.
    """

    metric: Metric
    year: Period
    judged: Title
    held: tuple[Held, ...]
    directory: Directory
    document: Document[TargetsPolicy] | None = None
    gathered: Gathered | None = None
    fresh: SplitResult | None = None
    differences: tuple[Difference, ...] = ()
    accepted: Run | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def base(self) -> list[Held]:
        """The targets of the base level."""
        return [one for one in self.held if one.leaf.level == "base"]


def find_subjects(context: Context, name: str = "", run: int = 0) -> list[Subject]:
    """Return what is to be judged: the draft or the policy named, else every policy and every metric imported.

    Raises:
        UsageError: there is no such policy or run.
        ProblemsFound: a policy's metric is none that can have targets.
        Refused: there is neither a policy nor a target.
    """
    directory = open_directory(context)
    if run:
        draft = fetch_run(context.store, run)
        if draft.kind != KIND:
            raise UsageError(problem("not-a-quota-run", run=run, kind=draft.kind))
        return [_drafted(context, directory, draft)]
    if name:
        return [_planned(context, directory, find_targets(context, name))]
    documents = _documents(context)
    found: list[Subject] = []
    wrong: list[Problem] = []
    for document in documents:
        try:
            found.append(_planned(context, directory, document))
        except ProblemsFound as error:  # a metric that is none, or does not add up: of every policy at once
            wrong += error.problems
    if wrong:
        raise ProblemsFound(*wrong)
    number = context.calendar.year_name(context.on)
    year = context.calendar.year(number)
    for each in (year, context.calendar.year(number + 1)):
        covered = {subject.metric.name for subject in found if subject.year.start == each.start}
        found += _imported(context, directory, each, covered)
    if not found:
        raise Refused(problem("no-targets", period=str(year)))
    return found


def _imported(context: Context, directory: Directory, year: Period, covered: Collection[str]) -> list[Subject]:
    """Targets of a year, this or the next, that no policy speaks of."""
    found = []
    held = [one for one in fetch_held(context, directory, year, newest=True) if one.leaf.metric not in covered]
    for metric in sorted({one.leaf.metric for one in held}):
        mine = tuple(one for one in held if one.leaf.metric == metric)
        if metric in context.catalogue and context.catalogue.is_additive(metric):
            found.append(Subject(_metric(context, metric, mine), year, IN_FORCE, mine, directory))
    return found


def accepted_run(context: Context, subject: str, period: str) -> Run | None:
    """Return the run that was accepted last for a policy, of the batches in force."""
    live = in_force(context.store, context.store.known)
    for batch in fetch_batches(context.store):
        if batch.id in live and batch.summary.get("run") is not None:
            run = fetch_run(context.store, batch.summary["run"])
            if (run.kind, run.subject, run.period) == (KIND, subject, period):
                return run
    return None


def edited_records(context: Context, records: Collection[int]) -> set[int]:
    """Return those whose amount something else than an accepted run said last."""
    accepts = {batch.id for batch in fetch_batches(context.store) if batch.summary.get("run") is not None}
    last = fetch_last_batches(context.store, context.store.registry["target"])
    others = [record for record in records if last.get(record) not in accepts]
    return {record for record, origin in fetch_origins(context, others).items() if origin.batch not in accepts}


def _documents(context: Context) -> list[Document[TargetsPolicy]]:
    """The policies that can be read; what is wrong with the others, `salescli check` says."""
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    files = policy_files(context.workspace.config, "targets")
    read = [read_targets(file.path, context.workspace.relative(file.path)) for file in files]
    return [document for document in read if document.value is not None]


def _metric(context: Context, name: str, held: Collection[Held]) -> Metric:
    codes = sorted({one.currency for one in held})
    currency = context.currency if context.currency in codes or not codes else codes[0]
    return Metric(name, currency if is_money(context, name) else "", is_money(context, name))


def _drafted(context: Context, directory: Directory, run: Run) -> Subject:
    result = load_result(context, run)
    held = tuple(Held(leaf, result.currency) for leaf in result.leaves)
    year = context.parse_period(run.period)
    metric = Metric(result.metric, result.currency, bool(result.currency))
    judged = Title(f"草稿 #{run.id}", f"draft #{run.id}")
    mine = [one for one in _documents(context) if one.require().targets == run.subject]
    if not mine:
        return Subject(metric, year, judged, held, directory)
    subject = _planned(context, directory, mine[0])
    return replace(subject, judged=judged, held=held, differences=(), accepted=None)


def _planned(context: Context, directory: Directory, document: Document[TargetsPolicy]) -> Subject:
    """A policy with what is in force of it, else its newest draft, else the split that it gives."""
    policy = document.require()
    metric = find_metric(context, policy.metric, policy.currency or "", document.where_value("metric"))
    year = target_year(policy, context.calendar)
    held = tuple(fetch_held(context, directory, year, metric.name, newest=True))
    accepted = accepted_run(context, policy.targets, policy.for_year)
    revises = accepted.manifest.get("revises") if accepted else None
    found: list[Problem] = []
    planned = replace(context, on=date.fromisoformat(accepted.manifest["on"])) if accepted else context
    figured = _figured(policy, revises)
    gathered = gather(planned, figured, metric)
    since = str(revises["from"]) if revises else ""
    gathered = replace(gathered, inputs=replace(gathered.inputs, kept=_kept(held, since)))
    try:
        fresh = compute_gathered(document, figured, gathered)
    except ProblemsFound as wrong:
        found, fresh = list(wrong.problems), None
    judged = IN_FORCE
    if not held:
        drafts = fetch_runs(context.store, KIND, policy.for_year, policy.targets)
        if drafts:
            judged = Title(f"草稿 #{drafts[0].id}", f"draft #{drafts[0].id}")
            result = load_result(context, drafts[0])
        elif fresh is not None:
            judged = Title("按方案试算", "the split that the policy gives")
            result = fresh
        else:
            return Subject(metric, year, judged, (), directory, document, gathered, problems=found)
        held = tuple(Held(leaf, result.currency) for leaf in result.leaves)
        return Subject(metric, year, judged, held, directory, document, gathered, fresh, problems=found)
    differences = _differences(context, document, held, fresh, accepted, since)
    return Subject(metric, year, judged, held, directory, document, gathered, fresh, differences, accepted, found)


def _differences(
    context: Context,
    document: Document[TargetsPolicy],
    held: Collection[Held],
    fresh: SplitResult | None,
    accepted: Run | None,
    since: str,
) -> tuple[Difference, ...]:
    """What is in force otherwise than the policy gives; months before a revision stand, and are not compared."""
    if fresh is None:
        return ()
    mine = [one for one in held if one.leaf.month >= since]
    leaves = [leaf for leaf in fresh.leaves if leaf.month >= since]
    changed = accepted is None or accepted.manifest["policy"]["sha256"] != _digest(document.text)
    given = {place_of(leaf) for leaf in load_targets(context, accepted).leaves} if accepted else set[Place]()
    ended = given - {place_of(one.leaf) for one in held}
    edited = edited_records(context, {one.record for one in mine})
    return tuple(find_differences(leaves, mine, edited, changed, ended))


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def _figured(policy: TargetsPolicy, revises: dict[str, str] | None) -> TargetsPolicy:
    """The policy with the figure that a revision was made with, where it said one."""
    if revises and revises.get("amount"):
        return policy.model_copy(update={"amount": parse_amount(revises["amount"]), "growth": None})
    if revises and revises.get("growth"):
        return policy.model_copy(update={"amount": None, "growth": parse_rate(revises["growth"])})
    return policy


def _kept(held: Collection[Held], since: str) -> dict[str, dict[str, Decimal]]:
    """The company's months before a revision, by level."""
    kept: dict[str, dict[str, Decimal]] = {}
    for one in held:
        if one.leaf.holder == "company" and one.leaf.month < since:
            kept.setdefault(one.leaf.level, {})[one.leaf.month] = one.leaf.amount
    return kept


def months_of(year: Period) -> tuple[Period, ...]:
    """Return the months of a year."""
    return tuple(months_in(year))
