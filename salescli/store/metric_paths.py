"""The SELECT of a metric under construction: its joins, and field paths and dimensions as SQL.

Every identifier comes from declarations; every value is bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from salescli.core.metrics.model import BaseMetric
from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.errors import UsageError, problem
from salescli.store.connection import Store
from salescli.store.contract_lines import FRAMES
from salescli.store.frames import has_dated
from salescli.store.schema import table_of
from salescli.store.state import condition, state_of


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
    parts: str = "receipt_part"  # the frame of the parts: of receipts or refunds, by contract, or by product too
    read_on: str = ""  # the SQL of the day on which dated fields are read, where it is not the crediting date
    value: str = ""  # the SQL of a value that a frame holds, where the metric is no plain aggregate

    @property
    def day(self) -> str:
        """The record's crediting date as SQL text; `receipt.date|date` is the first of several that is there."""
        if not self.metric.date:
            return "NULL"
        paths = tuple(self.metric.date.split("|"))
        moment = path_sql(self, paths)
        is_day = all(field_at(self, path).kind is kinds.DATE for path in paths)  # else the time of day is cut off
        return moment if is_day else f"substr({moment}, 1, 10)"

    @property
    def day_or_on(self) -> str:
        """The date on which dated fields are read."""
        if self.read_on:
            return self.read_on
        return f"coalesce({self.day}, '{self.on}')" if self.metric.date else f"'{self.on}'"


def dimension_sql(plan: Plan, name: str) -> str:
    """Return a dimension as SQL, by the paths that the record type declares."""
    paths = plan.kind.paths.get(name)
    if not paths:
        raise UsageError(problem("no-such-dimension", metric=plan.metric.name, dimension=name, type=plan.kind.name))
    if name == "stage":
        return stage_sql(plan, "stage")
    return path_sql(plan, paths)


def path_sql(plan: Plan, paths: tuple[str, ...]) -> str:
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
        alias = join_sql(plan, column, kind)
    return "NULL"


def field_at(plan: Plan, path: str) -> Field:
    """Return the field at which a path like `product.line` arrives."""
    kind, found = plan.kind, None
    for step in path.split("."):
        if kind is None or step not in kind:
            raise UsageError(problem("no-such-path", path=path, type=plan.kind.name, field=step))
        found = kind[step]
        kind = plan.store.registry[found.ref] if found.ref else None  # type: ignore[assignment]
    assert found is not None
    return found


def join_sql(plan: Plan, column: str, kind: RecordType) -> str:
    """Join the record that a column points to, once, and return its alias."""
    if column not in plan.aliases:
        alias = plan.aliases[column] = f"j{len(plan.aliases)}"
        known = condition(plan.store.known, f"{alias}.")
        plan.joins[alias] = f'LEFT JOIN "{table_of(kind)}" AS {alias} ON {alias}.id = {column} AND {known}'
    return plan.aliases[column]


def _column(plan: Plan, kind: RecordType, alias: str, each: Field) -> str:
    """A field as SQL; a dated one as it was on the record's day, where any record ever changed it."""
    if each.via:
        day = plan.day_or_on
        seat = f'q.person = {alias}.id AND q.start <= {day} AND {day} < q."end"'
        return f"(SELECT q.{each.name} FROM temp.sitting AS q WHERE {seat})"
    if each.custom:
        return f"{alias}.extra ->> '$.\"{each.name}\"'"
    own = f'{alias}."{each.column}"'
    if plan.has_parts and (part := _of_part(plan, kind, alias, each)):
        own = f"CASE WHEN a.record IS NULL THEN {own} ELSE {part} END"
    elif plan.parts in FRAMES and alias == "t" and each.name == "product":
        own = f"coalesce({own}, a.product)"
    if not each.dated or not has_dated(plan.store, kind.name, each.name):
        return own
    later = (
        f"SELECT d.value FROM temp.dated AS d WHERE d.subject = {alias}.id AND d.field = '{each.name}' "
        f'AND d."from" <= {plan.day_or_on} ORDER BY d."from" DESC LIMIT 1'
    )
    return f"coalesce(({later}), {own})"


def _of_part(plan: Plan, kind: RecordType, alias: str, each: Field) -> str:
    """Return what a part says in place of its record: its contract, and of a refund the receipt that it undoes."""
    is_refund = plan.kind.name == "refund"
    if each.name == "contract" and (alias == "t" or (is_refund and kind.name == "receipt")):
        return "a.contract"  # what a refund undoes is of that contract, whatever else the receipt was for
    return "a.undone" if is_refund and alias == "t" and each.name == "receipt" else ""


def stage_sql(plan: Plan, wanted: str) -> str:
    """Return the stage, or the `kind` of stage, that the process gives to the text of a record."""
    plan.joins["g"] = 'LEFT JOIN temp.stage_meaning AS g ON g.text = t."stage"'
    return 'coalesce(g.stage, t."stage")' if wanted == "stage" else f"g.{wanted}"


def source_sql(plan: Plan) -> str:
    """Return what stands after FROM: the records with all joins, the credit split last."""
    parts = [f"LEFT JOIN temp.{plan.parts} AS a ON a.record = t.id"] if plan.has_parts else []
    joins = "\n".join(
        [
            *parts,
            *(join for alias, join in plan.joins.items() if alias != "s"),
            *([plan.joins["s"]] if "s" in plan.joins else []),
        ]
    )
    return f"{state_of(plan.store, plan.kind)} AS t\n{joins} "
