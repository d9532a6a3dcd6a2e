"""Win rates: one numerator, four named denominators, by count and by value.

closed: won and lost; engaged: all that left the first stage; all: everything that entered; closed and overdue: closed,
and open deals whose expected close has passed (as Zoho counts; Oracle calls won ÷ closed the win rate and won ÷ all the
conversion). By value: what was won over what those deals were worth when they entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salescli.core.funnel.cohort import Amounts, add_amounts
from salescli.core.funnel.model import Process
from salescli.core.funnel.path import Path

Denominator = Literal["closed", "engaged", "all", "closed-overdue"]
DENOMINATORS: tuple[Denominator, ...] = ("closed", "engaged", "all", "closed-overdue")


@dataclass(frozen=True, slots=True)
class WinRate:
    """Won of a denominator; `won_amounts` over `amounts` by currency.

    `without_amount` deals of the denominator have none: then there is no rate by value.
    """

    of: Denominator
    won: int
    cases: int
    won_amounts: Amounts
    amounts: Amounts
    without_amount: int


def compute_win_rates(paths: Sequence[Path], process: Process, on: date) -> tuple[WinRate, ...]:
    """Return the rates that the data supports: nothing is overdue where no open deal says when it should close."""
    won = [path for path in paths if path.history.outcome == "won"]
    closed = [path for path in paths if path.history.outcome != "open"]
    open_ = [path for path in paths if path.history.outcome == "open"]
    groups: dict[Denominator, list[Path]] = {
        "closed": closed,
        "engaged": [path for path in paths if has_left_first(path, process)],
        "all": list(paths),
    }
    if any(path.history.facts.expected for path in open_):
        groups["closed-overdue"] = closed + [path for path in open_ if is_overdue(path, on)]
    return tuple(_rate(name, won, group) for name, group in groups.items())


def has_left_first(path: Path, process: Process) -> bool:
    """Tell whether a deal is, or was, beyond the stages in which it is only counted (else: beyond the first stage)."""
    entries = [stage.place for stage in process.live if stage.kind == "entry"] or [process.live[0].place]
    return any(visit.place not in entries for visit in path.history.visits)


def is_overdue(path: Path, on: date) -> bool:
    """Tell whether an open deal should have closed before a day."""
    expected = path.history.facts.expected
    return path.history.outcome == "open" and expected is not None and expected < on


def _rate(name: Denominator, won: Sequence[Path], group: Sequence[Path]) -> WinRate:
    entered = [(path.history.facts.currency, path.amount_at(0)) for path in group]
    return WinRate(
        name,
        len(won),
        len(group),
        add_amounts((path.history.facts.currency, path.won_amount) for path in won),
        add_amounts(entered),
        sum(amount is None for _, amount in entered),
    )
