"""What waits for someone: records only mentioned, money that reaches nobody, receipts without a contract."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.reports.status import HeldType, Waiting
from salescli.services.context import Context
from salescli.store.claims import sum_claims
from salescli.store.metric_sql import fetch_measured
from salescli.store.state import fetch_images


def find_waiting(context: Context, held: Sequence[HeldType]) -> tuple[Waiting, ...]:
    """Return what waits, each with the command that deals with it."""
    found = [
        Waiting(
            Title(f"{one.title.zh}只被提及,还没有清单", f"{one.title.en} records only mentioned, no list yet"),
            one.count,
            None,
            f"salescli import … --as {one.name}",
        )
        for one in held
        if one.is_provisional
    ]
    found += [*_unclaimed(context), *_claims(context), *_disputes(context)]
    return tuple(found)


def _claims(context: Context) -> list[Waiting]:
    """Receipts that name no contract, in each currency, with the oldest; what they may be is not looked for here."""
    found = []
    for one in sum_claims(context.store):
        code, oldest = _code(context, one.currency), one.oldest[:10]
        title = Title(f"回款没有合同{code},最早 {oldest}", f"Receipts without a contract{code}, since {oldest}")
        found.append(Waiting(title, one.count, from_e4(one.amount), "salescli receipt claims"))
    return found


def _unclaimed(context: Context) -> list[Waiting]:
    """Receipts of the fiscal year so far that are in nobody's credit, in each currency."""
    if "receipts" not in context.catalogue:
        return []
    year = context.calendar.window("year", context.on)
    (metric, _), *_ = context.catalogue.base_parts("receipts")
    rows = fetch_measured(
        context.store, metric, Query("receipts", ("person",), year), context.calendar, context.on.isoformat()
    )
    found = []
    for row in rows:
        if row.group == (None,) and row.count:
            code = _code(context, row.currency)
            since = year.start.isoformat()
            title = Title(f"回款没有归属人{code},自 {since}", f"Receipts that reach nobody{code}, since {since}")
            step = "salescli metric show receipts --by person --rows"
            found.append(Waiting(title, row.count, from_e4(row.value), step))
    return found


def _disputes(context: Context) -> list[Waiting]:
    """Questions about commission that nobody has answered, with the oldest month."""
    images = fetch_images(context.store, context.store.registry["dispute"], "COALESCE(state, 'open') = 'open'")
    if not images:
        return []
    oldest = min(one["month"] for one in images.values())
    title = Title(f"提成疑问待答复,最早 {oldest}", f"Disputes that wait for an answer, since {oldest}")
    return [Waiting(title, len(images), None, "salescli record list dispute --where state=open")]


def _code(context: Context, currency: str) -> str:
    """Name a currency that is not the workspace's own."""
    return "" if currency in ("", context.currency) else f" ({currency})"
