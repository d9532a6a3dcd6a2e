"""The sign of refunds: money given back is stored above zero, however a sheet writes it.

Who keeps refunds among receipts writes them below zero. Stored so, they would be added where refunds are taken off.
Where all of a sheet are below zero they are turned; where only some are, those take a refund back, and that is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salescli.core.records import kinds
from salescli.core.records.kinds import parse_column
from salescli.core.records.model import RecordType
from salescli.core.records.number_kinds import states_unit
from salescli.errors import problem
from salescli.importers.body import Body
from salescli.importers.convert import ColumnPlan

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

_GIVEN_BACK = frozenset({"refund"})


def turn_refunds(context: Context, record_type: RecordType, plans: list[ColumnPlan], body: Body) -> list[ColumnPlan]:
    """Return the plans by which refunds that are all written below zero are read above it."""
    at = next((each.index for each in plans if each.field.name == "amount" and each.index is not None), None)
    if record_type.name not in _GIVEN_BACK or at is None:
        return plans
    plan = next(each for each in plans if each.index == at)
    values = [each for each in parse_column(kinds.MONEY, body.columns[at], plan.reading) if each.__class__ is int]
    below = sum(1 for each in values if each < 0)
    if not below:
        return plans
    where = context.where._replace(cell=plan.letters)
    if below < len(values) - values.count(0) or any(map(states_unit, body.columns[at])):
        said = problem("refunds-below-zero", where, severity="warning", count=below, header=plan.header)
        context.reading.notes.append(said)
        return plans
    context.reading.notes.append(problem("refunds-turned", where, severity="note", count=below, header=plan.header))
    return [_turned(each) if each.field.kind is kinds.MONEY and each.index is not None else each for each in plans]


def _turned(plan: ColumnPlan) -> ColumnPlan:
    return replace(plan, reading=replace(plan.reading, multiplier=-plan.reading.multiplier))
