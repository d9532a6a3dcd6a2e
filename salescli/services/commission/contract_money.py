"""What has come in for contracts whose sales are paid in parts: at signing, and as the money comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.commission.inputs import CreditLine, Received
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import Period
from salescli.errors import ProblemsFound, problem
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.metric_sql import fetch_measured
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

MONEY_OF_CONTRACTS = (("receipts", 1), ("refunds", -1))
LONG_AGO = date(1900, 1, 1)


def pays_in_parts(plan: Plan) -> bool:
    """Tell whether any sale of a plan is paid in parts."""
    return any(one.pays_in for one in plan.components.values())


def fetch_received(context: Context, plan: Plan, run: Period) -> dict[str, list[Received]]:
    """Return the money of each contract up to the end of a run, by its number; {} where no sale is paid in parts.

    The contract's own currency counts, with tax: the part received is of its whole amount.

    Raises:
        ProblemsFound: a component that pays in parts is not of contracts.
    """
    parted = {name: one for name, one in plan.components.items() if one.pays_in}
    if not parted:
        return {}
    wrong = [
        problem("parts-of-no-contract", plan=plan.plan, component=name, metric=one.pays_on)
        for name, one in parted.items()
        if any(base.of != "contract" for base, _ in context.catalogue.base_parts(one.pays_on))
    ]
    if wrong:
        raise ProblemsFound(*wrong)
    return fetch_contract_money(context, Period(LONG_AGO, run.end))


def fetch_contract_money(context: Context, period: Period) -> dict[str, list[Received]]:
    """Return the money that came in for contracts in a period, by their numbers, in their own currency, with tax."""
    contracts = fetch_images(context.store, context.store.registry["contract"])
    places = Places(context)
    found: dict[str, list[Received]] = {}
    for name, sign in MONEY_OF_CONTRACTS:
        for metric, own in context.catalogue.base_parts(name):
            query = Query(metric.name, ("contract", "day"), period)
            for row in fetch_measured(context.store, metric, query, context.calendar, context.on.isoformat()):
                contract, day = row.group
                if not isinstance(contract, int):
                    continue
                image = contracts.get(contract)
                if image is None or image["amount"] is None or row.currency != image["currency"]:
                    continue
                number = places.label("contract", contract)
                amount = from_e4(sign * own * row.value)
                received = Received(number, date.fromisoformat(str(day)), amount, from_e4(image["amount"]))
                found.setdefault(number, []).append(received)
    return found


def received_for(found: Mapping[str, list[Received]], lines: Iterable[CreditLine]) -> tuple[Received, ...]:
    """Return the money of the contracts that somebody is credited with."""
    if not found:
        return ()
    contracts = dict.fromkeys(line.contract for line in lines)
    return tuple(one for contract in contracts for one in found.get(contract, ()))
