"""What is signed and not yet received: what it will cost in commission at the rates of today's positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.cost import Accrued, accrue, share_of
from salescli.core.commission.curve import build_curve
from salescli.core.commission.terms import SpecialRate
from salescli.core.metrics.model import BaseMetric, Filter
from salescli.core.metrics.query import Query
from salescli.core.money import CONTEXT, from_e4, total
from salescli.core.periods import ONE_DAY, Period
from salescli.core.title import Title
from salescli.errors import UsageError
from salescli.services.commission.contract_money import LONG_AGO, fetch_contract_money
from salescli.services.commission.credits import dimension_of
from salescli.services.commission.payees import Hierarchy
from salescli.services.commission.places import Places
from salescli.services.commission.running import Computed
from salescli.services.commission.special_rates import Recorded, fetch_special_rates, special_for, taken_by
from salescli.services.context import Context
from salescli.store.metric_lines import Line, fetch_lines
from salescli.store.state import fetch_images

SIGNED = "bookings"
RECEIVED = "receipt"


@dataclass(frozen=True)
class OpenContract:
    """A contract of which money is still to come."""

    number: str
    customer: int | None
    currency: str
    open: Decimal
    net: Fraction  # what is without tax, of 1.00 with tax


@dataclass
class Accruals:
    """What was found, and the components that no rate can be told of: (plan, component)."""

    found: list[Accrued] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    titles: dict[tuple[str, str], Title] = field(default_factory=dict)


def fetch_accruals(context: Context, computed: Iterable[Computed], month: Period, hierarchy: Hierarchy) -> Accruals:
    """Return the accrual of everybody whose plans pay on what is received, at the end of a month."""
    accruals = Accruals()
    opened = open_contracts(context, month)
    rows: dict[tuple[str, str], list[Line] | None] = {}
    special = fetch_special_rates(context)
    day = month.last_day
    for one in computed:
        plan = one.plan.require()
        if not (one.payee.is_on(day) and plan.start <= day < plan.end) or one.only_shares:
            continue
        for name, component in plan.components.items():
            base = _received_by(context, component)
            if base is None:
                continue
            mark = (one.plan.name, name)
            accruals.titles[mark] = plan.component_title(name)
            if mark not in rows:
                rows[mark] = _signed(context, component, month)
            lines = rows[mark]
            if lines is None:
                accruals.left_out.append(mark)
                continue
            mine = [line for line in lines if _is_of(one, component, line, hierarchy, month)]
            own = taken_by(special, (plan,), name, (one.payee.entity,)).get(one.payee.entity, ())
            found = _accrued(one, name, base, mine, opened, own)
            if found is None:
                accruals.left_out.append(mark)
            else:
                accruals.found += found
    accruals.left_out = list(dict.fromkeys(accruals.left_out))
    return accruals


def open_contracts(context: Context, month: Period) -> dict[int, OpenContract]:
    """Return the contracts signed by the end of a month of which less has come in than they are of."""
    places = Places(context)
    money = fetch_contract_money(context, Period(LONG_AGO, month.end))
    found = {}
    for entity, image in fetch_images(context.store, context.store.registry["contract"]).items():
        if image["amount"] is None or not image["signed"] or str(image["signed"])[:10] >= month.end.isoformat():
            continue
        number = places.label("contract", entity)
        amount = from_e4(image["amount"])
        left = CONTEXT.subtract(amount, total(one.amount for one in money.get(number, ())))
        if left > 0:
            net = image.get("net_amount")
            part = Fraction(from_e4(net)) / Fraction(amount) if net is not None else Fraction(1)
            found[entity] = OpenContract(number, image["customer"], image["currency"] or context.currency, left, part)
    return found


def _received_by(context: Context, component: Any) -> BaseMetric | None:
    """Return the metric of receipts that a component pays on, None where it pays on something else, or by units."""
    if not isinstance(component, CreditedShape) or not component.metrics:
        return None
    bases = [base for base, sign in context.catalogue.base_parts(component.pays_on) if sign > 0]
    is_money = context.catalogue.unit(component.pays_on) == "money"
    return bases[0] if is_money and bases and bases[0].of == RECEIVED else None


def _signed(context: Context, component: Any, month: Period) -> list[Line] | None:
    """Return who is credited with which signed contracts, None where the conditions are not of contracts."""
    ((base, _), *_) = context.catalogue.base_parts(SIGNED)
    base = replace(base, credit="overlay") if component.credit == "overlay" else base
    only = tuple(Filter(dimension_of(path), "=", tuple(values)) for path, values in component.only.items())
    query = Query(base.name, (), Period(LONG_AGO, month.end), only)
    try:
        return fetch_lines(context.store, base, query, context.on.isoformat())
    except UsageError:
        return None


def _is_of(one: Computed, component: Any, line: Line, hierarchy: Hierarchy, month: Period) -> bool:
    """Tell whether a contract's credit is somebody's at the end of the month: the own, or that of the people below."""
    if line.person is None:
        return False
    if component.credit != "team":
        return line.person == one.payee.entity
    team = component.team
    above = hierarchy.above(line.person, month.last_day, everyone=team.depth == "everyone-below")
    return one.payee.entity in above or (team.own_deals == "counted" and line.person == one.payee.entity)


def _accrued(
    one: Computed, name: str, base: BaseMetric, lines: Iterable[Line], opened: Mapping[int, OpenContract],
    special: Sequence[Recorded],
) -> list[Accrued] | None:  # fmt: skip
    """Return the accrual of the open contracts among some; None where there are any and no rate can be told."""
    plan = one.plan.require()
    is_net = base.value.path == "net_amount"
    rates: dict[SpecialRate | None, Fraction | None] = {}
    found = []
    for line in lines:
        each = opened.get(line.entity)
        if each is None or each.currency != plan.currency:
            continue
        own = special_for(special, each.customer, line.entity, _day(one)) if special else None
        if own not in rates:
            rates[own] = rate_now(one, name, own)
        rate = rates[own]
        if rate is None:
            return None
        found.append(
            accrue(
                one.payee.entity, (one.plan.name, name), each.number, each.currency,
                amount=each.open, share=share_of(line.share_from, line.share_to),
                net=each.net if is_net else Fraction(1), rate=rate, unit=plan.payout.round_to,
            )
        )  # fmt: skip
    return found


def rate_now(one: Computed, component: str, special: SpecialRate | None = None) -> Fraction | None:
    """Return what the next 1.00 of credit pays somebody on top of what they have; None where none decides.

    `special` is the rate of their own at which it is paid.
    """
    curve = build_curve(one.plan.require(), component, one.inputs, _day(one), standing=True, special=special)
    if not curve.moved or curve.missing:
        return None
    return curve.slope_after(0)


def _day(one: Computed) -> date:
    """Return the last day of the month whose end it is."""
    return one.inputs.calendar.window("month", one.result.run).end - ONE_DAY
