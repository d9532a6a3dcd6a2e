"""The pay curve: what a position pays. One credit is put into a plan by itself, and the engine says what it earns.

There is no second formula: each point is a computation of `engine.compute_payee`. What a position alone does not know
is taken for granted and said (`assumptions`): gates that read something else pass, grades are the one that is asked.
Positions are counted in hundredths (`STEP`), of money or of units.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.curve_facts import (
    STEP,
    Assumed,
    Assumption,
    credits_at,
    given,
    is_counted,
    prepare_plan,
)
from salescli.core.commission.curve_readings import blocks_of, quota_read, readings_at
from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs, SpecialRate
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, PayeeResult
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import CONTEXT
from salescli.core.periods import ONE_DAY, FiscalCalendar, Period, WindowGrain

NOTHING_ASSUMED = Assumed()
FINE = Decimal("0.000001")
"""The rounding unit at which slopes are read, so that a cent does not hide them."""
UNIT = 100  # steps in one yuan, or one unit


@dataclass(slots=True)
class Curve:
    """What positions pay in one component, or (`component` is "") in all that the same credits move.

    `pay` is rounded as the plan rounds, `exact` is not; `result` is all that the engine says. Where it is somebody's
    `standing`, positions are what comes on top of what they have, and their own readings stand.
    """

    plan: Plan
    component: str
    moved: tuple[str, ...]
    inputs: PayeeInputs
    day: date
    upto: Period
    assumed: Assumed
    assumptions: tuple[Assumption, ...]
    standing: bool
    _fine: Plan
    special: SpecialRate | None = None  # what the credits are paid at, where it is not the plan's rate
    _found: dict[tuple[int, bool], PayeeResult] = field(default_factory=dict, repr=False)

    def result(self, position: int, *, fine: bool = False) -> PayeeResult:
        """Return what the engine says of a position."""
        key = (position, fine)
        if key not in self._found:
            plan = self._fine if fine else self.plan
            self._found[key] = compute_payee(plan, self._inputs_at(position), self.upto)
        return self._found[key]

    def part(self, position: int, name: str) -> ComponentResult:
        """Return the result of one component at a position."""
        return self.result(position).component(name)

    def pay(self, position: int) -> Decimal:
        """Return what a position pays, in the window of the component, or since the plan's first day."""
        return self._pay(self.result(position))

    def exact(self, position: int) -> Fraction:
        """Return what a position pays before it is rounded to the plan's unit."""
        return Fraction(self._pay(self.result(position, fine=True)))

    def slope_after(self, position: int) -> Fraction:
        """Return what the next yuan (or unit) pays, just above a position."""
        return self.exact(position + 1 + UNIT) - self.exact(position + 1)

    def slope_before(self, position: int) -> Fraction:
        """Return what the last yuan (or unit) paid, just below a position."""
        return self.exact(position - 1) - self.exact(position - 1 - UNIT)

    def jump(self, position: int) -> Fraction:
        """Return what reaching a position pays at once, beside what its last and next hundredth pay by their rates."""
        moved = self.exact(position + 1) - self.exact(position - 1)
        return moved - (self.slope_after(position) + self.slope_before(position)) / UNIT

    @property
    def is_counted(self) -> bool:
        """Whether positions are units instead of money."""
        return bool(self.moved) and is_counted(self.plan.components[self.moved[0]])

    @property
    def quota(self) -> Fraction | None:
        """The quota that the engine reads in the window, or None."""
        for name in self.moved:
            for step in self.part(0, name).steps:
                if step.name == "quota" and isinstance(step.value, int | Decimal | Fraction):
                    return Fraction(step.value)
        return None

    @property
    def missing(self) -> tuple[str, ...]:
        """The notes that say why nothing can be paid: no quota, no own terms."""
        names = self.moved if self.moved else tuple(self.plan.components)
        notes = [note.name for name in names for note in self.part(UNIT, name).notes]
        if not self.standing and self._reads_no_quota():
            notes.append("no-quota")
        return tuple(dict.fromkeys(one for one in notes if one in ("no-quota", "no-term", "no-base-rate")))

    def quota_of(self, name: str) -> Fraction:
        """Return the quota by which the gates and factors of a component measure the position; 0 where it has none."""
        shape = self.plan.components[name]
        found = (quota_read(self.plan, shape, one, self.inputs, self.assumed, self.day) for one in blocks_of(shape))
        return Fraction(next(found, Decimal(0)))

    def _reads_no_quota(self) -> bool:
        names = (self.component,) if self.component else self.moved
        return any(next(blocks_of(self.plan.components[one]), None) and not self.quota_of(one) for one in names)

    def without_caps(self) -> Curve:
        """Return the same curve as if no limit and no `at_most` were there."""
        components = {
            name: one.model_copy(update={"at_most": None}) if one.at_most is not None else one
            for name, one in self.plan.components.items()
        }
        plan = self.plan.model_copy(update={"limits": (), "components": components})
        return replace(self, plan=plan, _fine=fine_plan(plan), _found={})

    def of(self, name: str) -> Curve:
        """Return the same curve read in one of its components alone."""
        return replace(self, component=name)

    def _pay(self, result: PayeeResult) -> Decimal:
        return result.component(self.component).earned_to_date if self.component else result.earned

    def _inputs_at(self, position: int) -> PayeeInputs:
        base = self.inputs
        upto = None if self.standing else self.upto
        credits, lines = credits_at(self.plan, self.moved, position, self.day, upto, self.assumed, base, self.special)
        readings = []
        if not self.standing:
            readings = readings_at(self.plan, self.component, position, base, self.assumed, self.day)
        return replace(
            base,
            credits=(*base.credits, *credits),
            lines=(*base.lines, *lines),
            readings=(*base.readings, *readings),
        )


