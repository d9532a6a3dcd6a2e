"""A base metric as one SELECT over stored integers, grouped by whatever is asked.

SQL adds stored integers and never multiplies two of them. Credits are folded to (person, day), or to
(person, month) where nothing changes inside one, and attributed to teams and periods afterwards.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from salescli.core.metrics.model import PER_RECORD, BaseMetric
from salescli.core.metrics.query import Measured, Query
from salescli.core.money import E4
from salescli.core.periods import FiscalCalendar, Period, WindowGrain, windows_in
from salescli.store.collected import join_collected
from salescli.store.connection import Store
from salescli.store.contract_lines import prepare_lines
from salescli.store.first_ever import join_first_ever
from salescli.store.frames import prepare
from salescli.store.metric_credit import aggregate_sql, credit_sql, currency_sql, distinct_sql, scale_of, value_sql
from salescli.store.metric_filters import conditions_sql
from salescli.store.metric_paths import Plan, dimension_sql, field_at, source_sql
from salescli.store.refund_parts import is_empty, prepare_refunds
from salescli.store.schema import table_of
from salescli.store.state import condition

SEAT_DIMENSIONS = ("team", "manager", "role")
TIME_DIMENSIONS: tuple[WindowGrain, ...] = ("month", "quarter", "year")


def fetch_measured(
    store: Store, metric: BaseMetric, query: Query, calendar: FiscalCalendar, on: str, *, below: bool = False
) -> list[Measured]:
    """Run one base metric and return exact integers per group and currency.

    `on` (ISO) is the day for records that have no date. `below` rolls teams up: each credit counts in every team above,
    as the hierarchy was on its day.
    """
    sql, values = build_select(store, metric, query, calendar, on, below=below)
    width, scale = len(query.by), scale_of(store, metric)
    found = []
    for row in store.db.execute(sql, values):
        value, count = row[width + 1] or 0, row[width + 2]
        assert isinstance(value, int), "SQLite left the integers"
        found.append(Measured(tuple(row[:width]), row[width] or "", value * scale, count))
    return found


def build_select(
    store: Store, metric: BaseMetric, query: Query, calendar: FiscalCalendar, on: str, *, below: bool = False
) -> tuple[str, list[Any]]:
    """Return the SELECT and its values: group columns, currency, value, count.

    Of a percentile each different value is a line of its own: it is folded in core.
    """
    plan = start_plan(store, metric, query, on)
    person, value = credit_sql(plan, needs_person=_needs_person(query, metric))
    inner: dict[str, str] = {}
    for name in query.by:
        if name == "person" or name in SEAT_DIMENSIONS:
            inner["person"] = person
        elif name == "day" or name in TIME_DIMENSIONS:
            continue
        else:
            inner[name] = dimension_sql(plan, name)
    is_attributed = any(name in SEAT_DIMENSIONS or name in TIME_DIMENSIONS for name in query.by)
    if is_attributed or "day" in query.by:
        inner["day"] = _folded_day(plan, query, below=below)
    where = conditions_sql(plan, query)
    currency = currency_sql(plan)
    columns = [f"{sql} AS {_quoted(name)}" for name, sql in inner.items()]
    is_distinct = is_attributed and metric.value.kind == "distinct"
    is_each = metric.value.kind == "percentile"
    what = distinct_sql(plan) if is_distinct else value if is_each else aggregate_sql(plan, value)
    columns += [f"{currency} AS currency", f"{what} AS value", "count(*) AS counted"]
    groups = ", ".join(str(place + 1) for place in range(len(inner) + 1 + (is_distinct or is_each)))
    select = f"SELECT {', '.join(columns)}\nFROM {source_sql(plan)}\nWHERE {where}\nGROUP BY {groups}"
    if not is_attributed:
        order = ", ".join([*(f"c.{_quoted(name)}" for name in query.by), "c.currency", "c.value", "c.counted"])
        return f"SELECT {order} FROM (\n{select}\n) AS c", plan.values
    # What is counted once may not be folded first: the same customer on two days is one customer.
    total = f"count(DISTINCT c.value) * {E4}" if is_distinct else "c.value" if is_each else "sum(c.value)"
    return _attributed(plan, query, select, calendar, total, below=below), plan.values


def fetch_rows(store: Store, metric: BaseMetric, query: Query, on: str) -> list[tuple[Any, ...]]:
    """Return the records behind a figure, one line per credit.

    Columns: entity, day, person, value before the split, share_from, share_to (None where not split), credit,
    currency, source id, source row.
    """
    plan = start_plan(store, metric, query, on)
    person, value = credit_sql(plan, needs_person=True)
    whole = value_sql(plan)
    where = conditions_sql(plan, query)
    shares = ("s.share_from", "s.share_to") if "AS s " in source_sql(plan) else ("NULL", "NULL")
    day, currency = plan.day, currency_sql(plan)
    select = (
        f"SELECT t.id, {day}, {person}, {whole}, {shares[0]}, {shares[1]}, {value}, {currency}, "
        "t.source_id, t.source_row\n"
        f"FROM {source_sql(plan)}\nWHERE {where}\nORDER BY 2, 1, 5"
    )
    return store.db.execute(select, plan.values).fetchall()


def start_plan(store: Store, metric: BaseMetric, query: Query, on: str) -> Plan:
    """Begin the SELECT of a metric: the frames it joins are built."""
    prepare(store, "seat", "split", "dated", *(("overlay",) if metric.credit == "overlay" else ()))
    kind = store.registry[metric.of]
    plan = Plan(store, metric, kind, on)
    if parts := _parts_frame(plan):
        plan.has_parts, plan.parts = True, parts
    if metric.value.kind == "first-ever":
        join_first_ever(plan)
    elif metric.value.kind == "collected":
        join_collected(plan, query)
    return plan


def _parts_frame(plan: Plan) -> str:
    """Build the frame of the parts of receipts or refunds and return its name; "" where each is whole."""
    store, metric, of = plan.store, plan.metric, plan.kind.name
    finds, is_sum = metric.finds_receipts, metric.value.kind == "sum"
    if of in ("receipt", "refund") and is_sum and (frame := prepare_lines(store, finds=finds)):
        return frame
    if of == "refund" and is_sum:
        frame = prepare_refunds(store, finds=finds)
        return "" if is_empty(store, frame) else frame
    if of != "receipt" or metric.value.kind in PER_RECORD:
        return ""
    if store.db.execute(f'SELECT 1 FROM "allocation" WHERE {condition(store.known)} LIMIT 1').fetchone() is None:
        return ""
    prepare(store, "receipt_part")
    return "receipt_part"


def _needs_person(query: Query, metric: BaseMetric) -> bool:
    wanted = {*query.by, *(f.path.split(".")[0] for f in query.only)}
    return metric.credit != "none" and bool(wanted & {"person", *SEAT_DIMENSIONS})


def _folded_day(plan: Plan, query: Query, *, below: bool) -> str:
    """Return the day that credits are folded to; for periods alone the first of its month, inside which none begins.

    Where nobody's seat changes inside the period, all of its days are one.
    """
    if any(name in SEAT_DIMENSIONS for name in query.by):
        parts = {"day", *TIME_DIMENSIONS} & set(query.by)
        if plan.metric.date and query.period and not parts and not below and _seats_stay(plan.store, query.period):
            return f"'{query.period.start.isoformat()}'"
        return plan.day_or_on
    return plan.day if "day" in query.by else f"substr({plan.day}, 1, 7) || '-01'"


def _seats_stay(store: Store, period: Period) -> bool:
    """Tell whether no seat begins or ends inside a period."""
    first, end = period.start.isoformat(), period.end.isoformat()
    changes = 'SELECT 1 FROM temp.sitting WHERE start > ? AND start < ? OR "end" > ? AND "end" < ? LIMIT 1'
    return store.db.execute(changes, (first, end, first, end)).fetchone() is None


def _attributed(plan: Plan, query: Query, select: str, calendar: FiscalCalendar, total: str, *, below: bool) -> str:
    """Put folded credits into the seats and periods of their days."""
    joins, names = [], {name: f"c.{_quoted(name)}" for name in query.by}
    if any(name in SEAT_DIMENSIONS for name in query.by):
        joins.append('LEFT JOIN temp.sitting AS q ON q.person = c.person AND q.start <= c.day AND c.day < q."end"')
        names.update((name, f"q.{name}") for name in query.by if name in SEAT_DIMENSIONS)
        if below and "team" in query.by:
            prepare(plan.store, "team_above")
            joins.append('LEFT JOIN temp.team_above AS b ON b.team = q.team AND b.start <= c.day AND c.day < b."end"')
            names["team"] = "b.above"
    for grain in (name for name in TIME_DIMENSIONS if name in query.by):
        _save_periods(plan, grain, calendar, query.period)
        joins.append(
            f'LEFT JOIN temp.period_{grain} AS p_{grain} ON p_{grain}.start <= c.day AND c.day < p_{grain}."end"'
        )
        names[grain] = f"p_{grain}.label"
    groups = ", ".join(names.values())
    return (
        f"SELECT {groups}, c.currency, {total}, sum(c.counted) FROM (\n{select}\n) AS c\n"
        + "\n".join(joins)
        + f"\nGROUP BY {groups}, c.currency"
        + (", c.value" if total == "c.value" else "")
    )


def _save_periods(plan: Plan, grain: WindowGrain, calendar: FiscalCalendar, period: Period | None) -> None:
    """The fiscal calendar is never spelled in SQL: it is joined."""
    db = plan.store.db
    db.execute(f"DROP TABLE IF EXISTS temp.period_{grain}")
    db.execute(f'CREATE TEMP TABLE period_{grain} (label TEXT, start TEXT, "end" TEXT)')
    windows = windows_in(period, grain, calendar)
    if period is None:
        windows += _windows_beyond(plan, grain, calendar, windows[0].start, windows[-1].end)
    rows = [(p.label, p.start.isoformat(), p.end.isoformat()) for p in windows]
    db.executemany(f"INSERT INTO temp.period_{grain} VALUES (?, ?, ?)", rows)


def _windows_beyond(plan: Plan, grain: WindowGrain, calendar: FiscalCalendar, start: date, end: date) -> list[Period]:
    """Return the windows of days before `start` or from `end` on, only those that records are in."""
    found: set[Period] = set()
    for path in filter(None, (plan.metric.date or "").split("|")):
        kind, each = plan.kind, field_at(plan, path)
        for step in path.split(".")[:-1]:
            kind = plan.store.registry[kind[step].ref]
        if not each.is_stored or each.custom:
            continue
        rows = plan.store.db.execute(
            f'SELECT DISTINCT substr("{each.column}", 1, 7) FROM "{table_of(kind)}" '
            f'WHERE "{each.column}" < ? OR "{each.column}" >= ?',
            (start.isoformat(), end.isoformat()),
        )
        days = (date.fromisoformat(f"{month}-01") for (month,) in rows)
        # a window may reach into the years beside: the first and the last that there are have none
        found.update(calendar.window(grain, day) for day in days if MINYEAR + 1 < day.year < MAXYEAR)
    return sorted(found)


def _quoted(name: str) -> str:
    return f'"{name}"'
