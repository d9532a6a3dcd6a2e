"""Quotas: split as a draft run, accept a run into target records, show what is in force or what a run says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from salescli.core.periods import Period, months_in
from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.result import SplitResult
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Refused, UsageError, problem
from salescli.reports.quota import Grain, Names, build_quota_report, build_split_report
from salescli.services.context import Context
from salescli.services.quota.doubts import note_doubts
from salescli.services.quota.figures import find_metric, measure_of
from salescli.services.quota.inputs import Directory, Gathered, gather, open_directory
from salescli.services.quota.runs import KIND, load_result, load_targets, save_result
from salescli.services.quota.scope import find_holders
from salescli.services.quota.targets import fetch_targets
from salescli.services.quota.tree import team_ranks
from salescli.services.quota.versions import note_restatement, version_words
from salescli.services.quota.writing import AcceptOutcome, write_split
from salescli.store.runs import Run, fetch_run, fetch_runs

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy
    from salescli.policy.reader import Document


@dataclass(frozen=True, slots=True)
class SplitOutcome:
    """A draft run with its report."""

    run: Run
    report: Report
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy split, not kept yet: its file, what was gathered for it, and the result."""

    document: Document[TargetsPolicy]
    policy: TargetsPolicy
    gathered: Gathered
    result: SplitResult


def split_quota(context: Context, name: str = "", grain: Grain = "quarter") -> SplitOutcome:
    """Split a target policy and keep the result as a draft run.

    Raises:
        ProblemsFound: everything that is wrong with the policy, each with its place.
        UsageError: there is no such policy, or several and none was named.
    """
    draft = compute_draft(context, name)
    with context.store.transaction("quota split"):
        run = save_draft(context, draft)
    names = _names(draft.gathered.directory, context.language)
    measure = measure_of(context, draft.result.metric)
    report = build_split_report(draft.result, names, _title(draft.policy, run), grain, measure)
    report = _with_submissions(context, report, draft)
    return SplitOutcome(run, _with_notes(report, draft.gathered, run), tuple(context.notes))


def _with_submissions(context: Context, report: Report, draft: Draft) -> Report:
    """Put what people submitted for the year beside what the split gives them; it is never part of it."""
    from salescli.services.quota.inputs import target_year
    from salescli.services.quota.submissions import table_of_submissions

    year, result = target_year(draft.policy, context.calendar), draft.result
    directory = draft.gathered.directory
    table = table_of_submissions(context, directory, year, result.metric, result.currency, tuple(result.leaves))
    return report if table is None else replace(report, blocks=(*report.blocks, table))


def compute_draft(context: Context, name: str = "", directory: Directory | None = None) -> Draft:
    """Split a target policy, and keep nothing.

    Raises:
        ProblemsFound: everything that is wrong with the policy, each with its place.
        UsageError: there is no such policy, or several and none was named.
    """
    document = find_targets(context, name)
    policy = document.require()
    metric = find_metric(context, policy.metric, policy.currency or "", document.where_value("metric"))
    gathered = gather(context, policy, metric, directory)
    note_doubts(context, document, policy, gathered)
    try:
        return Draft(document, policy, gathered, compute_gathered(document, policy, gathered))
    except ProblemsFound as found:
        reasons = (note for note in context.notes if note.name == "other-currency")
        raise ProblemsFound(*found.problems, *reasons) from None


def save_draft(context: Context, draft: Draft) -> Run:
    """Keep a split as a draft run; the caller holds the transaction."""
    return save_result(context, draft.document, draft.policy, draft.gathered, draft.result)


def accept_quota(context: Context, number: int | None = None) -> AcceptOutcome:
    """Write the leaves of a draft run as target records, in one undoable batch.

    Targets of the same metric and year that the run no longer has are ended. The newest run where none is named.

    Raises:
        UsageError: there is no such run.
    """
    run = find_run(context, number)
    result = load_targets(context, run)
    if "revises" in run.manifest:
        from salescli.services.quota.accepting import accept_revision  # which splits, and so imports this module

        return accept_revision(context, run, result)
    done = write_split(context, run, result)
    if done.changed or done.ended:
        note_restatement(context, result)
    return done


