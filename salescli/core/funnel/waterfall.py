"""The waterfall of a pipeline: what stood at the start, what came, grew, shrank and left, and what stands at the end.

A deal stands in the pipeline while it is open and, where a window is asked, expected to close in it. Each deal is
compared as it was on both sides, so that every line closes exactly:

    start + new + pulled in + reopened + value up - value down - pushed - lost - won - removed +- owner = end

What leaves does so at what it was worth at the start, a won deal at what it was won for; what is pulled in comes at
what it was worth at the start; the difference is value up or down. After Dynamics' deals flow between snapshots.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from salescli.core.funnel.model import Outcome
from salescli.core.periods import Period

Step = Literal[
    "start", "new", "pulled", "reopened", "up", "down", "pushed", "lost", "won", "removed", "given", "received", "end"
]
FLOWS: tuple[Step, ...] = (
    "new",
    "pulled",
    "reopened",
    "up",
    "down",
    "pushed",
    "lost",
    "won",
    "removed",
    "given",
    "received",
)
Key = tuple[str, str]  # group, currency


@dataclass(frozen=True, slots=True)
class Standing:
    """A deal as it was on one side; `day` is when it was to close, or did. Without an amount it counts as 0."""

    outcome: Outcome
    amount_e4: int | None
    currency: str
    day: date | None
    group: str = ""

    def is_in(self, window: Period | None) -> bool:
        """Tell whether it is meant by a window of closing; without one every deal is."""
        return window is None or (self.day is not None and self.day in window)

    def stands(self, window: Period | None) -> bool:
        """Tell whether it stands in the pipeline."""
        return self.outcome == "open" and self.is_in(window)


class Flow(NamedTuple):
    """One deal in one step of the waterfall; `amount_e4` is signed: what it adds to the pipeline."""

    deal: int
    step: Step
    group: str
    currency: str
    amount_e4: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of one line: how many deals, and what they add."""

    count: int = 0
    amount_e4: int = 0


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All steps by group and currency, and the deals behind them."""

    flows: tuple[Flow, ...]
    bars: Mapping[Key, Mapping[Step, Bar]]

    def line(self, group: str | None, currency: str) -> dict[Step, Bar]:
        """Return the steps of a group, or of all groups together: what moves between owners is then nothing."""
        found: dict[Step, Bar] = {}
        for (name, unit), bars in self.bars.items():
            if unit == currency and group in (None, name):
                for step, bar in bars.items():
                    if group is not None or step not in ("given", "received"):
                        found[step] = _plus(found.get(step, Bar()), bar.amount_e4, bar.count)
        return found

    @property
    def currencies(self) -> list[str]:
        """The currencies that occur: two are never added."""
        return sorted({currency for _, currency in self.bars})


def compute_waterfall(
    before: Mapping[int, Standing], after: Mapping[int, Standing], window: Period | None = None
) -> Waterfall:
    """Compare the deals of two days, or of two states of knowledge; a deal that one side does not know is not in it."""
    flows = tuple(
        flow
        for deal in sorted(before.keys() | after.keys())
        for flow in _flows(deal, before.get(deal), after.get(deal), window)
    )
    bars: dict[Key, dict[Step, Bar]] = {}
    for each in flows:
        line = bars.setdefault((each.group, each.currency), {})
        line[each.step] = _plus(line.get(each.step, Bar()), each.amount_e4)
    return Waterfall(flows, bars)


def _plus(bar: Bar, amount_e4: int, count: int = 1) -> Bar:
    return Bar(bar.count + count, bar.amount_e4 + amount_e4)


def _flows(deal: int, old: Standing | None, new: Standing | None, window: Period | None) -> Iterator[Flow]:
    was_in = old is not None and old.stands(window)
    is_in = new is not None and new.stands(window)
    if old is not None and was_in:
        worth = old.amount_e4 or 0
        yield Flow(deal, "start", old.group, old.currency, worth)
        if new is None:
            yield Flow(deal, "removed", old.group, old.currency, -worth)
            return
        if new.group != old.group:
            yield Flow(deal, "given", old.group, old.currency, -worth)
            yield Flow(deal, "received", new.group, old.currency, worth)
        yield from _leaving(deal, old, new, is_in)
    elif new is not None and (is_in or (new.outcome != "open" and _passed(old, new, window))):
        yield from _coming(deal, old, new, is_in)
    if new is not None and is_in:
        yield Flow(deal, "end", new.group, new.currency, new.amount_e4 or 0)


def _leaving(deal: int, old: Standing, new: Standing, is_in: bool) -> Iterator[Flow]:
    """What became of a deal that stood in the pipeline."""
    if is_in or new.outcome == "won":
        yield from _revalued(deal, old, new)
        if new.outcome == "won":
            yield Flow(deal, "won", new.group, new.currency, -(new.amount_e4 or 0))
    else:
        step: Step = "lost" if new.outcome == "lost" else "pushed"
        yield Flow(deal, step, new.group, old.currency, -(old.amount_e4 or 0))


def _coming(deal: int, old: Standing | None, new: Standing, is_in: bool) -> Iterator[Flow]:
    """A deal that did not stand in the pipeline at the start, and does at the end, or came and closed in between."""
    if old is None:
        yield Flow(deal, "new", new.group, new.currency, new.amount_e4 or 0)
    else:
        step: Step = "pulled" if old.outcome == "open" else "reopened"
        yield Flow(deal, step, new.group, old.currency, old.amount_e4 or 0)
        yield from _revalued(deal, old, new)
    if not is_in:
        ended: Step = "won" if new.outcome == "won" else "lost"
        yield Flow(deal, ended, new.group, new.currency, -(new.amount_e4 or 0))


def _passed(old: Standing | None, new: Standing, window: Period | None) -> bool:
    """Tell whether a deal that is closed at the end passed through the pipeline in between."""
    if old is None:
        return new.is_in(window)
    return old.outcome == "open" and new.outcome == "won" and new.is_in(window)


def _revalued(deal: int, old: Standing, new: Standing) -> Iterator[Flow]:
    """The change of value; a deal that changed its currency leaves the one and comes in the other."""
    was, worth = old.amount_e4 or 0, new.amount_e4 or 0
    if old.currency != new.currency:
        changes = [(old.currency, -was), (new.currency, worth)]
    else:
        changes = [(new.currency, worth - was)]
    for currency, change in changes:
        if change:
            yield Flow(deal, "up" if change > 0 else "down", new.group, currency, change)
