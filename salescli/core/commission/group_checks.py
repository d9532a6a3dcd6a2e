"""Checks of what a group decides: pools, rankings, budgets, what the levels below leave."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.components.base import ComponentShape, CreditedShape
from salescli.core.commission.components.pool import PoolComponent
from salescli.core.commission.components.rank import RankComponent
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.shape_faults import Fault

Found = Iterator[Fault]


def check_groups(component: ComponentShape, path: Path, plan: Plan) -> Found:
    """Yield everything wrong with a component whose amounts depend on others."""
    if isinstance(component, PoolComponent):
        yield from _pool(component, path)
    if isinstance(component, RankComponent):
        yield from _rank(component, path, plan)
    if component.budget is not None:
        yield from _budget(component, path)
    team = component.team if isinstance(component, CreditedShape) else None
    if team is not None and team.base == "rate-difference" and component.type != "rate":
        yield Fault("rate-difference-needs-rate", (*path, "team", "base"), {"type": component.type})


def _pool(component: PoolComponent, path: Path) -> Found:
    if component.credit != "team":
        yield Fault("pool-needs-team", (*path, "credit"), {})
    if component.adds_up_over == "each-transaction":
        yield Fault("pool-needs-window", (*path, "adds_up_over"), {})
    whole = sum(getattr(one, who, 0) for one in component.shares for who in ("manager", "members"))
    named = [who for one in component.shares for who in ("manager", "members") if hasattr(one, who)]
    if whole != 1 or len(set(named)) < len(named):
        yield Fault("pool-shares-not-whole", (*path, "shares"), {})
    if component.members_by == "salary-times-grade" and component.members_grade is None:
        yield Fault("missing-key", path, {"key": "members_grade"})
    if component.members_grade is not None and component.members_by != "salary-times-grade":
        yield Fault("members-grade-unused", (*path, "members_grade"), {"members_by": component.members_by})
    if component.takes_back:
        yield Fault("group-takes-back", (*path, "refunds"), {})
    if component.pays_in is not None:
        yield Fault("pool-in-parts", (*path, "pays_in"), {})


def _rank(component: RankComponent, path: Path, plan: Plan) -> Found:
    if component.rank_by.of == "company":
        yield Fault("rank-of-company", (*path, "rank_by", "of"), {})
    if component.rank_by.of == "team" and component.pays_to is None:
        yield Fault("missing-key", path, {"key": "pays_to", "choices": ("manager",)})
    if component.pays_to is not None and (component.pays_to == "manager") != (component.rank_by.of == "team"):
        yield Fault("rank-pays-to", (*path, "pays_to"), {"of": component.rank_by.of, "text": component.pays_to})
    for index, gate in enumerate(component.needs):
        if gate.looked_at != "window-end":
            yield Fault("rank-gate", (*path, "needs", index, "looked_at"), {"key": "looked_at", "wanted": "window-end"})
        if gate.if_missed != "lost":
            yield Fault("rank-gate", (*path, "needs", index, "if_missed"), {"key": "if_missed", "wanted": "lost"})
    has_role = component.among is not None and component.among.role
    if component.min_days_in_role is not None and not has_role and not plan.for_.role:
        yield Fault("rank-needs-role", (*path, "min_days_in_role"), {})
    if any(prize <= 0 for prize in component.prizes):
        yield Fault("prize-not-positive", (*path, "prizes"), {})


def _budget(component: ComponentShape, path: Path) -> Found:
    assert component.budget is not None
    if component.budget.amount <= 0:
        yield Fault("budget-not-positive", (*path, "budget", "amount"), {})
    if component.type in ("pool", "rank"):
        yield Fault("budget-on-group", (*path, "budget"), {"type": component.type})
    if component.takes_back:
        yield Fault("group-takes-back", (*path, "refunds"), {})
