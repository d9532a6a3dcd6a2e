"""A base metric as one SELECT over stored integers, grouped by whatever is asked.

SQL adds stored integers and never multiplies two of them. Credits are folded to (person, day) first and attributed to
teams and periods afterwards. Every identifier comes from declarations; every value is bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.model import BaseMetric, Filter
from salescli.core.metrics.query import Measured, Query
from salescli.core.money import E4, MILLION
from salescli.core.periods import FiscalCalendar, Period, WindowGrain, windows_in
from salescli.core.records.kinds import Bad, Reading
from salescli.core.records.model import Field, RecordType
from salescli.errors import UsageError, problem
from salescli.store.connection import Store
from salescli.store.frames import has_dated, prepare
from salescli.store.schema import table_of
from salescli.store.state import condition, state_of

SEAT_DIMENSIONS = ("team", "manager", "role")
TIME_DIMENSIONS: tuple[WindowGrain, ...] = ("month", "quarter", "year")


@dataclass(slots=True)
class Plan:
    """The SELECT under construction: joins by path, conditions, bound values."""

    store: Store
    metric: BaseMetric
    kind: RecordType
    on: str  # the day whose truth holds for records without a date
    joins: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)
    has_parts: bool = False

    @property
    def day(self) -> str:
        """The record's crediting date as SQL text; `receipt.date|date` is the first of several that is there."""
        return f"substr({_path(self, tuple(self.metric.date.split('|')))}, 1, 10)" if self.metric.date else "NULL"

    @property
    def day_or_on(self) -> str:
        """The date on which dated fields are read."""
        return f"coalesce({self.day}, '{self.on}')" if self.metric.date else f"'{self.on}'"


def fetch_measured(
    store: Store, metric: BaseMetric, query: Query, calendar: FiscalCalendar, on: str, *, below: bool = False
) -> list[Measured]:
    """Run one base metric and return exact integers per group and currency.

    `on` (ISO) is the day for records that have no date. `below` rolls teams up: each credit counts in every team above.
    """
    sql, values = build_select(store, metric, query, calendar, on, below=below)
    width = len(query.by)
    found = []
    for row in store.db.execute(sql, values):
        value, count = row[width + 1] or 0, row[width + 2]
        assert isinstance(value, int), "SQLite left the integers"
        found.append(Measured(tuple(row[:width]), row[width] or "", value, count))
    return found


def build_select(
    store: Store, metric: BaseMetric, query: Query, calendar: FiscalCalendar, on: str, *, below: bool = False
) -> tuple[str, list[Any]]:
    """Return the SELECT and its values: group columns, currency, value, count."""
    plan = _start(store, metric, on)
    person, value = _credit(plan, needs_person=_needs_person(query, metric))
    inner: dict[str, str] = {}
    for name in query.by:
        if name == "person" or name in SEAT_DIMENSIONS:
            inner["person"] = person
        elif name == "day" or name in TIME_DIMENSIONS:
            continue
        else:
            inner[name] = _dimension(plan, name)
    is_attributed = any(name in SEAT_DIMENSIONS or name in TIME_DIMENSIONS for name in query.by)
    if is_attributed or "day" in query.by:
        inner["day"] = plan.day_or_on if any(name in SEAT_DIMENSIONS for name in query.by) else plan.day
    where = _conditions(plan, query)
    currency = _currency(plan)
    columns = [f"{sql} AS {_quoted(name)}" for name, sql in inner.items()]
    columns += [f"{currency} AS currency", f"{_aggregate(plan, value)} AS value", "count(*) AS counted"]
    groups = ", ".join(str(place + 1) for place in range(len(inner) + 1))
    select = f"SELECT {', '.join(columns)}\nFROM {_source(plan)}\nWHERE {where}\nGROUP BY {groups}"
    if not is_attributed:
        order = ", ".join([*(f"c.{_quoted(name)}" for name in query.by), "c.currency", "c.value", "c.counted"])
        return f"SELECT {order} FROM (\n{select}\n) AS c", plan.values
    return _attributed(plan, query, select, calendar, below=below), plan.values


