"""Pots that a manager's sheet shares (二次分配): how much there is for the members, and who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from salescli.core.commission.groups.model import GroupFact
from salescli.core.commission.result import Step
from salescli.core.money import largest_remainder, units_half_away
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.services.commission.groups.rosters import Rosters
from salescli.services.commission.groups.sheet import GroupWork
from salescli.services.commission.payees import fetch_seats
from salescli.services.commission.running import CommissionRun, Computed
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.core.commission.components.pool import PoolComponent


@dataclass(frozen=True, slots=True)
class Pot:
    """The members' part of one pot: of which pool and window, how much, in which units, and whose."""

    pool: str
    title: Title
    window: Period
    manager: int
    amount: Decimal
    unit: Decimal
    currency: str
    members: tuple[tuple[int, str, str], ...]  # the record, the number and the name


def find_pots(context: Context, period: Period, done: CommissionRun) -> dict[int, list[Pot]]:
    """Return, by manager, the pots that a sheet shares: those of windows that end now, and those still waiting."""
    rosters = Rosters(GroupWork(context, fetch_seats(context.store), done.graded))
    found: dict[int, list[Pot]] = {}
    for one in done.computed:
        if one.inputs.group is None or one.only_shares:
            continue
        for fact in one.inputs.group.facts:
            component = one.plan.require().components.get(fact.component)
            pot = next((step for step in fact.steps if step.name == "pot"), None)
            if component is None or pot is None or getattr(component, "members_by", "") != "manager-sheet":
                continue
            if pot.part("manager") == one.payee.name and _is_open(fact, period):
                made = _pot(context, one, fact, pot, rosters)
                if made.amount:
                    found.setdefault(one.payee.entity, []).append(made)
    return found


def _is_open(fact: GroupFact, period: Period) -> bool:
    """Whether the window ends in this month, or no sheet has shared its pot yet."""
    return fact.origin == period.start or not any(step.name == "pot-manager" for step in fact.steps)


def _pot(context: Context, one: Computed, fact: GroupFact, pot: Step, rosters: Rosters) -> Pot:
    plan = one.plan.require()
    component = cast("PoolComponent", plan.components[fact.component])
    start, end = _days(pot)
    unit = plan.payout.round_to
    whole = units_half_away(Fraction(fact.whole or 0), Fraction(unit))
    _, members = largest_remainder(whole, [component.share_of("manager"), component.share_of("members")])
    people = rosters.days(one.payee.entity, component, start, end, one.inputs.away)
    return Pot(
        pool=fact.component,
        title=plan.component_title(fact.component),
        window=context.calendar.window(component.grain, start),
        manager=one.payee.entity,
        amount=members * unit,
        unit=unit,
        currency=plan.currency,
        members=tuple(_named(people, rosters)),
    )


def _named(people: Iterable[int], rosters: Rosters) -> Iterator[tuple[int, str, str]]:
    directory = rosters.work.directory
    yield from sorted(((one, *directory[one]) for one in people), key=lambda each: each[1])


def _days(pot: Step) -> tuple[date, date]:
    start, end = pot.part("start"), pot.part("end")
    assert isinstance(start, date) and isinstance(end, date)
    return start, end
