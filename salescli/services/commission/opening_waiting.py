"""Lines of an opening sheet that say what gates or factors hold, and of which month; deductions that still wait."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.factors import HOLD
from salescli.core.commission.inputs import WaitingFor
from salescli.core.commission.result import plain
from salescli.core.scalars import TextRefused, parse_month
from salescli.errors import Problem, problem
from salescli.importers.figures import FigureRow, FiguresRead

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

ALONE = ("position", "earned", "held", "owed", "carried", "undeducted")
MONTH = len("2026-01")


def can_wait(plan: Plan, name: str) -> bool:
    """Tell whether a sheet can say what is held of a component: what a gate lets down to the lowest tier it cannot."""
    component = plan.components[name]
    if any(gate.if_missed == "lowest-tier" for gate in component.needs):
        return False
    return bool(component.needs) or any(factor.until_known == HOLD for factor in component.times)


def read_waiting(
    read: FiguresRead, row: FigureRow, plan: Plan, component: str
) -> tuple[list[WaitingFor], list[Problem]]:
    """Return what one line says is held of a month; other figures beside it, or nothing that holds, are problems."""
    said = [name for name in ALONE if row.cells.get(name) is not None] if row.text("of_month") else []
    problems = [problem("waiting-stands-alone", read.where(row, name)) for name in said]
    month = None
    if text := row.text("of_month"):
        try:
            month = parse_month(text[:MONTH].replace("/", "-"))
        except TextRefused:
            problems.append(problem("not-a-month", read.where(row, "of_month"), text=text))
    amount = row.cells.get("waiting")
    if amount and not can_wait(plan, component):
        where = read.where(row, "waiting")
        problems.append(problem("nothing-holds", where, plan=plan.plan, component=component))
    return ([WaitingFor(amount, month)] if amount and not problems else []), problems


def check_undeducted(read: FiguresRead, row: FigureRow, plan: Plan) -> list[Problem]:
    """Return the problem of a line whose plan takes no deductions."""
    if not row.cells.get("undeducted") or plan.payout.deductions is not None:
        return []
    return [problem("nothing-deducts", read.where(row, "undeducted"), plan=plan.plan)]


def waiting_row(waiting: Sequence[WaitingFor]) -> dict[str, object]:
    """Return what a stored line says of what gates or factors hold."""
    if not waiting:
        return {}
    rows = [{"amount": plain(one.amount), "month": one.month.isoformat() if one.month else None} for one in waiting]
    return {"waiting": rows}


def undeducted_row(amount: Decimal) -> dict[str, object]:
    """Return what a stored item says of deductions that wait."""
    return {"undeducted": plain(amount)} if amount else {}