def build_curve(
    plan: Plan,
    component: str,
    inputs: PayeeInputs,
    day: date,
    assumed: Assumed = NOTHING_ASSUMED,
    *,
    standing: bool = False,
    special: SpecialRate | None = None,
) -> Curve:
    """Prepare the curve of a component, or of the plan as a whole.

    Args:
        plan: the plan.
        component: its name, or "" for all components that the plan's first credits move.
        inputs: whose it is: quotas, own terms, days on the plan.
        day: when the credit is dated: it picks the window, and the tables in force.
        assumed: quota, own terms, grade and value of a unit that are taken for given.
        standing: keep what the person has earned: positions are then what comes on top of it.
        special: a rate of the person's own at which the credits are paid.
    """
    day = _inside(plan, component, inputs, day)
    moved, prepared, assumptions = prepare_plan(plan, component, assumed, inputs if standing else None)
    upto = _last_run(plan, component, inputs.calendar, day, standing=standing)
    known = given(plan, inputs, assumed, standing=standing)
    fine = fine_plan(prepared)
    return Curve(prepared, component, moved, known, day, upto, assumed, assumptions, standing, fine, special)


def fine_plan(plan: Plan) -> Plan:
    """Return a plan that rounds to a millionth."""
    return plan.model_copy(update={"payout": plan.payout.model_copy(update={"round_to": FINE})})


def _inside(plan: Plan, component: str, inputs: PayeeInputs, day: date) -> date:
    """Return the day, or the nearest one on which plan, component and person are there."""
    shape = plan.components[component] if component else None
    first = max(plan.start, inputs.start, shape.start if shape is not None and shape.start else date.min)
    last = min(plan.through, shape.through if shape is not None and shape.through else date.max)
    if inputs.end < date.max:
        last = min(last, inputs.end - ONE_DAY)
    there = max(first, min(day, last))
    return next((start - ONE_DAY for start, end in inputs.away if start <= there < end), there)


def _last_run(plan: Plan, component: str, calendar: FiscalCalendar, day: date, *, standing: bool) -> Period:
    """Return the run that ends the window of a day; of somebody's standing the run that holds the day."""
    if standing:
        return calendar.window(GRAIN[plan.pay], day)
    end = plan.end
    if component:
        shape = plan.components[component]
        grain: WindowGrain = "year" if shape.window == "each-transaction" else shape.window
        end = min(calendar.window(grain, day).end, end)
        if shape.through is not None:
            end = min(end, shape.through + ONE_DAY)
    return calendar.window(GRAIN[plan.pay], end - ONE_DAY)


def steps_of(amount: Decimal | Fraction | int) -> int:
    """Return the number of hundredths of an amount, rounded up: the first position that has reached it."""
    return -int(-Fraction(amount) // STEP)


def amount_of(position: int) -> Decimal:
    """Return the amount of a position.

    >>> amount_of(50_000_000)
    Decimal('500000.00')
    """
    return Decimal(position).scaleb(-2, CONTEXT)
