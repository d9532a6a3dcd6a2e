"""People that plans miss, and people that two plans pay for the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.plan import Plan
from salescli.core.periods import ONE_DAY, Period
from salescli.errors import Problem, problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.doubles import find_doubles
from salescli.services.commission.payees import fetch_seats, payees_of
from salescli.services.commission.unpaid import credits_by_currency, is_money
from salescli.services.context import Context
from salescli.store.entities import labels


def find_planless(context: Context, files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Find people who have credits while plans are in force, and are on none of them."""
    plans = [file.require() for file in files]
    start = min(plan.start for plan in plans)
    end = min(max(plan.end for plan in plans), context.on + ONE_DAY)
    if start >= end:
        return
    seats = fetch_seats(context.store)
    planned = {one.entity for plan in plans for one in payees_of(context.store, plan, seats)}
    roles = {one.person: one.role or "" for one in seats if one.start < end}
    found: dict[tuple[int, str, str], Decimal] = {}
    for metric in sorted({name for plan in plans for name in _own_metrics(plan)}):
        if is_money(context.catalogue, metric):
            for (person, currency), amount in credits_by_currency(context, metric, Period(start, end)).items():
                if amount and person not in planned:
                    found[person, metric, currency] = amount
    names = labels(context.store, context.store.registry["person"], {person for person, _, _ in found})
    for (person, metric, currency), amount in sorted(found.items(), key=lambda one: (names.get(one[0][0], ""), one[0])):
        yield problem(
            "lint-no-plan",
            files[0].where("for"),
            severity="warning",
            person=names.get(person, ""),
            role=roles.get(person) or "-",
            amount=f"{amount:,} {currency}".strip(),
            metric=metric,
            window=f"{start}..{end - ONE_DAY}",
        )


def _own_metrics(plan: Plan) -> set[str]:
    components = plan.components.values()
    return {one.pays_on for one in components if isinstance(one, CreditedShape) and one.credit == "own"}


def find_double_credits(context: Context, files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Find people who are on two plans on one day where no plan means it: a run would refuse them.

    Where both pay on the same credits, the components that do are named.
    """
    for one in find_doubles(context, files):
        if one.is_meant:
            continue
        same = _same_credits(one.one.require(), one.two.require())
        if not same:
            yield one.problem("warning")
            continue
        yield problem(
            "lint-two-plans",
            one.two.where("for"),
            severity="warning",
            person=one.payee.name,
            plan=one.two.name,
            other=one.one.name,
            start=one.start,
            through=one.end - ONE_DAY,
            components=same,
        )


def _same_credits(one: Plan, two: Plan) -> tuple[str, ...]:
    """Return the components of both that pay on the same own credits; a filter may still tell them apart."""
    mine = {(shape.pays_on, shape.credit): name for name, shape in _credited(one)}
    return tuple(
        f"{name} / {mine[shape.pays_on, shape.credit]}"
        for name, shape in _credited(two)
        if (shape.pays_on, shape.credit) in mine and _may_meet(one.components[mine[shape.pays_on, shape.credit]], shape)
    )


def _credited(plan: Plan) -> Iterator[tuple[str, CreditedShape]]:
    for name, shape in plan.components.items():
        if isinstance(shape, CreditedShape):
            yield name, shape


def _may_meet(one: CreditedShape, two: CreditedShape) -> bool:
    """Tell whether a credit may pass both filters: none of their common dimensions excludes it."""
    return all(set(one.only[key]) & set(two.only[key]) for key in one.only.keys() & two.only.keys())
