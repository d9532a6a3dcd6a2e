"""Why an earlier period differs: the transactions whose credit is another than the closed run of that period knew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from salescli.core.commission.inputs import CreditLine, Posted
from salescli.core.commission.needs import terms_of
from salescli.core.commission.terms import term_on
from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.reports.commission.columns import CreditChange
from salescli.services.commission.posted import closed_of
from salescli.services.commission.running import Computed, compute_period
from salescli.services.commission.stored import StoredPayee, knowing, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run

Changes = dict[str, dict[tuple[str, date], tuple[CreditChange, ...]]]
LATE = {"receipt": "late-receipt", "refund": "late-refund"}
Key = tuple[str, str, str]


def find_changes(context: Context, run: Run, payees: Iterable[StoredPayee], quiet: Collection[str] = ()) -> Changes:
    """Return what changed behind the differences of a run, by item, component and period.

    Of the items in `quiet` that is also what makes no difference in its own month (`moved_quietly`).
    """
    concerned = [one for one in payees if one.item in quiet or any(each.differences for each in one.result.components)]
    if not concerned:
        return {}
    people = frozenset(one.entity for one in concerned)
    earlier = closed_of(context.store, run)
    now = _known(context, run, people, run)
    # what a period has posted was last put right by the run before this one
    then = _known(context, run, people, earlier[-1]) if earlier else {}
    found: Changes = {}
    for closed in earlier:
        period = context.parse_period(closed.period)
        wanted = [one for one in concerned if one.item in quiet or _differs(one, period.start)]
        for one in wanted:
            for component in one.result.components:
                new, old = now.get(one.item), then.get(one.item)
                changes = _changes(_lines(new), _lines(old), component.component, period)
                changes += () if new is None or old is None else _of_terms(new, old, component.component, period)
                if changes:
                    found.setdefault(one.item, {})[component.component, period.start] = changes
    return found


def moved_quietly(known: Iterable[Computed]) -> frozenset[str]:
    """Return the items whose closed months have other credits now: what pays no more there may still move a tier."""
    return frozenset(one.item for one in known if _has_other_credits(one))


def _has_other_credits(one: Computed) -> bool:
    posted: dict[tuple[str, date], Posted] = {}
    for each in sorted(one.inputs.posted, key=lambda each: each.run):
        if each.pay_credit is not None and each.run < one.result.run:
            posted[each.component, each.period] = each
    if not posted:
        return False
    lines: dict[tuple[str, date], list[CreditLine]] = {}
    for line in one.inputs.lines:
        lines.setdefault((line.component, line.date.replace(day=1)), []).append(line)
    return any(_credit(lines.get(mark, ())) != each.pay_credit for mark, each in posted.items())


def _differs(one: StoredPayee, period: date) -> bool:
    return any(each.period == period for component in one.result.components for each in component.differences)


def _known(context: Context, run: Run, people: frozenset[int], knower: Run) -> dict[str, Computed]:
    """Return what went into a run's period as another run knew it: that run's own later refunds left out."""
    period = context.parse_period(knower.period)
    with knowing(context, knower):
        done = compute_period(
            context, period, people=people, with_lines=True, plans=list(load_plans(context, run).values()), upon=run
        )
    return {one.item: one for one in done.computed}


def _lines(one: Computed | None) -> tuple[CreditLine, ...]:
    return () if one is None else one.inputs.lines


def _of_terms(new: Computed, old: Computed, name: str, period: Period) -> tuple[CreditChange, ...]:
    """Return the own terms of a month that are others now than the closed run knew."""
    plan = new.plan.require()
    shape = plan.components.get(name)
    found = []
    for term in sorted(terms_of(shape)) if shape is not None else ():
        now, then = (term_on(one.inputs.terms, term, period.last_day) for one in (new, old))
        if (None if now is None else now.value) != (None if then is None else then.value):
            source = next((one.source for one in (now, then) if one is not None), "")
            found.append(CreditChange(term, "own-terms", Decimal(0), period.start, "", source))
    return tuple(found)


def _changes(
    now: Iterable[CreditLine], then: Iterable[CreditLine], component: str, period: Period
) -> tuple[CreditChange, ...]:
    before, after = _by_key(then, component, period), _by_key(now, component, period)
    found = []
    for key in sorted({*before, *after}, key=lambda one: (one[0], one[1], one[2])):
        old, new = before.get(key, ()), after.get(key, ())
        change = CONTEXT.subtract(_credit(new), _credit(old))
        line = (*new, *old)[0]
        if not change and _special(new) != _special(old):
            of = next((one.special.source for one in (*new, *old) if one.special is not None), line.source)
            found.append(CreditChange(line.key, "special-rate", change, line.date, line.customer, of))
        if not change:
            continue
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


def _special(lines: Iterable[CreditLine]) -> set[Decimal | None]:
    """Return the special rates that credits are paid at; None where the plan's own count."""
    return {None if line.special is None else line.special.rate for line in lines}


def _credit(lines: Iterable[CreditLine]) -> Decimal:
    total = Decimal(0)
    for line in lines:
        total = CONTEXT.add(total, line.pay_credit or line.units)
    return total
