"""The facts of the morning screen, with as little reading as they allow."""

from __future__ import annotations

from datetime import date

from salescli.core.periods import month_of
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.reports.status import HeldType, StatusFacts, build_status_report
from salescli.services.context import Context
from salescli.services.status.changes import find_changes
from salescli.services.status.standing import find_standings
from salescli.services.status.waiting import find_waiting
from salescli.store.batches import in_force, latest_batch
from salescli.store.entities import is_mastered
from salescli.store.payments import fetch_paid_months
from salescli.store.runs import closed_runs, fetch_events, fetch_runs
from salescli.store.schema import table_of
from salescli.store.state import condition, count_records


def show_status(context: Context) -> Report:
    """Return the morning screen of a workspace."""
    month = month_of(context.on)
    held = find_held(context)
    known = context.store.known if context.store.known is not None else latest_batch(context.store)
    waiting = find_waiting(context, held)
    commission, steps = _commission(context)
    changes = find_changes(context)
    return build_status_report(
        StatusFacts(
            name=context.workspace.settings.name,
            currency=context.currency,
            month=month,
            today=context.on,
            known=known,
            data_through=_data_through(context),
            held=held,
            waiting=waiting,
            commission=commission,
            standings=find_standings(context, month, changes.before),
            changes=changes.batches,
            since=changes.since,
            next=steps,
        ),
        context.language,
    )


def find_held(context: Context) -> tuple[HeldType, ...]:
    """Return what the store holds, by type."""
    store, live, found = context.store, in_force(context.store), []
    for kind in store.registry.types:
        if kind.internal or not (count := count_records(store, kind)):
            continue
        latest = None
        if kind.date:
            column = f'max(substr("{kind[kind.date].column}", 1, 10))'
            (newest,) = store.db.execute(
                f'SELECT {column} FROM "{table_of(kind)}" WHERE {condition(store.known)}'
            ).fetchone()
            latest = date.fromisoformat(newest) if newest and len(newest) == 10 else None
        found.append(
            HeldType(kind.titles, kind.name, count, latest, kind.introduces and not is_mastered(store, kind, live))
        )
    return tuple(found)


def _data_through(context: Context) -> date | None:
    """The newest day of what has happened: money, orders, contracts, closed deals; plans and calendars lie ahead."""
    days = []
    for name in ("receipt", "refund", "order-line", "contract", "deal", "delivery"):
        kind = context.store.registry[name]
        column, known = kind[kind.date].column, condition(context.store.known)
        (newest,) = context.store.db.execute(
            f'SELECT max("{column}") FROM "{table_of(kind)}" WHERE {known} AND "{column}" <= ?',
            (context.on.isoformat(),),
        ).fetchone()
        if newest:
            days.append(date.fromisoformat(newest[:10]))
    return max(days, default=None)


def _commission(context: Context) -> tuple[Title, tuple[str, ...]]:
    """Say through which month commission is closed and paid, and what draft is open."""
    closed = closed_runs(context.store, "commission")
    drafts = [
        run for run in fetch_runs(context.store, "commission") if run.state == "draft" and run.period not in closed
    ]
    last = max(closed, default="")
    zh = f"提成已关账至 {last}" if last else "提成尚未关账"
    en = f"commission closed through {last}" if last else "no commission month is closed"
    if paid := [month for month in fetch_paid_months(context.store) if month in closed]:
        zh, en = f"{zh},已发放至 {max(paid)}", f"{en}, paid through {max(paid)}"
    if drafts:
        is_approved = any(event.event == "approved" for event in fetch_events(context.store, drafts[0].id))
        zh, en = f"{zh} · 草稿 {drafts[0].period}", f"{en} · draft {drafts[0].period}"
        if is_approved:
            zh, en = f"{zh}(已批准)", f"{en} (approved)"
        return Title(zh, en), (f"salescli commission show {drafts[0].period}",)
    return Title(zh, en), ()
