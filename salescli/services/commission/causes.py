"""Why an earlier period differs: the transactions whose credit is another than the closed run of that period knew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salescli.core.commission.inputs import CreditLine
from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.reports.commission.columns import CreditChange
from salescli.services.commission.posted import closed_of
from salescli.services.commission.running import compute_period
from salescli.services.commission.stored import StoredPayee, knowing, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run

Changes = dict[str, dict[tuple[str, date], tuple[CreditChange, ...]]]
LATE = {"receipt": "late-receipt", "refund": "late-refund"}
Key = tuple[str, str, str]


def find_changes(context: Context, run: Run, payees: Iterable[StoredPayee]) -> Changes:
    """Return what changed behind the differences of a run, by item, component and period."""
    concerned = [one for one in payees if any(each.differences for each in one.result.components)]
    if not concerned:
        return {}
    people = frozenset(one.entity for one in concerned)
    now = _lines(context, run, people, run)
    found: Changes = {}
    for closed in closed_of(context.store, run):
        period = context.parse_period(closed.period)
        wanted = [one for one in concerned if _differs(one, period.start)]
        if not wanted:
            continue
        # what the period has posted was last put right by the run before this one
        latest = closed_of(context.store, run)[-1]
        then = _lines(context, run, frozenset(one.entity for one in wanted), latest)
        for one in wanted:
            for component in one.result.components:
                changes = _changes(now.get(one.item, ()), then.get(one.item, ()), component.component, period)
                if changes:
                    found.setdefault(one.item, {})[component.component, period.start] = changes
    return found


def _differs(one: StoredPayee, period: date) -> bool:
    return any(each.period == period for component in one.result.components for each in component.differences)


def _lines(context: Context, run: Run, people: frozenset[int], knower: Run) -> dict[str, tuple[CreditLine, ...]]:
    """Return the credits through a run's period as another run knew them: that run's own later refunds left out."""
    period = context.parse_period(knower.period)
    with knowing(context, knower):
        done = compute_period(
            context, period, people=people, with_lines=True, plans=list(load_plans(context, run).values()), upon=run
        )
    return {one.item: one.inputs.lines for one in done.computed}


def _changes(
    now: Iterable[CreditLine], then: Iterable[CreditLine], component: str, period: Period
) -> tuple[CreditChange, ...]:
    before, after = _by_key(then, component, period), _by_key(now, component, period)
    found = []
    for key in sorted({*before, *after}, key=lambda one: (one[0], one[1], one[2])):
        old, new = before.get(key, ()), after.get(key, ())
        change = CONTEXT.subtract(_credit(new), _credit(old))
        if not change:
            continue
        line = (*new, *old)[0]
        cause = LATE.get(line.kind, "late") if not old else "gone" if not new else "changed"
        found.append(CreditChange(line.key, cause, change, line.happened or line.date, line.customer, line.source))
    return tuple(found)


def _by_key(lines: Iterable[CreditLine], component: str, period: Period) -> dict[Key, tuple[CreditLine, ...]]:
    found: dict[Key, tuple[CreditLine, ...]] = {}
    for line in lines:
        if line.component == component and line.date in period:
            key = (line.kind, line.key, line.contract)
            found[key] = (*found.get(key, ()), line)
    return found


def _credit(lines: Iterable[CreditLine]) -> Decimal:
    total = Decimal(0)
    for line in lines:
        total = CONTEXT.add(total, line.pay_credit or line.units)
    return total
