"""Why an earlier period differs: the transactions whose credit is another than the closed run of that period knew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salescli.core.commission.inputs import CreditLine, Posted
from salescli.core.commission.needs import terms_of
from salescli.core.commission.origins import Mark
from salescli.core.commission.terms import term_on
from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.reports.commission.columns import CreditChange
from salescli.services.commission.grade_changes import Grades, grades_moved
from salescli.services.commission.moved_lines import MovedLines
from salescli.services.commission.posted import closed_of
from salescli.services.commission.running import Computed, compute_period
from salescli.services.commission.stored import StoredPayee, knowing, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run
from salescli.store.state import fetch_by_key

Changes = dict[str, dict[tuple[str, date], tuple[CreditChange, ...]]]
LATE = {"receipt": "late-receipt", "refund": "late-refund"}
Key = tuple[str, str, str]


class Told(NamedTuple):
    """What a record says that decides where its credit goes."""

    date: str | None
    contract: int | None


Records = Mapping[tuple[str, str], Told]
"""Records by type and key."""


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
    records: tuple[Records, Records] = ({}, {})
    if earlier:
        records = _records_of(context, (run, now), (earlier[-1], then))
    moved = MovedLines(context, now, then)
    found: Changes = {}
    for one in concerned:
        new, old = now.get(one.item), then.get(one.item)
        for component in one.result.components:
            name, told = component.component, {}
            for closed in earlier:
                period = context.parse_period(closed.period)
                changes = _changes(_lines(new), _lines(old), name, period, records)
                changes += () if new is None or old is None else _of_terms(new, old, name, period)
                told[period.start] = changes
            grades = () if new is None or old is None else grades_moved(new, old, name)
            for start in told:
                if one.item in quiet or _differs(one, start):
                    behind = _behind(moved.of(one.item, component, start), start, told, grades)
                    if behind:
                        found.setdefault(one.item, {})[name, start] = behind
    return found


def known_before(context: Context, run: Run, people: frozenset[int]) -> dict[str, Computed]:
    """Return what went into the closed run before a run, as it knew things: what a difference is a difference from."""
    earlier = closed_of(context.store, run)
    return _known(context, run, people, earlier[-1]) if earlier else {}


def _behind(
    moved: Mapping[Mark, Decimal], start: date, told: Mapping[date, tuple[CreditChange, ...]], grades: Grades
) -> tuple[CreditChange, ...]:
    """Return what changed behind the difference of a month: of what changed in it, what moved its money.

    Where nothing of that did, it is what changed in other months and is paid in this one, as by a grade.
    """
    changes = told[start]
    keys = {mark[0] for mark in moved if mark[0]}
    own = tuple(one for one in changes if one.key in keys or one.cause == "own-terms")
    graded = tuple(one for one in grades if any(one.is_of(mark[2]) for mark in moved))
    if own or not keys:
        return (*(one.change(start) for one in graded if one.is_new), *(own or changes))
    others = {one.key: one for month, many in told.items() for one in many if month != start and one.key in keys}
    if not others:
        return (*(one.change(start) for one in graded if one.is_new), *changes)
    return (*(one.change(start) for one in graded), *others.values())


def _records_of(
    context: Context, now: tuple[Run, Mapping[str, Computed]], then: tuple[Run, Mapping[str, Computed]]
) -> tuple[Records, Records]:
    """Return the records whose credits are others, as one run knows them, and as another knew them."""
    marks = [
        {
            (item, line.component, line.kind, line.key, line.contract, line.date, line.share, line.pay_credit)
            for item, one in known.items()
            for line in one.inputs.lines
        }
        for _, known in (now, then)
    ]
    by_kind: dict[str, set[str]] = {}
    for mark in marks[0] ^ marks[1]:
        by_kind.setdefault(mark[2], set()).add(mark[3])
    found: list[Records] = []
    for run, _ in (now, then):
        end = context.parse_period(run.period).end.isoformat()
        with knowing(context, run):
            known = [context.store.registry[name] for name in sorted(by_kind) if name in context.store.registry]
            records = {
                (kind.name, key): Told(image.get(kind.date), image.get("contract"))
                for kind in known
                for key, image in fetch_by_key(context.store, kind, by_kind[kind.name]).items()
            }
        # a refund of later days was no fact of the run, whoever had entered it already
        found.append({mark: one for mark, one in records.items() if mark[0] != "refund" or (one.date or "") < end})
    return found[0], found[1]


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
    now: Collection[CreditLine],
    then: Collection[CreditLine],
    component: str,
    period: Period,
    records: tuple[Records, Records],
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
        stands, was = (side.get((line.kind, line.key)) for side in records)
        if old and new:
            cause = _how(old[0], new[0])
        elif stands is not None and was is not None:
            cause = _otherwise(line, stands, was)
        else:
            cause = LATE.get(line.kind, "late") if new else "gone"
        found.append(CreditChange(line.key, cause, change, line.happened or line.date, line.customer, line.source))
    return tuple(found)


def _how(was: CreditLine, now: CreditLine) -> str:
    """Say what of a credit is another: its share, amount or rate."""
    if was.share != now.share:
        return "share"
    if was.exchanged is not None and now.exchanged is not None and was.exchanged.rate != now.exchanged.rate:
        return "rate"
    return "amount" if was.amount != now.amount else "changed"


def _otherwise(line: CreditLine, stands: Told, was: Told) -> str:
    """Say why somebody has, or has no more, the credit of a record that was there all the time."""
    if stands.date != was.date:
        return "date"
    if stands.contract != was.contract:
        return "contract"
    return "share" if line.share != 1 or line.with_others else "owner"


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
