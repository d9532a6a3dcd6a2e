"""What refunds take back under `original-rate` and `by-age`: the pay that their receipts were allocated.

A refund takes the part refunded ÷ receipt of the pay of its receipt's line, as the statement allocates it: after
gates, factors and limits. Parts are rounded cumulatively, so that refunding all of a receipt takes back all of its
pay. What is taken belongs to the run of the refund. Pay that is still held is taken back when it goes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.refund_rules import RefundsByAge, age_of
from salescli.core.commission.result import Note, Path, Step
from salescli.core.money import allocate, units_half_away

if TYPE_CHECKING:
    from salescli.core.commission.components.base import CreditedShape, Formula, Task

ONE = Fraction(1)
Place = tuple[int, int]
"""(run, place among the run's lines): where a line stands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one refund undoes of one receipt: `before` and `after` are the parts of its pay taken back so far."""

    refund: CreditLine
    run: int
    receipt: CreditLine
    at: Place
    amount: Fraction
    whole: Fraction
    before: Fraction
    after: Fraction
    share: Decimal  # of the pay, by the age of the receipt
    path: Path


def is_refund(line: CreditLine) -> bool:
    """Tell whether a line undoes another."""
    return line.kind == "refund" or bool(line.undoes)


@dataclass(slots=True)
class TakeBack:
    """The refunds of one component of one payee, while it walks over the runs."""

    formula: Formula
    pieces: list[Piece]
    receipts: dict[int, list[CreditLine]]  # the lines that the table pays on, by run
    unit: Decimal
    now: int
    notes: list[Note]
    taken: list[dict[CreditLine, int]] = field(default_factory=list)  # by run: refund → units taken back so far
    steps: list[Step] = field(default_factory=list)
    _split: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _weights: dict[int, list[Fraction]] = field(default_factory=dict)

    def apply(self, run: int, amounts: list[int]) -> None:
        """Take back what refunds up to `run` undo of the amounts as they stand there, in place."""
        base = list(amounts)
        taken: dict[CreditLine, int] = {}
        self.steps = []
        for piece in self.pieces:
            if piece.run > run or piece.at[0] > run:
                continue
            pay = self._pay_of(piece.at, base)
            before, after = (units_half_away(pay * part, ONE) for part in (piece.before, piece.after))
            amounts[piece.run] -= after - before
            taken[piece.refund] = taken.get(piece.refund, 0) + after - before
            if run == self.now:
                self._step(piece, pay, after - before)
        self.taken.append(taken)

    def added(self, run: int) -> dict[CreditLine, int]:
        """Return what a run takes back, by refund: beside what it took in the run before."""
        found = dict(self.taken[run])
        for line, units in (self.taken[run - 1] if run else {}).items():
            found[line] = found.get(line, 0) - units
        return found

    def _pay_of(self, at: Place, base: Sequence[int]) -> int:
        run, place = at
        if not base[run]:
            return 0
        if run not in self._weights:
            self._weights[run] = [self.formula.weigh(line) for line in self.receipts[run]]
        weights = self._weights[run]
        if not sum(weights, Fraction(0)):
            return 0
        if (run, base[run]) not in self._split:
            self._split[run, base[run]] = allocate(base[run], weights)
        return self._split[run, base[run]][place]

    def _step(self, piece: Piece, pay: int, taken: int) -> None:
        before = self.taken[-1].get(piece.refund, 0) if self.taken else 0
        if piece.run != self.now and taken == before:
            return
        parts = (
            ("key", piece.refund.key),
            ("of", piece.receipt.key),
            ("pay", pay * self.unit),
            ("refunded", piece.amount),
            ("receipt", piece.whole),
            ("share", piece.share),
            ("was", (before if piece.run != self.now else 0) * self.unit),
        )
        self.steps.append(Step("take-back", -taken * self.unit, parts, piece.path, piece.refund.source))


def build_take_back(component: CreditedShape, task: Task, formula: Formula) -> TakeBack:
    """Put each refund to the receipt that it undoes: the one it names, else the latest of its contract first."""
    receipts: dict[int, list[CreditLine]] = {}
    refunds: list[CreditLine] = []
    for line in task.facts.lines.get(task.name, []):
        run = task.facts.timeline.index(line.date)
        if is_refund(line):
            refunds.append(line)
        elif run is not None:
            receipts.setdefault(run, []).append(line)
    path: Path = (*task.path, "refunds")
    finder = _Finder(component, receipts, _whole_credits(task), path)
    pieces: list[Piece] = []
    notes: list[Note] = []
    for line in refunds:
        run = task.facts.timeline.index(line.date)
        if run is None:
            continue
        found, rest = finder.pieces_of(line, run)
        pieces += found
        if rest:
            parts = (("key", line.key), ("date", line.date), ("amount", rest))
            notes.append(Note("refund-without-receipt", parts, path))
    return TakeBack(formula, pieces, receipts, task.round_to, task.now, notes)


def _whole_credits(task: Task) -> dict[tuple[str, str, date], Fraction]:
    """Return what each line was credited with before a leaver's part was cut: refunded ÷ receipt is of the whole."""
    found: dict[tuple[str, str, date], Fraction] = {}
    for line in task.facts.inputs.lines:
        if line.component == task.name:
            key = (line.key, line.contract, line.date)
            found[key] = found.get(key, Fraction(0)) + _size(line)
    return found


def _size(line: CreditLine) -> Fraction:
    return Fraction(line.pay_credit or line.units)


class _Finder:
    """Finds the receipts of refunds; what is refunded of a receipt already is not refunded again."""

    def __init__(
        self,
        component: CreditedShape,
        receipts: Mapping[int, list[CreditLine]],
        whole: Mapping[tuple[str, str, date], Fraction],
        path: Path,
    ) -> None:
        self.rule = component.refunds
        self.whole = whole
        self.path = path
        self.by_key: dict[str, list[tuple[Place, CreditLine]]] = {}
        self.by_contract: dict[str, list[tuple[Place, CreditLine]]] = {}
        for run, lines in sorted(receipts.items()):
            for place, line in enumerate(lines):
                self.by_key.setdefault(line.key, []).append(((run, place), line))
                if line.contract:
                    self.by_contract.setdefault(line.contract, []).append(((run, place), line))
        self.given_back: dict[Place, Fraction] = {}  # of the credit
        self.taken: dict[Place, Fraction] = {}  # of the pay: parts by age

    def pieces_of(self, refund: CreditLine, run: int) -> tuple[list[Piece], Fraction]:
        """Return what a refund undoes, and how much of it undoes nothing that is known here."""
        rest = -self._size_of(refund)
        if rest <= 0:
            return [], Fraction(0)
        found = []
        for at, line in self._candidates(refund):
            size = self._size_of(line)
            left = size - self.given_back.get(at, Fraction(0))
            amount = min(rest, left)
            if size <= 0 or amount <= 0:
                continue
            found.append(self._piece(refund, run, line, at, amount, size))
            rest -= amount
        return found, rest

    def _candidates(self, refund: CreditLine) -> Iterator[tuple[Place, CreditLine]]:
        if refund.undoes:
            named = self.by_key.get(refund.undoes, [])
            same = [one for one in named if one[1].contract == refund.contract]
            yield from same or named
        elif refund.contract:
            latest = reversed(self.by_contract.get(refund.contract, []))
            yield from (one for one in latest if one[1].date <= refund.date)

    def _piece(
        self, refund: CreditLine, run: int, line: CreditLine, at: Place, amount: Fraction, size: Fraction
    ) -> Piece:
        share, path = Decimal(1), self.path
        if isinstance(self.rule, RefundsByAge):
            age = age_of(self.rule.by_age, line.date, refund.date)
            share, path = age.share, (*self.path, "by-age", age.index)
        before = self.taken.get(at, Fraction(0))
        after = before + amount / size * Fraction(share)
        self.taken[at] = after
        self.given_back[at] = self.given_back.get(at, Fraction(0)) + amount
        return Piece(refund, run, line, at, amount, size, before, after, share, path)

    def _size_of(self, line: CreditLine) -> Fraction:
        return self.whole.get((line.key, line.contract, line.date), _size(line))
