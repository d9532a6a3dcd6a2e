"""`limits`: caps over one or several components, on the window to date. Shape and arithmetic.

A cap works on rounded increments: after each run the window has earned what is to date, or the cap, so that money above
the cap absorbs refunds first. What is above it is taken from the last component of its list first, in the run that
brought it above; with `excess: next-window` it counts first in the window that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, NamedTuple

from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import Money, in_force
from salescli.core.money import CONTEXT, units_half_away
from salescli.core.shapes import Dated, Name, OneOrMany, Shape, TitleShape
from salescli.core.title import Title


class Limit(Shape):
    """One entry of `limits`."""

    called = Title("上限", "a limit")
    wrong_keys: ClassVar[Mapping[str, str]] = {"cap": "at_most", "max": "at_most", "components": "of", "window": "over"}

    at_most: Dated[Money]
    of: OneOrMany[Name]
    over: Literal["each-transaction", "month", "quarter", "year"]
    excess: Literal["lost", "next-window"]
    title: TitleShape | None = None


_NOTHING = Fraction(0)


class Walked(NamedTuple):
    """One run of a window: the increments, what they come to by then, what of it is above the cap, and what is cut."""

    increments: tuple[int, ...]
    sums: dict[str, int]
    taken: dict[str, int]
    cut: dict[str, int]


def nothing_brought(name: str, span: Span) -> int:
    """Most windows begin under the plan itself."""
    return 0


@dataclass(slots=True)
class LimitTask:
    """One limit for one payee: its windows, and the terms that a relative cap needs."""

    limit: Limit
    path: Path
    spans: tuple[Span, ...]
    terms_on: Callable[[date], Mapping[str, Decimal]]
    unit: Decimal
    part_of: Callable[[Span], Fraction] | None = None  # where `part_period` scales limits
    brought: Callable[[str, Span], int] = nothing_brought  # what another plan earned of a component in the window
    ends: date = date.max  # the day after the last one on the plan: no window follows
    steps: list[Step] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lost: dict[int, int] = field(default_factory=dict)  # what no window follows for, as each run sees it
    caps: dict[int, int | None] = field(default_factory=dict)  # by the number of the run
    missing: dict[int, str] = field(default_factory=dict)
    _walked: dict[int, list[Walked]] = field(default_factory=dict)  # by the first run of the window

    def apply(self, run: int, amounts: dict[str, list[int]]) -> None:
        """Cap the increments as they stand at `run`, in place. Amounts are counts of the rounding unit."""
        self.steps, self.notes = [], []
        waiting: dict[str, int] = {}
        for span in self.spans:
            if span.first > run:
                break
            for name, excess in waiting.items():
                amounts[name][span.first] += excess
            waiting = self._cut(span, run, amounts)
            if span.end >= self.ends and span.is_whole and run >= span.last:
                self._lose(span, run, sum(waiting.values()))

    def _lose(self, span: Span, run: int, waiting: int) -> None:
        """Say what counts in no window any more: when the last one ends, and when that is another amount later."""
        self.lost[run] = waiting
        if waiting != self.lost.get(run - 1, 0) and run == len(span.runs) - 1:
            parts = (("amount", waiting * self.unit), ("of", ", ".join(self.limit.of)))
            self.notes.append(Note("limit-lost", parts, (*self.path, "excess")))

    def _cut(self, span: Span, run: int, amounts: dict[str, list[int]]) -> dict[str, int]:
        last = min(span.last, run)
        names = [name for name in self.limit.of if name in amounts]
        walked = self._walked.setdefault(span.first, [])
        rows = zip(*(amounts[name][span.first : last + 1] for name in names), strict=True) if names else [()]
        for place, increments in enumerate(rows):
            if place == len(walked) or walked[place].increments != increments:
                before = (walked[place - 1].sums, walked[place - 1].taken) if place else self._begun(span, names)
                walked[place:] = [self._walk(span, span.first + place, names, increments, *before)]
            for name, one in walked[place].cut.items():
                amounts[name][span.first + place] -= one
        here, cap = walked[-1], self._cap(span, last)
        self._note_missing(span, last)
        if cap is not None and run == len(span.runs) - 1 <= span.last:  # only what the last run says is asked for
            self._step(span, sum(here.sums.values()), cap, sum(here.taken.values()))
            self._note_moved(span, last, walked)
        return here.taken if self.limit.excess == "next-window" else {}

    def _begun(self, span: Span, names: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
        """Return what a window begins with, and what of it is above the cap: that was not paid here."""
        brought = {name: self.brought(name, span) for name in names}
        if any(brought.values()):
            return brought, self._taken(brought, self._cap(span, span.first))
        return dict.fromkeys(names, 0), dict.fromkeys(names, 0)

    def _walk(
        self,
        span: Span,
        index: int,
        names: Sequence[str],
        increments: tuple[int, ...],
        sums: dict[str, int],
        removed: dict[str, int],
    ) -> Walked:
        sums = {name: sums[name] + one for name, one in zip(names, increments, strict=True)}
        taken = self._taken(sums, self._cap(span, index))
        cut = {name: taken[name] - removed[name] for name in names if taken[name] != removed[name]}
        return Walked(increments, sums, taken, cut)

    def _taken(self, sums: dict[str, int], cap: int | None) -> dict[str, int]:
        """Return what is above the cap, from the last component first; nothing where the cap has no amount."""
        above = max(0, sum(sums.values()) - cap) if cap is not None else 0
        taken = dict.fromkeys(sums, 0)
        for name in reversed(list(sums)):
            taken[name] = min(above, max(0, sums[name]))
            above -= taken[name]
        return taken

    def _cap(self, span: Span, index: int) -> int | None:
        """Return the cap at the end of a run, in rounding units; it is found once for each run."""
        if index not in self.caps:
            day = span.day_of(index)
            text = in_force(self.limit.at_most, day)
            exact = text.resolve(self.terms_on(day))
            if exact is not None and self.part_of is not None:
                exact *= self.part_of(span)
            self.caps[index] = None if exact is None else units_half_away(exact, Fraction(self.unit))
            if exact is None:
                self.missing[index] = text.text
        return self.caps[index]

    def _note_missing(self, span: Span, last: int) -> None:
        missing = [self.missing[index] for index in range(span.first, last + 1) if index in self.missing]
        if missing:
            self.notes = [Note("no-term", (("text", missing[-1]),), (*self.path, "at_most"))]

    def _note_moved(self, span: Span, last: int, walked: Sequence[Walked]) -> None:
        """Say what another cap than that of the run before lets out of what was earned before it, or takes back."""
        was, now = (self._cap(span, index) for index in (last - 1, last)) if last > span.first else (None, None)
        if was is not None and now is not None:
            figures = (sum(walked[-2].sums.values()) * self.unit, was * self.unit, now * self.unit)
            self.notes += cap_moved(*figures, (*self.path, "at_most"))

    def _step(self, span: Span, total: int, cap: int, cut: int) -> None:
        parts = (
            ("to_date", total * self.unit),
            ("cap", cap * self.unit),
            ("cut", cut * self.unit),
            ("start", span.start),
            ("excess", self.limit.excess),
            ("of", ", ".join(self.limit.of)),
        )
        self.steps.append(Step("limit", min(total, cap) * self.unit, parts, (*self.path, "at_most")))


def cap_moved(earned: Decimal, was: Decimal, now: Decimal, path: Path) -> list[Note]:
    """Return the note of a cap that changed inside a window: it lets out, or takes back, what was earned before it."""
    moved = CONTEXT.subtract(min(earned, now), min(earned, was))
    return [Note("cap-moved", (("was", was), ("now", now), ("amount", moved)), path)] if moved else []


def clamp_window(amounts: list[Fraction], mosts: Sequence[Fraction | None], least: Fraction | None) -> Fraction:
    """Bring a window's total between a component's own bounds: `at_most` after each increment, `at_least` of it all.

    Returns what was added to the last increment (below zero: taken off).
    """
    total = kept = changed = Fraction(0)
    for index, most in enumerate(mosts):
        is_whole = kept is total  # nothing has been cut or added so far
        total += amounts[index]
        if is_whole and (most is None or total <= most) and (least is None or index + 1 < len(mosts)):
            kept, changed = total, _NOTHING
            continue
        wanted = total if most is None else min(total, most)
        if least is not None and index + 1 == len(mosts):
            wanted = max(wanted, least)
        changed = wanted - kept - amounts[index]
        if changed:
            amounts[index] += changed
        kept = wanted
    return changed
