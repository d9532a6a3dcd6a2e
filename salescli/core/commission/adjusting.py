"""Manual adjustments (手工调整): amounts that a person decided, outside components, gates, factors and limits.

An adjustment belongs to a month. The run of that month takes it before holdback, draw and deductions are looked at; of
a month that is closed it is a late fact: what stands today less what closed runs have posted of it is due now. So an
adjustment that is edited or removed afterwards is a difference like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from salescli.core.money import CONTEXT, round_half_away
from salescli.core.money import total as total_of

if TYPE_CHECKING:
    from salescli.core.commission.inputs import PayeeInputs
    from salescli.core.commission.series import Series

ZERO = Decimal(0)
Change = Literal["", "late", "changed", "removed"]
Mark = tuple[date, str]
"""What tells adjustments apart: month and key. One moved to another month goes in one and comes in the other."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """An amount of a month, and who decided it why; `component` only says what it belongs to."""

    key: str
    period: date  # first day of its month
    amount: Decimal
    component: str = ""
    reason: str = ""
    author: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    dispute: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment(ByHand):
    """An amount added to pay (+) or taken from it (−) by hand, as it is known."""

    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentLine(ByHand):
    """What a run posts of one adjustment: all of it, or for a month that was closed before, what has moved.

    `change` is "" in the run of its own month, else `late`, `changed` or `removed`; `stands` is the adjustment as it is
    known now.
    """

    stands: Decimal
    change: Change = ""


def adjustments_by_run(series: Series, inputs: PayeeInputs) -> dict[int, list[Adjustment]]:
    """Return what is adjusted in each run that is paid, through the one that is computed.

    One of a month before somebody's first run is of that run; before the opening it is of none (`too_early`). Each is
    rounded as pay is, when it is taken: pay that is finer than the plan's `round_to` cannot be paid.
    """
    found: dict[int, list[Adjustment]] = {}
    runs = series.timeline.runs
    for one in inputs.adjustments:
        if one.period >= runs[-1].end or is_too_early(one, series, inputs):
            continue
        run = max(series.timeline.index(one.period) or 0, series.first_paid)
        unit = series.by_run[run].plan.payout.round_to
        found.setdefault(run, []).append(replace(one, amount=rounded(one.amount, unit)))
    return found


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """Return an amount that a person wrote as it is taken; one that is round stays as it was written.

    >>> rounded(Decimal("-5.005"), Decimal("0.01")), rounded(Decimal("5"), Decimal("0.01"))
    (Decimal('-5.01'), Decimal('5'))
    """
    taken = round_half_away(amount, unit)
    return amount if taken == amount else taken


def rounded_amounts(lines: Iterable[AdjustmentLine], inputs: PayeeInputs) -> list[tuple[str, Decimal, Decimal]]:
    """Return key, amount as written and amount as taken of each adjustment that a run posts and that was rounded."""
    stands = {(line.period, line.key): line.stands for line in lines}
    written: dict[Mark, list[Decimal]] = {}
    for one in inputs.adjustments:
        written.setdefault((one.period, one.key), []).append(one.amount)
    both = ((mark, total_of(written[mark]), stands[mark]) for mark in sorted(stands) if mark in written)
    return [(mark[1], said, taken) for mark, said, taken in both if said != taken]


def is_too_early(one: Adjustment, series: Series, inputs: PayeeInputs) -> bool:
    """Tell whether an adjustment is of a month that salescli does not pay."""
    first = series.timeline.runs[series.first_paid].start
    return inputs.opening is not None and one.period < min(first, inputs.opening)


def too_early(series: Series, inputs: PayeeInputs) -> list[Adjustment]:
    """Return the adjustments of months before the first that is paid: they are listed, not taken."""
    return [one for one in inputs.adjustments if is_too_early(one, series, inputs)]


def adjustment_lines(series: Series, inputs: PayeeInputs) -> tuple[AdjustmentLine, ...]:
    """Return what this run posts of every adjustment, by month and key."""
    now = series.timeline.runs[-1].start
    standing: dict[Mark, list[Adjustment]] = {}
    for adjustments in adjustments_by_run(series, inputs).values():
        for one in adjustments:
            standing.setdefault((one.period, one.key), []).append(one)
    posted: dict[Mark, list[AdjustmentLine]] = {}
    for each in inputs.posted_runs:
        for line in each.adjustments if each.run < now else ():
            posted.setdefault((line.period, line.key), []).append(line)
    found = (
        _line(mark, standing.get(mark, []), posted.get(mark, []), is_own=mark[0] >= now)
        for mark in sorted({*standing, *posted})
    )
    return tuple(line for line in found if line.amount)


def _line(mark: Mark, standing: list[Adjustment], posted: list[AdjustmentLine], *, is_own: bool) -> AdjustmentLine:
    stands, before = total_of(one.amount for one in standing), total_of(one.amount for one in posted)
    change: Change = "removed" if not standing else "changed" if posted else "" if is_own else "late"
    said: ByHand = standing[-1] if standing else posted[-1]
    return AdjustmentLine(
        mark[1], mark[0], CONTEXT.subtract(stands, before),
        said.component, said.reason, said.author, said.approved_by, said.approved_on, said.dispute,
        stands=stands, change=change,
    )  # fmt: skip


def adjusted_in(by_run: Mapping[int, Iterable[Adjustment]], run: int) -> Decimal:
    """Return what the adjustments of one run come to, by today's facts."""
    return total_of(one.amount for one in by_run.get(run, ()))
