"""What all component types share: the common keys of their shapes, and what a formula gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal, Protocol

from salescli.core.commission.budget import Budget
from salescli.core.commission.credit_factors import CreditFactor
from salescli.core.commission.factors import FactorBlock
from salescli.core.commission.facts import Facts, OpeningRow
from salescli.core.commission.gates import Gate
from salescli.core.commission.inputs import Continued, CreditLine
from salescli.core.commission.part_period import PartPeriod, Scaled, scaled_by
from salescli.core.commission.pays_in import PaidPart, PartsState
from salescli.core.commission.refund_rules import RefundRule, takes_back
from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.special_rates import SpecialRates
from salescli.core.commission.timeline import Span, shorter
from salescli.core.commission.values import Continues, Money
from salescli.core.periods import FOREVER, WindowGrain
from salescli.core.shape_marks import Field
from salescli.core.shapes import Dated, Day, Name, OneOrMany, Shape, Text, TitleShape
from salescli.core.title import Title

Window = Literal["each-transaction", "month", "quarter", "year"]
Part = Literal["needs", "times", "bounds"]
ZERO = Fraction(0)


class Team(Shape):
    """Whose deals a manager's `credit: team` collects."""

    called = Title("团队", "team")
    depth: Literal["direct-reports", "everyone-below"]
    own_deals: Literal["left-out", "counted"]
    base: Literal["gross", "less-commission-below", "rate-difference"]


class ComponentShape(Shape):
    """The keys that every component has. `start` and `through` are its own dates inside the plan's."""

    called = Title("组件", "a component")
    wrong_keys: ClassVar[Mapping[str, str]] = {
        "window": "adds_up_over",
        "metric": "pays_on",
        "gates": "needs",
        "gate": "needs",
        "multipliers": "times",
        "factors": "times",
        "filter": "only",
        "where": "only",
        "cap": "at_most",
        "max": "at_most",
        "min": "at_least",
        "floor": "at_least",
    }

    type: str
    title: TitleShape | None = None
    only: dict[Name, OneOrMany[Text]] = Field(default_factory=dict)
    owner_on: Literal["transaction-date", "signing-date"] | None = None
    start: Day | None = Field(None, alias="from")
    through: Day | None = None
    needs: tuple[Gate, ...] = ()
    times: tuple[FactorBlock, ...] = ()
    at_least: Dated[Money] | None = None
    at_most: Dated[Money] | None = None
    credit_factors: tuple[CreditFactor, ...] = ()
    continues: Continues | None = None
    budget: Budget | None = None
    pays_in: tuple[PaidPart, ...] | None = None
    special_rates: SpecialRates | None = None

    group_decides: ClassVar[frozenset[Part]] = frozenset()
    """Which blocks are looked at for the group's figure, and not again for each person's part of it."""

    @property
    def window(self) -> Window:
        """How long it adds up. A running sum that names no window adds up over the year."""
        return getattr(self, "adds_up_over", None) or "year"

    @property
    def grain(self) -> WindowGrain:
        """The calendar window that it adds up in; single transactions count in the year."""
        window = self.window
        return "year" if window == "each-transaction" else window

    @property
    def is_running_sum(self) -> bool:
        """Whether it pays on the way; else it pays in the run that ends its window."""
        return True

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics whose records are its credits."""
        return ()

    @property
    def reads(self) -> tuple[Any, ...]:
        """The metrics that its formula reads: like a gate's, each with `metric`, `of`, `over`, `quota` and `level`."""
        return ()

    @property
    def takes_back(self) -> bool:
        """Whether a refund takes back the pay of its receipt, instead of being paid on itself."""
        return takes_back(getattr(self, "refunds", None))