def fetch_rows(store: Store, metric: BaseMetric, query: Query, on: str) -> list[tuple[Any, ...]]:
    """Return the records behind a figure, one line per credit.

    Columns: entity, day, person, value before the split, share_from, share_to (None where not split), credit,
    currency, source id, source row.
    """
    plan = _start(store, metric, on)
    person, value = _credit(plan, needs_person=True)
    whole = _value(plan)
    where = _conditions(plan, query)
    shares = ("s.share_from", "s.share_to") if "AS s " in _source(plan) else ("NULL", "NULL")
    day, currency = plan.day, _currency(plan)
    select = (
        f"SELECT t.id, {day}, {person}, {whole}, {shares[0]}, {shares[1]}, {value}, {currency}, t.source_id, t.source_row\n"
        f"FROM {_source(plan)}\nWHERE {where}\nORDER BY 2, 1, 5"
    )
    return store.db.execute(select, plan.values).fetchall()


def _start(store: Store, metric: BaseMetric, on: str) -> Plan:
    prepare(store, "seat", "split", "dated")
    kind = store.registry[metric.of]
    plan = Plan(store, metric, kind, on)
    if (
        kind.name == "receipt"
        and store.db.execute(f'SELECT 1 FROM "allocation" WHERE {condition(store.known)} LIMIT 1').fetchone()
    ):
        prepare(store, "receipt_part")
        plan.has_parts = True
    return plan


def _needs_person(query: Query, metric: BaseMetric) -> bool:
    wanted = {*query.by, *(f.path.split(".")[0] for f in query.only)}
    return metric.credit != "none" and bool(wanted & {"person", *SEAT_DIMENSIONS})


# --- credit -------------------------------------------------------------------------------------------------------


def _credit(plan: Plan, *, needs_person: bool) -> tuple[str, str]:
    """Return the SQL of who is credited and with what; shares are differences of one cumulative formula."""
    value = _value(plan)
    if not needs_person:
        return "NULL", value
    owner = _path(plan, plan.kind.paths.get("person", ()))
    subjects = [_subject(plan, path) for path in plan.kind.splits] if plan.metric.credit == "split" else []
    if not subjects or not plan.store.db.execute("SELECT 1 FROM temp.split LIMIT 1").fetchone():
        return owner, value
    has = [f"WHEN {subject} IN (SELECT subject FROM temp.split) THEN {subject}" for subject in subjects]
    plan.joins["s"] = f"LEFT JOIN temp.split AS s ON s.subject = CASE {' '.join(has)} END"
    share = f"({_part(value, 's.share_to')} - {_part(value, 's.share_from')})"
    return (
        f"CASE WHEN s.subject IS NULL THEN {owner} ELSE s.person END",
        f"CASE WHEN s.subject IS NULL THEN {value} ELSE {share} END",
    )


def _part(value: str, upto: str) -> str:
    return f"({value} / {MILLION} * {upto} + {value} % {MILLION} * {upto} / {MILLION})"


def _subject(plan: Plan, path: str) -> str:
    if path == "self":
        return "t.id"
    return _path(plan, (path,))


def _value(plan: Plan) -> str:
    aggregate = plan.metric.value
    if aggregate.kind in ("count", "distinct"):
        return str(E4)
    assert aggregate.path is not None
    if plan.has_parts and aggregate.path in ("amount", "net_amount"):
        return f'coalesce(a.{aggregate.path}_e4, t."{plan.kind[aggregate.path].column}")'
    return _path(plan, (aggregate.path,))


def _aggregate(plan: Plan, value: str) -> str:
    if plan.metric.value.kind == "distinct":
        assert plan.metric.value.path is not None
        return f"count(DISTINCT {_path(plan, (plan.metric.value.path,))}) * {E4}"
    return f"coalesce(sum({value}), 0)"


def _currency(plan: Plan) -> str:
    return "t.currency" if plan.metric.unit == "money" and "currency" in plan.kind else "''"


# --- paths --------------------------------------------------------------------------------------------------------


