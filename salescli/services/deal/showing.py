"""Deals: the open ones with their ages, and one with its way through the stages."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.funnel.ageing import Aged, Ageing, compute_ageing
from salescli.core.funnel.model import History
from salescli.core.funnel.path import Path, compute_path
from salescli.core.money import from_e4
from salescli.core.table import Column, Value
from salescli.core.title import Title
from salescli.errors import Refused, problem
from salescli.reports.deals import DealFactsShown, StayLine, build_deal, build_deals
from salescli.services.context import Context
from salescli.services.funnel.behind import cell_places
from salescli.services.funnel.histories import Deals, find_stage, gather_deals
from salescli.services.funnel.showing import Answer
from salescli.services.funnel.times import aged_lines
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.services.record.finding import find_record
from salescli.services.record.showing import images_on, names_of, shown

_SHOWN = ("customer", "owner", "product", "amount", "probability", "expected", "source", "competitor", "note")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which deals to list: of a stage, of an owner, only the stuck ones; closed ones too where `with_closed`."""

    stage: str = ""
    owner: str = ""
    is_stuck: bool = False
    with_closed: bool = False
    limit: int = 0


def list_deals(ctx: Context, request: ListRequest) -> Answer:
    """Return deals, oldest first: the open ones, unless a stage that ends deals is asked for.

    Raises:
        UsageError: an owner or stage that does not exist.
    """
    stage = find_stage(ctx, request.stage) if request.stage else None
    owner = find_record(ctx, ctx.store.registry["person"], request.owner) if request.owner else None
    deals = gather_deals(ctx, ctx.on)
    paths = [compute_path(each, deals.process) for each in deals.histories]
    ageing = compute_ageing(paths, deals.process, ctx.on)
    listed = list(ageing.deals)
    if request.with_closed or (stage is not None and not stage.is_live):
        listed += [_closed(each, deals) for each in paths if each.history.outcome != "open"]
    total = len(listed)
    if stage is not None:
        listed = [each for each in listed if each.stage is stage]
    if owner is not None:
        listed = [each for each in listed if each.path.history.facts.owner == owner]
    if request.is_stuck:
        listed = [each for each in listed if each.mark == "stuck"]
    lines = aged_lines(ctx, deals, listed[: request.limit] if request.limit else listed)
    kinds = [ctx.store.registry["deal"], ctx.store.registry["stage-change"]]
    words = _words(ctx, request, stage.title if stage else None, owner)
    report = build_deals(words, lines, len(listed), ageing, known_line(ctx, kinds), _why_none(deals, total, words))
    return Answer(report, deals.problems)


def _closed(path: Path, deals: Deals) -> Aged:
    history: History = path.history
    return Aged(path, deals.process.stages[history.last.place], history.cycle, None, "")


def _words(ctx: Context, request: ListRequest, stage: Title | None, owner: int | None) -> tuple[Title, ...]:
    said = [Title("全部", "all") if request.with_closed else Title("在手", "open")] if stage is None else [stage]
    if owner is not None:
        name = record_labels(ctx, ctx.store.registry["person"], [owner])[owner]
        said.append(Title(name, name))
    if request.is_stuck:
        said.append(Title("停滞", "stuck"))
    return tuple(said)


def _why_none(deals: Deals, total: int, words: tuple[Title, ...]) -> Title:
    if not deals.rows:
        return Title("还没有商机", "there are no deals yet")
    asked = Title("、".join(word.zh for word in words), ", ".join(word.en for word in words))
    return Title(
        f"{len(deals.histories):,} 个商机({total:,} 个在列)中没有符合“{asked.zh}”的",
        f"none of {len(deals.histories):,} deals is: {asked.en}",
    )


def show_deal(ctx: Context, text: str) -> Answer:
    """Return one deal: what it is, where it stands beside the won ones, and its stays in the stages.

    Raises:
        UsageError: there is no such deal, or several.
        Refused: it had not begun by the day asked.
    """
    kind = ctx.store.registry["deal"]
    entity, key = find_deal(ctx, text)
    deals = gather_deals(ctx, ctx.on)
    history = next((each for each in deals.histories if each.deal == entity), None)
    if history is None:
        raise Refused(problem("deal-without-history", deal=key, on=ctx.on.isoformat()))
    ageing = compute_ageing([compute_path(each, deals.process) for each in deals.histories], deals.process, ctx.on)
    aged = next((each for each in ageing.deals if each.deal == entity), None)
    image = images_on(ctx, kind)[entity]
    fields = [kind[name] for name in _SHOWN]
    names = names_of(ctx, fields, [image])
    currency = history.facts.currency or ctx.currency
    items: list[tuple[Column, Value]] = []
    for each in fields:
        value = shown(each, image.get(each.name), names)
        if each.name == "amount":
            value = None if history.amount_e4 is None else from_e4(history.amount_e4)
        if value not in (None, ""):
            items.append((Column(each.name, each.title, each.kind.shown_as, currency=currency), value))
    label = record_labels(ctx, kind, [entity])[entity]
    facts = DealFactsShown(
        key, label if label != key else "", history, aged, ageing.won, _limit(ageing, aged, deals), items
    )
    return Answer(build_deal(facts, _stays(ctx, deals, history), deals.process, known_line(ctx, [kind])), [])


def _limit(ageing: Ageing, aged: Aged | None, deals: Deals) -> int | None:
    return ageing.limits[deals.process.step_of[aged.stage.place]] if aged is not None else None


def _stays(ctx: Context, deals: Deals, history: History) -> list[StayLine]:
    places = cell_places(deals, ctx, [(history, visit) for visit in history.visits])
    found = []
    for visit, place in zip(history.visits, places, strict=True):
        lasting = visit is history.last and history.outcome == "open" and visit.entered is not None
        days = (deals.on - visit.entered).days if lasting and visit.entered else visit.days
        amount = None if visit.amount_e4 is None else from_e4(visit.amount_e4)
        stage = deals.process.stages[visit.place].title
        found.append(StayLine(stage, visit.entered, days, lasting, amount, place, visit.record is not None))
    return found


def find_deal(ctx: Context, text: str) -> tuple[int, str]:
    """Return a deal and its key.

    Raises:
        UsageError: there is no such deal, or several.
    """
    kind = ctx.store.registry["deal"]
    entity = find_record(ctx, kind, text)
    return entity, record_keys(ctx, kind, [entity])[entity]
