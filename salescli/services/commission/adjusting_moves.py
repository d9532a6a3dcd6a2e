"""Which plan an adjustment stays with that closed runs have posted, whatever its record says of a plan since.

The plan that posted it has to take it back before another may pay it. Where that plan has ended, does not pay in the
run or has no pay to take it from, the amount would be paid twice, and a debt left where nothing is earned any more. So
it moves only in a run that both plans pay, and in which it nets: neither is below zero with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from salescli.core.commission.adjusting import Adjustment
from salescli.core.commission.engine import compute_payee
from salescli.core.money import total
from salescli.services.commission.groups.sheet import PlanSheet
from salescli.services.commission.posted import Ledger, item_of


@dataclass
class Takers:
    """Which plan takes which adjustment of whom; those of a run are given out one by one, then some of them move."""

    sheets: Sequence[PlanSheet]
    ledgers: Mapping[str, Ledger]
    given: dict[tuple[str, int], list[Adjustment]] = field(default_factory=dict)

    def give(self, plan: str, person: int, one: Adjustment) -> None:
        """Let a plan take an adjustment of somebody."""
        self.given.setdefault((plan, person), []).append(one)

    def moves(self, one: Adjustment, person: int, kept: str, wanted: str) -> bool:
        """Move an adjustment from a plan to another, where both pay it in this run and neither is below zero by it."""
        before = {plan: self.given.get((plan, person), []) for plan in (kept, wanted)}
        after = {kept: [each for each in before[kept] if each is not one], wanted: [*before[wanted], one]}
        if not all(self._bears(plan, person, each) for plan, each in after.items()):
            return False
        self.given |= {(plan, person): each for plan, each in after.items()}
        return True

    def _bears(self, plan: str, person: int, adjustments: Sequence[Adjustment]) -> bool:
        """Tell whether a plan pays somebody in this run, and nothing is left below zero with these adjustments."""
        sheet = next((each for each in self.sheets if each.plan.plan == plan), None)
        if sheet is None or person not in sheet.payees:
            return False
        _, inputs = sheet.payees[person]
        result = compute_payee(sheet.plan, replace(inputs, adjustments=tuple(adjustments)), sheet.upto)
        return not result.carried_out and not result.listed

    def hand_out(self) -> None:
        """Write what each plan takes into the facts of its payees."""
        for sheet in self.sheets:
            for entity, (payee, inputs) in sheet.payees.items():
                if mine := self.given.get((sheet.plan.plan, entity)):
                    sheet.payees[entity] = (payee, replace(inputs, adjustments=tuple(mine)))

    def holder(self, key: str, person: int, plans: Iterable[str]) -> str:
        """Return the plan with which an adjustment of somebody stands, else the last that posted it, else ""."""
        found = ((self._standing(key, person, plan), plan) for plan in plans)
        return max(((mark, plan) for mark, plan in found if mark is not None), default=(None, ""))[1]

    def _standing(self, key: str, person: int, plan: str) -> tuple[object, ...] | None:
        """Return whether anything stands of what a plan posted of an adjustment, and the last run in which it did."""
        ledger = self.ledgers.get(item_of(plan, person))
        runs = ledger.runs if ledger is not None else ()
        lines = [(each.run, line.amount) for each in runs for line in each.adjustments if line.key == key]
        return (bool(total(amount for _, amount in lines)), max(run for run, _ in lines)) if lines else None
