"""The plan of a sheet's columns: field by field, with unit, layout and meanings, and what is said about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from salescli.core.money import CONTEXT, from_e4
from salescli.core.quoting import shell_word
from salescli.core.records import kinds
from salescli.core.records.kinds import Reading
from salescli.core.records.model import Field, RecordType
from salescli.core.records.profile import PercentMeaning
from salescli.core.records.registry import Registry
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.importers.convert import ColumnPlan, Converted, SaidBy
from salescli.importers.header import HeaderFound
from salescli.importers.names import Header, folded, nearest_header, parse_header
from salescli.importers.recognise import Match, fields_by_name
from salescli.importers.result import ReadOptions, SheetReading

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

T = TypeVar("T")
UNREAD_NAMED = 20  # of the columns that are not read; `sniff` lists all


def plan_columns(context: Context, found: HeaderFound, match: Match) -> list[ColumnPlan]:
    """Return one plan per field that the file or the profile gives, in the order of the fields."""
    headers = [parse_header(text) for text in found.texts]
    report = context.reading.report
    plans = []
    for each in match.type.given:
        index = match.columns.get(each.name)
        constant = _constant(context, each)
        if index is not None:
            plans.append(plan_column(context, found, each, index, headers[index]))
            report.mapped[each.name] = found.texts[index]
        elif constant:
            _check_constant(context, each, constant)
            plans.append(ColumnPlan(each, None, "", "", constant=constant))
    _use_maps(context, match, found)
    _say_unmapped(context, found, match, headers)
    _check_missing(context, found, match, headers)
    return plans


def _check_constant(context: Context, each: Field, constant: str) -> None:
    """A value that was stated for every row and that the field cannot hold is an error, and no blank column."""
    value = each.kind.parse_cell(constant, kinds.PLAIN)
    known = {folded(word) for key, words in each.choices.items() for word in (key, *words)}
    is_bad = isinstance(value, kinds.Bad) or (known and not each.is_open and folded(constant) not in known)
    if each.name in context.options.constants and is_bad:
        found = problem("constant-bad", context.where, text=constant, field=each.title)
        context.reading.blocking += [found] if found not in context.reading.blocking else []


def _constant(context: Context, each: Field) -> str:
    stated = context.options.constants.get(each.name, "") or context.entry.constants.get(each.name, "")
    return stated or (context.entry.currency if each.name == "currency" else "")


def plan_column(context: Context, found: HeaderFound, each: Field, index: int, header: Header) -> ColumnPlan:
    """Return how a column is read as a field."""
    entry, options = context.entry, context.options
    unit = 1
    if each.kind is kinds.MONEY:
        unit = header.unit or found.unit or entry.unit
    percent, said_by = _percent(context, found.texts[index], header)
    reading = Reading(unit, options.date_order or entry.date_order, entry.round_finer, percent)
    letters = context.sheet.letters(index)
    orders = remembered_line(entry.dates, found.texts[index], {})
    return ColumnPlan(
        each,
        index,
        found.texts[index],
        letters,
        reading,
        meanings=_meanings(context, each),
        orders=orders,
        said_by=said_by,
    )


def _percent(context: Context, text: str, header: Header) -> tuple[PercentMeaning, SaidBy]:
    """Return what bare figures of a column mean, and who says so."""
    entry, options = context.entry, context.options
    if options.percent:
        return options.percent, "option"
    if stated := remembered_line(entry.percents, text, entry.percent):
        return stated, "profile"
    return ("percent", "header") if header.is_percent else ("", "")


def remembered_line(lines: Mapping[str, T], text: str, default: T) -> T:
    """Return a profile's line for a column, by its header as written or as it is normalised."""
    if text in lines:
        return lines[text]
    name = parse_header(text).name
    return next((line for written, line in lines.items() if parse_header(written).name == name), default)


def _meanings(context: Context, each: Field) -> Mapping[str, str]:
    """What written values mean: the profile's `values`, and accepted other names of the record referred to."""
    profile, options = context.options.profile, context.options
    meanings: dict[str, str] = {}
    if each.ref:
        meanings.update(profile.aliases.get(each.ref, {}) if profile else {})
        meanings.update(options.aliases.get(each.ref, {}))
    meanings.update(context.entry.values.get(each.name, {}))
    return meanings


def _use_maps(context: Context, match: Match, found: HeaderFound) -> None:
    """Note the stated columns that mean something on this sheet; what is used nowhere is an error of the reading."""
    present = {key for text in found.texts for key in (text, parse_header(text).name)}
    for header, name in context.options.maps.items():
        if name in match.type and (header in present or parse_header(header).name in present):
            context.reading.report.maps_used.add(header)
            context.reading.decided.columns[header] = name


def check_maps(sheets: Sequence[SheetReading], options: ReadOptions, registry: Registry) -> None:
    """A stated column that no sheet has, or a field that no type of these sheets has, is an error and no silence."""
    read = [each for each in sheets if each.report.type]
    for header, name in options.maps.items():
        if not read or any(header in each.report.maps_used for each in read):
            continue
        report = read[0].report
        where, record_type = Where(report.file, sheet=report.sheet), registry[report.type]
        if name not in record_type:
            values = {"text": name, "type": report.type, "nearest": _nearest_field(name, record_type)}
            read[0].blocking.append(Problem("unknown-field", where, values))
        else:
            headers = [text for text in report.header if text]
            read[0].blocking.append(problem("no-such-column", where, text=header, headers=headers))


