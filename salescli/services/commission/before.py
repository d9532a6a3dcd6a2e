"""What came before a run: closed runs and their plans, what they posted, and the opening they continue from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.commission.inputs import PayeeInputs, Posted
from salescli.core.commission.timeline import GRAIN
from salescli.core.periods import Period
from salescli.policy.plans import PlanFile
from salescli.services.commission.payees import Payee
from salescli.services.commission.posted import Ledger, OpeningSheet, item_of
from salescli.services.commission.restated import Moved
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

CREDITING = ("pays_on", "tier_by", "credit", "team", "only", "owner_on", "credit_factors", "refunds", "pays_in", "type")
"""What of a component says which credits it has."""


@dataclass(frozen=True)
class Before:
    """Everything that earlier runs say to a run. `frozen` are the closed runs' plans, by period and name."""

    context: Context
    opening: OpeningSheet | None
    ledgers: Mapping[str, Ledger]
    frozen: Mapping[str, Mapping[str, Plan]]
    restated: Mapping[str, tuple[Moved, Mapping[str, Plan]]] = field(default_factory=dict)  # month → its former plans
    _by_run: dict[str, dict[date, Plan]] = field(default_factory=dict)

    def known(self, file: PlanFile, upto: Period, payee: Payee, inputs: PayeeInputs) -> PayeeInputs:
        """Return a payee's inputs with what was posted to the payee, and what the opening brings."""
        item = item_of(file.name, payee.entity)
        ledger = self.ledgers.get(item)
        first = self.opening.first if self.opening else self._first_closed() or upto.start
        frozen = self._frozen(file)
        start = min((file.require().start, *(one.start for one in frozen.values())))
        return replace(
            inputs,
            opening=max(first, self.context.calendar.window("month", start).start),
            posted=tuple(ledger.posted) if ledger else (),
            posted_kept=tuple(ledger.kept) if ledger else (),
            posted_runs=tuple(ledger.runs) if ledger else (),
            frozen=frozen,
            restated=self._restated(file),
            recalculated=self._recalculated(file),
            **self._opened(item),
        )

    def posted_of(self, file: PlanFile) -> Callable[[int], Sequence[Posted]]:
        """Return what closed runs posted under a plan, by person."""

        def posted(person: int) -> Sequence[Posted]:
            ledger = self.ledgers.get(item_of(file.name, person))
            return ledger.posted if ledger is not None else ()

        return posted

    def _first_closed(self) -> date | None:
        return self.context.parse_period(min(self.frozen)).start if self.frozen else None

    def _opened(self, item: str) -> dict[str, Any]:
        """Return what a payee brings from before the opening."""
        opening = self.opening
        if opening is None or item not in opening.rows:
            return {}
        brought = {"owed": opening.owed, "carried": opening.carried, "undeducted": opening.undeducted}
        return {"openings": opening.rows[item], **{name: amounts[item] for name, amounts in brought.items()}}

    def _frozen(self, file: PlanFile) -> dict[date, Plan]:
        """Return the plan of each closed run, by the run's first day; one object for what says the same."""
        if file.name in self._by_run:
            return self._by_run[file.name]
        known = [file.require()]
        found = self._by_run[file.name] = {}
        for period, plans in self.frozen.items():
            own = plans.get(file.name)
            if own is not None:
                same = next((one for one in known if one == own), None)
                if same is None:
                    known.append(same := own)
                found[self._first_day(file, period)] = same
        return found

    def _restated(self, file: PlanFile) -> dict[date, Plan | None]:
        """Return the former plan of each closed run that was restated since; None where it has other credits now."""
        found: dict[date, Plan | None] = {}
        for month, (moved, former) in self.restated.items():
            if moved.is_of_metrics or (moved.is_of_calendar and file.require().counts_working_days):
                found[self._first_day(file, month)] = None
            elif moved.changes(file.name) and file.name in former:
                was, now = former[file.name], self.frozen[month].get(file.name, file.require())
                found[self._first_day(file, month)] = was if _credits_alike(was, now) else None
        return found

    def _recalculated(self, file: PlanFile) -> tuple[date, ...]:
        """Return the first days of the closed runs for which another calculation was accepted since."""
        months = (month for month, (moved, _) in self.restated.items() if moved.is_of_calculation)
        return tuple(sorted({self._first_day(file, month) for month in months}))

    def _first_day(self, file: PlanFile, month: str) -> date:
        """Return the first day of the run that a closed month is of."""
        return self.context.calendar.window(GRAIN[file.require().pay], date.fromisoformat(f"{month}-01")).start


def _credits_alike(one: Plan, other: Plan) -> bool:
    """Tell whether two plans credit the same things to the same people, so that one's facts are the other's."""
    if one.for_ != other.for_ or set(one.components) != set(other.components):
        return False
    pairs = ((each, other.components[name]) for name, each in one.components.items())
    return all(getattr(a, name, None) == getattr(b, name, None) for a, b in pairs for name in CREDITING)
