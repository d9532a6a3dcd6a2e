"""The credits of one component: as sums, and as lines where they are wanted or cannot be done without."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from salescli.services.commission.by_line import is_by_line, sums_of
from salescli.services.commission.by_product import is_detailed
from salescli.services.commission.credits import Credited, Task, fetch_credit_lines, fetch_sums
from salescli.services.commission.leaving import Leavers, add_rests

ZERO = Decimal(0)


def fetch_credits(task: Task, into: Credited, *, with_lines: bool, leavers: Leavers | None = None) -> None:
    """Add the credits of a component, and what `leavers` leave to its people; the lines add up to the sums."""
    _fetch_own(task, into, with_lines)
    if leavers is not None:
        add_rests(leavers, task, into, with_lines=with_lines)
    if task.special is not None and not with_lines:
        _add_lines(task, task.special.people, into, leavers)


def _add_lines(task: Task, people: frozenset[int], into: Credited, leavers: Leavers | None) -> None:
    """Add the lines of those who have special rates: which of their credits the rates are for, sums cannot say."""
    own = task.component.credit == "own"
    mine = {person: payee for person, payee in task.payees.items() if person in people}
    found = Credited(problems=into.problems)
    asked = replace(task, payees=mine, people=tuple(mine) if own else task.people)
    fetch_credit_lines(asked, found)
    if leavers is not None:
        add_rests(leavers, replace(task, payees=mine), found, with_lines=True)
    for person, lines in found.lines.items():
        into.lines.setdefault(person, []).extend(lines)


def _fetch_own(task: Task, into: Credited, with_lines: bool) -> None:
    if not is_by_line(task.component) and not is_detailed(task.plan, task.component):
        fetch_sums(task, into)
        if with_lines:
            fetch_credit_lines(task, into)
        return
    found = Credited(problems=into.problems)
    fetch_sums(task, found)  # another measure that moves the position, and what is refused
    fetch_credit_lines(task, found)
    has_other = len(task.component.metrics) > 1
    if has_other:
        for person, sums in found.sums.items():
            into.sums.setdefault(person, []).extend(replace(one, pay_credit=ZERO, units=ZERO) for one in sums)
    for person, lines in found.lines.items():
        for one in sums_of(lines):
            into.sums.setdefault(person, []).append(replace(one, quota_credit=ZERO) if has_other else one)
        if with_lines:
            into.lines.setdefault(person, []).extend(lines)