def _nearest_field(name: str, record_type: RecordType) -> str:
    found = nearest_header(name, {each.name: each for each in record_type.given})
    return found[1].name if found else ""


def say_units(context: Context, found: HeaderFound, plans: list[ColumnPlan], converted: Converted) -> None:
    """A unit other than one is said, with the column it holds for and the largest amount as an example."""
    for plan in plans:
        unit = abs(plan.reading.multiplier)  # refunds that are written below zero have their sign turned by it
        if plan.index is None or plan.field.kind is not kinds.MONEY:
            continue
        where = context.cell(found.at, plan.index)
        if found.unit is not None and found.unit != unit:
            differ: dict[str, object] = {"header": plan.header, "unit": f"{unit:,}", "other": f"{found.unit:,}"}
            context.reading.notes.append(Problem("units-differ", where, differ, "note"))
        if unit == 1:
            continue
        context.reading.report.unit = unit
        values: dict[str, object] = {"header": plan.header, "unit": f"{unit:,}"}
        amounts = [value for value in converted.columns[plan.field.name] if value is not None]
        if amounts:
            largest = from_e4(max(amounts))
            written = CONTEXT.divide(largest, Decimal(unit)).normalize(CONTEXT)
            values |= {"example": f"{written:,f}", "meant": f"{largest:,}"}
        context.reading.notes.append(problem("unit-applied", where, severity="note", **values))


def _unmapped(context: Context, match: Match, headers: list[Header]) -> list[int]:
    mapped = {*match.columns.values(), *match.beside.values()}
    ignored = {parse_header(text).name for text in context.entry.ignore}
    return [
        index
        for index, header in enumerate(headers)
        if header.name and index not in mapped and header.name not in ignored and not header.text.startswith("_")
    ]


def _say_unmapped(context: Context, found: HeaderFound, match: Match, headers: list[Header]) -> None:
    left = _unmapped(context, match, headers)
    context.reading.report.unmapped = tuple(headers[index].text for index in left)
    open_names = {
        name: each
        for name, each in fields_by_name(match.type, context.vocabulary).items()
        if each.name not in match.columns
    }
    proposed: set[int] = set()
    for index in left:
        under = parse_header(found.under.get(index, "")).name
        near = (under, open_names[under]) if under in open_names else nearest_header(headers[index].name, open_names)
        if near is not None:
            proposed.add(index)
            context.reading.notes.append(_proposal(context, found, index, headers[index], near[1]))
    rest = [headers[index].text for index in left if index not in proposed]
    if rest:
        shown = rest if len(rest) <= UNREAD_NAMED else [*rest[:UNREAD_NAMED], f"… ({len(rest)})"]
        context.reading.notes.append(problem("columns-unmapped", context.where, severity="note", headers=shown))


def _proposal(context: Context, found: HeaderFound, index: int, header: Header, each: Field) -> Problem:
    where = context.cell(found.at, index)
    return problem(
        "column-proposed",
        where,
        severity="note",
        header=header.text,
        field=each.title,
        option=shell_word(f"{header.text}={each.name}"),
    )


def _check_missing(context: Context, found: HeaderFound, match: Match, headers: list[Header]) -> None:
    """A required field without a column is an error of the sheet, unless it is a key that can be made."""
    left = [headers[index].text for index in _unmapped(context, match, headers)]
    for each in match.missing:
        if each.name in match.type.key and not each.ref and match.type.pays:
            continue
        context.reading.blocking.append(
            problem(
                "column-missing",
                context.cell(found.at, 0)._replace(cell=str(context.sheet.row_number(found.at))),
                type=match.type.titles,
                field=each.title,
                names=[each.title.zh, each.title.en, *each.aliases][:6],
                headers=left[:8],
                option=shell_word(f"{_likely(found, each, left)}={each.name}") if left else "",
            )
        )


def check_constants(sheets: Sequence[SheetReading], options: ReadOptions, registry: Registry) -> list[Problem]:
    """Return a note for each stated constant (`--source`) that no sheet took: no such field, or a column of its own."""
    found = []
    read = [each.report for each in sheets if each.report.type]
    for name, value in options.constants.items():
        having = [each for each in read if name in registry[each.type]]
        if not read or any(name not in each.mapped for each in having):
            continue
        reason = (
            Title(f"文件有“{having[0].mapped[name]}”列", f"column {having[0].mapped[name]} says it")
            if having
            else (Title("这些记录没有来源", "these records have no such field"))
        )
        where = Where(read[0].file, sheet=read[0].sheet)
        found.append(problem("source-not-taken", where, severity="note", text=value, reason=reason))
    return found


def _likely(found: HeaderFound, each: Field, left: Sequence[str]) -> str:
    """Return the unread column that most likely is a field: one whose lower name it is, else the first."""
    names = {parse_header(text).name for text in (each.title.zh, each.title.en, each.name, *each.aliases)}
    under = [found.texts[index] for index, text in found.under.items() if parse_header(text).name in names]
    return next((text for text in under if text in left), left[0])
