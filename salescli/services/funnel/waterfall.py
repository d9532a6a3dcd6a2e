"""The waterfall of the pipeline between two days, or between two states of the store, with the deals behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salescli.core.funnel.grouping import GROUPINGS
from salescli.core.funnel.standing import standing_of
from salescli.core.funnel.waterfall import Flow, Standing, Step, Waterfall, compute_waterfall
from salescli.core.metrics.dimensions import NONE
from salescli.core.periods import Period
from salescli.core.table import Block
from salescli.errors import Problem, UsageError, problem
from salescli.reports.funnel.waterfall import (
    STEPS,
    Asked,
    FlowLine,
    SideLine,
    build_flows,
    build_waterfall,
    explain_waterfall,
)
from salescli.services.context import Context
from salescli.services.funnel.behind import cell_places
from salescli.services.funnel.histories import Deals, find_dimension, gather_deals, group_names
from salescli.services.funnel.showing import Answer
from salescli.services.knowledge import known_batch, record_keys, record_labels
from salescli.store.batches import parse_known
from salescli.store.edits import fetch_seats_on

_GRAINS = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class WaterfallRequest:
    """What is asked: two days or one period; `known` is `--known` as typed, `A..B` for two states of the store."""

    start: str = ""
    end: str = ""
    known: str = ""
    closing: str = ""
    by: str = ""
    step: str = ""
    with_rows: bool = False
    with_explanation: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: the day and the state of knowledge, its deals, how each stood, and how many tell a past amount."""

    on: date
    batch: int
    deals: Deals
    standings: dict[int, Standing]
    labels: dict[str, str]
    dated_amounts: set[int]


def show_waterfall(ctx: Context, request: WaterfallRequest) -> Answer:
    """Return how the pipeline came from one side to the other.

    Raises:
        UsageError: no two sides to compare, or a window, step or dimension that does not exist.
    """
    window = ctx.parse_period(request.closing) if request.closing else None
    by = find_dimension(ctx, request.by) if request.by else ""
    step = _find_step(request.step)
    days, known = _bounds(ctx, request)
    sides = []
    for day, batch in zip(days, known, strict=True):
        ctx.store.at(batch)
        sides.append(_side(ctx, day, by))
    before, after = sides
    found = compute_waterfall(before.standings, after.standings, window)
    asked = _asked(ctx, request, before, after, window, found)
    labels = {**before.labels, **after.labels}
    extra: list[Block] = []
    if request.with_rows or step:
        picked = [each for each in found.flows if each.step == step or (not step and each.step not in ("start", "end"))]
        extra.append(build_flows(step, _flow_lines(ctx, before, after, picked, labels), by=asked.by))
    if request.with_explanation:
        extra.append(explain_waterfall(asked))
    return Answer(build_waterfall(asked, found, labels, extra), _problems(before, after))


def _find_step(text: str) -> Step | Literal[""]:
    for name, title in STEPS.items():
        if text.casefold() in (name, title.zh, title.en.casefold()):
            return name
    if text:
        raise UsageError(problem("unknown-step", text=text, steps=list(STEPS)))
    return ""


def _bounds(ctx: Context, request: WaterfallRequest) -> tuple[list[date], list[int | None]]:
    first, dots, last = request.known.partition("..")
    texts = [first.strip(), last.strip()] if dots else [request.known, request.known]
    known = [parse_known(ctx.store, text) if text else None for text in texts]
    if request.start:
        days = _days(ctx, request.start, request.end)
    elif dots:
        days = [min(ctx.on, _day_of(text) or ctx.on) for text in texts]
    else:
        raise UsageError(problem("waterfall-of-what"))
    if dots and _is_backward(known):
        raise UsageError(problem("waterfall-not-forward", start=texts[0] or "…", end=texts[1]))
    later = known[1] is None or (known[0] is not None and known[0] < known[1])
    if days[0] > days[1] or (days[0] == days[1] and not (dots and later)):
        raise UsageError(problem("waterfall-not-forward", start=str(days[0]), end=str(days[1])))
    return days, known


def _is_backward(known: list[int | None]) -> bool:
    """Tell whether the second state of the store is before the first; None is the newest."""
    first, last = known
    return last is not None and (first is None or first > last)


def _days(ctx: Context, start: str, end: str) -> list[date]:
    """Two days, each at its end; one period means the day before it and its last day. Nothing is read of the future."""
    period = ctx.parse_period(start)
    if not end:
        return [period.start - timedelta(days=1), min(ctx.on, period.last_day)]
    return [period.last_day, min(ctx.on, ctx.parse_period(end).last_day)]


