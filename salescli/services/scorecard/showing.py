"""What a scorecard run shows: everyone's sheet, one person's page, the way to a score; always from what was kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salescli.core.metrics.model import Filter
from salescli.core.metrics.query import Query
from salescli.core.periods import Period, months_in
from salescli.core.scorecard.check import reads_rate
from salescli.core.scorecard.compute import compute_ranks
from salescli.core.scorecard.peers import compare_with_peers
from salescli.core.scorecard.shape import MetricKpi, Scorecard
from salescli.core.table import Prose, Report, Table
from salescli.core.title import Language, Title
from salescli.errors import Problem, UsageError, problem
from salescli.policy.sentences.scorecard import read_scorecard_aloud
from salescli.reports.scorecard.explanation import build_explanation
from salescli.reports.scorecard.person import build_person
from salescli.reports.scorecard.sheet import Sheet, SheetPerson, build_sheet
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.stored import knowing
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.versions import version_words
from salescli.services.scorecard.running import (
    ScorecardRun,
    close_scorecard,
    find_scorecard_run,
    read_scorecards,
    record_kinds,
    run_scorecard,
)
from salescli.store.batches import latest_batch

if TYPE_CHECKING:
    from datetime import date


@dataclass
class Shown:
    """A report, one line about what was done, and what was found on the way."""

    report: Report
    said: Title | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Explain:
    """What of a run is to be explained: whose sheet, one KPI or all, and with the records behind it."""

    person: str
    kpi: str = ""
    with_rows: bool = False


def run_shown(context: Context, period: Period, name: str = "") -> Shown:
    """Score a period, keep the draft and show it."""
    done = run_scorecard(context, period, name)
    sheet = sheet_of(context, done)
    following = (_explain_next(sheet), f"salescli scorecard close {period}")
    return Shown(build_sheet(sheet, following, context.language), None, done.problems)


def close_shown(
    context: Context, period: Period, name: str = "", known_on: date | None = None, reason: str = ""
) -> Shown:
    """Close a period's scorecard and show it."""
    done = close_scorecard(context, period, name, known_on, reason)
    sheet = sheet_of(context, done)
    said = Title(
        f"{done.run.subject} {period} 已定稿(运行 #{done.run.id}),{sheet.known_on} 公布:"
        f"提成自 {sheet.known_on[:7]} 起按此等级",
        f"{done.run.subject} {period} is closed (run #{done.run.id}), known on {sheet.known_on}: "
        f"commission reads these grades from {sheet.known_on[:7]} on",
    )
    following = (_explain_next(sheet), f"salescli commission run {sheet.known_on[:7]}")
    return Shown(build_sheet(sheet, following, context.language), said, done.problems)


def show_period(context: Context, period: Period, name: str = "", person: str = "") -> Shown:
    """Show the last closed run of a period, else its newest draft: everyone, or one person's page.

    Raises:
        Refused: it was never run.
        UsageError: nobody, or several, are called so; or the scorecard does not judge them.
    """
    done = find_scorecard_run(context, period, name)
    sheet = sheet_of(context, done)
    if not person:
        following = [_explain_next(sheet)]
        if done.run.state == "draft":
            following.append(f"salescli scorecard close {period}")
        return Shown(build_sheet(sheet, following, context.language))
    one = _find(context, sheet, person)
    beside = compare_with_peers(one.result, done.people)
    following = [f"salescli scorecard explain {period} --person {one.key or one.name}"]
    return Shown(build_person(sheet, one, beside, following, context.language))


def explain_period(context: Context, period: Period, asked: Explain, name: str = "") -> Shown:
    """Explain one person's sheet in the last closed run of a period, else its newest draft.

    Raises:
        UsageError: no person is named, or they or the KPI are not on the scorecard.
    """
    if not asked.person:
        raise UsageError(problem("scorecard-whom", period=period.label))
    done = find_scorecard_run(context, period, name)
    if asked.kpi and asked.kpi not in done.card.kpis:
        raise UsageError(problem("scorecard-unknown-kpi", text=asked.kpi, choices=tuple(done.card.kpis)))
    sheet = sheet_of(context, done)
    one = _find(context, sheet, asked.person)
    kpis = [kpi for kpi in done.card.kpis if asked.kpi in ("", kpi)]
    rows: list[Table] = []
    if asked.with_rows:
        with knowing(context, done.run):
            rows = [table for kpi in kpis for table in _rows(context, done, period, one, kpi)]
    from salescli.services.scorecard.measuring import earlier_period

    earlier = {
        kpi: earlier_period(context, period, shape.against).label
        for kpi, shape in done.card.kpis.items()
        if isinstance(shape, MetricKpi) and shape.against
    }
    following = _metric_next(context, done, period, one, kpis)
    report = build_explanation(sheet, one, done.file.place, earlier, rows, asked.kpi, following, context.language)
    return Shown(report)


def read_aloud(context: Context, name: str, language: Language) -> Report:
    """Return a scorecard as numbered sentences: one of the workspace, or a shipped one."""
    file = read_scorecards(context, name)[0]
    said = read_scorecard_aloud(file, language, {metric.name: metric.title for metric in context.catalogue})
    prose = Prose(said.name, said.lines, numbered=True)
    return Report("scorecard-read", said.title or Title(name, name), (prose,))


