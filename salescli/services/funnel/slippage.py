"""Slippage of expected closes, from what the store's versions of each deal said."""

from __future__ import annotations

from datetime import date

from salescli.core.funnel.grouping import GROUPINGS
from salescli.core.funnel.slippage import Commitment, Promise, Saying, compute_slippage, trace_promise
from salescli.core.table import Block
from salescli.reports.funnel.slippage import Asked, SlipLine, build_slippage, build_slips, explain_slippage
from salescli.services.context import Context
from salescli.services.funnel.histories import Deals, find_dimension, fold_stage, gather_deals, group_names, group_order
from salescli.services.funnel.showing import EVERYTHING, Answer
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.store.expected_days import ExpectedRow, fetch_expected
from salescli.store.lineage import fetch_sources, origin_of


def show_slippage(
    ctx: Context, period_text: str = "", by_text: str = "", *, with_rows: bool = False, with_explanation: bool = False
) -> Answer:
    """Return how expected closes moved, of the deals promised for a period, or of all.

    Raises:
        UsageError: a period or dimension that does not exist.
    """
    period = None if period_text in EVERYTHING else ctx.parse_period(period_text)
    by = find_dimension(ctx, by_text) if by_text else ""
    deals = gather_deals(ctx, ctx.on, by)
    said = fetch_expected(ctx.store)
    promises = _promises(ctx, deals, said)
    found = compute_slippage(promises, period)
    groups: list[tuple[str, list[Commitment]]] = []
    if by and found:
        names = group_names(ctx, by, [each.promise.history for each in found])
        for name in group_order(names, by, ctx.language):
            groups.append((name, [each for each in found if names[each.promise.history.deal] == name]))
    asked = Asked(
        period,
        deals.on,
        known_line(ctx),
        GROUPINGS[by].title if by else None,
        ctx.currency,
        len(promises),
        sum(len(each.sayings) > 1 for each in promises),
        len(deals.rows),
        " ".join(word for word in ("salescli funnel slippage", period_text, by and f"--by {by_text}") if word),
    )
    extra: list[Block] = []
    if with_rows:
        extra.append(build_slips(asked, _lines(ctx, deals, found)))
    if with_explanation:
        extra.append(explain_slippage(asked))
    return Answer(build_slippage(asked, found, groups, extra), deals.problems)


def _promises(ctx: Context, deals: Deals, said: dict[int, list[ExpectedRow]]) -> list[Promise]:
    found = []
    for history in deals.histories:
        sayings = [_saying(ctx, each) for each in said.get(history.deal, ())]
        if (promise := trace_promise(history, sayings)) is not None:
            found.append(promise)
    return found


def _saying(ctx: Context, row: ExpectedRow) -> Saying:
    meaning = ctx.stages.get(fold_stage(row.stage)) if row.stage else None
    is_open = meaning is None or meaning[1] not in ("won", "lost")
    expected = date.fromisoformat(row.expected[:10]) if row.expected else None
    return Saying(row.batch, expected, row.amount_e4, is_open, row.source, row.row)


def _lines(ctx: Context, deals: Deals, found: list[Commitment]) -> list[SlipLine]:
    kind = ctx.store.registry["deal"]
    ids = [each.promise.history.deal for each in found]
    keys, names = record_keys(ctx, kind, ids), record_labels(ctx, kind, ids)
    owners = {owner for each in found if (owner := each.promise.history.facts.owner) is not None}
    people = record_labels(ctx, ctx.store.registry["person"], owners)
    last = [each.promise.sayings[-1] for each in found]
    sources = fetch_sources(ctx.store, {each.source for each in last if each.source is not None})
    lines = []
    for each, saying in zip(found, last, strict=True):
        place = origin_of(0, saying.source, saying.row, "expected", sources).where
        facts = each.promise.history.facts
        lines.append(
            SlipLine(
                each,
                keys[facts.deal],
                names.get(facts.deal, ""),
                people.get(facts.owner or 0, ""),
                deals.process.stages[each.promise.history.last.place].title,
                str(place) if place.file else "",
            )
        )
    return lines
