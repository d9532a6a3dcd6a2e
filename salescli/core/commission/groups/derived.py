"""Plans cut down for one purpose: what a group's figures need, and what somebody is paid who only shares a pot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan


def has_groups(plan: Plan) -> bool:
    """Tell whether somebody's pay under a plan depends on the pay of others."""
    return any(is_of_group(one) or has_team_base(one) for one in plan.components.values())


def is_of_group(component: object) -> bool:
    """Tell whether a component's amounts are found for a group first: a pool, a ranking, a budget."""
    return getattr(component, "type", "") in ("pool", "rank") or getattr(component, "budget", None) is not None


def has_team_base(component: object) -> bool:
    """Tell whether a component pays on what the levels below leave."""
    team = getattr(component, "team", None)
    return team is not None and team.base != "gross"


def group_plan(plan: Plan) -> Plan:
    """Return a plan of its group components alone, without limits."""
    kept = {name: one for name, one in plan.components.items() if is_of_group(one)}
    return plan.model_copy(update={"components": kept, "limits": ()})


def member_plan(plan: Plan) -> Plan:
    """Return what a plan pays to somebody who is not on it: parts of its pools."""
    kept = {name: one for name, one in plan.components.items() if one.type == "pool"}
    payout = plan.payout.model_copy(update={"holdback": (), "draw": None, "deductions": None})
    return plan.model_copy(update={"components": kept, "limits": (), "payout": payout, "leavers": None})


def earlier_plan(plan: Plan) -> Plan:
    """Return what a plan pays in runs before somebody's first day on it: parts of its pools; deductions stay."""
    shares = member_plan(plan)
    payout = shares.payout.model_copy(update={"deductions": plan.payout.deductions})
    return shares.model_copy(update={"payout": payout})


@dataclass
class Derived:
    """Plans derived once each: the engine groups runs by the identity of their plan."""

    derive: Callable[[Plan], Plan]
    _found: dict[int, tuple[Plan, Plan]] = field(default_factory=dict)

    def of(self, plan: Plan) -> Plan:
        """Return the plan derived from one."""
        if id(plan) not in self._found:
            self._found[id(plan)] = (plan, self.derive(plan))
        return self._found[id(plan)][1]

    def frozen(self, plans: Mapping[date, Plan]) -> dict[date, Plan]:
        """Return the same of all frozen plans."""
        return {day: self.of(plan) for day, plan in plans.items()}

    def inputs(self, inputs: PayeeInputs, *, for_group: bool) -> PayeeInputs:
        """Return a payee's inputs under the derived plans."""
        return replace(inputs, frozen=self.frozen(inputs.frozen), for_group=for_group)