def _dimension(plan: Plan, name: str) -> str:
    paths = plan.kind.paths.get(name)
    if not paths:
        raise UsageError(problem("no-such-dimension", metric=plan.metric.name, dimension=name, type=plan.kind.name))
    if name == "stage":
        return _stage(plan, "stage")
    return _path(plan, paths)


def _path(plan: Plan, paths: tuple[str, ...]) -> str:
    """Return the first non-blank of several paths as SQL."""
    found = [sql for path in paths if (sql := _one_path(plan, path))]
    if not found:
        return "NULL"
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"


def _one_path(plan: Plan, path: str) -> str:
    if path == "self":
        return "t.id"
    kind, alias = plan.kind, "t"
    steps = path.split(".")
    for place, step in enumerate(steps):
        if step not in kind:
            raise UsageError(problem("no-such-path", path=path, type=plan.kind.name, field=step))
        column = _column(plan, kind, alias, kind[step])
        if place == len(steps) - 1:
            return column
        if not kind[step].ref:
            raise UsageError(problem("no-such-path", path=path, type=plan.kind.name, field=steps[place + 1]))
        kind = plan.store.registry[kind[step].ref]
        alias = _join(plan, column, kind)
    return "NULL"


def _join(plan: Plan, column: str, kind: RecordType) -> str:
    if column not in plan.aliases:
        alias = plan.aliases[column] = f"j{len(plan.aliases)}"
        known = condition(plan.store.known, f"{alias}.")
        plan.joins[alias] = f'LEFT JOIN "{table_of(kind)}" AS {alias} ON {alias}.id = {column} AND {known}'
    return plan.aliases[column]


def _column(plan: Plan, kind: RecordType, alias: str, each: Field) -> str:
    """A field as SQL; a dated one as it was on the record's day, where any record ever changed it."""
    if each.via:
        return f'(SELECT q.{each.name} FROM temp.seat AS q WHERE q.person = {alias}.id AND q.start <= {plan.day_or_on} AND {plan.day_or_on} < q."end")'
    if each.custom:
        return f"{alias}.extra ->> '$.\"{each.name}\"'"
    own = f'{alias}."{each.column}"'
    if plan.has_parts and alias == "t" and each.name == "contract":
        own = f"CASE WHEN a.receipt IS NULL THEN {own} ELSE a.contract END"
    if not each.dated or not has_dated(plan.store, kind.name, each.name):
        return own
    later = (
        f"SELECT d.value FROM temp.dated AS d WHERE d.subject = {alias}.id AND d.field = '{each.name}' "
        f'AND d."from" <= {plan.day_or_on} ORDER BY d."from" DESC LIMIT 1'
    )
    return f"coalesce(({later}), {own})"


def _stage(plan: Plan, wanted: str) -> str:
    plan.joins["g"] = 'LEFT JOIN temp.stage_meaning AS g ON g.text = t."stage"'
    return 'coalesce(g.stage, t."stage")' if wanted == "stage" else f"g.{wanted}"


def _source(plan: Plan) -> str:
    parts = ["LEFT JOIN temp.receipt_part AS a ON a.receipt = t.id"] if plan.has_parts else []
    joins = "\n".join(
        [
            *parts,
            *(join for alias, join in plan.joins.items() if alias != "s"),
            *([plan.joins["s"]] if "s" in plan.joins else []),
        ]
    )
    return f"{state_of(plan.store, plan.kind)} AS t\n{joins} "


# --- conditions ---------------------------------------------------------------------------------------------------


def _conditions(plan: Plan, query: Query) -> str:
    clauses = [_filter(plan, each) for each in (*plan.metric.where, *query.only)]
    if query.period is not None and plan.metric.date:
        clauses.append(f"{plan.day} >= ? AND {plan.day} < ?")
        plan.values += [query.period.start.isoformat(), query.period.end.isoformat()]
    if query.currency:
        clauses.append(f"{_currency(plan)} = ?")
        plan.values.append(query.currency)
    return " AND ".join(clauses) or "1"


def _filter(plan: Plan, each: Filter) -> str:
    column, values = _filtered(plan, each)
    plan.values += values
    if each.op in ("=", "!="):
        marks = ", ".join("?" * len(values))
        return f"{column} IN ({marks})" if each.op == "=" else f"({column} IS NULL OR {column} NOT IN ({marks}))"
    return f"{column} {each.op} ?"


