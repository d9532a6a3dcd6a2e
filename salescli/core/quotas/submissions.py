"""What was submitted bottom-up, for a stretch of months, beside the targets of the same months. Never mixed with them.

A submission speaks of a month, a quarter or a year. Of two that overlap the shorter ones count where together they
fill the longer one, else the longer: nothing is counted twice, and a quarter of which one month is known stays whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import CONTEXT, total


@dataclass(frozen=True, slots=True)
class Statement:
    """A submitted amount for some months."""

    months: tuple[str, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """Top-down beside bottom-up: `months` are those submitted for, `target` is of these months alone.

    `submitted` is None where nothing was: that is missing, and not 0. `is_whole` tells whether every month that has a
    target was submitted for, `lacking` who of those below has submitted nothing.
    """

    target: Decimal | None
    submitted: Decimal | None
    months: tuple[str, ...]
    whole_target: Decimal | None
    is_whole: bool
    lacking: tuple[str, ...] = ()
    is_summed: bool = False
    has_targets: bool = True  # of every month submitted for

    @property
    def gap(self) -> Decimal | None:
        """Submitted less the target of the same months; None where one of them lacks, or somebody's part does."""
        if self.target is None or self.submitted is None or self.lacking or not self.has_targets:
            return None
        return CONTEXT.subtract(self.submitted, self.target)


def choose_statements(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements that count, in the order of their months.

    >>> year = Statement(("2026-01", "2026-02"), Decimal(9))
    >>> choose_statements([year, Statement(("2026-01",), Decimal(4))]) == (year,)
    True
    """
    chosen: list[Statement] = []
    for each in sorted(statements, key=lambda one: (-len(one.months), one.months)):
        around = next((one for one in chosen if set(each.months) < set(one.months)), None)
        if around is None:
            if not any(set(each.months) & set(one.months) for one in chosen):
                chosen.append(each)
            continue
        parts = [one for one in statements if set(one.months) < set(around.months)]
        best = choose_statements(parts)
        if sum(len(one.months) for one in best) == len(around.months):
            chosen.remove(around)
            chosen += best
    return tuple(sorted(chosen, key=lambda one: one.months))


def compare(targets: Mapping[str, Decimal], statements: Sequence[Statement]) -> Compared:
    """Hold what one holder submitted against the holder's targets by month."""
    chosen = choose_statements(statements)
    months = tuple(month for one in chosen for month in one.months)
    beside = [targets[month] for month in months if month in targets]
    return Compared(
        total(beside) if beside else None,
        total(one.amount for one in chosen) if chosen else None,
        months,
        total(targets.values()) if targets else None,
        targets.keys() <= set(months),
        has_targets=targets.keys() >= set(months),
    )


def add_up(targets: Mapping[str, Decimal], below: Mapping[str, Compared], wanted: Collection[str]) -> Compared:
    """Hold the sum of what those below submitted against their superior's own target; who lacks is named.

    Args:
        targets: of the one above, by month.
        below: what each of those below submitted.
        wanted: those below who have a target, and so are to submit.
    """
    given = {key: one for key, one in below.items() if one.submitted is not None}
    months = sorted({month for one in given.values() for month in one.months})
    lacking = tuple(sorted(key for key in wanted if key not in given or not given[key].is_whole))
    beside = [targets[month] for month in months if month in targets]
    return Compared(
        total(beside) if beside else None,
        total(one.submitted for one in given.values() if one.submitted is not None) if given else None,
        tuple(months),
        total(targets.values()) if targets else None,
        not lacking and targets.keys() <= set(months),
        lacking,
        True,
        targets.keys() >= set(months),
    )
