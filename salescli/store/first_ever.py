"""The records that are the first of their customer, as a frame: one unit for each, joined as the value of a metric."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.first_ever import Row, Unit, find_first_ever
from salescli.core.money import to_e4
from salescli.store.frames import prepare_frame
from salescli.store.metric_filters import filter_sql
from salescli.store.metric_paths import Plan, field_at, path_sql, source_sql
from salescli.store.state import state_of

COLUMNS = "record INTEGER, part INTEGER, unit_e4 INTEGER, reason TEXT, PRIMARY KEY (record, part)"


def join_first_ever(plan: Plan, *, is_undefined: bool = False) -> None:
    """Keep of the records only the first of each customer, or only those of which nobody can say."""
    frame = f"first_ever_{_digest(plan)}"
    prepare_frame(plan.store, frame, COLUMNS, lambda: _fetch_units(plan))
    part = "coalesce(a.rowid, 0)" if plan.has_parts else "0"
    which = "IS NOT NULL" if is_undefined else "IS NULL"
    plan.joins["n"] = f"JOIN temp.{frame} AS n ON n.record = t.id AND n.part = {part} AND n.reason {which}"
    plan.value = "n.unit_e4"


def subject_sql(plan: Plan) -> str:
    """Return what the metric counts firsts of, mostly the customer, as SQL."""
    path = _path(plan)
    return path_sql(plan, plan.kind.paths.get(path) or (path,))


def _path(plan: Plan) -> str:
    assert plan.metric.value.path is not None
    return plan.metric.value.path


def _digest(plan: Plan) -> str:
    """Name the frame by all that it depends on besides the state."""
    one = plan.metric
    return hashlib.sha256(repr((one.of, one.value, one.date, one.where, one.at_least)).encode()).hexdigest()[:16]


def _fetch_units(asked: Plan) -> list[Unit]:
    who_of, since = _fetch_subjects(asked)
    rows = _fetch_seen(asked)
    if who_of:
        rows = [
            (record, part, day, who_of.get(one, one), amount, counts) for record, part, day, one, amount, counts in rows
        ]
    return find_first_ever(
        rows,
        months=asked.metric.value.months,
        at_least=None if asked.metric.at_least is None else to_e4(asked.metric.at_least),
        since=since,
        first_day=rows[0][2] if rows else "",
    )


def _fetch_seen(asked: Plan) -> list[Row]:
    """All records of the type in the order of (day, key): those that the metric leaves out still show a customer."""
    plan = Plan(asked.store, asked.metric, asked.kind, asked.on, has_parts=asked.has_parts)
    part, amount = "0", "NULL"
    if "amount" in plan.kind:
        amount = f't."{plan.kind["amount"].column}"'
    if plan.has_parts:
        part, amount = "coalesce(a.rowid, 0)", f"coalesce(a.amount_e4, {amount})"
    if "currency" in plan.kind:
        base = plan.store.meta("base_currency", "CNY").replace("'", "''")
        amount = f"CASE WHEN t.currency = '{base}' THEN {amount} END"
    may_count = " AND ".join(filter_sql(plan, each) for each in plan.metric.where) or "1"
    columns = ", ".join(["t.id", part, plan.day, subject_sql(plan), amount, f"coalesce({may_count}, 0)"])
    plan.joins["e"] = "JOIN entity AS e ON e.id = t.id"
    select = f"SELECT {columns}\nFROM {source_sql(plan)}\nWHERE {plan.day} IS NOT NULL\nORDER BY 3, e.key, 2"
    return plan.store.db.execute(select, plan.values).fetchall()


def _fetch_subjects(plan: Plan) -> tuple[dict[Hashable, Hashable], dict[Hashable, str]]:
    """Return with whom each customer is counted, where it is of a group, and since when each is known.

    A group is its name; the customer of that name is of the group.
    """
    path = _path(plan)
    ref = DIMENSIONS[path].ref if path in plan.kind.paths else field_at(plan, path).ref
    if not ref or "customer_since" not in plan.store.registry[ref]:
        return {}, {}
    rows = plan.store.db.execute(
        f"""SELECT id, trim(name), nullif(trim("group"), ''), substr(customer_since, 1, 10)
            FROM {state_of(plan.store, ref)}"""
    ).fetchall()
    groups = {group for _, _, group, _ in rows if group}
    who_of: dict[Hashable, Hashable] = {}
    since: dict[Hashable, str] = {}
    for entity, name, group, day in rows:
        if group or name in groups:
            who_of[entity] = group or name
        who = who_of.get(entity, entity)
        if day is not None:
            since[who] = min(day, since.get(who, day))
    return who_of, since
