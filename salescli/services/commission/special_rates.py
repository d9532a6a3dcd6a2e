"""Special rates (特批) of the store: whose they are, which credits they are for, and those that count nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.commission.explain_special import whom_words
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.special_rates import TAKERS
from salescli.core.commission.terms import SpecialRate, clashes, special_rate_of
from salescli.core.commission.wording import percent
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.state import fetch_images, fetch_images_of

if TYPE_CHECKING:
    from salescli.core.commission.components.base import ComponentShape
    from salescli.core.commission.plan import Plan
    from salescli.services.commission.groups.sheet import PlanSheet
    from salescli.services.commission.payees import Payee

NAME = "special-rate"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A special rate with the records that it is for; `rate` says them as people do."""

    rate: SpecialRate
    customer: int | None
    contract: int | None

    def is_of(self, plan: Plan, name: str) -> bool:
        """Tell whether it is for a component of a plan: by its name, its title, or `PLAN.COMPONENT`."""
        if not self.rate.component:
            return True
        title = plan.components[name].title
        titles = () if title is None else (title.zh, title.en)
        return self.rate.component.casefold() in {one.casefold() for one in (name, f"{plan.plan}.{name}", *titles)}

    def named(self, component: str) -> Recorded:
        """Return it with a component that it is for by the name that plans have for it."""
        return replace(self, rate=replace(self.rate, component=component if self.rate.component else ""))

    def on_records(self, component: str) -> SpecialRate:
        """Return it with its component and records by number: the same ones are equal, however they are written."""
        customer, contract = (f"#{one}" if one is not None else "" for one in (self.customer, self.contract))
        named = component if self.rate.component else ""
        return replace(self.rate, component=named, customer=customer, contract=contract)


Special = Mapping[int, Sequence[Recorded]]
"""Person → their special rates."""


def fetch_special_rates(context: Context) -> dict[int, list[Recorded]]:
    """Return everybody's special rates, by person; whoever has none is not there."""
    kind = context.store.registry[NAME]
    images = fetch_images(context.store, kind)
    if not images:
        return {}
    places = Places(context)
    sources = places.of_all(kind)
    found: dict[int, list[Recorded]] = {}
    for entity, image in sorted(images.items(), key=lambda one: (one[1]["from"], one[0])):
        rate = SpecialRate(
            rate=Decimal(kind["rate"].kind.to_python(image["rate"])),
            start=date.fromisoformat(image["from"]),
            through=date.fromisoformat(image["through"]) if image["through"] else None,
            component=image["component"] or "",
            customer=places.label("customer", image["customer"]),
            contract=places.label("contract", image["contract"]),
            approved_by=image["approved_by"] or "",
            reason=image["reason"] or "",
            source=sources.get(entity, ""),
        )
        found.setdefault(image["person"], []).append(Recorded(rate, image["customer"], image["contract"]))
    return found


@dataclass
class Marking:
    """Gives the credits of one component the special rates of the people who are credited with them."""

    context: Context
    plan: Plan
    name: str
    component: ComponentShape
    special: Special
    _received: dict[int, date | None] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[int]:
        """Who has a special rate that may be for the component."""
        return frozenset(self.special)

    def mark(self, line: CreditLine, row: Any, person: int) -> CreditLine:
        """Return a line with the special rate of its person, if there is one; `row` names its records."""
        mine = self.special.get(person, ())
        if not mine or self.component.special_rates is None:
            return line
        return replace(line, special=special_for(mine, row.customer, row.contract, self._day(line, row)))

    def mark_rest(self, line: CreditLine, person: int) -> CreditLine:
        """Return what somebody takes over of a leaver with their own special rate for it."""
        if self.component.special_rates is None:
            return line

        def is_of(rate: SpecialRate) -> bool:
            return rate.customer in ("", line.customer) and rate.contract in ("", line.contract)

        rates = [one.rate for one in self.special.get(person, ())]
        return replace(line, special=special_rate_of(rates, line.priced or line.date, is_of))

    def _day(self, line: CreditLine, row: Any) -> date:
        """Return the day whose special rates count: a refund has those of its receipt, or of its own."""
        if line.priced is not None or row.undoes is None or getattr(self.component, "refunds", "") == "at-refund-date":
            return line.priced or line.date
        if row.undoes not in self._received:
            store = self.context.store
            found = fetch_images_of(store, store.registry["receipt"], (row.undoes,)).get(row.undoes, {}).get("date")
            self._received[row.undoes] = date.fromisoformat(found[:10]) if found else None
        return self._received[row.undoes] or line.date


