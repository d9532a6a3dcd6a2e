"""Who is credited with a record, and with what: shares are differences of one cumulative formula over integers."""

from __future__ import annotations

from salescli.core.metrics.model import ADDED, BaseMetric
from salescli.core.money import E4, MILLION
from salescli.core.records import kinds
from salescli.store.connection import Store
from salescli.store.metric_paths import Plan, path_sql


def credit_sql(plan: Plan, *, needs_person: bool) -> tuple[str, str]:
    """Return the SQL of who is credited and with what; shares are differences of one cumulative formula."""
    value = value_sql(plan)
    if not needs_person:
        return "NULL", value
    owner = _owner_sql(plan)
    if plan.metric.credit == "overlay":
        return _overlay_sql(plan, value)
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


def _owner_sql(plan: Plan) -> str:
    """Whose a record is: on its crediting date, or on the day that the metric names."""
    if plan.metric.owned_on:
        plan.read_on = f"coalesce({path_sql(plan, plan.metric.owned_on)}, {plan.day_or_on})"
    owner = path_sql(plan, plan.kind.paths.get("person", ()))
    plan.read_on = ""
    return owner


def _overlay_sql(plan: Plan, value: str) -> tuple[str, str]:
    """Credits declared besides: of the nearest record that has any; what has none has no credit at all."""
    subjects = [_subject(plan, path) for path in plan.kind.splits]
    if not subjects:
        return "NULL", "0"
    has = [f"WHEN {subject} IN (SELECT subject FROM temp.overlay) THEN {subject}" for subject in subjects]
    plan.joins["s"] = f"JOIN temp.overlay AS s ON s.subject = CASE {' '.join(has)} END"
    return "s.person", _part(value, "s.share_to")


def _part(value: str, upto: str) -> str:
    return f"({value} / {MILLION} * {upto} + {value} % {MILLION} * {upto} / {MILLION})"


def _subject(plan: Plan, path: str) -> str:
    if path == "self":
        return "t.id"
    return path_sql(plan, (path,))


def value_sql(plan: Plan) -> str:
    """Return the value of one record as SQL; of a receipt spread over contracts, that of one part."""
    if plan.value:
        return plan.value
    aggregate = plan.metric.value
    if aggregate.kind in ("count", "distinct"):
        return str(E4)
    assert aggregate.path is not None
    if plan.has_parts and aggregate.path in ("amount", "net_amount"):
        return f'coalesce(a.{aggregate.path}_e4, t."{plan.kind[aggregate.path].column}")'
    return path_sql(plan, (aggregate.path,))


def scale_of(store: Store, metric: BaseMetric) -> int:
    """Return what makes a stored value ten-thousandths: whole numbers are stored as they are."""
    path = metric.value.path
    if path is None or metric.value.kind not in ADDED:
        return 1
    kind = store.registry[metric.of]
    *steps, last = path.split(".")
    for step in steps:
        if step not in kind or not kind[step].ref:
            return 1  # the path leads nowhere: the SELECT says so
        kind = store.registry[kind[step].ref]
    return E4 if last in kind and kind[last].kind is kinds.WHOLE else 1


def aggregate_sql(plan: Plan, value: str) -> str:
    """Return the aggregate of the credited values."""
    if plan.metric.value.kind == "distinct":
        return f"count(DISTINCT {distinct_sql(plan)}) * {E4}"
    return f"coalesce(sum({value}), 0)"


def distinct_sql(plan: Plan) -> str:
    """Return what a distinct metric counts once."""
    assert plan.metric.value.path is not None
    return path_sql(plan, (plan.metric.value.path,))


def currency_sql(plan: Plan) -> str:
    """Return the currency column; what is no money has none."""
    return "t.currency" if plan.metric.unit == "money" and "currency" in plan.kind else "''"
