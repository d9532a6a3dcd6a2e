"""What a plan pays somebody over some runs, as if nothing had been paid before: by component, and by transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.series import added_by, build_series, taken_by
from salescli.core.commission.statement import statement_lines
from salescli.core.money import CONTEXT
from salescli.core.periods import Period

ZERO = Decimal(0)
DRAW, HOLDBACK = "draw", "holdback"


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What one transaction was paid in a component; the key is "" for what no single transaction has."""

    component: str
    key: str
    contract: str
    date: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Paid:
    """One person under one plan over the runs that were looked at.

    `earned` is by component, `draw` what draw and deductions added to it, `kept` what is held back of it.
    """

    person: str  # the key
    name: str
    earned: dict[str, Decimal]
    draw: Decimal = ZERO
    kept: Decimal = ZERO
    lines: tuple[PaidLine, ...] = ()

    def figures(self) -> dict[str, Decimal]:
        """Return what is compared: each component's earned, and what draw and deductions add."""
        return {**self.earned, f"({DRAW})": self.draw} if self.draw else dict(self.earned)


def compute_paid(
    plan: Plan, name: str, inputs: PayeeInputs, runs: Sequence[Period], *, with_lines: bool = False
) -> Paid:
    """Compute what somebody is paid in runs that follow each other, whatever was posted or opened."""
    bare = replace(
        inputs,
        posted=(),
        posted_kept=(),
        posted_runs=(),
        frozen={},
        openings=(),
        opening=None,
        adjustments=(),
        owed=ZERO,
        carried=ZERO,
    )
    series = build_series(plan, bare, runs[-1])
    unit = plan.payout.round_to
    looked_at = {run.start for run in runs}
    earned: dict[str, Decimal] = {}
    lines: list[PaidLine] = []
    for component, walk in series.current.components.items():
        sums = ZERO
        for index, run in enumerate(series.timeline.runs):
            if run.start not in looked_at:
                continue
            sums = CONTEXT.add(sums, series.own(component, index) * unit)
            if with_lines:
                found = statement_lines(walk, added_by(walk, index), unit, taken_by(walk, index))
                lines += (PaidLine(component, one.key, one.contract, one.date, one.amount) for one in found)
        earned[component] = sums
    draw, kept = ZERO, ZERO
    if plan.payout.holdback or plan.payout.draw is not None or plan.payout.deductions is not None:
        draw, kept = _between(plan, bare, runs[-1])
        before = [run for run in series.timeline.runs if run.end <= runs[0].start]
        if before:
            earlier = _between(plan, bare, before[-1])
            draw, kept = CONTEXT.subtract(draw, earlier[0]), CONTEXT.subtract(kept, earlier[1])
    return Paid(inputs.person, name, earned, draw, kept, _folded(lines))


def _between(plan: Plan, inputs: PayeeInputs, run: Period) -> tuple[Decimal, Decimal]:
    """Return what draw and deductions have added, and what is held back, up to a run."""
    result = compute_payee(plan, inputs, run)
    return (result.balance.adjusted if result.balance is not None else ZERO), result.kept_change


def _folded(lines: Sequence[PaidLine]) -> tuple[PaidLine, ...]:
    """Add up what several runs paid for one transaction."""
    found: dict[tuple[str, str, str, date | None], Decimal] = {}
    for one in lines:
        key = (one.component, one.key, one.contract, one.date)
        found[key] = CONTEXT.add(found.get(key, ZERO), one.amount)
    return tuple(PaidLine(*key, amount) for key, amount in found.items() if amount)