def special_for(mine: Iterable[Recorded], customer: int | None, contract: int | None, day: date) -> SpecialRate | None:
    """Return somebody's special rate for the credits of a customer and a contract on a day."""
    held = [one.rate for one in mine if one.customer in (None, customer) and one.contract in (None, contract)]
    return special_rate_of(held, day, lambda _: True)


def taken_by(special: Special, plans: Iterable[Plan], name: str, people: Iterable[int]) -> dict[int, list[Recorded]]:
    """Return the special rates of some people for a component, where any version of the plan takes them."""
    takers = [plan for plan in plans if name in plan.components and plan.components[name].special_rates is not None]
    if not takers:
        return {}
    found = {
        person: [one.named(name) for one in special.get(person, ()) if any(one.is_of(plan, name) for plan in takers)]
        for person in people
    }
    return {person: mine for person, mine in found.items() if mine}


def of_plan(special: Sequence[Recorded], plan: Plan) -> tuple[SpecialRate, ...]:
    """Return somebody's special rates with the names that a plan has for its components."""
    found = []
    for one in special:
        name = next((each for each in plan.components if one.is_of(plan, each)), one.rate.component)
        found.append(one.named(name).rate)
    return tuple(found)


def find_clashes(special: Special, plan: Plan, payees: Mapping[int, Payee]) -> Iterator[Problem]:
    """Yield the special rates of one person that are for the same credits on one day."""
    said = set()
    for name, shape in plan.components.items():
        if shape.special_rates is None:
            continue
        for person, mine in taken_by(special, (plan,), name, payees).items():
            by_records = {one.on_records(name): one.rate for one in mine}
            for pair in clashes(by_records):
                one, other = (by_records[each] for each in pair)
                if (person, one, other) not in said:
                    said.add((person, one, other))
                    values: dict[str, Any] = {"what": whom(one), "one": place_of(one), "other": place_of(other)}
                    day = max(one.start, other.start)
                    where = where_of(other)
                    yield problem("special-rates-clash", where, person=payees[person].name, day=day, **values)


def find_untaken(
    special: Special, plans_of: Mapping[int, Sequence[Plan]], names: Mapping[int, str], period: Period
) -> Iterator[tuple[int, SpecialRate, Problem]]:
    """Yield the special rates in force in a period that no component of the person's plans takes."""
    for person, plans in plans_of.items():
        for one in special.get(person, ()):
            rate = one.rate
            if rate.start >= period.end or (rate.through is not None and rate.through < period.start):
                continue
            named = [(plan, name) for plan in plans for name in plan.components if one.is_of(plan, name)]
            if any(plan.components[name].special_rates is not None for plan, name in named):
                continue
            if not named:
                choices = tuple(name for plan in plans for name in plan.components)
                values: dict[str, Any] = {"person": names.get(person, ""), "text": rate.component, "choices": choices}
                yield person, rate, problem("special-rate-other-plan", where_of(rate), severity="warning", **values)
                continue
            may = [name for plan, name in named if plan.components[name].type in TAKERS]
            why = Title(
                f"组件 {'、'.join(may)} 没有写 special_rates" if may else "其方案没有按费率计提的组件",
                f"{', '.join(may)} says no special_rates" if may else "no component of their plans pays by a rate",
            )
            values = {"person": names.get(person, ""), "what": whom(rate), "rate": percent(rate.rate), "why": why}
            yield person, rate, problem("special-rate-not-taken", where_of(rate), severity="warning", **values)


def untaken(context: Context, sheets: Iterable[PlanSheet], period: Period) -> list[Problem]:
    """Return the special rates of a run's people that count nowhere."""
    special = fetch_special_rates(context)
    plans_of: dict[int, list[Plan]] = {}
    names: dict[int, str] = {}
    for sheet in sheets if special else ():
        for person, (payee, _) in sheet.payees.items():
            if payee.start < period.end and period.start < payee.end and sheet.plan.start < period.end:
                plans_of.setdefault(person, []).append(sheet.plan)
                names[person] = payee.name
    return [found for _, _, found in find_untaken(special, plans_of, names, period)]


def whom(rate: SpecialRate) -> Title:
    """Say which credits a special rate is for."""
    return whom_words(rate.component, rate.customer, rate.contract)


def place_of(rate: SpecialRate) -> str:
    """Say where a special rate stands: its file, sheet and row, or its rate and days where it was typed in."""
    if "!" in rate.source:
        return rate.source
    return f"{percent(rate.rate)} {rate.start} … {rate.through or ''} {rate.source}".strip()


def where_of(rate: SpecialRate) -> Where:
    """Return the place of a special rate in a file."""
    file, *rest = rate.source.partition(" · ")[0].split("!")
    if not rest:
        return Where()
    return Where(file, sheet=rest[0] if len(rest) > 1 else "", cell=rest[-1])
