"""Restate a closed month: from then on it is recomputed by today's plans and metrics, and the open month posts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salescli import __version__
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Refused, problem
from salescli.services.commission import running
from salescli.services.commission.beyond import plans_in
from salescli.services.commission.calendars import WORKING, kept_working
from salescli.services.commission.manifest import save_documents
from salescli.services.commission.posted import KIND, closed_of
from salescli.services.commission.restated import (
    ACCEPTS,
    DOCUMENTS,
    RESTATED,
    restatements,
    with_documents,
)
from salescli.services.commission.restated_posting import Restated, next_posting, show_posted
from salescli.services.commission.running import check_month, read_plans
from salescli.services.context import Context
from salescli.services.knowledge import known_batch, local_moment
from salescli.store.runs import (
    Run,
    add_event,
    closed_runs,
    fetch_document,
    fetch_events,
    fetch_run,
    save_document,
    save_run,
)


def restate_period(context: Context, period: Period, reason: str) -> Restated:
    """Let a closed month follow today's plans and metrics; its run stays, the difference is posted in the open month.

    Raises:
        Refused: the month is not closed, no reason is given, or today's files say what it was closed with.
        ProblemsFound: a plan has errors.
    """
    check_month(period)
    run = _closed(context, period, reason)
    former = restatements(context.store, [run])
    (now,) = with_documents([run], former)
    before = next_posting(context)
    with context.store.transaction(f"commission restate {period}"):
        documents = _documents(context, period, now)
        if all(documents.get(name) == now.manifest.get(name) for name in DOCUMENTS):
            raise Refused(problem("nothing-to-restate", period=period.label))
        manifest = {
            "of": run.id,
            **documents,
            **_accepted(former.get(period.label)),
            "calculation": running.CALCULATION,
            "program": __version__,
            "reason": reason,
        }
        made = save_run(context.store, RESTATED, "all", period.label, known_batch(context), manifest, {})
        add_event(context.store, made.id, "closed", reason)
    names = _followed(context, documents, now)
    said = Title(
        f"{period} 已重述:按今天的 {names.zh} 重算(原运行 #{run.id} 不变)· "
        f"撤回:salescli commission restate {period} --undo --reason 原因",
        f"{period} is restated: recomputed by today's {names.en} (run #{run.id} stays) · "
        f"take back: salescli commission restate {period} --undo --reason WHY",
    )
    return show_posted(context, [period], said, before)


def _accepted(former: Run | None) -> dict[str, int]:
    """Return the calculation that a month follows by the restatement before: other documents do not change it."""
    return {ACCEPTS: former.manifest[ACCEPTS]} if former is not None and ACCEPTS in former.manifest else {}


def take_back(context: Context, period: Period, reason: str) -> Restated:
    """Take the newest restatement of a month back.

    Raises:
        Refused: there is none, or no reason is given.
    """
    check_month(period)
    run = _closed(context, period, reason)
    found = restatements(context.store, [run]).get(period.label)
    if found is None:
        raise Refused(problem("not-restated", period=period.label))
    before = next_posting(context)
    with context.store.transaction(f"commission restate {period} --undo"):
        add_event(context.store, found.id, "reopened", reason)
    said = Title(f"{period} 的重述已撤回:恢复按关账时的方案与口径重算", f"the restatement of {period} is taken back")
    return show_posted(context, [period], said, before)


def restated_words(context: Context, run: Run) -> tuple[Title, ...]:
    """Return who restated the month of a closed run, when and why, where somebody did."""
    found = restatements(context.store, [run]).get(run.period) if run.state == "closed" else None
    if found is None:
        return ()
    event = [one for one in fetch_events(context.store, found.id) if one.event == "closed"][-1]
    said, names = (
        f"{local_moment(context.workspace, event.at):%Y-%m-%d %H:%M}",
        _followed(context, found.manifest, run),
    )
    return (
        Title(
            f"{run.period} 已于 {said} 由 {event.by} 重述({names.zh}):{event.reason} · 本运行不变,差异计入其后的月份",
            f"{run.period} was restated at {said} by {event.by} ({names.en}): {event.reason} · "
            "this run stays, the difference is posted in a later month",
        ),
    )


def _followed(context: Context, documents: Mapping[str, Any], run: Run) -> Title:
    """Name what a month follows by a restatement that it did not before: files, working days, the calculation."""
    found = [Title(file, file) for file in _changed(context, documents, run)]
    if documents.get(WORKING) != run.manifest.get(WORKING):
        found.append(Title("工作日历", "working days"))
    calculation = documents.get(ACCEPTS)
    if calculation is not None and calculation != run.manifest["calculation"]:
        found.append(Title(f"计算版本 {calculation}", f"calculation {calculation}"))
    return Title("、".join(one.zh for one in found), ", ".join(one.en for one in found))


def posted_words(context: Context, run: Run) -> list[Title]:
    """Return why a run posts differences of months that were restated, or whose restatement was taken back."""
    earlier = closed_of(context.store, run)
    then, now = earlier[-1].manifest.get("restated", {}) if earlier else {}, run.manifest.get("restated", {})
    found = []
    for period in sorted({*then, *now}):
        if period in now and now[period] != then.get(period):
            reason = fetch_run(context.store, now[period]).manifest["reason"]
            found.append(Title(f"{period} 已重述:{reason}", f"{period} was restated: {reason}"))
        elif period not in now:
            reason = [one for one in fetch_events(context.store, then[period]) if one.event == "reopened"][-1].reason
            found.append(
                Title(f"{period} 的重述已撤回:{reason}", f"the restatement of {period} was taken back: {reason}")
            )
    return found


def _closed(context: Context, period: Period, reason: str) -> Run:
    run = closed_runs(context.store, KIND).get(period.label)
    found = []
    if run is None:
        found.append(problem("not-closed", period=period.label))
    if not reason.strip():
        found.append(problem("restate-needs-reason", period=period.label))
    if found or run is None:
        raise Refused(*found)
    return run


def _documents(context: Context, period: Period, run: Run) -> dict[str, Any]:
    """Return today's documents of a month: plans that it pays over those that it had, and all metrics."""
    store = context.store
    plans = {one["plan"]: one for one in run.manifest["plans"]}
    files = read_plans(context)
    paying = {file.name for file, _ in plans_in(files, context, period)}
    for file in files:
        if file.name in paying or file.name in plans:
            digest = save_document(store, file.document.file, file.text)
            plans[file.name] = {"plan": file.name, "file": file.document.file, "sha256": digest}
    known = [file.require() for file in files if file.name in plans]
    return {
        **kept_working(context, known, period),
        "plans": [plans[name] for name in sorted(plans)],
        "metrics": save_documents(context, "metrics"),
        "process": save_documents(context, "process"),
    }


def _changed(context: Context, documents: Any, run: Run) -> list[str]:
    """Return the files in which documents differ from those of a run."""
    before = {one["plan"]: one["sha256"] for one in run.manifest["plans"]}
    found = [one["file"] for one in documents["plans"] if before.get(one["plan"]) != one["sha256"]]
    kinds = ("metrics", "process")
    others = [one for kind in kinds for one in documents[kind] if one not in run.manifest.get(kind, ())]
    return [*found, *(fetch_document(context.store, one)[0] for one in others)]
