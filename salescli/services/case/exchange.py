"""Credits of a case in another currency than its plan's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.exchanged import Exchanged, PlanRates, exchange
from salescli.core.metrics.conversion import FxRate
from salescli.errors import Problem, problem
from salescli.policy.cases import PlacedCase

if TYPE_CHECKING:
    from salescli.core.commission.case_shapes import CreditFact, Given
    from salescli.core.commission.plan import Plan


def open_rates(plan: Plan, given: Given) -> PlanRates | None:
    """Return the rates that a case's plan takes; None where the plan converts nothing."""
    if plan.exchange is None:
        return None
    recorded = [FxRate(one.base, one.quote, one.date.isoformat(), one.rate) for one in given.fx_rates]
    return PlanRates(plan.exchange, plan.currency, recorded)


def rate_day(plan: Plan, given: Given, fact: CreditFact) -> date:
    """Return the day whose rate a credit takes: a refund that of what it undoes, unless it counts on its own day."""
    undone = next((one for one in given.credits if fact.undoes and one.key == fact.undoes), None)
    is_own = getattr(plan.components[fact.component], "refunds", "") == "at-refund-date"
    of = fact if undone is None or is_own else undone
    if plan.exchange is not None and plan.exchange.on == "signing-date":
        return fact.signed or (undone.signed if undone is not None else None) or of.date
    return of.date


def convert_credit(plan: Plan, given: Given, fact: CreditFact, credit: Decimal) -> tuple[Decimal, Exchanged | None]:
    """Return a credit in the plan's currency, and what it was; `check_rates` has found that there is a rate."""
    rates = open_rates(plan, given)
    if fact.currency in ("", plan.currency) or rates is None:
        return credit, None
    day = rate_day(plan, given, fact)
    rate = rates.find(fact.currency, day)
    assert rate is not None, "the case was checked"
    return exchange(credit, rate.factor), Exchanged(fact.amount, credit, fact.currency, rate, day)


def check_rates(placed: PlacedCase, plan: Plan) -> Iterator[Problem]:
    """Yield the credits that have no rate, at their places."""
    given = placed.case.given
    rates = open_rates(plan, given)
    for index, fact in enumerate(given.credits):
        if fact.currency in ("", plan.currency) or fact.component not in plan.components:
            continue
        day = rate_day(plan, given, fact)
        if rates is None or rates.find(fact.currency, day) is None:
            yield problem(
                "case-without-rate",
                placed.where("given", "credits", index, "currency"),
                currency=fact.currency,
                wanted=plan.currency,
                day=day,
            )
