"""Scorecard runs: which scorecard judges a period, the draft that is kept, and its closing.

A run is a pure function of the records known at a batch, the scorecard's text, the metrics and the day. Closing makes
the grades known on a day; it is appended, and a corrected closing of the same period is another run known from its own
day on. Nothing that was known before is edited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli import __version__
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Problem, Refused, UsageError, problem
from salescli.policy.layers import SHIPPED, WORKSPACE, policy_files
from salescli.policy.scorecards import ScorecardFile, load_scorecard
from salescli.services.context import Context
from salescli.services.knowledge import known_batch
from salescli.services.scorecard.closed import KIND, closed_scorecards
from salescli.services.scorecard.people import fetch_judged
from salescli.store.runs import (
    Run,
    add_event,
    canonical,
    fetch_document,
    fetch_results,
    fetch_run,
    fetch_runs,
    save_document,
    save_run,
)

if TYPE_CHECKING:
    from salescli.core.scorecard.result import PersonScore
    from salescli.core.scorecard.shape import Scorecard

CALCULATION = 1  # grows whenever the same inputs would give another score
GRAINS = {"month": Title("月", "month"), "quarter": Title("季度", "quarter"), "year": Title("年", "year")}


@dataclass
class ScorecardRun:
    """A stored run with its scorecard and everyone's sheet, and what was found on the way."""

    run: Run
    file: ScorecardFile
    people: list[PersonScore]
    problems: list[Problem] = field(default_factory=list)

    @property
    def card(self) -> Scorecard:
        """The scorecard as the run kept it."""
        return self.file.require()


def read_scorecards(context: Context, name: str = "") -> list[ScorecardFile]:
    """Read the workspace's scorecards, or the one of a name; shipped ones are found by name only.

    Raises:
        Refused: the workspace has none.
        UsageError: there is none of that name.
        ProblemsFound: one of them has errors.
    """
    files = policy_files(context.workspace.config, "scorecards")
    own = [one for one in files if one.layer == WORKSPACE]
    shipped = [one for one in files if one.layer == SHIPPED]
    if not name and not own:  # nothing is judged by a sheet that nobody chose
        folder = context.workspace.relative(context.workspace.config / "scorecards")
        raise Refused(problem("no-scorecards", folder=folder, names=tuple(one.name for one in shipped)))
    loaded = []
    for one in own if not name else files:
        shown = context.workspace.relative(one.path) if one.layer else f"config/scorecards/{one.path.name}"
        loaded.append((one, load_scorecard(one.path, shown, context.catalogue)))
    if name:
        loaded = [(one, file) for one, file in loaded if name in (one.name, file.name)]
        if not loaded:
            raise UsageError(problem("unknown-scorecard", text=name, names=tuple(one.name for one in files)))
    for _, file in loaded:
        file.require()
    return [file for _, file in loaded]


def choose_scorecard(context: Context, period: Period, name: str = "") -> ScorecardFile:
    """Return the scorecard that judges a period.

    Raises:
        UsageError: none judges periods of that length, or several do and none was named.
        Refused: it is not in force then.
    """
    files = read_scorecards(context, name)
    fitting = [file for file in files if file.require().over == period.grain]
    if not fitting:
        overs = {file.require().over for file in files}
        raise UsageError(
            problem(
                "scorecard-other-period",
                period=str(period),
                over=GRAINS[files[0].require().over] if len(overs) == 1 else " / ".join(sorted(overs)),
                names=tuple(file.name for file in files),
                example=context.calendar.window(files[0].require().over, period.start).label,
            )
        )
    in_force = [file for file in fitting if _is_in_force(file.require(), period)]
    if not in_force:
        card = fitting[0].require()
        start, through = card.start or "…", card.through or "…"
        raise Refused(
            problem("scorecard-not-in-force", period=str(period), name=card.scorecard, start=start, through=through)
        )
    if len(in_force) > 1:
        names = tuple(file.name for file in in_force)
        raise UsageError(problem("which-scorecard", period=str(period), names=names))
    return in_force[0]


def _is_in_force(card: Scorecard, period: Period) -> bool:
    return (card.start is None or card.start <= period.start) and (card.end is None or period.end <= card.end)


def run_scorecard(context: Context, period: Period, name: str = "", known_on: date | None = None) -> ScorecardRun:
    """Score everyone and keep the result as a draft; the same inputs give the same draft.

    `known_on` is the day on which the grades become known: closing states it.

    Raises:
        Refused: the period has not begun, nobody is judged, or nothing at all can be measured.
    """
    file = choose_scorecard(context, period, name)
    card = file.require()
    if context.today < period.start:
        raise Refused(problem("scorecard-not-begun", period=str(period), start=period.start, today=context.today))
    people, found = compute_scorecard(context, card, period)
    if all(kpi.value is None for one in people for kpi in one.kpis):
        raise Refused(_nothing(context, card, period))
    results = results_of(people)
    with context.store.transaction(f"scorecard run {period}"):
        manifest = _manifest(context, file, period, known_on)
        run = save_run(context.store, KIND, card.scorecard, period.label, known_batch(context), manifest, results)
    return ScorecardRun(run, file, people, [*file.problems, *found, *context.notes])