def sheet_of(context: Context, done: ScorecardRun) -> Sheet:
    """Return a run as reports show it: with names, titles and places."""
    directory = open_directory(context)
    ranks = compute_ranks(done.people)
    people = []
    for one in done.people:
        image = directory.people.get(one.person)
        team = directory.teams.get(one.team) if one.team is not None else None
        key, name = (str(image["number"] or ""), str(image["name"])) if image else ("", f"#{one.person}")
        people.append(SheetPerson(key, name, str(team["name"]) if team else "", one, ranks.get(one.person)))
    card, run = done.card, done.run
    titles = {kpi: shape.title or _metric_title(context, shape, kpi) for kpi, shape in card.kpis.items()}
    rates = frozenset(
        kpi
        for kpi, shape in card.kpis.items()
        if isinstance(shape, MetricKpi)
        and (shape.metric not in context.catalogue or reads_rate(shape, context.catalogue))
    )
    known_on = run.manifest["known_on"] or ""
    state = run.state if known_on or run.state == "draft" else "draft"
    return Sheet(card, run.period, run.id, state, known_on, _footer(context, done), titles, rates, tuple(people))


def _metric_title(context: Context, shape: object, kpi: str) -> Title:
    metric = getattr(shape, "metric", "")
    if metric in context.catalogue:
        return context.catalogue.get(metric).title
    rating = getattr(shape, "rating", kpi)
    return Title(rating, rating)


def _footer(context: Context, done: ScorecardRun) -> tuple[Title, ...]:
    """Say the state of knowledge, a period that is not over, and a draft that does not know the newest data."""
    with knowing(context, done.run):
        found = [known_line(context, record_kinds(context, done.card))]
        months = [month.label for month in months_in(context.parse_period(done.run.period))]
        for metric in dict.fromkeys(kpi.metric for kpi in _on_targets(done.card)):
            found += version_words(context, open_directory(context), metric, months)
    period = context.parse_period(done.run.period)
    if context.today < period.last_day:
        found.append(Title(f"期间未完:{period.last_day} 结束", f"incomplete: the period ends on {period.last_day}"))
    if done.run.state == "draft" and (newest := latest_batch(context.store)) > done.run.known:
        again = f"salescli scorecard run {period}"
        found.append(
            Title(
                f"此草稿基于批次 {done.run.known},现已到批次 {newest} · 重算:{again}",
                f"this draft knows batch {done.run.known}, the store is at batch {newest} · run again: {again}",
            )
        )
    return tuple(found)


def _on_targets(card: Scorecard) -> list[MetricKpi]:
    """The KPIs that are measured by targets."""
    return [kpi for kpi in card.kpis.values() if isinstance(kpi, MetricKpi) and kpi.read_as == "attainment"]


def _find(context: Context, sheet: Sheet, person: str) -> SheetPerson:
    (entity,) = resolve_all(context.store, "person", [person])
    found = [one for one in sheet.people if one.result.person == entity]
    if not found:
        name = sheet.card.scorecard
        raise UsageError(problem("not-on-scorecard", person=person, name=name, period=sheet.period, run=sheet.run))
    return found[0]


def _explain_next(sheet: Sheet) -> str:
    best = min(sheet.people, key=lambda one: (one.rank is None, one.rank or 0, one.key))
    return f"salescli scorecard explain {sheet.period} --person {best.key or best.name}"


def _where(context: Context, shape: MetricKpi, one: SheetPerson) -> Filter | None:
    """Return the filter that leaves a KPI's own figure: the person, or the team with those below it."""
    if shape.of == "own":
        return Filter("person", "=", (one.key or one.name,))
    teams = open_directory(context).teams
    if one.result.team is None or one.result.team not in teams:
        return None
    wanted, size = {one.result.team}, 0
    while size != len(wanted):
        size = len(wanted)
        wanted |= {team for team, image in teams.items() if image.get("parent") in wanted}
    return Filter("team", "=", tuple(sorted(str(teams[team]["number"] or teams[team]["name"]) for team in wanted)))


def _rows(context: Context, done: ScorecardRun, period: Period, one: SheetPerson, kpi: str) -> list[Table]:
    """Return the records behind a KPI's figure; they add up to its parts."""
    from dataclasses import replace

    from salescli.services.metric.rows import row_tables

    shape = done.card.kpis[kpi]
    if not isinstance(shape, MetricKpi) or shape.metric not in context.catalogue:
        return []
    where = _where(context, shape, one)
    if where is None:
        return []
    context.prepare_stages()
    found = row_tables(context, Query(shape.metric, (), period, (where,)))
    title = shape.title or context.catalogue.get(shape.metric).title
    return [
        replace(
            table,
            name=f"{kpi}-{table.name}",
            title=Title(f"{title.zh} · {table.title.zh}", f"{title.en} · {table.title.en}") if table.title else title,
        )
        for table in found
    ]


def _metric_next(
    context: Context, done: ScorecardRun, period: Period, one: SheetPerson, kpis: list[str]
) -> tuple[str, ...]:
    """Return what to type for the records behind each figure."""
    found = []
    for kpi in kpis:
        shape = done.card.kpis[kpi]
        if isinstance(shape, MetricKpi) and (where := _where(context, shape, one)) is not None:
            said = f"{where.path}={'|'.join(where.values)}"
            quoted = f"'{said}'" if "|" in said or " " in said else said
            found.append(f"salescli metric show {shape.metric} --where {quoted} --period {period} --rows")
    return tuple(dict.fromkeys(found))
