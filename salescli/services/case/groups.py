"""The group of a case: others under the same plan, and those who share a pot, beside the person asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.components.pool import PoolComponent
from salescli.core.commission.engine import compute_payee
from salescli.core.commission.groups.budgets import budget_groups
from salescli.core.commission.groups.derived import Derived, group_plan, is_of_group, member_plan
from salescli.core.commission.groups.model import Group
from salescli.core.commission.groups.pools import share_pool
from salescli.core.commission.groups.pots import Member, Roster, SheetRow
from salescli.core.commission.groups.ranks import Standing, rank_groups
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.commission.result import Part, PayeeResult
from salescli.core.commission.series import Series, build_series
from salescli.services.case.facts import CaseFacts

if TYPE_CHECKING:
    from salescli.core.commission.case_shapes import Case, MemberFact
    from salescli.core.commission.plan import Plan
    from salescli.core.commission.timeline import Span
    from salescli.core.periods import Period


@dataclass
class CaseGroups:
    """Everybody of a case, run after run. `results` are those of the others in the last run, by name."""

    case: Case
    plan: Plan
    results: dict[str, PayeeResult] = field(default_factory=dict)
    _posted: dict[str, PayeeInputs] = field(default_factory=dict)
    _group: Derived = field(default_factory=lambda: Derived(group_plan))
    _member: Derived = field(default_factory=lambda: Derived(member_plan))

    def settle(self, inputs: PayeeInputs, run: Period) -> PayeeInputs:
        """Return the person's inputs with what groups give; the others and the members are computed on the way."""
        if not any(is_of_group(one) for one in self.plan.components.values()):
            return inputs
        others = {one.person: self._other(one.person, run) for one in self.case.given.others}
        everyone = {inputs.person: inputs, **others}
        series = {
            name: build_series(self._group.of(self.plan), replace(one, for_group=True), run)
            for name, one in everyone.items()
        }
        groups: dict[str, Group] = {}
        for name, component in self._group.of(self.plan).components.items():
            for person, group in self._of_component(name, component, series, run):
                groups[person] = groups[person].joined(group) if person in groups else group
        self.results = {}
        for person in dict.fromkeys((*others, *groups)):
            if person != inputs.person:
                self._compute(person, others.get(person), groups.get(person), run)
        return replace(inputs, group=groups.get(inputs.person))

    def _of_component(
        self, name: str, component: object, series: dict[str, Series], run: Period
    ) -> Iterator[tuple[str, Group]]:
        if isinstance(component, PoolComponent):
            yield from self._pool(name, series, run)
        elif getattr(component, "type", "") == "rank":
            yield from rank_groups(name, series, self._standing).items()
        else:
            yield from budget_groups(name, series).items()

    def _pool(self, name: str, series: dict[str, Series], run: Period) -> Iterator[tuple[str, Group]]:
        own = self.case.case
        for person, one in series.items():
            roster = self._roster(name, run) if person == own else _nobody
            shared = share_pool(one, name, (person, person), self.plan.title, roster)
            for who in dict.fromkeys((person, *shared.amounts, *shared.facts)):
                amounts, facts = tuple(shared.amounts.get(who, ())), tuple(shared.facts.get(who, ()))
                notes = tuple((name, note) for note in shared.notes.get(who, ()))
                yield who, Group(amounts, facts, notes, frozenset({name}))

    def _roster(self, name: str, run: Period) -> Callable[[PoolComponent, Span], Roster]:
        def roster(component: PoolComponent, span: Span) -> Roster:
            found: dict[str, MemberFact] = {}
            for one in self.case.given.members:
                known = one.known_in is None or one.known_in < run.end
                if one.component == name and one.window == span.whole_start and known:
                    found[one.person] = one
            members = tuple(_member(one, component) for _, one in sorted(found.items()))
            written = tuple(
                SheetRow(one.person, one.person, one.amount, one.share)
                for _, one in sorted(found.items())
                if one.amount is not None or one.share is not None
            )
            return Roster(members, written or None)

        return roster

    def _standing(self, person: str, component: object, span: Span, figure: Fraction | None) -> Standing:
        given = self.case.given
        if person == self.case.case:
            return Standing(person, "", given.reached)
        other = next(one for one in given.others if one.person == person)
        return Standing(person, other.out, other.reached)

    def _other(self, person: str, run: Period) -> PayeeInputs:
        """Return what is known of somebody else under the same plan."""
        other = next(one for one in self.case.given.others if one.person == person)
        update = {name: getattr(other, name) for name in ("on_plan", "credits", "quotas", "terms", "readings")}
        own = {"opening": None, "grades": (), "deductions": (), "adjustments": ()}
        given = self.case.given.model_copy(update={**update, **own})
        facts = CaseFacts(self.case.model_copy(update={"case": person, "given": given}), self.plan)
        return self._with_posted(person, facts.inputs_at(run))

    def _with_posted(self, person: str, inputs: PayeeInputs) -> PayeeInputs:
        before = self._posted.get(person)
        if before is None:
            return inputs
        return replace(inputs, posted=before.posted, posted_kept=before.posted_kept, posted_runs=before.posted_runs)

    def _compute(self, person: str, inputs: PayeeInputs | None, group: Group | None, run: Period) -> None:
        plan = self.plan
        if inputs is None:
            plan = self._member.of(plan)
            facts = CaseFacts(self.case, self.plan)
            inputs = self._with_posted(person, PayeeInputs(person, calendar=facts.calendar, start=plan.start))
        inputs = replace(inputs, group=group)
        result = compute_payee(plan, inputs, run)
        self.results[person] = result
        self._posted[person] = with_posted(inputs, result)


def _nobody(component: PoolComponent, span: Span) -> Roster:
    return Roster(())


def _member(fact: MemberFact, component: PoolComponent) -> Member:
    values: list[tuple[str, Part]] = []
    weight = Fraction(1)
    if component.members_by == "contribution":
        contribution = fact.contribution or Decimal(0)
        values.append(("contribution", contribution))
        weight = max(Fraction(contribution), Fraction(0))
    if component.members_by == "salary-times-grade":
        salary = fact.salary or Decimal(0)
        factor = component.members_grade.factor(fact.grade) if component.members_grade is not None else Decimal(1)
        values += [("salary", salary), ("factor", factor)]
        weight = Fraction(salary) * Fraction(factor)
    if fact.days is not None and component.members.on == "days-in-seat" and component.members_by != "contribution":
        values.append(("days", fact.days))
        weight *= fact.days
    return Member(fact.person, fact.person, weight, tuple(values))