def _filtered(plan: Plan, each: Filter) -> tuple[str, list[Any]]:
    if each.path in ("stage.kind", "stage") and "stage" in plan.kind:
        return _stage(plan, "kind" if each.path == "stage.kind" else "stage"), list(each.values)
    if each.path in DIMENSIONS and each.path not in plan.kind:
        dimension = DIMENSIONS[each.path]
        if dimension.kind == "seat":
            return _seat_value(plan, each.path), _entity_values(plan, dimension.ref, each.values)
        column = _person(plan) if each.path == "person" else _dimension(plan, each.path)
        return column, _entity_values(plan, dimension.ref, each.values)
    target = _field_at(plan, each.path)
    column = _path(plan, (each.path,))
    if target.ref:
        return column, _entity_values(plan, target.ref, each.values)
    parsed = [target.kind.parse_cell(value, Reading(percent="fraction")) for value in each.values]
    for value, text in zip(parsed, each.values, strict=True):
        if isinstance(value, Bad):
            raise UsageError(problem("bad-filter-value", path=each.path, text=text))
    return column, parsed


def _person(plan: Plan) -> str:
    return _credit(plan, needs_person=True)[0]


def _seat_value(plan: Plan, name: str) -> str:
    person, day = _person(plan), plan.day_or_on
    return f'(SELECT q.{name} FROM temp.seat AS q WHERE q.person = {person} AND q.start <= {day} AND {day} < q."end")'


def _field_at(plan: Plan, path: str) -> Field:
    kind, found = plan.kind, None
    for step in path.split("."):
        if kind is None or step not in kind:
            raise UsageError(problem("no-such-path", path=path, type=plan.kind.name, field=step))
        found = kind[step]
        kind = plan.store.registry[found.ref] if found.ref else None  # type: ignore[assignment]
    assert found is not None
    return found


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


# --- attribution --------------------------------------------------------------------------------------------------


def _attributed(plan: Plan, query: Query, select: str, calendar: FiscalCalendar, *, below: bool) -> str:
    """Put folded credits into the seats and periods of their days."""
    joins, names = [], {name: f"c.{_quoted(name)}" for name in query.by}
    if any(name in SEAT_DIMENSIONS for name in query.by):
        joins.append('LEFT JOIN temp.seat AS q ON q.person = c.person AND q.start <= c.day AND c.day < q."end"')
        names.update((name, f"q.{name}") for name in query.by if name in SEAT_DIMENSIONS)
        if below and "team" in query.by:
            prepare(plan.store, "team_above")
            joins.append("LEFT JOIN temp.team_above AS b ON b.team = q.team")
            names["team"] = "b.above"
    for grain in (name for name in TIME_DIMENSIONS if name in query.by):
        _save_periods(plan.store, grain, calendar, query.period)
        joins.append(
            f'LEFT JOIN temp.period_{grain} AS p_{grain} ON p_{grain}.start <= c.day AND c.day < p_{grain}."end"'
        )
        names[grain] = f"p_{grain}.label"
    groups = ", ".join(names.values())
    return (
        f"SELECT {groups}, c.currency, sum(c.value), sum(c.counted) FROM (\n{select}\n) AS c\n"
        + "\n".join(joins)
        + f"\nGROUP BY {groups}, c.currency"
    )


def _save_periods(store: Store, grain: WindowGrain, calendar: FiscalCalendar, period: Period | None) -> None:
    """The fiscal calendar is never spelled in SQL: it is joined."""
    store.db.execute(f"DROP TABLE IF EXISTS temp.period_{grain}")
    store.db.execute(f'CREATE TEMP TABLE period_{grain} (label TEXT, start TEXT, "end" TEXT)')
    rows = [(p.label, p.start.isoformat(), p.end.isoformat()) for p in windows_in(period, grain, calendar)]
    store.db.executemany(f"INSERT INTO temp.period_{grain} VALUES (?, ?, ?)", rows)


def _quoted(name: str) -> str:
    return f'"{name}"'
