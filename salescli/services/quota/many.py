"""Several target policies at once: split each as a draft, accept several drafts."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.table import Report
from salescli.errors import Problem, ProblemsFound
from salescli.reports.quota_runs import RunLine, build_runs_report
from salescli.services.context import Context
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.splitting import Draft, accept_quota, compute_draft, find_run, save_draft
from salescli.services.quota.writing import AcceptOutcome


def split_quotas(context: Context, names: Sequence[str]) -> tuple[Report, tuple[Problem, ...]]:
    """Split several policies and keep each as a draft run; nothing is kept where one of them is wrong.

    Raises:
        ProblemsFound: everything that is wrong with any of the policies.
    """
    drafts: list[Draft] = []
    directory = open_directory(context)
    wrong: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            drafts.append(compute_draft(context, name, directory))
        except ProblemsFound as found:
            wrong += found.problems
    if wrong:
        raise ProblemsFound(*wrong)
    with context.store.transaction("quota split"):
        runs = [save_draft(context, draft) for draft in drafts]
    lines = [RunLine(run.id, run.subject, run.period, draft.result) for run, draft in zip(runs, drafts, strict=True)]
    return build_runs_report(lines), tuple(context.notes)


def accept_quotas(context: Context, numbers: Sequence[int]) -> list[AcceptOutcome]:
    """Accept drafts one after the other, each as a batch of its own; an unknown run is said before any is accepted."""
    known = [find_run(context, number).id for number in dict.fromkeys(numbers)]
    return [accept_quota(context, number) for number in known]
