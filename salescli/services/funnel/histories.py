"""The histories of all deals as they were on a day, what they are grouped by, and what is wrong with their stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from salescli.core.funnel.grouping import CAMPAIGN, GROUPINGS
from salescli.core.funnel.history import trace_history
from salescli.core.funnel.model import Change, DealFacts, History, Process, Stage
from salescli.core.metrics.dimensions import NONE
from salescli.core.periods import WINDOW_GRAINS
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem
from salescli.services.context import Context
from salescli.services.knowledge import record_keys, record_labels
from salescli.store.edits import fetch_dated_on
from salescli.store.funnel import ChangeRow, DealRow, fetch_changes, fetch_deals
from salescli.store.lineage import fetch_sources, origin_of

_GRAINS = ("month", "quarter", "year")


@dataclass(slots=True)
class Deals:
    """All deals: histories in the order of the store, the stored rows by entity, and the problems found."""

    on: date
    process: Process
    histories: list[History] = field(default_factory=list)
    rows: dict[int, DealRow] = field(default_factory=dict)
    changes: dict[int, ChangeRow] = field(default_factory=dict)  # by record
    problems: list[Problem] = field(default_factory=list)


def gather_deals(ctx: Context, on: date, by: str = "") -> Deals:
    """Read all deals and trace their histories up to a day; `by` names the dimension they will be grouped by."""
    found = Deals(on, _checked(ctx.process))
    places = {stage.name: stage.place for stage in ctx.process.stages}
    is_time = by in _GRAINS
    changes = fetch_changes(ctx.store)
    owners = fetch_dated_on(ctx.store, ctx.store.registry["deal"], on.isoformat())
    unknown: dict[str, list[tuple[int | None, int | None]]] = {}
    stageless: list[int] = []

    def place_of(text: str | None, source: int | None, row: int | None) -> int | None:
        if not text:
            return None
        meaning = ctx.stages.get(fold_stage(text))
        if meaning is None:
            unknown.setdefault(text, []).append((source, row))
            return None
        return places[meaning[0]]

    for deal in fetch_deals(ctx.store, on.isoformat(), "" if is_time else by):
        deal = deal._replace(owner=owners.get((deal.deal, "owner"), deal.owner))
        found.rows[deal.deal] = deal
        moves = []
        for change in changes.get(deal.deal, ()):
            found.changes[change.record] = change
            place = place_of(change.stage, change.source, change.row)
            if place is not None:
                day, time = date.fromisoformat(change.at[:10]), change.at[11:]
                moves.append(Change(place, day, time, change.amount_e4, change.record))
        facts = _facts(deal, place_of(deal.stage, deal.source, deal.row))
        history = trace_history(facts, moves, found.process, on)
        if history is not None:
            found.histories.append(history)
        elif not moves and facts.stage is None and not deal.stage:
            stageless.append(deal.deal)
    found.problems = _problems(ctx, found, unknown, stageless)
    return found


def _facts(deal: DealRow, stage: int | None) -> DealFacts:
    return DealFacts(
        deal.deal,
        _day(deal.created),
        _day(deal.closed),
        stage,
        deal.amount_e4,
        deal.currency or "",
        _day(deal.expected),
        deal.reason or "",
        deal.owner,
        deal.group,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _checked(process: Process) -> Process:
    """A funnel needs a stage that deals are open in."""
    if not process.live:
        raise UsageError(problem("process-without-open-stage", process=process.name))
    return process


def fold_stage(text: str) -> str:
    """Return a stage text as the process knows it: without case and doubled spaces."""
    return " ".join(text.casefold().split())


def find_stage(ctx: Context, text: str) -> Stage:
    """Return the stage that a text names: its name, a title or an alias.

    Raises:
        UsageError: `unknown-stage`, with the nearest.
    """
    meaning = ctx.stages.get(fold_stage(text))
    if meaning is not None:
        return next(stage for stage in ctx.process.stages if stage.name == meaning[0])
    raise UsageError(problem("unknown-stage", text=text, nearest=_nearest_stage(ctx, text), stages=_names(ctx)))


def _nearest_stage(ctx: Context, text: str) -> str:
    from salescli.services.record.finding import nearest_of

    return nearest_of(fold_stage(text), ctx.stages)


def _names(ctx: Context) -> list[str]:
    return [stage.title.text(ctx.language) for stage in ctx.process.stages]


def _problems(
    ctx: Context,
    found: Deals,
    unknown: dict[str, list[tuple[int | None, int | None]]],
    stageless: list[int],
) -> list[Problem]:
    sources = fetch_sources(ctx.store, {cells[0][0] for cells in unknown.values() if cells[0][0] is not None})
    problems = []
    for text, cells in unknown.items():
        source, row = cells[0]
        where = origin_of(0, source, row, "stage", sources).where
        nearest = _nearest_stage(ctx, text)
        problems.append(
            problem(
                "stage-not-in-process", where, text=text, count=len(cells), nearest=nearest, process=found.process.name
            )
        )
    if stageless:
        first = _first_key(ctx, stageless)
        problems.append(problem("deals-without-stage", severity="warning", count=len(stageless), first=first))
    amended = [each.deal for each in found.histories if each.is_amended]
    if amended:
        first = _first_key(ctx, amended)
        problems.append(problem("stage-beyond-history", severity="warning", count=len(amended), first=first))
    return problems


def _first_key(ctx: Context, deals: list[int]) -> str:
    return record_keys(ctx, ctx.store.registry["deal"], deals[:1])[deals[0]]


def find_dimension(ctx: Context, text: str, of: str = "deal") -> str:
    """Return the dimension a word names, of those that deals, or leads, can be grouped by.

    Raises:
        UsageError: `unknown-dimension`.
    """
    paths = ctx.store.registry[of].paths
    reached = [
        name
        for name, each in GROUPINGS.items()
        if (each.kind == "seat" or name in (*_GRAINS, CAMPAIGN) or paths.get(name)) and name != "stage"
    ]
    for name in reached:
        title = GROUPINGS[name].title
        if text.casefold() in (name, title.zh, title.en.casefold()):
            return name
    raise UsageError(problem("unknown-dimension", text=text, dimensions=reached))


def group_names(ctx: Context, by: str, histories: Iterable[History]) -> dict[int, str]:
    """Return what each deal is grouped under, by entity, in words."""
    none = NONE.text(ctx.language)
    listed = list(histories)
    if by in _GRAINS:
        return {
            each.deal: ctx.calendar.window(WINDOW_GRAINS[by], each.begun).label if each.begun else none
            for each in listed
        }
    groups: dict[int, Any] = {each.deal: each.facts.group for each in listed}
    names: dict[Any, str] = {value: str(value) for value in groups.values()}
    if ref := GROUPINGS[by].ref:
        names.update(record_labels(ctx, ctx.store.registry[ref], {value for value in names if value is not None}))
    names[None] = none
    return {deal: names[value] for deal, value in groups.items()}


def group_order(groups: dict[int, str], by: str, language: str) -> list[str]:
    """Return the groups in the order they are shown: periods by time, others by how many deals they have."""
    counts = Counter(groups.values())
    if by in _GRAINS:
        return sorted(counts)
    none = Title(*NONE).text("zh" if language == "zh" else "en")
    return sorted(counts, key=lambda name: (name == none, -counts[name], name))
