"""The cliffs of one of two plans that are compared: where one more yuan pays much at once, or takes pay away."""

from __future__ import annotations

from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.lint.cliffs import find_cliffs
from salescli.core.commission.lint.subject import Finding, Subject
from salescli.core.periods import FiscalCalendar
from salescli.policy.plans import PlanFile
from salescli.reports.commission.diff_head import Cliff


def find_cliffs_of(file: PlanFile, calendar: FiscalCalendar, typical: Assumed) -> tuple[Cliff, ...]:
    """Return the cliffs of a plan on every table of it, with what is typical of the people compared."""
    found: list[Finding] = []
    for subject in Subject(file.require(), calendar, typical=typical).on_each_table():
        found += [one for one in find_cliffs(subject) if one not in found]
    return tuple(Cliff(one, file.place(one.path)) for one in found)
