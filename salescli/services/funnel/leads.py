"""Leads, the deals they became and the wins, of a window, by source, campaign, person …"""

from __future__ import annotations

from collections import Counter
from datetime import date

from salescli.core.funnel.grouping import GROUPINGS
from salescli.core.funnel.leads import Lead, compute_lead_funnel
from salescli.core.funnel.path import Path, compute_path
from salescli.core.metrics.dimensions import NONE
from salescli.core.periods import WINDOW_GRAINS
from salescli.core.table import Block
from salescli.reports.funnel.leads import Asked, LeadGroup, LeadLine, build_lead_rows, build_leads, explain_leads
from salescli.services.context import Context
from salescli.services.funnel.histories import find_dimension, gather_deals
from salescli.services.funnel.showing import EVERYTHING, Answer
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.store.leads import LeadRow, fetch_deals_of_leads, fetch_leads
from salescli.store.lineage import fetch_sources, origin_of

_GRAINS = ("month", "quarter", "year")


def show_leads(
    ctx: Context, period_text: str = "", by_text: str = "", *, with_rows: bool = False, with_explanation: bool = False
) -> Answer:
    """Return what became of the leads of a period, or of all.

    Raises:
        UsageError: a period or dimension that does not exist.
    """
    period = None if period_text in EVERYTHING else ctx.parse_period(period_text)
    by = find_dimension(ctx, by_text, "lead") if by_text else ""
    deals = gather_deals(ctx, ctx.on)
    paths = {each.deal: compute_path(each, deals.process) for each in deals.histories}
    rows = {row.lead: row for row in fetch_leads(ctx.store, ctx.on.isoformat(), "" if by in _GRAINS else by)}
    every = [each for each in _leads(ctx, rows, paths) if each.created is None or each.created <= ctx.on]
    picked = [each for each in every if period is None or (each.created is not None and each.created in period)]
    asked = Asked(
        period,
        ctx.on,
        known_line(ctx, [ctx.store.registry["lead"]]),
        GROUPINGS[by].title if by else None,
        len(every),
        sum(each.created is None for each in every) if period is not None else 0,
        " ".join(word for word in ("salescli funnel leads", period_text, by and f"--by {by_text}") if word),
    )
    extra: list[Block] = []
    if with_rows:
        extra.append(build_lead_rows(_lines(ctx, rows, picked)))
    if with_explanation:
        extra.append(explain_leads(asked))
    whole = compute_lead_funnel(picked)
    return Answer(build_leads(asked, whole, _groups(ctx, by, rows, picked), extra), deals.problems)


def _leads(ctx: Context, rows: dict[int, LeadRow], paths: dict[int, Path]) -> list[Lead]:
    of_lead = fetch_deals_of_leads(ctx.store)
    found = []
    for row in rows.values():
        deals = tuple(paths[deal] for deal in sorted(of_lead.get(row.lead, ())) if deal in paths)
        day = row.converted_on[:10] if row.converted_on else ""
        is_converted = day <= ctx.on.isoformat() if day else bool(row.converted)
        found.append(Lead(row.lead, date.fromisoformat(row.created[:10]) if row.created else None, is_converted, deals))
    return found


def _groups(ctx: Context, by: str, rows: dict[int, LeadRow], picked: list[Lead]) -> list[LeadGroup]:
    if not by or not picked:
        return []
    names = _names(ctx, by, rows, picked)
    counts = Counter(names.values())
    none = NONE.text(ctx.language)
    ordered = sorted(counts) if by in _GRAINS else sorted(counts, key=lambda one: (one == none, -counts[one], one))
    return [
        LeadGroup(name, compute_lead_funnel(each for each in picked if names[each.lead] == name)) for name in ordered
    ]


def _names(ctx: Context, by: str, rows: dict[int, LeadRow], picked: list[Lead]) -> dict[int, str]:
    none = NONE.text(ctx.language)
    if by in _GRAINS:
        return {each.lead: _window(ctx, by, each.created) or none for each in picked}
    values = {each.lead: rows[each.lead].group for each in picked}
    names = {value: str(value) for value in values.values()}
    if ref := GROUPINGS[by].ref:
        names.update(record_labels(ctx, ctx.store.registry[ref], {one for one in names if one is not None}))
    names[None] = none
    return {lead: names[value] for lead, value in values.items()}


def _window(ctx: Context, by: str, day: date | None) -> str:
    return "" if day is None else ctx.calendar.window(WINDOW_GRAINS[by], day).label


def _lines(ctx: Context, rows: dict[int, LeadRow], picked: list[Lead]) -> list[LeadLine]:
    ids = [each.lead for each in picked]
    kind, deal = ctx.store.registry["lead"], ctx.store.registry["deal"]
    keys, names = record_keys(ctx, kind, ids), record_labels(ctx, kind, ids)
    deals = record_keys(ctx, deal, {path.history.deal for each in picked for path in each.deals})
    owners = {owner for each in picked if (owner := rows[each.lead].owner) is not None}
    people = record_labels(ctx, ctx.store.registry["person"], owners)
    sources = fetch_sources(ctx.store, {one for each in picked if (one := rows[each.lead].source) is not None})
    lines = []
    for each in picked:
        row = rows[each.lead]
        place = origin_of(0, row.source, row.row, "created", sources).where
        lines.append(
            LeadLine(
                each,
                keys[each.lead],
                names.get(each.lead, ""),
                people.get(row.owner or 0, ""),
                ", ".join(deals[path.history.deal] for path in each.deals),
                str(place) if place.file else "",
            )
        )
    return lines