def show_quota(
    context: Context, period: Period, metric: str = "", team: str = "", person: str = "", grain: Grain = "quarter"
) -> Report:
    """Show the targets in force for a period, as known and on the day asked.

    Raises:
        Refused: there is no target in the period, or none of whom was asked for.
        UsageError: there is no such team or person; there are targets of several metrics, and none was named.
    """
    directory = open_directory(context)
    team, person = find_holders(context, directory, team, person)
    leaves, currencies = fetch_targets(context, directory, period)
    metrics = sorted({leaf.metric for leaf in leaves})
    if metric and metric not in metrics and leaves:
        raise UsageError(problem("no-targets-of-metric", metric=metric, metrics=tuple(metrics)))
    if not metric and len(metrics) > 1:
        raise UsageError(problem("several-metrics", metrics=tuple(metrics)))
    chosen = [
        leaf
        for leaf in leaves
        if (not metric or leaf.metric == metric)
        and team in ("", leaf.team)
        and (not person or (leaf.holder, leaf.holder_key) in (("person", person), ("seat", person)))
    ]
    if not chosen:
        raise Refused(problem("no-targets", period=str(period)))
    name = chosen[0].metric
    title = _show_title(context, name, period)
    months = [month.label for month in months_in(period)]
    names = _names(directory, context.language)
    measure = measure_of(context, name)
    report = build_quota_report(chosen, months, names, currencies.get(name, ""), title, grain, measure=measure)
    return replace(report, footer=(*report.footer, *version_words(context, directory, name, months)))


def show_run(context: Context, number: int, grain: Grain = "quarter") -> Report:
    """Show what a draft run says."""
    run = find_run(context, number)
    if "revises" in run.manifest:
        from salescli.services.quota.revising import show_revision

        return show_revision(context, run)
    result = load_result(context, run)
    title = Title(
        f"目标分解 {run.subject} {run.period} · 运行 #{run.id}", f"Quotas {run.subject} {run.period} · run #{run.id}"
    )
    names = _names(open_directory(context), context.language)
    return build_split_report(result, names, title, grain, measure_of(context, result.metric))


def find_targets(context: Context, name: str = "") -> Document[TargetsPolicy]:
    """Read the target policy of a name (the file's, or what it says), or the only one there is.

    Raises:
        UsageError: none or several fit.
    """
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    files = policy_files(context.workspace.config, "targets")
    path = Path(name)
    if name and path.suffix in (".yaml", ".yml") and path.is_file():
        return read_targets(path, context.workspace.relative(path))
    found = [file for file in files if not name or file.name == name]
    if len(found) != 1:
        names = tuple(file.name for file in files)
        wrong = "no-target-policy" if not names else "which-targets" if name else "several-target-policies"
        raise UsageError(problem(wrong, text=name, names=names))
    return read_targets(found[0].path, context.workspace.relative(found[0].path))


def compute_gathered(document: Document[TargetsPolicy], policy: TargetsPolicy, gathered: Gathered) -> SplitResult:
    """Compute a split; what is wrong has its place in the document."""
    from salescli.core.quotas.split import compute_split
    from salescli.policy.targets import placed

    if gathered.findings:
        raise ProblemsFound(*placed(document, gathered.findings))
    try:
        result = compute_split(policy, gathered.inputs)
    except CannotSplit as cannot:
        raise ProblemsFound(*placed(document, cannot.findings)) from None
    return replace(result, notes=(*result.notes, *gathered.notes))


def find_run(context: Context, number: int | None) -> Run:
    """Return a quota run, else the newest there is."""
    if number is None:
        runs = fetch_runs(context.store, KIND)
        if not runs:
            raise UsageError(problem("no-quota-run"))
        return runs[0]
    run = fetch_run(context.store, number)
    if run.kind != KIND:
        raise UsageError(problem("not-a-quota-run", run=number, kind=run.kind))
    return run


def _names(directory: Directory, language: Literal["zh", "en"]) -> Names:
    return Names(directory.team_names(), directory.member_names(), language, team_ranks(directory))


def _title(policy: TargetsPolicy, run: Run) -> Title:
    title = policy.title or Title(policy.targets, policy.targets)
    return Title(
        f"{title.zh} · {policy.for_year} · 草稿 #{run.id}", f"{title.en} · {policy.for_year} · draft #{run.id}"
    )


def _show_title(context: Context, metric: str, period: Period) -> Title:
    known = context.catalogue.metrics.get(metric)
    title = known.title if known else Title(metric, metric)
    return Title(f"目标 · {title.zh} · {period}", f"Targets · {title.en} · {period}")


def _with_notes(report: Report, gathered: Gathered, run: Run) -> Report:
    """Add who has no own quota, and what to type next."""
    footer = [*report.footer]
    if gathered.leaders:
        who = "、".join(gathered.leaders), ", ".join(gathered.leaders)
        footer.append(Title(f"主管按团队目标考核,无个人目标:{who[0]}", f"lead a team and carry its target: {who[1]}"))
    following = (f"salescli quota accept {run.id}", f"salescli quota show --run {run.id} --by month")
    return Report(report.name, report.title, report.blocks, tuple(footer), report.notes, following, report.data)
