"""Reports as JSON: raw values under stable English keys.

Money, quantities and rates are exact strings, never floats; a ratio is an object with both of its parts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from salescli.core.table import Block, Column, Facts, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Language, Title
from salescli.render.keys import unique_keys
from salescli.render.options import RenderOptions
from salescli.render.values import column_for, raw_text, series_texts

_STRING_KINDS = frozenset({"money", "quantity", "rate"})


def render_report(report: Report, options: RenderOptions) -> str:
    """Return the JSON text of a report."""
    language = options.language
    document: dict[str, object] = {
        "report": report.name,
        "title": report.title.text(language),
        "blocks": [_block(block, language) for block in report.blocks],
        "footer": [line.text(language) for line in report.footer],
        "notes": [{"name": name.text(language), "value": value} for name, value in report.notes],
        "next": list(report.next),
    }
    if report.data:
        document["data"] = _plain_data(report.data, language)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _block(block: Block, language: Language) -> dict[str, object]:
    head: dict[str, object] = {
        "type": type(block).__name__.lower(),
        "name": block.name,
        "title": block.title.text(language) if block.title else None,
    }
    if isinstance(block, Table):
        return head | _table(block, language)
    if isinstance(block, Facts):
        columns = tuple(column for column, _ in block.items)
        return head | {
            "columns": _columns(columns, language),
            "values": _record(columns, tuple(value for _, value in block.items)),
        }
    if isinstance(block, Trace):
        return head | {"lines": [_line(line, language) for line in block.lines]}
    return head | {
        "numbered": block.numbered,
        "lines": [{"text": text, "source": source or None} for text, source in block.lines],
    }


def _table(table: Table, language: Language) -> dict[str, object]:
    return {
        "columns": _columns(table.columns, language),
        "rows": [_record(table.columns, row) for row in table.rows],
        "total": None if table.total is None else _record(table.columns, table.total),
        "empty": table.empty.text(language) if table.empty and not table.rows else None,
    }


def _columns(columns: tuple[Column, ...], language: Language) -> list[dict[str, str]]:
    described = []
    for key, column in zip(unique_keys(columns), columns, strict=True):
        entry = {"key": key, "title": column.title.text(language), "kind": column.kind}
        described.append(entry | ({"currency": column.currency} if column.currency else {}))
    return described


def _record(columns: tuple[Column, ...], values: tuple[Value, ...]) -> dict[str, object]:
    return {
        key: json_value(value, column) for key, column, value in zip(unique_keys(columns), columns, values, strict=True)
    }


def _line(line: Line, language: Language) -> dict[str, object]:
    column = line.column or column_for(line.value)
    entry: dict[str, object] = {"text": line.text.text(language), "value": json_value(line.value, column)}
    if column.currency:
        entry["currency"] = column.currency
    entry["source"] = line.source or None
    if line.children:
        entry["lines"] = [_line(child, language) for child in line.children]
    return entry


def json_value(value: Value, column: Column) -> object:
    """Return what JSON carries for a value; the type depends on the column's kind, not on the figure."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, tuple) and not isinstance(value, Title):
        return [text or None for text in series_texts(value, column)]
    if isinstance(value, Ratio):
        quotient = raw_text(value, Column(column.key, column.title, "ratio"))
        parts = [_number(part) for part in (value.numerator, value.denominator)]
        return {"numerator": parts[0], "denominator": parts[1], "value": quotient or None}
    if isinstance(value, int) and column.kind not in _STRING_KINDS:
        return value
    return raw_text(value, column)


def _number(number: Decimal | int) -> object:
    return number if isinstance(number, int) else raw_text(number, Column("", Title("", ""), "money"))


def _plain_data(value: object, language: Language) -> object:
    """The extra values of a report: the same rules, for nested lists and mappings."""
    if isinstance(value, Title):
        return value.text(language)
    if isinstance(value, Mapping):
        return {str(key): _plain_data(item, language) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [_plain_data(item, language) for item in items]
    if isinstance(value, (Decimal, Ratio, date)):
        return json_value(value, column_for(value))
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
