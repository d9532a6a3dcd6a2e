"""The deals closed in a period: against whom, why, and from which stage they were lost."""

from __future__ import annotations

from salescli.core.analysis.outcomes import Closed
from salescli.core.funnel.model import History
from salescli.errors import problem
from salescli.reports.declaration import OutcomesNeed
from salescli.reports.outcomes import Outcomes
from salescli.services.context import Context
from salescli.services.funnel.histories import fold_stage, gather_deals
from salescli.services.quota.figures import add_note
from salescli.store.state import fetch_images


def measure_outcomes(ctx: Context, need: OutcomesNeed) -> Outcomes:
    """Return the deals closed in a period; amounts in other currencies are said and left out, never added."""
    kind, period = ctx.store.registry["deal"], need.period
    if not ctx.stages or not any(stage.is_live for stage in ctx.process.stages):
        return Outcomes((), {}, ctx.currency)
    images = fetch_images(
        ctx.store, kind, '"closed" >= ? AND "closed" < ?', (period.start.isoformat(), period.end.isoformat())
    )
    closed = {entity: image for entity, image in images.items() if _kind(ctx, image["stage"]) in ("won", "lost")}
    histories = {one.deal: one for one in gather_deals(ctx, ctx.on).histories} if closed else {}
    found = []
    for entity, image in closed.items():
        is_won, history = _kind(ctx, image["stage"]) == "won", histories.get(entity)
        value = image["amount"]
        if not is_won:
            value = history.amount_e4 if history else value or None
        currency = str(image["currency"] or ctx.currency)
        if value and currency != ctx.currency:
            add_note(ctx, problem("other-currency", metric="deals-lost", currency=currency, severity="warning"))
            value = None
        stage = None if is_won or history is None else _last_stage(ctx, history)
        found.append(Closed(is_won, image["competitor"] or None, image["lost_reason"] or None, stage, value))
    return Outcomes(tuple(found), {stage.place: stage.title for stage in ctx.process.stages}, ctx.currency)


def _kind(ctx: Context, text: object) -> str:
    meaning = ctx.stages.get(fold_stage(str(text or "")))
    return meaning[1] if meaning else ""


def _last_stage(ctx: Context, history: History) -> int | None:
    """Return the stage it was last open in; None where its stage changes do not say."""
    if history.is_inferred:
        return None
    live = [visit.place for visit in history.visits if ctx.process.stages[visit.place].is_live]
    return live[-1] if live else None