class CreditedShape(ComponentShape):
    """A component that pays on somebody's credits."""

    pays_on: Name
    credit: Literal["own", "team", "overlay"]
    team: Team | None = None
    refunds: RefundRule

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metric it pays on."""
        return (self.pays_on,)


def line_credit(line: CreditLine) -> Fraction:
    """Weigh a line by its pay credit: what a run earns is spread over its lines by weight."""
    return Fraction(line.pay_credit)


@dataclass(slots=True)
class Formula:
    """What a component's formula gives for one payee, run by run, before gates and factors.

    `amounts[run]` is the run's increment; in the runs of `paid` it comes from an opening sheet and was posted
    elsewhere. `lowest` are the increments at the first tier's rate. Positions are of the window that holds the
    last run.
    """

    amounts: list[Fraction]
    spans: tuple[Span, ...]
    lowest: list[Fraction] | None = None
    before: Fraction = ZERO
    after: Fraction = ZERO
    credit: Fraction = ZERO
    to_next: Fraction | None = None
    paid: frozenset[int] = frozenset()
    on_the_way: list[Fraction] | None = None  # of a pot: the increments before they were gathered at the window's end
    notes: list[Note] = field(default_factory=list)
    steps: Callable[[], tuple[Step, ...]] = tuple
    weigh: Callable[[CreditLine], Fraction] = line_credit
    rate_of: Callable[[CreditLine], Fraction] | None = None  # the rate that a credit is paid at, where there is one
    parts: PartsState | None = None  # where a sale is paid in parts

    def add(self, run: int, amount: Fraction) -> None:
        """Add to the increment of a run; most runs are given one amount, which then stays the same object."""
        held = self.amounts[run]
        if amount:
            self.amounts[run] = held + amount if held else amount

    def seen_at(self, run: int) -> list[Fraction]:
        """Return the increments up to a run as it sees them: of a sale paid in parts, those that are due."""
        amounts = self.amounts[: run + 1]
        return amounts if self.parts is None else self.parts.let(run, amounts)

    def weight(self, line: CreditLine, run: int, *, new: bool) -> Fraction:
        """Weigh a line among those of its run, as a run sees it; `new`: by what that run added."""
        return self.weigh(line) if self.parts is None else self.parts.weight(line, run, new=new)


@dataclass(frozen=True, slots=True)
class Task:
    """One component of one plan for one payee: what a formula is asked."""

    name: str
    path: Path
    facts: Facts
    spans: tuple[Span, ...]
    round_to: Decimal
    open_windows: str = "end-on-last-day"
    part_period: PartPeriod | None = None
    own_days: tuple[date, date] = (date.min, FOREVER)  # the component's own dates, inside the plan's
    plan_end: date = FOREVER

    def part(self, what: Scaled, grain: str, span: Span, *, is_given: bool = False) -> Fraction:
        """Return how much of a window counts for thresholds, limits or fixed amounts: 1 where it is not scaled.

        `is_given`: it is a floor, which gives something; where no day counts it is nothing, as a fixed amount is.
        """
        scaled = self.part_period
        if scaled is None or what not in scaled.scale or grain == "each-transaction":
            return Fraction(1)
        window = self.facts.timeline.calendar.window(shorter(grain, grain), span.start)
        first, after = max(window.start, self.own_days[0]), min(window.end, self.own_days[1])
        share = self.facts.part_of(scaled.count, first, after, self.plan_end)
        return scaled_by("fixed-amounts" if is_given else what, share)

    @property
    def now(self) -> int:
        """The number of the run that is being computed."""
        return self.facts.timeline.now

    def brought(self, span: Span) -> Continued | None:
        """Return what another plan brings into a window, where the component continues one."""
        found = (one for one in self.facts.inputs.continued if one.component == self.name)
        return next((one for one in found if one.window == span.whole_start), None)

    @property
    def openings(self) -> list[OpeningRow]:
        """The rows of the opening sheet for this component."""
        return self.facts.openings.get(self.name, [])


class ComponentType(Protocol):
    """One line of the registry: the shape of its YAML, and its arithmetic."""

    @property
    def name(self) -> str:
        """What the plan writes as `type`."""

    @property
    def title(self) -> Title:
        """What people call it."""

    @property
    def shape(self) -> type[ComponentShape]:
        """The shape of its YAML."""

    def compute(self, component: Any, task: Task) -> Formula:
        """Return the formula's increments."""
        ...


def settle_openings(
    formula: Formula, task: Task, implied: Mapping[int, Fraction], at_lowest: Mapping[int, Fraction] | None = None
) -> Formula:
    """Enter the amounts of the opening sheet: each row's earned, less the row before it in the same window.

    `implied` is what the plan would have earned on the row's position, for a row that does not say; `at_lowest` what
    it would have at the first tier's rate, never more than what it earned.
    """
    rows = task.openings
    if not rows:
        return formula
    done: dict[date, Fraction] = {}
    low_done: dict[date, Fraction] = {}
    for row in rows:
        span = next((one for one in formula.spans if one.first <= row.run <= one.last), None)
        if span is None:
            continue
        earned = row.earned if row.earned is not None else implied.get(row.run, ZERO)
        formula.amounts[row.run] += earned - done.get(span.start, ZERO)
        done[span.start] = earned
        if formula.lowest is not None and at_lowest is not None:
            low = min(at_lowest.get(row.run, earned), earned)
            formula.lowest[row.run] += low - low_done.get(span.start, ZERO)
            low_done[span.start] = low
    formula.paid = frozenset(row.run for row in rows)
    return formula


def dated_path(path: Path, dated: Any, day: date) -> Path:
    """Return the path of the value in force on a day, with the day's key where the value changes."""
    if dated.is_constant:
        return path
    starts = [one for one in dated.starts() if one <= day]
    return (*path, starts[-1].isoformat()) if starts else path
