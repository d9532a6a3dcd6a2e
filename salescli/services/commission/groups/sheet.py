"""Everybody of a run before anybody is paid: the payees of each plan, and those who only share its pots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import InitVar, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from salescli.core.commission.groups.derived import Derived, has_groups, has_team_base, member_plan
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.periods import Period
from salescli.errors import Problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.before import Before
from salescli.services.commission.payees import Hierarchy, Payee, Seat, person_keys
from salescli.services.context import Context
from salescli.store.entities import fetch_keys, labels
from salescli.store.runs import Run

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

Gathered = dict[int, tuple[Payee, PayeeInputs]]


@dataclass
class PlanSheet:
    """One plan of a run: its payees with what is known of each, and who is paid by its pools alone."""

    file: PlanFile
    upto: Period
    before: Before
    gathered: InitVar[Iterable[tuple[Payee, PayeeInputs]]]
    payees: Gathered = field(default_factory=dict)
    members: Gathered = field(default_factory=dict)
    gone: Gathered = field(default_factory=dict)  # who was paid by the plan and is on it no more by today's records
    _members: Derived = field(default_factory=lambda: Derived(member_plan))

    def __post_init__(self, gathered: Iterable[tuple[Payee, PayeeInputs]]) -> None:
        self.payees = {payee.entity: self.as_known(payee, inputs) for payee, inputs in gathered}

    def as_known(self, payee: Payee, inputs: PayeeInputs) -> tuple[Payee, PayeeInputs]:
        """Return a payee with what earlier runs say."""
        return payee, self.before.known(self.file, self.upto, payee, inputs)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.file.require()

    def everyone(self) -> Iterator[tuple[Plan, Payee, PayeeInputs]]:
        """Yield whom the plan pays, each with the plan, or what it pays to somebody who is not on it."""
        for payee, inputs in self.payees.values():
            yield self.plan, payee, inputs
        for entity, (payee, inputs) in self.members.items():
            if entity not in self.payees:
                yield self._members.of(self.plan), payee, self._members.inputs(inputs, for_group=False)
        for payee, inputs in self.gone.values():
            yield self.plan, payee, inputs

    @property
    def everybody(self) -> list[int]:
        """Everybody with whom the plan has to do, those too that it pays no more."""
        return list({**self.payees, **self.members, **self.gone})

    def known_of(self, person: int) -> tuple[Payee, PayeeInputs] | None:
        """Return somebody with what is known; None: the plan has never paid the person, and does not now."""
        return self.payees.get(person) or self.members.get(person) or self.gone.get(person)

    def keep(self, person: int, inputs: PayeeInputs) -> None:
        """Keep other inputs of somebody with whom the plan has to do."""
        for held in (self.payees, self.members, self.gone):
            if person in held:
                held[person] = (held[person][0], inputs)
                return

    def only_shares(self, person: int) -> bool:
        """Tell whether somebody is not on the plan, and has a part of its pools."""
        return person in self.members and person not in self.payees

    def __contains__(self, person: object) -> bool:
        """Tell whether the plan pays somebody by today's records."""
        return person in self.payees or person in self.members

    def __iter__(self) -> Iterator[int]:
        return iter({**self.payees, **self.members})

    def __len__(self) -> int:
        return len({**self.payees, **self.members})


@dataclass(frozen=True)
class Scope:
    """Whose facts are needed to pay some people: everybody's, where a group decides."""

    people: frozenset[int]
    whole: frozenset[str]
    with_lines: frozenset[str]

    @staticmethod
    def of(files: Iterable[PlanFile], people: frozenset[int]) -> Scope:
        """Find the plans of which everybody is needed; what the levels below earn is needed of all plans."""
        files = list(files)
        plans = {file.name: file.require() for file in files}
        if any(has_team_base(one) for plan in plans.values() for one in plan.components.values()):
            return Scope(people, frozenset(plans), frozenset(plans))
        return Scope(people, frozenset(name for name, plan in plans.items() if has_groups(plan)), frozenset())

    def people_of(self, file: PlanFile) -> frozenset[int]:
        """Return whose facts are fetched under a plan; empty: everybody's."""
        return frozenset() if file.name in self.whole else self.people

    def pays(self, person: int) -> bool:
        """Tell whether a person's pay is asked for."""
        return not self.people or person in self.people


@dataclass
class GroupWork:
    """What finding group facts works with, beside the sheets."""

    context: Context
    seats: list[Seat]
    graded: list[Run] | None
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Who is above whom."""
        return Hierarchy(self.seats)

    @cached_property
    def directory(self) -> Mapping[int, tuple[str, str]]:
        """Everybody who has or had a seat: key and name."""
        store = self.context.store
        people = {seat.person for seat in self.seats}
        kind = store.registry["person"]
        keys = {**fetch_keys(store, kind, people), **person_keys(store, people)}
        names = labels(store, kind, people)
        return {one: (keys.get(one, str(one)), names.get(one, "")) for one in people}
