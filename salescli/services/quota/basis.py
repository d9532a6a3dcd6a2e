"""What every line of attainment is measured with: the clock of the period, its months, its working days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.money import smallest_amount, total
from salescli.core.periods import ONE_DAY, Period
from salescli.core.quotas.attainment import (
    Attainment,
    Clock,
    MonthTarget,
    PaceBy,
    compute_attainment,
    compute_clock,
    prorate,
)
from salescli.core.quotas.ratios import Figure, compute_ratio_attainment, compute_ratio_target
from salescli.core.quotas.result import Leaf
from salescli.services.context import Context
from salescli.services.quota.actuals import denominators
from salescli.services.quota.figures import Metric


@dataclass(frozen=True, slots=True)
class Basis:
    """A metric, the period's clock, and how days count."""

    context: Context
    metric: Metric
    clock: Clock
    pace_by: PaceBy
    works: Callable[[date], bool]
    months: tuple[Period, ...]
    first: date | None = None  # the day of the very first record

    @property
    def counted(self) -> Period:
        """The days of the period that have data."""
        return _upto(self.clock.period, self.clock.through)

    def standing(
        self, actual: Figure, leaves: Sequence[Leaf], months: Mapping[str, Figure] | None = None
    ) -> Attainment:
        """Measure a figure against the months of its target, of which a part counts by its working days.

        What does not add up is measured against a target of its own kind; `months` are then its figures by month.
        """
        by_label = {leaf.month: leaf.amount for leaf in leaves}
        whole = [MonthTarget(m.start, m.end, by_label[m.label]) for m in self.months if m.label in by_label]
        if not self.metric.is_additive:
            target = compute_ratio_target(whole, denominators(months or {})).amount
            return compute_ratio_attainment(actual, target, self.clock)
        assert isinstance(actual, Decimal)
        parts = prorate(whole, self.clock.period, self.works)
        asked = total(part.amount for part in parts) if parts else None
        unit = smallest_amount(self.metric.currency)
        return compute_attainment(actual, asked, self.clock, self.pace_by, parts, self.works, unit)

    def of_month(self, month: Period) -> Basis:
        """Return the same for the part of a month that the period has."""
        whole = self.clock.period
        part = Period(max(month.start, whole.start), min(month.end, whole.end), month.label, "month")
        clock = compute_clock(part, self.clock.through, self.works, self.first)
        return Basis(self.context, self.metric, clock, self.pace_by, self.works, (month,), self.first)


def _upto(period: Period, through: date | None) -> Period:
    end = period.start if through is None else min(period.end, max(through + ONE_DAY, period.start))
    return Period(period.start, end, str(period))
