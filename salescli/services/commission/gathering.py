"""The facts of everybody on a plan: credits, quotas, readings, grades and terms, each kind by one query for all.

What a closed month's plan said of whom and what it credits holds for that month (`plan_versions`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from salescli.core.commission.inputs import PayeeInputs
from salescli.core.periods import Period
from salescli.policy.plans import PlanFile
from salescli.services.calendar_days import fetch_working
from salescli.services.commission.calendars import kept_calendars
from salescli.services.commission.collecting import fetch_credits
from salescli.services.commission.contract_money import fetch_received, pays_in_parts, received_for
from salescli.services.commission.credits import Credited, Task
from salescli.services.commission.exchange import exchange_problems
from salescli.services.commission.exchange_stretches import FrozenPlans, cut_by_exchange
from salescli.services.commission.facts import (
    Asked,
    fetch_contract_dates,
    fetch_deductions,
    fetch_quotas,
    fetch_readings,
    fetch_terms,
)
from salescli.services.commission.payees import Hierarchy, Payee
from salescli.services.commission.plan_versions import versions_of
from salescli.services.commission.posted import OpeningSheet, item_of
from salescli.services.commission.refunds import find_unseen_refunds
from salescli.services.commission.special_rates import Marking, fetch_special_rates, find_clashes, of_plan, taken_by
from salescli.services.commission.vintages import vintages
from salescli.services.context import Context
from salescli.services.scorecard.grades import fetch_grades, graded_runs
from salescli.store.runs import Run

if TYPE_CHECKING:
    from salescli.services.commission.running import CommissionRun


def gather_facts(
    context: Context, file: PlanFile, upto: Period, seats: list[Any], done: CommissionRun, people: frozenset[int],
    with_lines: bool, closed: list[Run], frozen: FrozenPlans,
) -> list[tuple[Payee, PayeeInputs]]:  # fmt: skip
    """Fetch everything a plan needs for its payees, each kind of fact by one query for all of them."""
    plan = file.require()
    versions = versions_of(plan, frozen)
    payees = {payee.entity: payee for payee in versions.payees(context.store, seats) if payee.start < upto.end}
    if people:
        payees = {person: payee for person, payee in payees.items() if person in people}
    needs, hierarchy = versions.needs(context.calendar, upto), Hierarchy(seats)
    quotas = fetch_quotas(context, payees, plan.currency)
    credited = Credited()
    known_as = cut_by_exchange(context, plan, vintages(context, closed, versions.span(upto)), closed, frozen)
    first = done.opening.first if done.opening else None
    special = fetch_special_rates(context)
    done.stops += [one for one in find_clashes(special, plan, payees) if one not in done.stops]
    for name in versions.components():
        taken = taken_by(special, versions.plans, name, payees)
        opened = _people_opened(done.opening, file.name, name, payees)
        for each, own, component, is_other_rule in versions.tasks(name, known_as, upto.start):
            task = Task(
                each.context, own, name, component, payees, upto, hierarchy, quotas, first, opened, each.period,
                each.exchanging, asked=tuple(sorted(payees)) if people else (), refunds_apart=is_other_rule,
                special=Marking(each.context, own, name, component, taken) if taken else None,
            )  # fmt: skip
            each.enter()
            fetch_credits(task, credited, with_lines=with_lines or name in needs.lines_for, leavers=done.leavers)
    done.problems += [*credited.problems, *find_unseen_refunds(context, plan, upto)]
    readings = fetch_readings(known_as, needs.readings, Asked(payees, hierarchy, quotas, plan.currency))
    if any(one.is_staged for one in known_as):
        context.prepare_stages()
    notes, stops = exchange_problems(one.exchanging for one in known_as)
    done.problems, done.stops = done.problems + notes, done.stops + stops
    graded = graded_runs(context, needs.scorecards, upto) if done.graded is None else done.graded
    done.used |= {one.id for one in graded}
    grades = fetch_grades(context, needs.scorecards, upto, graded)
    terms = fetch_terms(context) if needs.terms else {}
    dates = fetch_contract_dates(context, needs.contract_fields)
    deducts = any(one.payout.deductions is not None for one in versions.plans)
    deductions, refused = fetch_deductions(context, plan.currency) if deducts else ({}, [])
    done.problems += [each for each in refused if each not in done.problems]
    working = fetch_working(context) if needs.working_days else {}
    worked = kept_calendars(context, plan, closed, frozen, working) if needs.working_days else {}
    received = fetch_received(context, next((one for one in versions.plans if pays_in_parts(one)), plan), upto)
    return [
        (
            payee,
            PayeeInputs(
                person=payee.key,
                calendar=context.calendar,
                start=payee.start,
                end=payee.end,
                away=payee.away,
                credits=tuple(credited.sums.get(person, ())),
                lines=tuple(credited.lines.get(person, ())),
                quotas=quotas.get(person, ()),
                terms=terms.get(person, ()),
                special_rates=of_plan(special.get(person, ()), plan),
                grades=grades.get(person, ()),
                readings=readings.get(person, ()),
                contract_dates=dates,
                deductions=deductions.get(person, ()),
                working=working,
                worked=worked,
                received=received_for(received, credited.lines.get(person, ())),
            ),
        )
        for person, payee in payees.items()
    ]


def _people_opened(opening: OpeningSheet | None, plan: str, component: str, payees: Iterable[int]) -> frozenset[int]:
    """Return who brings figures of a component from before the opening."""
    rows = opening.rows if opening else {}
    found = (one for one in payees if any(row.component == component for row in rows.get(item_of(plan, one), ())))
    return frozenset(found)
