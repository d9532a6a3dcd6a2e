"""The facts of the morning screen, with as little reading as they allow."""

from __future__ import annotations

from datetime import date

from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import Period, month_of
from salescli.core.table import Block, Report, Table
from salescli.core.title import Title
from salescli.errors import SalesCliError
from salescli.reports.status import HeldType, StatusFacts, Waiting, build_status_report
from salescli.services.context import Context
from salescli.store.batches import in_force, latest_batch
from salescli.store.claims import sum_claims
from salescli.store.entities import is_mastered
from salescli.store.metric_sql import fetch_measured
from salescli.store.runs import closed_runs, fetch_runs
from salescli.store.schema import table_of
from salescli.store.state import condition, count_records


def show_status(context: Context) -> Report:
    """Return the morning screen of a workspace."""
    month = month_of(context.on)
    held = _held(context)
    known = context.store.known if context.store.known is not None else latest_batch(context.store)
    waiting = _waiting(context, held)
    commission, steps = _commission(context, month)
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
            standing=_standing(context, month),
            next=steps,
        )
    )


def _held(context: Context) -> tuple[HeldType, ...]:
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


def _waiting(context: Context, held: tuple[HeldType, ...]) -> tuple[Waiting, ...]:
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
    found += [*_unclaimed(context), *_claims(context)]
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


def _code(context: Context, currency: str) -> str:
    """Name a currency that is not the workspace's own."""
    return "" if currency in ("", context.currency) else f" ({currency})"


def _commission(context: Context, month: Period) -> tuple[Title, tuple[str, ...]]:
    """Say through which month commission is closed, and what draft is open."""
    closed = closed_runs(context.store, "commission")
    drafts = [
        run for run in fetch_runs(context.store, "commission") if run.state == "draft" and run.period not in closed
    ]
    last = max(closed, default="")
    zh = f"提成已关账至 {last}" if last else "提成尚未关账"
    en = f"commission closed through {last}" if last else "no commission month is closed"
    if drafts:
        zh, en = f"{zh} · 草稿 {drafts[0].period}", f"{en} · draft {drafts[0].period}"
        return Title(zh, en), (f"salescli commission show {drafts[0].period}",)
    return Title(zh, en), ()


def _standing(context: Context, month: Period) -> tuple[Block, ...]:
    """Attainment of the month by team, where there are targets."""
    if not context.store.db.execute(
        f'SELECT 1 FROM "target" WHERE {condition(context.store.known)} LIMIT 1'
    ).fetchone():
        return ()
    from salescli.services.quota.attainment import show_attainment

    try:
        report = show_attainment(context, month)
    except SalesCliError:
        return ()  # no target in this month, or of several metrics: `quota attainment` says which
    return tuple(block for block in report.blocks if isinstance(block, Table))[:1]
