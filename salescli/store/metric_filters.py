"""Conditions of a metric and of a query as SQL, with their values bound."""

from __future__ import annotations

import re
from typing import Any

from salescli.core.metrics.dimensions import DIMENSIONS, NONE
from salescli.core.metrics.model import PER_RECORD, Filter
from salescli.core.metrics.query import Query
from salescli.core.records import kinds
from salescli.core.records.kinds import Bad, Reading
from salescli.errors import UsageError, problem
from salescli.store.metric_credit import credit_sql, value_sql
from salescli.store.metric_paths import Plan, dimension_sql, field_at, path_sql, stage_sql

_FIRST = re.compile(r'coalesce\((t\."\w+"), ')
"""The record's own column, of a value that is reached through other records where it is blank."""


def conditions_sql(plan: Plan, query: Query) -> str:
    """Return the conditions of the metric, the query's own and its period."""
    clauses = [filter_sql(plan, each) for each in (*plan.metric.where, *query.only)]
    if plan.metric.value.kind in PER_RECORD:  # a record without a value is no zero
        clauses.append(f"{value_sql(plan)} IS NOT NULL")
    if query.period is not None and plan.metric.date:
        clauses.append(f"{plan.day} >= ? AND {plan.day} < ?")
        plan.values += [query.period.start.isoformat(), query.period.end.isoformat()]
    if query.currency and "currency" in plan.kind:  # of cases too: those in the currency
        clauses.append("t.currency = ?")
        plan.values.append(query.currency)
    return " AND ".join(clauses) or "1"


def filter_sql(plan: Plan, each: Filter) -> str:
    """Return one condition; the value `(none)` is what reaches nothing, as it prints."""
    wanted = tuple(value for value in each.values if value not in NONE)
    column, values = _filtered(plan, Filter(each.path, each.op, wanted))
    marks = ", ".join("?" * len(values))
    if each.op not in ("=", "!="):
        plan.values += values
        if _is_number_text(plan, each.path):  # stored as written: 10 comes before 9 in the order of texts
            return f"CAST({column} AS NUMERIC) {each.op} CAST(? AS NUMERIC)"
        return f"{column} {each.op} ?"
    if each.op == "=" and values and len(wanted) == len(each.values) and (first := _FIRST.match(column)):
        plan.values += [*values, *values]  # most records are passed over before anything is joined
        return f"(({first[1]} IS NULL OR {first[1]} IN ({marks})) AND {column} IN ({marks}))"
    clauses = [f"{column} IN ({marks})"] if values else []
    plan.values += values
    if len(wanted) < len(each.values):
        clauses.append(f"{column} IS NULL")
    met = f"({' OR '.join(clauses)})"
    return met if each.op == "=" else f"NOT coalesce({met}, 0)"


def _is_number_text(plan: Plan, path: str) -> bool:
    steps = path.split(".")
    return steps[0] in plan.kind and field_at(plan, path).kind in (kinds.RATE, kinds.DECIMAL)


def _filtered(plan: Plan, each: Filter) -> tuple[str, list[Any]]:
    """Return the column of a condition and its values; a dimension is reached as for grouping: lines drill down."""
    if each.path in ("stage.kind", "stage") and "stage" in plan.kind:
        return stage_sql(plan, "kind" if each.path == "stage.kind" else "stage"), list(each.values)
    dimension = DIMENSIONS.get(each.path)
    is_reached = dimension is not None and dimension.kind != "seat" and bool(plan.kind.paths.get(each.path))
    if dimension is not None and (is_reached or each.path not in plan.kind):
        if dimension.kind == "seat":
            return _seat_value(plan, each.path), _entity_values(plan, dimension.ref, each.values)
        column = _person(plan) if each.path == "person" else dimension_sql(plan, each.path)
        return column, _entity_values(plan, dimension.ref, each.values)
    target = field_at(plan, each.path)
    column = path_sql(plan, (each.path,))
    if target.ref:
        return column, _entity_values(plan, target.ref, each.values)
    parsed = [target.kind.parse_cell(value, Reading(percent="fraction")) for value in each.values]
    for value, text in zip(parsed, each.values, strict=True):
        if isinstance(value, Bad):
            raise UsageError(problem("bad-filter-value", path=each.path, text=text))
    return column, parsed


def _person(plan: Plan) -> str:
    return credit_sql(plan, needs_person=True)[0]


def _seat_value(plan: Plan, name: str) -> str:
    person, day = _person(plan), plan.day_or_on
    there = f'q.person = {person} AND q.start <= {day} AND {day} < q."end"'
    return f"(SELECT q.{name} FROM temp.sitting AS q WHERE {there})"


def _entity_values(plan: Plan, ref: str, values: tuple[str, ...]) -> list[Any]:
    """Texts of a filter as entity ids; ids pass through. A text that is nobody matches nothing, and is refused."""
    if not ref:
        return list(values)
    from salescli.store.entities import nearest_name, resolve

    kind = plan.store.registry[ref]
    directory = resolve(plan.store, kind, [value for value in values if not value.startswith("#")])
    found: list[Any] = []
    for value in values:
        if value.startswith("#"):
            found.append(int(value[1:]))
        elif (entity := directory.get(value)) is not None:
            found.append(entity)
        elif value in directory.ambiguous:
            raise UsageError(problem("ambiguous-record", text=value, candidates=directory.ambiguous[value]))
        else:
            raise UsageError(
                problem("unknown-record", text=value, type=ref, nearest=nearest_name(plan.store, kind, value))
            )
    return found
