"""Words that stand where a person or team is named and name none: 公司, 团队, 爬坡缺口. They say what the row is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salescli.core.records.model import RecordType
from salescli.importers.body import Body, is_blank_cell
from salescli.importers.convert import ColumnPlan
from salescli.importers.names import folded

if TYPE_CHECKING:
    from salescli.importers.sheet import Context


def put_stand_ins(
    context: Context, record_type: RecordType, plans: Sequence[ColumnPlan], body: Body
) -> list[ColumnPlan]:
    """Blank the cells that name no record, and fill the field that their word says instead.

    A field that has no column is read from one that is made for it, with the address of the word.
    """
    found = list(plans)
    said: dict[str, tuple[ColumnPlan, dict[int, str]]] = {}
    for name, words in record_type.stand_ins.items():
        known = {folded(word): meant for word, meant in words.items()}
        columns = [plan.index for plan in plans if plan.field.name == name and plan.index is not None]
        columns += [context.beside[name]] if name in context.beside else []
        plan = next((each for each in plans if each.field.name == name), None)
        for index in columns:
            hits = {
                at: known[folded(cell)]
                for at, cell in enumerate(body.columns[index])
                if cell.__class__ is str and folded(cell) in known
            }
            if not hits or plan is None:
                continue
            column = list(body.columns[index])
            for at, (target, value) in hits.items():
                column[at] = None
                if target:
                    said.setdefault(target, (plan, {}))[1][at] = value
            body.columns[index] = column
    _name_the_unnumbered(context, record_type, plans, body)
    for target, (plan, values) in said.items():
        found = _fill(record_type, found, body, target, plan, values)
    return found


def _name_the_unnumbered(context: Context, record_type: RecordType, plans: Sequence[ColumnPlan], body: Body) -> None:
    """Where a row has a name and no number, the name says whom: without it the row would be the team's."""
    for plan in plans:
        if plan.index is None or plan.field.name not in record_type.stand_ins or plan.field.name not in context.beside:
            continue
        names = body.columns[context.beside[plan.field.name]]
        pairs = zip(body.columns[plan.index], names, strict=True)
        body.columns[plan.index] = [name if is_blank_cell(number) else number for number, name in pairs]


def _fill(
    record_type: RecordType,
    plans: list[ColumnPlan],
    body: Body,
    target: str,
    named: ColumnPlan,
    values: dict[int, str],
) -> list[ColumnPlan]:
    """Put what the words say into the column of their field, or into a new one."""
    own = next((plan for plan in plans if plan.field.name == target and plan.index is not None), None)
    if own is not None and own.index is not None:
        column: list[Any] = list(body.columns[own.index])
        for at, value in values.items():
            column[at] = value if column[at] is None else column[at]
        body.columns[own.index] = column
        return plans
    body.columns.append([values.get(at) for at in range(len(body.rows))])
    made = ColumnPlan(record_type[target], len(body.columns) - 1, named.header, named.letters)
    return [*(plan for plan in plans if plan.field.name != target), made]