def compute_scorecard(context: Context, card: Scorecard, period: Period) -> tuple[list[PersonScore], list[Problem]]:
    """Score everyone from what is known; nothing is stored.

    Raises:
        Refused: nobody is judged.
    """
    from salescli.core.scorecard.compute import compute_person
    from salescli.services.scorecard.measuring import measure

    judged = fetch_judged(context, card, period)
    measured = measure(context, card, period, judged)
    people = [compute_person(card, one.person, one.team, one.days, measured.readings[one.person]) for one in judged]
    return people, measured.problems


def results_of(people: Iterable[PersonScore]) -> dict[str, str]:
    """Return what a run keeps, by item, as canonical JSON."""
    return {f"#{one.person}": canonical(one.to_data()) for one in people}


def _nothing(context: Context, card: Scorecard, period: Period) -> Problem:
    from salescli.store.lineage import fetch_data_through

    days = [
        found[1]
        for kind in _kinds(context, card)
        if (found := fetch_data_through(context.store, context.store.registry[kind], upto=context.today.isoformat()))
    ]
    return problem("scorecard-no-data", name=card.scorecard, period=str(period), through=max(days, default=""))


def record_kinds(context: Context, card: Scorecard) -> list[Any]:
    """Return the record types that the KPIs read."""
    return [context.store.registry[name] for name in _kinds(context, card)]


def _kinds(context: Context, card: Scorecard) -> list[str]:
    from salescli.core.scorecard.shape import MetricKpi

    names = {
        base.of
        for kpi in card.kpis.values()
        if isinstance(kpi, MetricKpi) and kpi.metric in context.catalogue
        for base in context.catalogue.bases(kpi.metric)
    }
    return sorted(names)


def _manifest(context: Context, file: ScorecardFile, period: Period, known_on: date | None) -> dict[str, Any]:
    """List everything that a recomputation needs: policies by content, parameters, knowledge, versions."""
    store, config = context.store, context.workspace.config
    kept = {
        kind: [
            save_document(store, one.path.name, one.path.read_text(encoding="utf-8"))
            for one in policy_files(config, kind)
        ]
        for kind in ("metrics", "process")
    }
    document = file.document
    return {
        "period": period.label,
        "policy": {"file": document.file, "sha256": save_document(store, document.file, document.text)},
        **kept,
        "currency": context.currency,
        "fiscal_year_start": context.workspace.settings.fiscal_year_start,
        "on": context.on.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "calculation": CALCULATION,
        "program": __version__,
    }


def close_scorecard(
    context: Context, period: Period, name: str = "", known_on: date | None = None, reason: str = ""
) -> ScorecardRun:
    """Score a period on what is known now and close it: its grades are known from a day on.

    A period that is closed already is closed again only with a reason: the corrected grades are known from their own
    day on, and what was known before stays as it was.

    Raises:
        Refused: the period is not over, it is closed already, or the day cannot be.
    """
    day = known_on or context.today
    if context.today < period.last_day:
        last_day = period.last_day
        raise Refused(problem("scorecard-not-over", period=str(period), through=last_day, today=context.today))
    if day < period.last_day:
        raise UsageError(problem("known-before-end", period=str(period), known_on=day, through=period.last_day))
    if day > context.today:
        raise UsageError(problem("known-in-future", known_on=day, today=context.today))
    card = choose_scorecard(context, period, name).require()
    before = [one for one in closed_scorecards(context, card.scorecard) if one.period == period.label]
    if before:
        _check_correction(card.scorecard, before[-1], day, reason)
    done = run_scorecard(context, period, name, day)
    with context.store.transaction(f"scorecard close {period}"):
        add_event(context.store, done.run.id, "closed", reason)
    done.run = fetch_run(context.store, done.run.id)
    return done


def _check_correction(name: str, last: Run, day: date, reason: str) -> None:
    """A corrected closing needs its reason, and cannot have been known before what it corrects."""
    known_on = last.manifest["known_on"]
    if not reason:
        raise Refused(problem("scorecard-closed", name=name, period=last.period, run=last.id, known_on=known_on))
    if day.isoformat() < known_on:
        raise UsageError(problem("known-before-corrected", known_on=day, before=known_on, run=last.id))


def find_scorecard_run(context: Context, period: Period, name: str = "") -> ScorecardRun:
    """Return the last closed run of a period, else its newest draft.

    Raises:
        Refused: it was never run.
        UsageError: several scorecards were run for it and none was named.
    """
    runs = fetch_runs(context.store, KIND, period.label, name)
    subjects = list(dict.fromkeys(run.subject for run in runs))
    if not runs:
        raise Refused(problem("scorecard-not-run", period=period.label))
    if len(subjects) > 1:
        own = {file.name for file in read_scorecards(context)} & set(subjects)
        subjects = sorted(own) if len(own) == 1 else subjects  # a shipped one was only tried out
    if len(subjects) > 1:
        raise UsageError(problem("which-scorecard", period=period.label, names=tuple(sorted(subjects))))
    closed = [run for run in closed_scorecards(context, subjects[0]) if run.period == period.label]
    newest = next(run for run in runs if run.subject == subjects[0])
    return load_run(context, closed[-1] if closed else newest)


def load_run(context: Context, run: Run) -> ScorecardRun:
    """Read a stored run back: its scorecard from the text that it kept, and everyone's sheet."""
    from salescli.core.scorecard.result import read_person_score

    policy = run.manifest["policy"]
    file = load_scorecard(fetch_document(context.store, policy["sha256"])[1], policy["file"])
    people = [read_person_score(json.loads(text)) for text in fetch_results(context.store, run.id).values()]
    return ScorecardRun(run, file, sorted(people, key=lambda one: one.person))
