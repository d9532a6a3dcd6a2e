"""The checks of a plan: one line each. `BY_ITSELF` need the plan alone, `ON_ITS_CURVE` what
positions pay on the tables of each day, `OVER_HISTORY` what it would have paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from salescli.core.commission.lint.cliffs import find_above_whole, find_cliffs, find_falling
from salescli.core.commission.lint.draws import find_draws, find_holdbacks
from salescli.core.commission.lint.history import History
from salescli.core.commission.lint.order import find_order
from salescli.core.commission.lint.reach import find_beyond_cap
from salescli.core.commission.lint.reached import (
    find_draws_left,
    find_idle_limits,
    find_kept_for_ever,
    find_lacking,
    find_not_reached,
)
from salescli.core.commission.lint.refunds import find_lost_refunds
from salescli.core.commission.lint.sharing import find_paid_twice
from salescli.core.commission.lint.subject import Finding, Subject
from salescli.core.commission.lint.tables import (
    find_band_holes,
    find_below_first,
    find_grades_without_line,
)
from salescli.core.commission.lint.worst import find_grades_taking_back, find_worst_month

BY_ITSELF: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    find_below_first,
    find_band_holes,
    find_grades_without_line,
    find_paid_twice,
    find_order,
    find_draws,
    find_holdbacks,
)
ON_ITS_CURVE: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    find_beyond_cap,
    find_cliffs,
    find_falling,
    find_above_whole,
    find_lost_refunds,
)
OVER_HISTORY: tuple[Callable[[History], Iterator[Finding]], ...] = (
    find_lacking,
    find_not_reached,
    find_idle_limits,
    find_kept_for_ever,
    find_draws_left,
    find_worst_month,
)


def lint_plan(subject: Subject, history: History | None = None) -> list[Finding]:
    """Return what all checks find in a plan: by itself, on every table of it, and over history where there is any."""
    found = [finding for find in BY_ITSELF for finding in find(subject)]
    for one in subject.on_each_table():
        found += [finding for find in ON_ITS_CURVE for finding in find(one) if finding not in found]
    found += find_grades_taking_back(subject, history)
    if history is not None:
        found += [finding for find in OVER_HISTORY for finding in find(history)]
    return found
