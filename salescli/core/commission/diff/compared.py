"""Two plans over the same months: who is paid what by each, and which rule makes how much of the difference.

The rules in which they part are switched from one plan to the other in the order of the file, one after another, and
everybody is computed after each switch. What a switch changes is that rule's part, so the parts add up to the
difference exactly, per person and component. Rules that make no plan alone are switched together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.commission.diff.paid import Paid
from salescli.core.commission.result import Path
from salescli.core.money import CONTEXT, total

ZERO = Decimal(0)
Everybody = Mapping[str, Paid]
"""What one plan pays, by person."""


@dataclass(frozen=True, slots=True)
class RulePart:
    """What one rule makes of the difference: of each (person, component), and of what is held back."""

    paths: tuple[Path, ...]
    amounts: dict[tuple[str, str], Decimal]
    kept: Decimal

    @property
    def amount(self) -> Decimal:
        """All of it."""
        return total(self.amounts.values())

    @property
    def people(self) -> int:
        """How many people's pay it moves."""
        return len({person for person, _ in self.amounts})


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of one person that is another: by the first plan, and by the second."""

    person: str
    name: str
    component: str
    one: Decimal
    other: Decimal

    @property
    def difference(self) -> Decimal:
        """The second less the first."""
        return CONTEXT.subtract(self.other, self.one)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLine(Moved):
    """The pay of one transaction that is another."""

    key: str
    contract: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Both plans over the months: everybody, and the rules' parts in the order of the file."""

    one: Everybody
    other: Everybody
    parts: tuple[RulePart, ...]

    def people(self) -> list[str]:
        """Return everybody whom either plan pays, by number."""
        return sorted({*self.one, *self.other})

    def components(self) -> list[str]:
        """Return the components of both, in the order of the files; draw and deductions last."""
        names = [name for each in (self.one, self.other) for paid in each.values() for name in paid.figures()]
        found = list(dict.fromkeys(names))
        return sorted(found, key=lambda name: name.startswith("("))

    def moved(self) -> list[Moved]:
        """Return every figure that differs."""
        found = []
        for person in self.people():
            left, right = self.one.get(person), self.other.get(person)
            name = next(one.name for one in (right, left) if one is not None)
            figures = (left.figures() if left else {}), (right.figures() if right else {})
            for component in self.components():
                pair = figures[0].get(component, ZERO), figures[1].get(component, ZERO)
                if pair[0] != pair[1]:
                    found.append(Moved(person, name, component, *pair))
        return found

    def lines(self) -> list[MovedLine]:
        """Return every transaction whose pay differs, by person, component, day and key."""
        found: dict[tuple[str, str, str, str, date | None], list[Decimal]] = {}
        names: dict[str, str] = {}
        for side, everybody in enumerate((self.one, self.other)):
            for person, paid in everybody.items():
                names[person] = paid.name
                for line in paid.lines:
                    key = (person, line.component, line.key, line.contract, line.date)
                    found.setdefault(key, [ZERO, ZERO])[side] = line.amount
        ordered = sorted(found.items(), key=lambda item: (*item[0][:2], item[0][4] or date.max, item[0][2], item[0][3]))
        return [
            MovedLine(person, names[person], component, *pair, key=key, contract=contract, date=day)
            for (person, component, key, contract, day), pair in ordered
            if pair[0] != pair[1]
        ]

    def whole(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Return what each person is paid in all by both."""
        return {person: (_whole(self.one.get(person)), _whole(self.other.get(person))) for person in self.people()}


def _whole(paid: Paid | None) -> Decimal:
    return total(paid.figures().values()) if paid is not None else ZERO


def part_between(paths: Sequence[Path], before: Everybody, after: Everybody) -> RulePart:
    """Return what changed between two plans that part in some rules only."""
    people: Iterable[str] = dict.fromkeys([*before, *after])
    amounts = {}
    for person in people:
        left = before[person].figures() if person in before else {}
        right = after[person].figures() if person in after else {}
        for component in dict.fromkeys([*left, *right]):
            change = CONTEXT.subtract(right.get(component, ZERO), left.get(component, ZERO))
            if change:
                amounts[person, component] = change
    kept = CONTEXT.subtract(total(one.kept for one in after.values()), total(one.kept for one in before.values()))
    return RulePart(tuple(paths), amounts, kept)
