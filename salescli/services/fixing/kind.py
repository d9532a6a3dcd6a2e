"""A kind of thing that waits for a person: how it is found, listed, and asked for on a sheet.

Most kinds are records with an empty cell: `build_section` takes the type, the columns that tell the record, those that
help to decide, those to fill in, and the rows. Their sheet is a form of that one type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from salescli.core.money import total
from salescli.core.records import kinds
from salescli.core.table import Column, ColumnKind, Value
from salescli.core.title import Language, Title
from salescli.importers.form import FormPart
from salescli.importers.writing.form_book import FormColumn, FormPage, Role
from salescli.services.context import Context

MONEY, DEPENDS = "#,##0.00##", "depends"
_FORMATS: Mapping[str, str] = {"money": MONEY, "date": "yyyy-mm-dd", "count": "0"}


@dataclass(frozen=True, slots=True)
class Section:
    """What of one kind waits: how many, how much by currency, the lines, and its sheet."""

    name: str
    title: Title
    why: Title  # what it holds up
    count: int
    amounts: Mapping[str, Decimal]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    page: Callable[[str], FormPage]  # for a workbook of this name


@dataclass(frozen=True, slots=True)
class FixKind:
    """A kind by its name; `find` looks for what waits."""

    name: str
    title: Title
    find: Callable[[Context], Section | None]


@dataclass(frozen=True, slots=True)
class FixColumn:
    """A column of a kind: a field of the type (`field`), or what only helps to decide (`title`)."""

    key: str
    field: str = ""
    title: Title | None = None
    role: Role = "info"
    shown_as: ColumnKind = "text"
    width: float = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FixRow:
    """A record that waits, by the keys of the columns; `amount` is what depends on it."""

    cells: Mapping[str, Value]
    amount: Decimal | None = None
    currency: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def build_section(
    context: Context,
    name: str,
    type_name: str,
    titles: tuple[Title, Title],
    columns: Sequence[FixColumn],
    rows: Sequence[FixRow],
) -> Section:
    """Build the section of a kind whose records each lack a cell; `titles` are its name and what it holds up."""
    kind = context.store.registry[type_name]
    if any(one.amount is not None for one in rows):
        columns, rows = _with_amounts(columns, rows)
    named = [(each, each.title or kind[each.field].title) for each in columns]
    listed = [(each, title) for each, title in named if each.role != "fill" or _is_given(each, rows)]
    table = tuple(Column(each.key, title, each.shown_as) for each, title in listed)
    lines = tuple(tuple(one.cells.get(each.key) for each, _ in listed) for one in rows)

    def page(file_name: str) -> FormPage:
        return _page(context.language, titles[0], type_name, named, rows, file_name)

    return Section(name, *titles, len(rows), sum_by_currency(rows), table, lines, page)


def _with_amounts(columns: Sequence[FixColumn], rows: Sequence[FixRow]) -> tuple[list[FixColumn], list[FixRow]]:
    """Put what depends on a record before what is to be filled in: it says where to begin."""
    column = FixColumn(DEPENDS, title=Title("涉及金额", "Amount"), shown_as="money", width=14)
    place = next((index for index, each in enumerate(columns) if each.role == "fill"), len(columns))
    filled = [replace(one, cells={**one.cells, DEPENDS: one.amount}) for one in rows]
    return [*columns[:place], column, *columns[place:]], filled


def _is_given(column: FixColumn, rows: Sequence[FixRow]) -> bool:
    return any(one.cells.get(column.key) is not None for one in rows)


def sum_by_currency(rows: Sequence[FixRow]) -> dict[str, Decimal]:
    """Add up what depends on some rows, each currency apart."""
    found: dict[str, list[Decimal]] = {}
    for one in rows:
        if one.amount is not None:
            found.setdefault(one.currency, []).append(one.amount)
    return {currency: total(mine) for currency, mine in sorted(found.items())}


def _page(
    language: Language,
    title: Title,
    type_name: str,
    named: Sequence[tuple[FixColumn, Title]],
    rows: Sequence[FixRow],
    file_name: str,
) -> FormPage:
    heads = [text.text(language) if each.field else f"_{text.text(language)}" for each, text in named]
    fields = {each.field: head for (each, _), head in zip(named, heads, strict=True) if each.field}
    fill = tuple(each.field for each, _ in named if each.role == "fill")
    said = Title(
        f"{title.zh}:填写黄色单元格,保存后 salescli import {file_name}",
        f"{title.en}: fill in the yellow cells, then salescli import {file_name}",
    )
    columns = tuple(
        FormColumn(head, each.role, _format(each), each.width, each.choices)
        for (each, _), head in zip(named, heads, strict=True)
    )
    offers = {
        (index, place): one.choices[each.key]
        for index, one in enumerate(rows)
        for place, (each, _) in enumerate(named)
        if each.key in one.choices
    }
    cells = tuple(tuple(_plain(one.cells.get(each.key), language) for each, _ in named) for one in rows)
    return FormPage(
        title.text(language), said.text(language), columns, cells, (FormPart(type_name, fields, fill),), offers
    )


def _format(column: FixColumn) -> str:
    if column.shown_as in _FORMATS:
        return _FORMATS[column.shown_as]
    if column.shown_as == "rate":
        return kinds.SHARE.excel_format
    return "@" if column.field else "General"


def _plain(value: Value, language: Language) -> Value:
    return value.text(language) if isinstance(value, Title) else value
