"""What a check of a plan looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.curve import Curve, amount_of, build_curve
from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.curve_points import Edge, edges_of
from salescli.core.commission.inputs import PayeeInputs, Term
from salescli.core.commission.needs import needs_of
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.commission.timeline import GRAIN
from salescli.core.commission.wording import money, one_of, percent, quantity
from salescli.core.dated import Dated
from salescli.core.money import round_half_away
from salescli.core.periods import FiscalCalendar
from salescli.core.title import Title
from salescli.errors import Severity

USUAL_QUOTA = Decimal(1_000_000)
USUAL_TERMS = {
    "target-incentive": Decimal(100_000),
    "performance-base": Decimal(100_000),
    "base-rate": Decimal("0.1"),
    "draw": Decimal(5_000),
}
"""What a plan is tried with where nobody's own is known: only that it is the same everywhere matters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a plan says and might not mean; its sentence is in `messages/lint.py`."""

    name: str
    path: Path
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "warning"


@dataclass
class Subject:
    """A plan that is looked at by itself.

    `place_of` gives (line, column) of a path; `bands` are the grades of each scorecard as they are written.
    """

    plan: Plan
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)
    place_of: Callable[[Path], tuple[int, int]] = lambda path: (0, 0)
    typical: Assumed = field(default_factory=Assumed)
    bands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grades: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    day: date | None = None  # on which the curves are drawn; the plan's first where it is None
    _curves: dict[str, Curve] = field(default_factory=dict)
    _edges: dict[str, tuple[Edge, ...]] = field(default_factory=dict)

    @cached_property
    def assumed(self) -> Assumed:
        """What the plan is tried with: what is typical, and usual numbers for the rest that it reads."""
        run = self.calendar.window(GRAIN[self.plan.pay], self.plan.start)
        needs = needs_of(self.plan, self.calendar, run)
        has_quota = bool(needs.quotas) or any(one.quota for one in needs.readings)
        known = {one.name: one.value for one in self.typical.terms}
        terms = tuple(Term(name, known.get(name, USUAL_TERMS[name])) for name in sorted(needs.terms))
        return Assumed((self.typical.quota or USUAL_QUOTA) if has_quota else None, terms)

    def curve(self, name: str) -> Curve:
        """Return the pay curve of a component, or of the whole plan (""), by what is typical."""
        if name not in self._curves:
            person = PayeeInputs("", calendar=self.calendar)
            self._curves[name] = build_curve(self.plan, name, person, self.day or self.plan.start, self.assumed)
        return self._curves[name]

    def edges(self, name: str) -> tuple[Edge, ...]:
        """Return where that curve bends."""
        if name not in self._edges:
            self._edges[name] = edges_of(self.curve(name))
        return self._edges[name]

    def curved(self) -> list[tuple[str, ComponentShape]]:
        """Return the components whose pay follows a position."""
        components: Mapping[str, ComponentShape] = self.plan.components
        return [
            (name, shape)
            for name, shape in components.items()
            if self.curve(name).moved and not self.curve(name).missing
        ]

    def on_each_table(self) -> Iterator[Subject]:
        """Yield the plan as it stands on its first day, and on every day from which a number of it is another."""
        plan = self.plan
        blocks = [block for one in plan.components.values() for block in (one, *one.needs, *one.times)]
        values = [getattr(block, key) for block in (*blocks, *plan.limits) for key in type(block).model_fields]
        starts = {day for value in values if isinstance(value, Dated) for day in value.starts()}
        for day in sorted({plan.start, *(one for one in starts if plan.start < one <= plan.through)}):
            yield replace(self, day=day, _curves={}, _edges={})

    def given(self) -> dict[str, object]:
        """Return the remark that says with which quota and terms an amount was found; nothing where it has none."""
        said = []
        if self.assumed.quota is not None:
            said.append(Title(f"全年目标 {money(self.assumed.quota)}", f"quota {money(self.assumed.quota)} a year"))
        said += [
            Title(f"{one.name} {money(one.value)}", f"{one.name} {money(one.value)}") for one in self.assumed.terms
        ]
        if not said:
            return {}
        return {"remark": Title("、".join(one.zh for one in said), ", ".join(one.en for one in said))}


def position_text(curve: Curve, position: int) -> str:
    """Write a position: an amount, or a number of units."""
    return quantity(amount_of(position)) if curve.is_counted else money(amount_of(position))


def unit_of(curve: Curve) -> Title:
    """What one more of a position is: a unit, or one of the plan's currency."""
    if curve.is_counted:
        return Title("件", "unit")
    return one_of(curve.plan.currency)


def percent_or_number(number: Decimal, is_rate: bool) -> str:
    """Write a threshold as its table does: a share of the quota, or a number."""
    return percent(number) if is_rate else quantity(number)


def cents(amount: Fraction | Decimal | int) -> str:
    """Write an amount to the cent."""
    return f"{round_half_away(Fraction(amount)):,}"
