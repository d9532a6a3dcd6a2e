"""`pays_in`: one sale paid in parts, some at signing and some as its money comes in.

The position moves at signing, and the sale earns at the rate found then. What it earned is let through in its
parts: a share at signing, a share in proportion to what has been received of the contract. Like a gate it works on the
increments of the signing's run, so a part that comes after a window, or after the plan, still is of that window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import Note, Path, Step
from salescli.core.money import to_decimal
from salescli.core.shape_faults import Fault
from salescli.core.shapes import Rate, Shape
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.components.base import ComponentShape, Formula, Task

ZERO, WHOLE = Fraction(0), Fraction(1)


class PaidPart(Shape):
    """One entry of `pays_in`."""

    called = Title("分次计提", "a part of the pay (pays_in)")
    wrong_keys: ClassVar[Mapping[str, str]] = {"when": "at", "part": "share", "pays": "share"}

    at: Literal["signed", "received"]
    share: Rate


def check_parts(component: ComponentShape, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with the parts of a component."""
    parts = component.pays_in
    if parts is None:
        return
    place: Path = (*path, "pays_in")
    if [one.at for one in parts] != ["signed", "received"]:
        yield Fault("parts-not-in-order", place, {})
    whole = sum((Fraction(one.share) for one in parts), ZERO)
    if whole != 1 or any(one.share < 0 for one in parts):
        yield Fault("parts-not-whole", place, {"share": f"{to_decimal(whole * 100, 4).normalize():f} %"})
    if component.type not in ("rate", "tiered") or getattr(component, "apply", "") not in (
        "",
        "slice-by-slice",
        "new-at-rate-reached",
    ):
        said = getattr(component, "apply", None)
        yield Fault("parts-need-own-rate", place, {"text": f"apply: {said}" if said else f"type: {component.type}"})
    if component.takes_back:
        yield Fault("parts-take-themselves-back", (*path, "refunds"), {})
    for index, gate in enumerate(component.needs):
        if gate.if_missed == "lowest-tier":
            yield Fault("parts-need-own-rate", (*path, "needs", index, "if_missed"), {"text": "if_missed: lowest-tier"})


@dataclass(slots=True)
class PartsState:
    """What is let through of each sale while a component walks over its runs."""

    parts: Sequence[PaidPart]
    task: Task
    formula: Formula
    lines: dict[int, list[CreditLine]]
    path: Path
    _received: dict[str, list[Fraction]] = field(default_factory=dict)  # by contract: the part received, run by run

    def let(self, run: int, amounts: Sequence[Fraction]) -> list[Fraction]:
        """Return the increments up to `run` that are due at `run`; what belongs to no sale is due at once."""
        found = list(amounts)
        for index, lines in self.lines.items():
            if index > run or not amounts[index] or index in self.formula.paid:
                continue
            weights = [self.formula.weigh(line) for line in lines]
            whole = sum(weights, ZERO)
            if whole:
                due = sum((w * self.due(line, run) for w, line in zip(weights, lines, strict=True)), ZERO)
                found[index] = amounts[index] * due / whole
        return found

    def due(self, line: CreditLine, run: int) -> Fraction:
        """Return how much of what a sale earned is due by the end of a run."""
        if run < 0:
            return ZERO
        shares = {one.at: Fraction(one.share) for one in self.parts}
        return shares["signed"] + shares["received"] * self._part_received(line.contract, run)

    def weight(self, line: CreditLine, run: int, *, new: bool) -> Fraction:
        """Weigh a line by what of its sale is due at a run: in all, or `new` since the run before."""
        origin = self.task.facts.timeline.index(line.date)
        was = self.due(line, run - 1) if new and origin is not None and origin < run else ZERO
        return self.formula.weigh(line) * (self.due(line, run) - was)

    def _part_received(self, contract: str, run: int) -> Fraction:
        """The part of a contract that has come in, between nothing and all of it; refunds take it back."""
        if contract not in self._received:
            self._received[contract] = self._parts_received(contract)
        return self._received[contract][run]

    def _parts_received(self, contract: str) -> list[Fraction]:
        facts = self.task.facts
        rows = sorted((one for one in facts.inputs.received if one.contract == contract), key=lambda one: one.date)
        found: list[Fraction] = []
        total, place = ZERO, 0
        for run in facts.timeline.runs:
            while place < len(rows) and rows[place].date < run.end:
                row = rows[place]
                total += Fraction(row.amount) / Fraction(row.of) if row.of else ZERO
                place += 1
            found.append(min(WHOLE, max(ZERO, total)))
        return found

    def steps(self) -> list[Step]:
        """Return what this run was let through of each sale: of this run's, and of earlier ones."""
        now = self.task.now
        found = []
        for index, lines in sorted(self.lines.items()):
            weights = [self.formula.weigh(line) for line in lines]
            whole = sum(weights, ZERO)
            for line, weight in zip(lines, weights, strict=True):
                due, was = self.due(line, now), self.due(line, now - 1) if index < now else ZERO
                if due == was or not whole:
                    continue
                earned = self.formula.amounts[index] * weight / whole
                parts = (("key", line.key), ("earned", earned), ("due", due), ("was", was))
                found.append(Step("part-due", earned * (due - was), parts, self.path, line.source))
        return found

    def notes(self) -> list[Note]:
        """Return what still waits for money."""
        now = self.task.now
        waiting = sum(self.formula.amounts[: now + 1], ZERO) - sum(self.formula.seen_at(now), ZERO)
        return [Note("parts-waiting", (("amount", to_decimal(waiting, 6)),), self.path)] if waiting else []


def parts_state(component: ComponentShape, task: Task, formula: Formula) -> PartsState | None:
    """Return what lets the parts of a component through, where it is paid in parts."""
    if component.pays_in is None:
        return None
    lines: dict[int, list[CreditLine]] = {}
    for line in task.facts.lines.get(task.name, []):
        run = task.facts.timeline.index(line.date)
        if run is not None:
            lines.setdefault(run, []).append(line)
    return PartsState(component.pays_in, task, formula, lines, (*task.path, "pays_in"))
