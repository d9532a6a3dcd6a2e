"""What a sheet says in columns that no field reads, where leaving it unread may make the figures wrong.

Amounts of another type beside a contract, a status by which a row does not count, several people in one cell: none of
it stops an import, but a remark among others that a column was not read is too little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescli.core.records import kinds
from salescli.errors import problem
from salescli.importers.body import Body, is_blank_cell
from salescli.importers.convert import ColumnPlan, Converted
from salescli.importers.header import HeaderFound
from salescli.importers.names import folded, parse_header
from salescli.importers.recognise import Match

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

_AMOUNT = re.compile(r"(?:金额|回款额|到账额|合同额|回款|到账|收款)$|amount$|^(?:1[0-2]|[1-9])月(?:份)?$")
_NOT_COUNTED = re.compile(
    r"^已?(?:作废|取消|撤销|红冲|冲销|冲红|退回|未到账|待到账|待确认|失效)$|^(?:void|voided|cancell?ed|reversed)$"
)
_SEVERAL = re.compile(  # `Smith, John` is one
    r"[^\s/、,，;；&+]{2,}\s*[/、;；&+]\s*[^\s/、,，;；&+]{2,}|[^\x00-\x7f][\d%]*\s*[,，]\s*[^\x00-\x7f]{2}"
)


def say_unread(
    context: Context, found: HeaderFound, match: Match, plans: Sequence[ColumnPlan], body: Body, converted: Converted
) -> None:
    """Warn of what is not read, or not as it may be meant."""
    mapped = {plan.index for plan in plans if plan.index is not None} | {*match.beside.values()}
    ignored = {parse_header(text).name for text in context.entry.ignore}
    left = [
        index
        for index, text in enumerate(found.texts)
        if text and text[0] != "_" and index not in mapped and parse_header(text).name not in ignored
    ]
    _say_amounts(context, found, match, plans, body, left)
    if match.type.pays:
        _say_status(context, found, body, left)
    _say_several(context, plans, converted)


def _say_amounts(
    context: Context, found: HeaderFound, match: Match, plans: Sequence[ColumnPlan], body: Body, left: Sequence[int]
) -> None:
    """Where no amount of a sheet is read at all, the type may be another one than was found."""
    if any(plan.field.kind is kinds.MONEY and plan.index is not None for plan in plans):
        return
    headers = [
        found.texts[index]
        for index in left
        if _AMOUNT.search(parse_header(found.texts[index]).name)
        and any(cell.__class__ in (int, float) for cell in body.columns[index])
    ]
    if headers:
        values = {"headers": headers[:8], "type": match.type.titles}
        context.reading.notes.append(problem("amounts-unread", context.where, severity="warning", **values))


def _say_status(context: Context, found: HeaderFound, body: Body, left: Sequence[int]) -> None:
    for index in left:
        words = {
            cell for cell in set(body.columns[index]) if cell.__class__ is str and _NOT_COUNTED.match(folded(cell))
        }
        said = [cell for cell in body.columns[index] if cell in words] if words else []
        if said:
            where = context.where._replace(cell=context.sheet.letters(index))
            values = {"count": len(said), "header": found.texts[index], "text": str(said[0]).strip()}
            context.reading.notes.append(problem("status-unread", where, severity="warning", **values))


def _say_several(context: Context, plans: Sequence[ColumnPlan], converted: Converted) -> None:
    for plan in plans:
        if plan.field.ref != "person" or plan.index is None:
            continue
        values = converted.columns[plan.field.name]
        several = {each for each in set(values) if not is_blank_cell(each) and _SEVERAL.search(str(each))}
        if several:
            first = next(each for each in values if each in several)
            where = context.where._replace(cell=plan.letters)
            count = sum(1 for each in values if each in several)
            said = {"count": count, "header": plan.header, "text": str(first)}
            context.reading.notes.append(problem("people-in-one-cell", where, severity="warning", **said))
