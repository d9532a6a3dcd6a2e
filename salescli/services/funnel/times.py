"""How long deals take, and the open ones that have taken longer than any, or nearly any, that was won."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salescli.core.funnel.ageing import Aged, compute_ageing
from salescli.core.funnel.cycle import compute_cycles
from salescli.core.funnel.path import Path, compute_path
from salescli.core.title import Title
from salescli.reports.funnel.times import AgedLine, Asked, build_ageing, build_cycle
from salescli.services.context import Context
from salescli.services.funnel.histories import Deals, gather_deals
from salescli.services.funnel.showing import EVERYTHING, Answer, process_place, why_empty
from salescli.services.knowledge import known_line, record_keys, record_labels


def show_cycle(ctx: Context, period_text: str = "") -> Answer:
    """Return the cycles of the deals that closed in a period; without a period, of all deals, open ones included."""
    period = None if period_text in EVERYTHING else ctx.parse_period(period_text)
    deals = gather_deals(ctx, ctx.on)
    paths = [compute_path(each, deals.process) for each in deals.histories]
    cohort, empty = Title("全部商机", "all deals"), why_empty(deals, None)
    if period is not None:
        ends = sorted(each.ended for each in deals.histories if each.ended is not None)
        paths = [path for path in paths if path.history.ended is not None and path.history.ended in period]
        cohort = Title(f"{period} 结单的商机", f"deals closed in {period}")
        if ends:
            empty = Title(
                f"{period} 没有结单:已结商机结单于 {ends[0]} 至 {ends[-1]}",
                f"no deal closed in {period}: deals closed from {ends[0]} through {ends[-1]}",
            )
    asked = _asked(ctx, deals, cohort, paths, empty)
    return Answer(build_cycle(asked, compute_cycles(paths, deals.process, ctx.on), deals.process), deals.problems)


def show_ageing(ctx: Context, *, with_slow: bool = False, limit: int = 0) -> Answer:
    """Return the open deals by stage, with the stuck ones listed, oldest first; the slow ones too where asked for."""
    deals = gather_deals(ctx, ctx.on)
    paths = [compute_path(each, deals.process) for each in deals.histories]
    ageing = compute_ageing(paths, deals.process, ctx.on)
    listed = [each for each in ageing.deals if each.mark == "stuck" or (with_slow and each.mark == "slow")]
    lines = aged_lines(ctx, deals, listed[:limit] if limit else listed)
    cohort = Title("在手商机", "open deals")
    open_paths = [each.path for each in ageing.deals]
    empty = why_empty(deals, None)
    if deals.histories:
        count = len(deals.histories)
        empty = Title(f"{count:,} 个商机都已结单", f"all of {count:,} deals are closed")
    asked = _asked(ctx, deals, cohort, open_paths, empty)
    return Answer(build_ageing(asked, ageing, deals.process, lines), deals.problems)


def _asked(ctx: Context, deals: Deals, cohort: Title, paths: Sequence[Path], empty: Title) -> Asked:
    kinds = [ctx.store.registry["deal"], ctx.store.registry["stage-change"]]
    inferred = sum(path.history.is_inferred for path in paths)
    return Asked(cohort, deals.on, known_line(ctx, kinds), process_place(ctx), inferred, len(paths), empty)


def aged_lines(ctx: Context, deals: Deals, listed: Sequence[Aged]) -> list[AgedLine]:
    """Return open deals in words."""
    kind = ctx.store.registry["deal"]
    ids = [each.deal for each in listed]
    keys, names = record_keys(ctx, kind, ids), record_labels(ctx, kind, ids)
    people = _labels(ctx, "person", (each.path.history.facts.owner for each in listed))
    customers = _labels(ctx, "customer", (deals.rows[each.deal].customer for each in listed))
    found = []
    for each in listed:
        facts, customer = each.path.history.facts, deals.rows[each.deal].customer
        owner = people.get(facts.owner, "") if facts.owner is not None else ""
        client = customers.get(customer, "") if customer is not None else ""
        amount, currency = each.path.history.amount_e4, facts.currency or ctx.currency
        found.append(AgedLine(each, keys[each.deal], names.get(each.deal, ""), client, owner, amount, currency))
    return found


def _labels(ctx: Context, kind: str, ids: Iterable[int | None]) -> dict[int, str]:
    return record_labels(ctx, ctx.store.registry[kind], {one for one in ids if one is not None})
