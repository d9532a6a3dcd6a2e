"""Columns and words that reports of measured figures share: kinds, pace, the mark of a period that is not over."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CONTEXT, decimal_places, smallest_amount
from salescli.core.periods import ONE_DAY, Period, add_months, month_of
from salescli.core.quotas.attainment import Attainment
from salescli.core.table import Column, Ratio, Series, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures
from salescli.reports.metrics import VALUE_KINDS
from salescli.reports.params import Asked, MetricAsked

Number = Decimal | Ratio | None

REACHED = Title("✓ 达成", "✓ reached")
MISSED = Title("▼ 未达成", "▼ missed")
AHEAD = Title("▲ 领先", "▲ ahead")
ON_PACE = Title("= 持平", "= on pace")
BEHIND = Title("▼ 落后", "▼ behind")
NO_DATA = Title("尚无数据", "no data yet")


def value_column(key: str, title: Title, metric: MetricAsked) -> Column:
    """Return the column of a metric's figures."""
    kind = VALUE_KINDS[metric.unit]
    places = decimal_places(smallest_amount(metric.currency)) if metric.currency else 2 if kind == "ratio" else None
    return Column(key, title, kind, metric.currency, places)


def pace_word(standing: Attainment) -> Title | None:
    """Say how a holder stands: against the whole target once the period is over, before that against its pace."""
    if standing.target is None or standing.attainment is None:
        return None
    if standing.clock.is_complete:
        return REACHED if standing.actual >= standing.target else MISSED
    pace = standing.pace.exact() if standing.pace else None
    if pace is None:
        return NO_DATA
    return AHEAD if pace > 1 else BEHIND if pace < 1 else ON_PACE


def period_title(asked: Asked) -> Title:
    """Name the period; one whose data does not reach its end is marked, so that it is never read as a miss."""
    period = asked.period
    if period.start > asked.today:
        return Title(f"{period}(尚未开始)", f"{period} (not begun)")
    if asked.is_over:
        return Title(str(period), str(period))
    if asked.through is None or asked.through < period.start:
        return Title(f"{period}(尚无数据)", f"{period} (no data yet)")
    day, days = (asked.through - period.start).days + 1, period.days
    return Title(f"{period}(第 {day}/{days} 天,未完)", f"{period} (day {day} of {days}, incomplete)")


def incomplete_line(asked: Asked) -> tuple[Title, ...]:
    """Say for the footer how far the data of a period reaches that is not over by it."""
    if asked.is_over or asked.through is None or asked.through < asked.period.start:
        return ()
    return (Title(f"期间未完:计至 {asked.through}", f"incomplete: counted through {asked.through}"),)


def definition_line(metric: MetricAsked) -> Title:
    """Say what the metric is and where that is written."""
    return Title(
        f"口径 {metric.name} = {metric.definition} ({metric.place})",
        f"definition {metric.name} = {metric.definition} ({metric.place})",
    )


def months_until(last: Period, count: int) -> list[Period]:
    """Return so many months, the last one given."""
    return [month_of(add_months(last.start, -back)) for back in range(count - 1, -1, -1)]


def known_span(months: Sequence[Period], asked: Asked) -> Period:
    """Return the stretch from the first month through the last, no further than the day asked."""
    start, end = months[0].start, min(months[-1].end, asked.on + ONE_DAY)
    return Period(start, max(end, start), f"{months[0]}..{months[-1]}")


def series_by_group(figures: Figures, months: Sequence[Period], asked: Asked) -> dict[tuple[str | None, ...], Series]:
    """Return a figure per month for each group; the month is the last dimension.

    A month without records is zero where figures add up, and unknown where they do not, before the first record at all
    and after the last.
    """
    found: dict[tuple[str | None, ...], dict[str | None, Number]] = {}
    for line in figures.lines:
        found.setdefault(line.keys[:-1], {})[line.keys[-1]] = line.value
    nothing = nothing_of(figures.metric, months, asked)
    return {
        keys: tuple(of.get(month.label, empty) for month, empty in zip(months, nothing, strict=True))
        for keys, of in found.items()
    }


def nothing_of(metric: MetricAsked, months: Sequence[Period], asked: Asked) -> tuple[Decimal | None, ...]:
    """Return what months without records are."""
    first, last = asked.first, asked.last
    if first is None or last is None or not metric.is_additive:
        return (None,) * len(months)
    return tuple(Decimal(0) if month.start <= last and first < month.end else None for month in months)


def earlier_columns(asked: Asked) -> list[Column]:
    """Return the columns of a comparison."""
    is_year = asked.text("compare") == "last-year"
    title = Title("去年同期", "Last year") if is_year else Title("上一期", "Before")
    name = Title("增减(百分点)", "Points") if asked.metric.unit == "rate" else Title("增减", "Change")
    change = value_column("change", name, asked.metric)
    return [value_column("earlier", title, asked.metric), change]


def earlier_of(figures: Figures | None, keys: tuple[str | None, ...], asked: Asked) -> Number:
    """Return an earlier figure; without records it is nothing where figures add up, and unknown before the first."""
    if figures is None or asked.earlier is None:
        return None
    is_count = figures.metric.is_additive or figures.metric.unit == "count"
    is_known = is_count and asked.first is not None and asked.first < asked.earlier.end
    return figures.by_key().get(keys, Decimal(0) if is_known else None)


def earlier_line(asked: Asked) -> tuple[Title, ...]:
    """Say for the footer which days are compared with."""
    if asked.earlier is None:
        return ()
    days = f"{asked.earlier.start}..{asked.earlier.last_day}"
    return (Title(f"比较 {days}", f"compared with {days}"),)


def exact(value: Value) -> Fraction | None:
    """Return a figure as an exact number; None where it is unknown or divided by nothing."""
    if isinstance(value, Ratio):
        return value.exact()
    return Fraction(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else None


def as_ratio(value: Fraction | None) -> Ratio | None:
    """Return a rate with its exact parts."""
    return None if value is None else Ratio(value.numerator, value.denominator)


def difference(now: Number, before: Number) -> Number:
    """Return how much more a figure is: an amount; of rates the difference as a rate, which reads as points."""
    if isinstance(now, Decimal) and isinstance(before, Decimal):
        return CONTEXT.subtract(now, before)
    above, below = exact(now), exact(before)
    return None if above is None or below is None else as_ratio(above - below)