def _day_of(text: str) -> date | None:
    return None if not text or text.isdigit() else date.fromisoformat(text[:10])


def _side(ctx: Context, on: date, by: str) -> _Side:
    by_deal = GROUPINGS[by].kind != "seat" and by != "person" if by else False
    deals = gather_deals(ctx, on, by if by_deal else "")
    groups, labels = _groups(ctx, deals, by)
    restated, dated = _stated(deals, on)
    standings = {
        each.deal: standing_of(
            each, is_restated=each.deal in restated, currency=ctx.currency, group=groups.get(each.deal, "")
        )
        for each in deals.histories
    }
    return _Side(on, known_batch(ctx), deals, standings, labels, dated)


def _stated(deals: Deals, on: date) -> tuple[set[int], set[int]]:
    """Return the deals of which a later change says an amount, and those of which any does."""
    said = [row for row in deals.changes.values() if row.amount_e4 is not None]
    return {row.deal for row in said if row.at[:10] > on.isoformat()}, {row.deal for row in said}


def _groups(ctx: Context, deals: Deals, by: str) -> tuple[dict[int, str], dict[str, str]]:
    """Return the group of each deal on the day of its side, and what groups are called: people move, names change."""
    if not by:
        return {}, {}
    if by in _GRAINS:
        names = group_names(ctx, by, deals.histories)
        return names, {name: name for name in names.values()}
    seats = fetch_seats_on(ctx.store, deals.on.isoformat()) if GROUPINGS[by].kind == "seat" else {}
    values: dict[int, object] = {}
    for each in deals.histories:
        owner = each.facts.owner
        if GROUPINGS[by].kind == "seat":
            values[each.deal] = seats.get(owner, {}).get(by) if owner is not None else None
        else:
            values[each.deal] = owner if by == "person" else each.facts.group
    labels = {str(value): str(value) for value in values.values() if value is not None}
    if ref := GROUPINGS[by].ref:
        ids = {value for value in values.values() if isinstance(value, int)}
        labels = {str(key): name for key, name in record_labels(ctx, ctx.store.registry[ref], ids).items()}
    labels[""] = NONE.text(ctx.language)
    return {deal: "" if value is None else str(value) for deal, value in values.items()}, labels


def _flow_lines(ctx: Context, before: _Side, after: _Side, flows: list[Flow], labels: dict[str, str]) -> list[FlowLine]:
    kind = ctx.store.registry["deal"]
    ids = {each.deal for each in flows}
    keys, names = record_keys(ctx, kind, ids), record_labels(ctx, kind, ids)
    histories = {each.deal: (side.deals, each) for side in (before, after) for each in side.deals.histories}
    owners = {each.facts.owner for _, each in histories.values() if each.facts.owner is not None}
    people = record_labels(ctx, ctx.store.registry["person"], owners)
    places: dict[int, str] = {}
    for side in (before, after):
        pairs = {each.deal: (each, each.last) for each in side.deals.histories if histories[each.deal][0] is side.deals}
        wanted = [deal for deal in pairs if deal in ids]
        found = cell_places(side.deals, ctx, [pairs[deal] for deal in wanted])
        places.update(zip(wanted, found, strict=True))
    lines = []
    for flow in flows:
        _, history = histories[flow.deal]
        owner = people.get(history.facts.owner or 0, "")
        group = labels.get(flow.group, "")
        lines.append(FlowLine(flow, keys[flow.deal], names.get(flow.deal, ""), owner, group, places[flow.deal]))
    return lines


def _asked(
    ctx: Context, request: WaterfallRequest, before: _Side, after: _Side, window: Period | None, found: Waterfall
) -> Asked:
    started = {each.deal for each in found.flows if each.step == "start"}
    is_same = before.batch == after.batch
    command = ["salescli funnel waterfall", request.start, request.end]
    for option, value in (("--known", request.known), ("--closing", request.closing), ("--by", request.by)):
        command += [option, value] if value else []
    return Asked(
        SideLine(before.on, before.batch),
        SideLine(after.on, after.batch),
        window,
        GROUPINGS[find_dimension(ctx, request.by)].title if request.by else None,
        len(started),
        len(started - before.dated_amounts) if is_same else 0,
        sum(
            each.amount_e4 is None
            for side in (before, after)
            for each in side.standings.values()
            if each.stands(window)
        ),
        len(after.deals.rows),
        " ".join(word for word in command if word),
    )


def _problems(before: _Side, after: _Side) -> list[Problem]:
    found = list(after.deals.problems)
    said = {(each.name, each.where) for each in found}
    return found + [each for each in before.deals.problems if (each.name, each.where) not in said and each.where.file]
