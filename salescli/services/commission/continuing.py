"""Windows that go on from another plan: what each payee brings, computed under the old plan by today's facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.continuing import continued_from, first_day_of
from salescli.core.commission.inputs import Continued, PayeeInputs
from salescli.errors import Problem, ProblemsFound, problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.groups.sheet import PlanSheet
from salescli.services.commission.payees import Payee

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan
    from salescli.core.commission.values import ContinuesText

Gather = Callable[[PlanFile], list[tuple[Payee, PayeeInputs]]]


@dataclass
class Continuing:
    """Brings positions from old plans to new ones. `used` are the old plans: a run is kept with them."""

    plans: Mapping[str, PlanFile]
    sheets: Mapping[str, PlanSheet]
    gather: Gather
    used: dict[str, PlanFile] = field(default_factory=dict)
    _others: dict[str, dict[int, PayeeInputs]] = field(default_factory=dict)

    def bring(self) -> None:
        """Give every payee of the sheets what the old plans bring.

        Raises:
            ProblemsFound: a plan continues what is not there, what has another window, or itself by way of others.
        """
        names = {one for sheet in self.sheets for one in self._ancestors(sheet)}
        wrong = [one for name in sorted(names) for one in self._faults(self.plans[name])]
        if wrong:
            raise ProblemsFound(*wrong)
        for sheet in self.sheets.values():
            known = self._with_continued(sheet.file, {one: inputs for one, (_, inputs) in sheet.payees.items()})
            sheet.payees = {one: (payee, known[one]) for one, (payee, _) in sheet.payees.items()}

    def _with_continued(self, file: PlanFile, people: Mapping[int, PayeeInputs]) -> dict[int, PayeeInputs]:
        plan = file.require()
        known = dict(people)
        for name, text in continuing_in(plan):
            self.used[text.plan] = self.plans[text.plan]
            old = self._inputs_of(text.plan)
            for person, inputs in known.items():
                if person in old:
                    day = first_day_of(plan, name, inputs)
                    found = continued_from(self.plans[text.plan].require(), old[person], text.component, name, day)
                    known[person] = _with(inputs, found)
        return known

    def _inputs_of(self, name: str) -> dict[int, PayeeInputs]:
        """Return everybody's facts under an old plan, with what that plan itself continues."""
        if name not in self._others:
            sheet = self.sheets.get(name)
            pairs = self.gather(self.plans[name]) if sheet is None else list(sheet.payees.values())
            facts = {payee.entity: replace(inputs, continued=()) for payee, inputs in pairs}
            self._others[name] = self._with_continued(self.plans[name], facts)
        return self._others[name]

    def _faults(self, file: PlanFile) -> Iterable[Problem]:
        for name, text in continuing_in(file.require()):
            where = file.where("components", name, "continues")
            old = self.plans.get(text.plan)
            if old is None:
                yield problem("continues-unknown-plan", where, text=text.text, choices=sorted(self.plans))
                continue
            shape: ComponentShape | None = old.require().components.get(text.component)
            if shape is None:
                choices = list(old.require().components)
                yield problem("continues-unknown-component", where, text=text.text, plan=text.plan, choices=choices)
            elif shape.type != "tiered" or shape.window != file.require().components[name].window:
                yield problem("continues-other-window", where, text=text.text)
            elif file.name in self._ancestors(text.plan):
                yield problem("continues-in-a-circle", where, text=text.text)

    def _ancestors(self, name: str) -> set[str]:
        """Return the plans that a plan goes back to, itself included."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found and one in self.plans:
                found.add(one)
                waiting += [text.plan for _, text in continuing_in(self.plans[one].require())]
        return found


def continuing_in(plan: Plan) -> list[tuple[str, ContinuesText]]:
    """Return the components of a plan that continue others, with what they continue."""
    components: dict[str, ComponentShape] = plan.components
    return [(name, one.continues) for name, one in components.items() if one.continues is not None]


def _with(inputs: PayeeInputs, found: Continued | None) -> PayeeInputs:
    return inputs if found is None else replace(inputs, continued=(*inputs.continued, found))
