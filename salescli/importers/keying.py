"""Give the rows of a sheet the key they lack: from `--key`, the profile, or, in a first hour, from what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salescli.core.quoting import shell_word
from salescli.errors import problem
from salescli.importers.body import Body
from salescli.importers.convert import ColumnPlan, Converted
from salescli.importers.keys import automatic_key, key_text, lacking_key, make_key, proposed_key
from salescli.importers.made_keys import COLUMN, recall_counts
from salescli.importers.names import parse_header
from salescli.importers.recognise import Match

if TYPE_CHECKING:
    from salescli.importers.sheet import Context


def give_keys(
    context: Context, match: Match, plans: Sequence[ColumnPlan], body: Body, converted: Converted
) -> tuple[str, ...]:
    """Make the key fields that lack, if the columns are stated; return those that still lack.

    A type that pays must have a key: without one, and without a statement, a person decides (`key-needed`).
    """
    lacking = lacking_key(match.type, converted.columns)
    if not lacking or not match.type.pays:
        return ()
    stated = context.options.keys or context.entry.key
    if stated:
        return _by_columns(context, match, stated, plans, body, converted, lacking)
    headers = {plan.field.name: plan.header for plan in plans if plan.index is not None}
    automatic = automatic_key(match.type, headers) if context.options.auto_key else ()
    if automatic:
        by_name = {plan.field.name: plan for plan in plans}
        _make(context, match, converted, [_part(by_name[name], converted) for name in automatic], lacking, body)
        context.reading.report.key = tuple(headers[name] for name in automatic)
        key = context.reading.report.key
        context.reading.decided.key = key
        note = problem("key-made", context.where, severity="note", columns=key, type=match.type.titles)
        context.reading.notes.append(note)
        return ()
    proposed = proposed_key(match.type, headers)
    context.reading.decisions.append(
        problem(
            "key-needed",
            context.where,
            type=match.type.titles,
            fields=[match.type[name].title for name in lacking],
            option=shell_word(",".join(proposed)) if proposed else "",
        )
    )
    return lacking


def _by_columns(
    context: Context,
    match: Match,
    stated: Sequence[str],
    plans: Sequence[ColumnPlan],
    body: Body,
    converted: Converted,
    lacking: tuple[str, ...],
) -> tuple[str, ...]:
    parts: list[list[Any]] = []
    for text in stated:
        part = _stated_part(context, text, plans, body, converted)
        if part is None:
            headers = [header for header in context.reading.report.header if header]
            context.reading.blocking.append(problem("no-such-column", context.where, text=text, headers=headers))
        else:
            parts.append(part)
    if len(parts) < len(stated):
        return lacking
    context.reading.report.key = tuple(stated)
    if context.options.keys:
        context.reading.decided.key = context.options.keys
    if len(parts) == 1 and len(lacking) == 1:
        # One column that is a number of its own: as it is, and two different rows of one number are refused.
        values = [None if value is None else str(_plain(value)) for value in parts[0]]
        converted.columns[lacking[0]] = values
        return ()
    _make(context, match, converted, parts, lacking, body)
    return ()


def _make(
    context: Context,
    match: Match,
    converted: Converted,
    parts: Sequence[Sequence[Any]],
    lacking: Sequence[str],
    body: Body,
) -> None:
    """Make the key; rows of a workbook of rejected rows are counted after the equal ones that went in before."""
    report, reading = context.reading.report, context.reading
    if COLUMN in report.header and report.header.index(COLUMN) < len(body.columns):
        reading.taken = recall_counts(body.columns[report.header.index(COLUMN)])
    make_key(match.type, converted, parts, lacking, reading.taken)
    report.made_key = lacking[0] if len(lacking) == 1 else ""
    reading.counted = lacking[-1]


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _part(plan: ColumnPlan, converted: Converted) -> list[Any]:
    return key_text(converted.columns[plan.field.name], plan.field.kind)


def _stated_part(
    context: Context, text: str, plans: Sequence[ColumnPlan], body: Body, converted: Converted
) -> list[Any] | None:
    """Return the column that a name of `--key` means: a header as written, a field, or any header by its name."""
    name = parse_header(text).name
    for plan in plans:
        if plan.index is not None and (
            text in (plan.header, plan.field.name) or parse_header(plan.header).name == name
        ):
            return _part(plan, converted)
    for plan in plans:
        if plan.index is not None and name in {
            parse_header(word).name for word in (*plan.field.title, *plan.field.aliases)
        }:
            return _part(plan, converted)
    for index, header in enumerate(context.reading.report.header):
        if parse_header(header).name == name and index < len(body.columns):
            return list(body.columns[index])
    return None
